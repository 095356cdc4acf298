"""Telegram's flood limits, with a clock that the test moves."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import Limits, Person, RefusedError, Sandbox, World
from bot.sandbox.limits import NO_LIMITS, Flood
from tests.sandbox.conftest import Api, Clock, jpeg

ANNA, BERTA, GROUP = 1, 2, -1


@pytest.fixture
def flood(clock: Clock) -> Flood:
    return Flood(Limits(), clock)


def wait(flood: Flood, chat_id: int, count: int = 1) -> int:
    """Seconds until it may be tried again; 0 when it was let through."""
    try:
        flood.charge(chat_id, count)
    except RefusedError as refused:
        return int(refused.parameters["retry_after"])
    return 0


def test_a_person_takes_a_burst_of_three_then_one_a_second(flood: Flood, clock: Clock) -> None:
    assert [wait(flood, ANNA) for _ in range(4)] == [0, 0, 0, 1]
    clock.advance(1)
    assert [wait(flood, ANNA) for _ in range(2)] == [0, 1]
    assert wait(flood, BERTA) == 0


def test_a_group_takes_twenty_a_minute(flood: Flood, clock: Clock) -> None:
    for _ in range(20):
        assert wait(flood, GROUP) == 0
        clock.advance(1)
    assert wait(flood, GROUP) == 40
    clock.advance(40)
    assert wait(flood, GROUP) == 0


def test_all_chats_together_take_thirty_a_second(flood: Flood, clock: Clock) -> None:
    assert [wait(flood, person) for person in range(1, 31)] == [0] * 30
    assert wait(flood, 31) == 1
    clock.advance(1)
    assert wait(flood, 31) == 0


def test_an_album_counts_every_picture(flood: Flood, clock: Clock) -> None:
    assert wait(flood, ANNA, 10) == 0
    assert wait(flood, ANNA) == 8
    clock.advance(8)
    assert wait(flood, ANNA) == 0


def test_a_refused_call_costs_nothing(flood: Flood, clock: Clock) -> None:
    assert wait(flood, ANNA, 3) == 0
    assert [wait(flood, ANNA) for _ in range(50)] == [1] * 50
    clock.advance(1)
    assert wait(flood, ANNA) == 0


def test_limits_scale_and_switch_off(clock: Clock) -> None:
    generous = Flood(Limits().scaled(10), clock)
    assert [wait(generous, ANNA) for _ in range(31)] == [0] * 30 + [1]
    unlimited = Flood(NO_LIMITS, clock)
    assert [wait(unlimited, ANNA) for _ in range(99)] == [0] * 99


@given(st.lists(st.tuples(st.sampled_from([ANNA, GROUP]), st.floats(0, 5)), max_size=80))
def test_retry_after_always_suffices(steps: list[tuple[int, float]]) -> None:
    clock = Clock()
    flood = Flood(Limits(), clock)
    for chat_id, pause in steps:
        clock.advance(pause)
        clock.advance(wait(flood, chat_id))
        assert wait(flood, chat_id) in range(61)


@pytest.fixture
async def strict(clock: Clock) -> AsyncIterator[Api]:
    async with Sandbox(World(now=clock)) as sandbox, aiohttp.ClientSession() as session:
        yield Api(session, sandbox)


async def test_the_wire_says_when_to_come_back(strict: Api) -> None:
    wang: Person = strict.sandbox.world.person("王阿姨")
    wang.start()
    for number in range(3):
        await strict.call("sendMessage", chat_id=wang.id, text=str(number))
    status, envelope = await strict.answer("sendMessage", chat_id=wang.id, text="x")
    assert status == 429
    assert envelope == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert len(wang.chat) == 4


async def test_edits_count_too(strict: Api) -> None:
    wang = strict.sandbox.world.person("王阿姨")
    wang.start()
    sent = await strict.call("sendMessage", chat_id=wang.id, text="0")
    where = {"chat_id": wang.id, "message_id": sent["message_id"]}
    await strict.call("editMessageText", **where, text="1")
    await strict.call("editMessageText", **where, text="2")
    assert (await strict.refusal("editMessageText", **where, text="3"))[0] == 429
    assert (await strict.refusal("editMessageText", **where, text="2"))[0] == 400


async def test_an_album_on_the_wire_counts_every_picture(strict: Api) -> None:
    wang = strict.sandbox.world.person("王阿姨")
    wang.start()
    photo = wang.sends_photo(jpeg()).as_json()["photo"][-1]["file_id"]
    media = [{"type": "photo", "media": photo}] * 3
    await strict.call("sendMediaGroup", chat_id=wang.id, media=media)
    assert (await strict.refusal("sendMessage", chat_id=wang.id, text="x"))[0] == 429
