"""Polling: nothing is lost, nothing stands in the way, and silence ends it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
import structlog
from telegram import Bot

from bot.channel import Raw
from bot.sandbox.server import Sandbox
from bot.telegram.errors import ReceiverStalled, WrongToken
from bot.telegram.http import AiohttpRequest, Timeouts
from bot.telegram.receive import WANTED, Patience, Receiver
from tests.telegram.wire import Answer, Wire, cut, hang, refusal, success, updates

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
HASTY = Patience(poll=0, first=0.004, longest=0.016, conflict=0.01, pause=0.01, stalled=20, tries=3)
NO_WEBHOOK = success({"url": "", "has_custom_certificate": False, "pending_update_count": 0})
WEBHOOK = success({"url": "https://old.example/hook", "has_custom_certificate": False, "pending_update_count": 2})
GARBAGE: Answer = (200, b"<html>")


class Inbox:
    """Keeps what is taken; fails as often as told to."""

    def __init__(self, *failures: Exception) -> None:
        self.kept: list[Raw] = []
        self.offered: list[list[str]] = []
        self._failures = list(failures)
        self._stirred = asyncio.Condition()

    async def take(self, raws: Sequence[Raw]) -> None:
        self.offered.append([raw.external_id for raw in raws])
        if self._failures:
            raise self._failures.pop(0)
        self.kept += raws
        async with self._stirred:
            self._stirred.notify_all()

    async def until(self, count: int) -> list[str]:
        """The ids kept, once there are so many."""
        async with asyncio.timeout(10), self._stirred:
            await self._stirred.wait_for(lambda: len(self.kept) >= count)
        return [raw.external_id for raw in self.kept]


@asynccontextmanager
async def receiving(
    url: str,
    take: Callable[[Sequence[Raw]], Awaitable[None]],
    patience: Patience = HASTY,
    timeouts: Timeouts | None = None,
) -> AsyncIterator[tuple[Receiver, asyncio.Task[None]]]:
    """A receiver at work until the test is over."""
    async with AiohttpRequest(timeouts) as request:
        bot = Bot(TOKEN, f"{url}/bot", f"{url}/file/bot", request=request, get_updates_request=request)
        receiver = Receiver(bot, request, patience)
        task = asyncio.create_task(receiver.run(take))
        yield receiver, task
        task.cancel()
        with suppress(asyncio.CancelledError, ReceiverStalled, WrongToken):
            await task


def said(number: int, chat: int = 1) -> bytes:
    return json.dumps({"update_id": number, "message": {"chat": {"id": chat}}}).encode()


def offsets(wire: Wire) -> list[int]:
    """The offsets of the polls, in order."""
    return [int(asked.query["offset"]) for asked in wire.asked if asked.path.endswith("/getUpdates")]


async def exhausted(wire: Wire) -> None:
    async with asyncio.timeout(10):
        await wire.exhausted.wait()


async def test_what_people_send_is_taken_and_then_confirmed() -> None:
    inbox = Inbox()
    async with Sandbox() as sandbox, receiving(sandbox.url, inbox.take, replace(HASTY, poll=5)):
        person = sandbox.world.person("王", language="zh-hans")
        person.start()
        person.says("楼下路灯不亮")
        await inbox.until(2)
        await sandbox.world.quiet()
    assert [raw.chat for raw in inbox.kept] == [str(person.id)] * 2
    assert json.loads(inbox.kept[1].payload)["message"]["text"] == "楼下路灯不亮"


async def test_nothing_is_confirmed_before_it_is_taken() -> None:
    """A process that dies while it stores finds everything again."""
    reached = asyncio.Event()

    async def never(_: Sequence[Raw]) -> None:
        reached.set()
        await asyncio.Event().wait()

    async with Sandbox() as sandbox:
        sandbox.world.person("王").says("井盖没了")
        async with receiving(sandbox.url, never), asyncio.timeout(10):
            await reached.wait()
        assert sandbox.world.updates.pending == 1
        inbox = Inbox()
        async with receiving(sandbox.url, inbox.take):
            await inbox.until(1)
            await sandbox.world.until(lambda: sandbox.world.updates.pending == 0)


async def test_the_kinds_we_need_are_asked_for() -> None:
    async with Wire(NO_WEBHOOK, updates()) as wire, receiving(wire.url, Inbox().take):
        await exhausted(wire)
    assert json.loads(wire.asked[1].query["allowed_updates"]) == list(WANTED)
    assert set(WANTED) == {"message", "edited_message", "callback_query", "my_chat_member"}


async def test_trouble_with_the_store_leaves_the_offset_where_it_is() -> None:
    inbox = Inbox(OSError("disk full"), OSError("disk full"))
    async with Wire(NO_WEBHOOK, *[updates(said(5), said(6))] * 3, updates()) as wire:
        with structlog.testing.capture_logs() as logs:
            async with receiving(wire.url, inbox.take):
                assert await inbox.until(2) == ["5", "6"]
                await exhausted(wire)
    assert offsets(wire)[:4] == [0, 0, 0, 7]
    assert inbox.offered == [["5", "6"]] * 3
    assert [log["event"] for log in logs if log["log_level"] == "error"] == ["not_stored"] * 2


async def test_after_an_empty_answer_the_numbering_may_start_anywhere() -> None:
    """After a week of silence Telegram numbers anew; an old, higher offset would confirm the new ones unseen."""
    inbox = Inbox()
    async with (
        Wire(NO_WEBHOOK, updates(said(900)), updates(), updates(said(5)), updates(said(6))) as wire,
        receiving(wire.url, inbox.take),
    ):
        assert await inbox.until(3) == ["900", "5", "6"]
        await exhausted(wire)
    assert offsets(wire) == [0, 901, 0, 6, 7]


TROUBLES: list[Answer] = [
    GARBAGE,
    (200, b'{"ok":false}'),
    (200, b'{"ok":true,"result":['),
    (502, b"<html>"),
    refusal(500, "Internal Server Error"),
    refusal(400, "Bad Request: offset is strange"),
    refusal(403, "Forbidden: whatever"),
    refusal(409, "Conflict: terminated by other getUpdates request"),
    cut,
]


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_what_goes_wrong_on_the_way_is_survived(trouble: Answer) -> None:
    inbox = Inbox()
    async with (
        Wire(trouble, NO_WEBHOOK, updates(said(5)), trouble, trouble, updates(said(6))) as wire,
        receiving(wire.url, inbox.take),
    ):
        assert await inbox.until(2) == ["5", "6"]
        await exhausted(wire)
    assert offsets(wire)[1:4] == [6, 6, 6]


async def test_an_answer_that_does_not_come_is_given_up_on() -> None:
    inbox = Inbox()
    quick = Timeouts(read=0.1, write=0.1)
    async with Wire(NO_WEBHOOK, hang, updates(said(5))) as wire, receiving(wire.url, inbox.take, timeouts=quick):
        assert await inbox.until(1) == ["5"]


async def test_a_second_bot_with_the_token_is_called_out_loudly() -> None:
    inbox = Inbox()
    conflict = refusal(409, "Conflict: terminated by other getUpdates request")
    with structlog.testing.capture_logs() as logs:
        async with Wire(NO_WEBHOOK, conflict, updates(said(5))) as wire, receiving(wire.url, inbox.take):
            await inbox.until(1)
    assert [log["log_level"] for log in logs if log["event"] == "another_bot_polls"] == ["critical"]


async def test_told_to_wait_it_does_not_ask_again_before() -> None:
    patience = replace(HASTY, stalled=0.5)
    async with (
        Wire(NO_WEBHOOK, forever=refusal(429, "Too Many Requests", retry_after=60)) as wire,
        receiving(wire.url, Inbox().take, patience) as (_, task),
    ):
        with pytest.raises(ReceiverStalled):
            await asyncio.wait_for(task, 10)
    assert len(offsets(wire)) == 1


@pytest.mark.parametrize("answer", [refusal(401, "Unauthorized"), refusal(404, "Not Found")])
async def test_a_wrong_token_ends_it_with_a_clear_word(answer: Answer) -> None:
    async with Wire(answer) as wire, receiving(wire.url, Inbox().take) as (_, task):
        with pytest.raises(WrongToken, match="does not know this token"):
            await asyncio.wait_for(task, 10)
    async with Wire(NO_WEBHOOK, answer) as wire, receiving(wire.url, Inbox().take) as (_, task):
        with pytest.raises(WrongToken) as caught:
            await asyncio.wait_for(task, 10)
    assert TOKEN not in str(caught.value)


async def test_a_webhook_is_removed_and_what_waits_is_kept() -> None:
    async with Wire(WEBHOOK, success(True), updates()) as wire, receiving(wire.url, Inbox().take):
        await exhausted(wire)
    assert wire.asked[1].path.endswith("/deleteWebhook")
    assert json.loads(wire.asked[1].body) == {"drop_pending_updates": False}


async def test_without_a_webhook_none_is_removed() -> None:
    async with Wire(NO_WEBHOOK, updates()) as wire, receiving(wire.url, Inbox().take):
        await exhausted(wire)
    assert [asked.path.rpartition("/")[2] for asked in wire.asked] == ["getWebhookInfo", "getUpdates", "getUpdates"]


SHORT = replace(HASTY, stalled=0.25)


async def _hangs(_: Sequence[Raw]) -> None:
    await asyncio.Event().wait()


async def _fails(_: Sequence[Raw]) -> None:
    raise OSError("disk full")


async def _times_out(_: Sequence[Raw]) -> None:
    raise TimeoutError


@pytest.mark.parametrize(
    ("answer", "take"),
    [
        (GARBAGE, _fails),
        (refusal(500, "Internal Server Error"), _fails),
        (refusal(409, "Conflict"), _fails),
        (hang, _fails),
        (cut, _fails),
        (updates(said(5)), _fails),
        (updates(said(5)), _hangs),
        (updates(said(5)), _times_out),
        (updates(b'{"message":{}}'), None),
        (updates(b'{"update_id":5,"message":{"te'), _fails),
    ],
)
async def test_when_nothing_works_for_too_long_it_ends_and_has_not_hammered(
    answer: Answer, take: Callable[[Sequence[Raw]], Awaitable[None]] | None
) -> None:
    """A quarter of a second with waits of 2 to 16 ms: some forty rounds at most. Without the waits: hundreds."""
    async with Wire(NO_WEBHOOK, forever=answer) as wire, receiving(wire.url, take or Inbox().take, SHORT) as (_, task):
        with pytest.raises(ReceiverStalled):
            await asyncio.wait_for(task, 10)
    assert len(offsets(wire)) <= 60


async def test_a_good_round_moves_the_time_of_the_last_one() -> None:
    inbox = Inbox()
    async with Wire(NO_WEBHOOK, updates(said(5)), updates()) as wire, receiving(wire.url, inbox.take) as (receiver, _):
        await inbox.until(1)
        first = receiver.last_good
        await exhausted(wire)
        assert receiver.last_good > first


async def test_after_a_good_round_the_next_failure_waits_as_little_as_the_first() -> None:
    inbox = Inbox()
    answers = [GARBAGE] * 3 + [updates(said(5)), GARBAGE, updates(said(6))]
    with structlog.testing.capture_logs() as logs:
        async with Wire(NO_WEBHOOK, *answers) as wire, receiving(wire.url, inbox.take):
            await inbox.until(2)
    first, second, third, again = [log["wait"] for log in logs if log["event"] == "poll_failed"]
    assert max(first, again) <= HASTY.first
    assert HASTY.first <= second <= third


async def test_an_endpoint_that_does_not_hold_the_poll_is_not_hammered() -> None:
    async with Wire(NO_WEBHOOK, forever=updates()) as wire, receiving(wire.url, Inbox().take):
        began = asyncio.get_running_loop().time()
        await wire.seen(21)
    assert asyncio.get_running_loop().time() - began >= 20 * HASTY.pause * 0.9


async def test_an_update_that_is_no_json_does_not_hold_up_the_others() -> None:
    """It is asked for again, in case it was damaged on the way, and then kept as it is."""
    inbox = Inbox()
    poison = b'{"update_id":6,"message":{"text":"\\x"}}'
    answers = [updates(said(5), poison, said(7)), *[updates(poison, said(7))] * 3, updates(said(7))]
    async with Wire(NO_WEBHOOK, *answers) as wire, receiving(wire.url, inbox.take):
        assert await inbox.until(3) == ["5", "6", "7"]
        await exhausted(wire)
    assert offsets(wire) == [0, 6, 6, 6, 7, 8]
    assert inbox.kept[1].payload.startswith(poison)
    assert inbox.kept[1].chat == "update:6"


async def test_an_update_damaged_only_on_the_way_comes_whole_the_next_time() -> None:
    inbox = Inbox()
    async with (
        Wire(NO_WEBHOOK, updates(b'{"update_id":6,"mess'), updates(said(6))) as wire,
        receiving(wire.url, inbox.take),
    ):
        assert await inbox.until(1) == ["6"]
    assert inbox.kept[0].payload == said(6)


async def test_damage_is_counted_anew_for_every_update() -> None:
    inbox = Inbox()
    sixth, seventh = b'{"update_id":6,"mess', b'{"update_id":7,"mess'
    answers = [*[updates(sixth)] * 2, updates(said(6)), *[updates(seventh)] * 2, updates(said(7))]
    async with Wire(NO_WEBHOOK, *answers) as wire, receiving(wire.url, inbox.take):
        assert await inbox.until(2) == ["6", "7"]
    assert [raw.payload for raw in inbox.kept] == [said(6), said(7)]


async def test_an_update_without_an_id_is_kept_and_the_next_one_leads_past_it() -> None:
    inbox = Inbox()
    nameless = b'{"message":{"chat":{"id":3}}}'
    async with (
        Wire(NO_WEBHOOK, updates(nameless), updates(nameless, said(6)), updates()) as wire,
        receiving(wire.url, inbox.take),
    ):
        await exhausted(wire)
    assert offsets(wire)[:3] == [0, 0, 7]
    assert [raw.payload for raw in inbox.kept] == [nameless, nameless, said(6)]
    assert inbox.kept[0].external_id == inbox.kept[1].external_id


async def test_an_update_that_ptb_cannot_parse_comes_through_like_any_other() -> None:
    inbox = Inbox()
    async with Sandbox() as sandbox, receiving(sandbox.url, inbox.take):
        sandbox.world.push_raw({"message": {"chat": "nonsense", "from": 7, "entities": {"not": "a list"}}})
        sandbox.world.person("王").says("后面的")
        await inbox.until(2)
        await sandbox.world.until(lambda: sandbox.world.updates.pending == 0)


async def test_when_cancelled_it_stops_at_once() -> None:
    async with Sandbox() as sandbox, receiving(sandbox.url, Inbox().take, replace(HASTY, poll=50)) as (_, task):
        await sandbox.world.until(lambda: sandbox.world.updates.is_polled)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)
