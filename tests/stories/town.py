"""A town to tell stories in: the whole bot, its real store and files, against the Telegram at home. Time is ours."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot import app, commands
from bot.clock import machine_time
from bot.config import Config
from bot.house import House, built
from bot.sandbox import Bubble, Person, Sandbox, World
from bot.telegram.rates import Limit, Limits
from bot.telegram.receive import Patience
from domain.case import Case
from handlers import sweeps
from handlers.sweeps import Sweep
from storage import cases, outbox
from storage.backlog import Backlog, backlog
from storage.district.files import Files
from storage.store import Work
from tests.stories import stores
from tests.stories.readers import new_world

MORNING = datetime(2026, 4, 21, 1, 0, tzinfo=UTC)
"""Tuesday 21 April 2026, 09:00 in the district."""


UNHURRIED = Limits(Limit(10_000, 1.0), Limit(10_000, 1.0), Limit(10_000, 1.0))
"""Rates that a story never reaches; they have tests of their own."""

MOMENT = timedelta(seconds=1)
"""Of machine time: what waits no longer than this in the outbox is not waited for in a story, and the answer to a
press, which need not come, is waited for no longer."""

NOTHING_MORE: Mapping[str, Any] = {}

IMPATIENT = Patience(first=0.02, longest=0.1, conflict=0.1, pause=0.02)
"""Short pauses between polls that fail: machine time that a story cannot let jump."""


@dataclass
class TownClock:
    """Product time stands where the story says; machine time runs, and jumps with it."""

    at: datetime = MORNING
    ahead: timedelta = field(default=timedelta())

    def now(self) -> datetime:
        """Product time."""
        return self.at

    def wall(self) -> datetime:
        """Machine time."""
        return machine_time() + self.ahead

    def advance(self, span: timedelta) -> None:
        """Time goes by, for the product and for the machine."""
        self.at += span
        self.ahead += span


@dataclass
class Town:
    """The bot and the people around it."""

    house: House
    sandbox: Sandbox
    clock: TownClock
    config: Config

    @property
    def world(self) -> World:
        """The Telegram at home."""
        return self.sandbox.world

    async def resident(self, name: str, language: str = "zh-hans") -> Person:
        """Somebody who has pressed START and read the notice."""
        person = self.world.person(name, language=language)
        person.start()
        await self.settled()
        return person

    async def officer(self, name: str, unit: str, language: str = "zh-hans") -> Person:
        """Somebody bound to a unit by an invitation of the command line."""
        return await self._bound(name, unit, "officer", language)

    async def volunteer(self, name: str, area: str, language: str = "zh-hans") -> Person:
        """Somebody bound to an area."""
        return await self._bound(name, area, "volunteer", language)

    async def _bound(self, name: str, code: str, kind: str, language: str) -> Person:
        token = await self.invitation(code, kind)
        person = self.world.person(name, language=language)
        person.start(token)
        await self.settled()
        return person

    async def invitation(self, code: str, kind: str = "officer") -> str:
        """The token of a fresh invitation."""
        now, district = self.clock.wall(), self.house.guide.district
        token, _ = await self.house.store.run(commands.invitation, district, code, kind, None, now, now)
        return token

    async def settled(self) -> None:
        """Until everything that was sent has had its effect and its answer, and everything owed now has arrived."""
        async with asyncio.timeout(20):
            while True:
                await self.world.quiet(pause=0.003)
                wall = self.clock.wall()
                rest, next_at = await self.house.store.read(_under_way, wall)
                if not rest.empty:
                    self._hurry(next_at, wall)
                elif not self.world.queries.unanswered(MOMENT.total_seconds()):
                    return

    def _hurry(self, next_at: datetime | None, wall: datetime) -> None:
        """What waits for a moment on purpose, such as a changed card for further changes, does not have to."""
        if next_at is not None and next_at - wall <= MOMENT:
            self.clock.ahead += next_at - wall
            self.house.wake()

    # --- what people do, with all its effects ------------------------------------------------------------------------

    async def says(self, person: Person, words: str, *, reply_to: Bubble | None = None) -> None:
        """Somebody writes."""
        person.says(words, reply_to=reply_to)
        await self.settled()

    async def photo(self, person: Person, jpeg: bytes, caption: str = "") -> None:
        """Somebody sends a photo."""
        person.sends_photo(jpeg, caption=caption)
        await self.settled()

    async def press(self, person: Person, *labels: str) -> None:
        """Somebody presses one button after the other."""
        for label in labels:
            person.presses(label)
            await self.settled()

    async def reports(self, person: Person, words: str, *, jpeg: bytes | None = None) -> str:
        """Somebody reports what needs no question, and presses the button. The number of the case.

        When somebody else reported the like nearby, it is another one.
        """
        if jpeg is None:
            await self.says(person, words)
        else:
            await self.photo(person, jpeg, words)
        offered = person.last.buttons if person.last else []
        await self.press(person, "另报" if "另报" in offered else "提交")
        found = re.search(r"XM-\d{6}-\d{3}", person.toasts[-1].text)
        assert found is not None, person.toasts[-1].text
        return found[0]

    def seen(self, person: Person, words: str) -> str:
        """The text of the newest message that says so. Fails when there is none."""
        bubble = person.sees(words)
        assert bubble is not None, f"{person.user.first_name} does not see {words!r}:\n" + "\n---\n".join(
            bubble.text for bubble in person.chat
        )
        return bubble.text

    # --- time ---------------------------------------------------------------------------------------------------------

    async def passes(self, span: timedelta) -> None:
        """Time goes by; then the heartbeat beats."""
        self.clock.advance(span)
        for sweep in (sweeps.drafts_age, sweeps.patrols_end, sweeps.suspensions_end, sweeps.forgetme_ends):
            await self.sweep(sweep)
        await self.settled()

    async def sweep(self, sweep: Sweep) -> None:
        """One beat of one sweep."""
        await self.house.sweeper.sweep(sweep)
        self.house.wake()

    async def case(self, number: str) -> Case:
        """A case as it stands in the store."""
        return await self.house.store.read(cases.by_number, number)


def _under_way(work: Work, wall: datetime) -> tuple[Backlog, datetime | None]:
    """What is under way, and when the next of what waits in the outbox is due."""
    return backlog(work), outbox.earliest(work, wall)


@asynccontextmanager
async def town(
    folder: Path,
    files: Files,
    clock: TownClock | None = None,
    world: World | None = None,
    settings: Mapping[str, Any] = NOTHING_MORE,
) -> AsyncIterator[Town]:
    """The bot running in its own folder, with the district loaded; `settings` are more of its environment."""
    clock = clock or TownClock()
    async with Sandbox(world or new_world()) as sandbox:
        url, known = await stores.found(folder, files, clock.now())
        config = Config(
            bot_token=SecretStr(sandbox.token), bot_api_url=sandbox.url, data_dir=folder, database_url=url, **settings
        )
        async with built(config, clock=clock, limits=UNHURRIED, patience=IMPATIENT, knowledge=known) as house:
            stop = asyncio.Event()
            running = asyncio.create_task(app.work(house, config, stop))
            try:
                yield Town(house, sandbox, clock, config)
            finally:
                stop.set()
                await running
