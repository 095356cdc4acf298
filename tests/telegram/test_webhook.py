"""Looking after a webhook: it is set with all that belongs to it, and set again when it is gone."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
import structlog
from structlog.typing import EventDict
from telegram import Bot

from bot.channel import Raw
from bot.sandbox import RefusedError, Sandbox
from bot.sandbox.errors import failed
from bot.telegram.errors import ReceiverStalled, WrongToken
from bot.telegram.http import AiohttpRequest
from bot.telegram.receive import WANTED, Patience
from bot.telegram.webhook import Hook, Webhook

HOOK = Hook("http://127.0.0.1:9/hook", "a-secret-of-16-or-more")
HASTY = Patience(first=0.004, longest=0.016, stalled=20, look=0.01)


async def never(_: Sequence[Raw]) -> None:
    raise AssertionError("nothing was posted")


@asynccontextmanager
async def standing(sandbox: Sandbox, patience: Patience = HASTY) -> AsyncIterator[tuple[Webhook, asyncio.Task[None]]]:
    """A webhook that is looked after until the test is over."""
    async with AiohttpRequest() as request:
        bot = Bot(sandbox.token, sandbox.base_url, sandbox.base_file_url, request=request, get_updates_request=request)
        webhook = Webhook(bot, HOOK, patience)
        task = asyncio.create_task(webhook.run(never))
        yield webhook, task
        task.cancel()
        with suppress(asyncio.CancelledError, ReceiverStalled, WrongToken):
            await task


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    with structlog.testing.capture_logs() as lines:
        yield lines


async def test_it_is_set_with_the_secret_and_the_kinds_we_need_and_drops_nothing(sandbox: Sandbox) -> None:
    world = sandbox.world
    world.person("王").says("井盖没了")
    async with standing(sandbox) as (webhook, _):
        await world.until(lambda: world.hook)
        (asked,) = world.called("setWebhook")
    assert world.hook
    assert (world.hook.url, world.hook.secret) == (HOOK.url, HOOK.secret)
    assert world.updates.allowed == set(WANTED)
    assert not asked.get("drop_pending_updates")
    assert world.updates.pending == 1
    assert webhook.last_good > 0


async def test_a_failure_at_first_is_made_up_for(sandbox: Sandbox) -> None:
    sandbox.world.faults.next("setWebhook", 502, times=2)
    async with standing(sandbox):
        await sandbox.world.until(lambda: sandbox.world.hook)


async def test_one_that_somebody_took_away_is_set_again(sandbox: Sandbox, logs: list[EventDict]) -> None:
    """A second process with our token that polls does so."""
    world = sandbox.world
    async with standing(sandbox):
        await world.until(lambda: world.hook)
        world.hook = None
        await world.until(lambda: world.hook)
    assert "webhook_lost" in {line["event"] for line in logs}


async def test_what_telegram_cannot_hand_over_is_logged(sandbox: Sandbox, logs: list[EventDict]) -> None:
    world = sandbox.world
    world.person("王").says("井盖没了")
    async with standing(sandbox):
        async with asyncio.timeout(10):
            while "webhook_fails" not in {line["event"] for line in logs}:  # noqa: ASYNC110 - a list wakes nobody
                await asyncio.sleep(0.002)
    (why, *_) = [line["why"] for line in logs if line["event"] == "webhook_fails"]
    assert "Connection failed" in why


@pytest.mark.parametrize(
    ("fault", "patience", "error"),
    [(failed(401), HASTY, WrongToken), (failed(502), replace(HASTY, stalled=0.2), ReceiverStalled)],
)
async def test_what_only_a_person_can_mend_ends_the_process(
    sandbox: Sandbox, fault: RefusedError, patience: Patience, error: type[Exception]
) -> None:
    sandbox.world.faults.next("*", fault, times=10_000)
    async with standing(sandbox, patience) as (_, task):
        with pytest.raises(error):
            await asyncio.wait_for(task, 10)
