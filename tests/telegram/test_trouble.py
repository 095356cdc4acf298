"""What becomes of a message that cannot be delivered as it is, against a strict Telegram on loopback."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.errors import RefusedError
from bot.sandbox.limits import Limits as Flood
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.telegram.channel import TelegramChannel
from bot.telegram.rates import Limit, Limits
from domain.messages import (
    Action,
    Later,
    MovedTo,
    Peer,
    Refused,
    Sent,
    Unreachable,
)
from tests.telegram.conftest import NOW, UNHURRIED, channel_at
from tests.telegram.letters import address, letter, peer, shown
from tests.telegram.wire import Wire, refusal


async def test_a_group_that_has_moved_says_where_to(channel: TelegramChannel, wang: Person, world: World) -> None:
    group = world.group("城管局", [wang])
    group.adds_bot(wang)
    old = await shown(channel, address(group), letter("一"))
    larger = world.upgrades(group, wang)
    assert await channel.send(address(group), letter("二")) == MovedTo(address(larger))
    assert await channel.send(address(group), letter("二", replaces=old)) == MovedTo(address(larger))
    assert isinstance(await channel.send(address(larger), letter("二", replaces=old)), Sent)


async def test_whoever_cannot_be_reached_is_told_from_what_comes_later(
    channel: TelegramChannel, world: World, wang: Person
) -> None:
    never = world.person("李")
    group = world.group("旧群", [wang])
    group.adds_bot(wang)
    group.kicks_bot(wang)
    wang.blocks_bot()
    assert await channel.send(peer(never), letter("一")) == Unreachable("never_started")
    assert await channel.send(peer(wang), letter("一")) == Unreachable("blocked")
    assert await channel.send(address(group), letter("一")) == Unreachable("thrown_out")
    assert await channel.send(Peer("telegram", "110201543", "42"), letter("一")) == Unreachable("chat not found")


@pytest.mark.parametrize("mishap", ["hang", "silence", "cut", "lost", "garbage"])
async def test_trouble_on_the_way_is_tried_again_later(
    hasty: TelegramChannel, wang: Person, world: World, mishap: Any
) -> None:
    world.faults.next("sendMessage", mishap)
    later = await hasty.send(peer(wang), letter("一"))
    assert isinstance(later, Later)
    assert timedelta(0) < later.until - NOW <= timedelta(seconds=2)
    assert later.why == ("timed_out" if mishap in {"hang", "silence"} else "network")


@pytest.mark.parametrize("code", [500, 502, 504])
async def test_when_telegram_is_unwell_it_is_tried_again_later(
    channel: TelegramChannel, wang: Person, world: World, code: int
) -> None:
    world.faults.next("sendMessage", code, times=2)
    first, second = [await channel.send(peer(wang), letter("一")) for _ in range(2)]
    assert isinstance(first, Later)
    assert isinstance(second, Later)
    await shown(channel, peer(wang), letter("一"))
    world.faults.next("sendMessage", code)
    third = await channel.send(peer(wang), letter("一"))
    assert isinstance(third, Later)
    assert third.until - NOW <= timedelta(seconds=2)


async def test_a_hiccup_is_one_failure_however_many_were_on_their_way(channel: TelegramChannel, world: World) -> None:
    people = [world.person(f"居民{number}") for number in range(32)]
    for person in people:
        person.start()
    world.faults.next("sendMessage", 502, times=len(people))
    waits = await asyncio.gather(*(waits_for(channel, person) for person in people))
    assert max(waits) <= 2


async def test_the_trouble_of_one_chat_slows_no_other_and_is_not_forgotten_for_it(
    channel: TelegramChannel, world: World, wang: Person
) -> None:
    li = world.person("李")
    li.start()
    world.faults.next("sendMessage", 502, times=3)
    for _ in range(3):
        await waits_for(channel, wang)
    await shown(channel, peer(li), letter("一"))
    world.faults.next("sendMessage", 502, times=2)
    assert await waits_for(channel, wang) >= 8
    assert await waits_for(channel, li) <= 2


async def waits_for(channel: TelegramChannel, person: Person) -> float:
    """For how many seconds a message that does not get through is put off."""
    later = await channel.send(peer(person), letter("一"))
    assert isinstance(later, Later)
    return (later.until - NOW).total_seconds()


async def test_too_fast_waits_as_long_as_it_is_told(channel: TelegramChannel, wang: Person, world: World) -> None:
    world.faults.next("sendMessage", RefusedError(429, "Too Many Requests: retry after 17", {"retry_after": 17}))
    later = await channel.send(peer(wang), letter("一"))
    assert later == Later(NOW + timedelta(seconds=17), "too_fast")


async def test_told_so_nothing_more_is_sent_there_before(channel: TelegramChannel, wang: Person, world: World) -> None:
    world.faults.next("sendMessage", RefusedError(429, "Too Many Requests: retry after 17", {"retry_after": 17}))
    await channel.send(peer(wang), letter("一"))
    again = await channel.send(peer(wang), letter("一"))
    assert isinstance(again, Later)
    assert again.why == "rate"
    assert timedelta(seconds=16) < again.until - NOW <= timedelta(seconds=17)
    assert world.called("sendMessage") == []


async def test_many_at_once_to_one_person_never_meet_telegrams_limit(sandbox: Sandbox, wang: Person) -> None:
    """Telegram's numbers, ten times as fast, and with room for a busy machine."""
    sandbox.world.flood.set(Flood(private_per_second=20, private_burst=6))
    hurried = Limits(Limit(30, 0.105), Limit(3, 0.305), Limit(20, 6.05))
    paced = channel_at(sandbox.url, sandbox.token, username="sandbox_bot", limits=hurried)
    await paced.greet()
    began = time.monotonic()
    outcomes = await asyncio.gather(*(paced.send(peer(wang), letter(str(n))) for n in range(8)))
    assert time.monotonic() - began >= 2 * hurried.person.seconds
    await paced.close()
    assert {type(outcome) for outcome in outcomes} == {Sent}


async def test_a_turn_that_is_long_in_coming_is_given_back(sandbox: Sandbox, wang: Person) -> None:
    slow = channel_at(
        sandbox.url, sandbox.token, username="sandbox_bot", limits=replace(UNHURRIED, person=Limit(1, 60))
    )
    await slow.greet()
    first, second = [await slow.send(peer(wang), letter("一")) for _ in range(2)]
    await slow.close()
    assert isinstance(first, Sent)
    assert isinstance(second, Later)
    assert timedelta(seconds=50) < second.until - NOW <= timedelta(seconds=60)


async def test_a_message_telegram_will_never_take_is_our_fault(channel: TelegramChannel, wang: Person) -> None:
    bad_button = letter("一", actions=(Action("t" * 65, "接单"),))
    assert await channel.send(peer(wang), bad_button) == Refused("button_data_invalid")


async def test_a_proxys_words_do_not_confuse_it() -> None:
    async with Wire(refusal(403, "Forbidden by the proxy"), (404, b"<html>"), (200, b"null")) as wire:
        channel = channel_at(wire.url, "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0", username="sandbox_bot")
        await channel._request.initialize()
        outcomes = [await channel.send(Peer("telegram", "1", "5"), letter("一")) for _ in range(3)]
        await channel.close()
    assert outcomes[0] == Unreachable("forbidden")
    assert [type(outcome) for outcome in outcomes[1:]] == [Later, Later]
