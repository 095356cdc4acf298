"""What stories of faults need: time that goes by until the weather is better, and a look into the log."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from structlog.typing import EventDict

from bot.sandbox import Person
from storage.backlog import Backlog, backlog
from storage.store import StorageError
from tests.stories.town import Town

STEP = timedelta(seconds=5)


async def weathered(town: Town, happened: Callable[[], object] | None = None) -> None:
    """Time goes by until this has happened, or else until nothing is under way any more."""
    for _ in range(60):
        await town.world.quiet()
        if happened() if happened else await _at_rest(town):
            return
        town.clock.advance(STEP)
        town.house.wake()
    pytest.fail("the weather does not change")


async def _at_rest(town: Town) -> bool:
    """Whether nothing is under way. Where a reader has lost its connection the store cannot tell; all are asked."""
    looks = (town.house.store.read(backlog) for _ in range(4))
    found = await asyncio.gather(*looks, return_exceptions=True)
    for look in found:
        if isinstance(look, BaseException) and not isinstance(look, StorageError):
            raise look
    return all(isinstance(look, Backlog) and look.empty for look in found)


async def says_at_once(town: Town, person: Person, words: str) -> None:
    """Somebody writes and is answered at once, whatever others wait for."""
    before = len(person.chat)
    person.says(words)
    await town.world.until(lambda: len(person.chat) > before + 1)
    await town.world.quiet()


def events(logs: list[EventDict]) -> set[str]:
    """What has been logged."""
    return {line["event"] for line in logs}


async def logged(logs: list[EventDict], event: str) -> None:
    """Until it has been logged."""
    async with asyncio.timeout(10):
        while event not in events(logs):  # noqa: ASYNC110 - a list of lines wakes nobody
            await asyncio.sleep(0.002)


async def fetched_but(town: Town, left: int) -> None:
    """Until no more than so many pictures are still to be fetched."""
    async with asyncio.timeout(10):
        while (await town.house.store.read(backlog)).photos > left:
            await town.world.quiet()


def times(person: Person, words: str) -> int:
    """How many messages say so."""
    return sum(words in bubble.text for bubble in person.chat if not bubble.mine)
