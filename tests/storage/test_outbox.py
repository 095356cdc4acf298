"""What is owed: once, in order within a chat, one message at a time, and to nobody for ever."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.case import State
from domain.messages import Action, Group, Notice, Peer, Purpose, Send
from storage import cases, delivery, outbox
from storage.delivery import Owed
from storage.store import Store, Work
from tests.storage.owing import LI, MINUTE, NOW, OFFICE, SECOND, WANG, deliver, kinds, lease, owe
from tests.storage.test_cases import changed, filed


async def test_a_message_comes_out_as_it_was_owed(store: Store) -> None:
    notice = Notice("card", {"number": "XM-260421-007"}, actions=(Action("t", "ack"),), key="case:7")
    topic = Group("telegram", "bot", "-100", "5")
    assert await store.run(outbox.owe, Send(topic, notice, Purpose.BROADCAST, "d", case=7), NOW)
    (owed,) = await lease(store, NOW + SECOND)
    assert owed == Owed(owed.id, topic, notice, Purpose.BROADCAST, 7, 0, None, NOW)


async def test_a_message_is_owed_once_whatever_became_of_it(store: Store) -> None:
    assert await owe(store, "due", dedupe="case-7:due")
    assert not await owe(store, "due", dedupe="case-7:due")
    await deliver(store)
    assert not await owe(store, "due", dedupe="case-7:due")
    assert await lease(store) == []


async def test_owing_again_makes_nothing_void(store: Store) -> None:
    await owe(store, "first", key="k")
    await owe(store, "second", key="k", dedupe="2")
    assert not await owe(store, "third", key="k", dedupe="2")
    assert await kinds(store) == ["second"]


async def test_messages_of_a_chat_go_one_at_a_time_in_the_order_of_owing(store: Store) -> None:
    for kind in ("one", "two", "three"):
        await owe(store, kind)
    for kind in ("one", "two", "three"):
        (owed,) = await lease(store)
        assert owed.notice.kind == kind
        assert await lease(store) == []
        await store.run(delivery.sent, owed.id, kind, "", NOW)
    assert await lease(store) == []


async def test_chats_do_not_wait_for_each_other(store: Store) -> None:
    for to in (LI, WANG, OFFICE, Group("telegram", "bot", "-100", "5"), Group("telegram", "bot", "7")):
        await owe(store, str(to), to)
        await owe(store, f"{to} again", to)
    assert len(await lease(store, limit=3)) == 3
    assert len(await lease(store)) == 2


async def test_replies_go_before_notices_and_those_before_what_goes_to_many(store: Store) -> None:
    for number, purpose in enumerate((Purpose.BROADCAST, Purpose.NOTIFY, Purpose.REPLY)):
        for chat in "ab":
            await owe(store, f"{purpose.value}-{chat}", Peer("telegram", "bot", f"{number}{chat}"), purpose)
    assert await kinds(store) == ["reply-a", "reply-b", "notify-a", "notify-b", "broadcast-a", "broadcast-b"]


async def test_nobody_is_passed_for_ever(store: Store) -> None:
    await owe(store, "bulletin", LI, Purpose.BROADCAST)
    await owe(store, "quick", WANG, Purpose.REPLY, NOW + timedelta(minutes=9))
    await owe(store, "late", OFFICE, Purpose.REPLY, NOW + timedelta(minutes=11))
    assert await kinds(store, NOW + timedelta(minutes=11)) == ["quick", "bulletin", "late"]


async def test_a_reply_takes_along_what_stands_before_it_in_its_chat(store: Store) -> None:
    await owe(store, "bulletin", LI, Purpose.BROADCAST)
    await owe(store, "reminder", WANG, Purpose.NOTIFY)
    await owe(store, "answer", LI, Purpose.REPLY)
    assert await kinds(store) == ["bulletin", "reminder"]


async def test_what_comes_back_from_flight_is_not_overtaken(store: Store) -> None:
    await owe(store, "reminder")
    await lease(store)
    await owe(store, "answer", LI, Purpose.REPLY)
    assert await kinds(store, NOW + MINUTE) == ["reminder"]


async def test_who_backs_off_holds_its_chat_and_no_other(store: Store) -> None:
    await owe(store, "one")
    await owe(store, "two")
    (one,) = await lease(store)
    assert await store.run(delivery.later, one.id, NOW + MINUTE, "429", NOW)
    await owe(store, "answer", LI, Purpose.REPLY)
    await owe(store, "other", WANG)
    assert await kinds(store) == ["other"]
    assert await store.read(outbox.earliest, NOW) == NOW + MINUTE
    (again,) = await lease(store, NOW + MINUTE - SECOND) + await lease(store, NOW + MINUTE, limit=1)
    assert (again.notice.kind, again.attempts) == ("one", 1)


async def test_a_scheduled_message_holds_nobody_and_takes_its_place_in_time(store: Store) -> None:
    await owe(store, "at nine thirty", not_before=NOW + 30 * MINUTE)
    await owe(store, "now")
    assert (await deliver(store)).notice.kind == "now"
    assert await lease(store) == []
    assert await store.read(outbox.earliest, NOW) == NOW + 30 * MINUTE
    assert await kinds(store, NOW + 30 * MINUTE) == ["at nine thirty"]


async def test_a_scheduled_message_stands_in_the_line_from_its_time_on(store: Store) -> None:
    await owe(store, "at nine thirty", not_before=NOW + 30 * MINUTE)
    await owe(store, "just before", WANG, now=NOW + 30 * MINUTE - SECOND)
    assert await kinds(store, NOW + 30 * MINUTE) == ["just before", "at nine thirty"]


async def test_a_scheduled_message_is_not_taken_along_before_its_time(store: Store) -> None:
    await owe(store, "bulletin", LI, Purpose.BROADCAST, not_before=NOW + MINUTE)
    await owe(store, "answer", LI, Purpose.REPLY)
    await deliver(store)
    await owe(store, "other answer", WANG, Purpose.REPLY, NOW + MINUTE)
    assert await kinds(store, NOW + MINUTE) == ["other answer", "bulletin"]


async def test_what_is_owed_after_a_scheduled_message_was_due_comes_after_it(store: Store) -> None:
    await owe(store, "at nine thirty", not_before=NOW + 30 * MINUTE)
    await owe(store, "answer", LI, Purpose.REPLY, NOW + 31 * MINUTE)
    assert (await deliver(store, now=NOW + 31 * MINUTE)).notice.kind == "at nine thirty"


async def test_a_message_whose_time_is_over_is_not_sent(store: Store) -> None:
    await owe(store, "reminder", not_after=NOW + MINUTE)
    await owe(store, "other")
    (owed,) = await lease(store, NOW + MINUTE)
    assert owed.notice.kind == "reminder"
    await store.run(delivery.later, owed.id, NOW + MINUTE, "timeout", NOW + MINUTE)
    assert await kinds(store, NOW + MINUTE + SECOND) == ["other"]
    assert await store.read(outbox.waiting_count) == 0


async def test_a_lease_that_ran_out_is_leased_again(store: Store) -> None:
    await owe(store, "one")
    await owe(store, "two")
    (lost,) = await lease(store)
    assert await store.read(outbox.earliest, NOW) == NOW + MINUTE
    assert await lease(store, NOW + MINUTE - SECOND) == []
    (again,) = await lease(store, NOW + MINUTE)
    assert (again.id, again.attempts) == (lost.id, 1)


async def test_who_delivers_after_the_lease_ran_out_has_delivered(store: Store) -> None:
    await owe(store, "one")
    (lost,) = await lease(store)
    assert len(await lease(store, NOW + MINUTE)) == 1
    assert await store.run(delivery.sent, lost.id, "h", "", NOW + MINUTE)
    assert not await store.run(delivery.sent, lost.id, "h", "", NOW + MINUTE)
    assert not await store.run(delivery.later, lost.id, NOW, "why", NOW)
    assert not await store.run(delivery.refused, lost.id, "why", NOW)
    assert await lease(store, NOW + 5 * MINUTE) == []


async def test_who_blocked_us_loses_this_message_and_what_waits_only_when_told_so(store: Store) -> None:
    for kind in ("one", "two", "three"):
        await owe(store, kind)
    await owe(store, "other", WANG)
    one, _ = await lease(store)
    assert await store.run(delivery.unreachable, one.id, "403", NOW)
    (two,) = await lease(store)
    assert two.notice.kind == "two"
    assert await store.run(outbox.drop_waiting, LI, "403", NOW) == 1
    assert await store.run(delivery.refused, two.id, "400", NOW)
    assert await store.read(outbox.waiting_count) == 0


async def test_what_spoke_of_an_open_case_is_not_forgotten(store: Store) -> None:
    case = await store.run(filed)
    await owe(store, "card", case=case.id)
    await deliver(store, "m1")
    await owe(store, "text", case=case.id + 1)
    await deliver(store, "m2")
    assert await store.run(outbox.purge, NOW + SECOND) == 1
    assert await store.read(outbox.spoke_of, LI, "m1") == (None, case.id)
    await store.run(cases.save, changed(case, State.VOID))
    assert await store.run(outbox.purge, NOW + SECOND) == 1


async def test_what_is_purged_is_forgotten_and_could_be_owed_again(store: Store) -> None:
    await owe(store, "one", case=7)
    await deliver(store, "m1")
    await owe(store, "two")
    assert await store.run(outbox.purge, NOW) == 0
    assert await store.run(outbox.purge, NOW + SECOND) == 1
    assert await store.read(outbox.spoke_of, LI, "m1") is None
    assert await owe(store, "one")
    assert not await owe(store, "two")


async def test_what_a_dead_process_had_in_flight_waits_again_at_once(store: Store) -> None:
    await owe(store, "one")
    await owe(store, "two")
    await lease(store)
    assert await lease(store, NOW + SECOND) == []
    assert await store.run(delivery.give_back, "somebody new", NOW + SECOND) == 1
    (owed,) = await lease(store, NOW + SECOND)
    assert (owed.notice.kind, owed.attempts) == ("one", 1)


async def test_what_comes_back_gives_way_to_what_made_it_void_meanwhile(store: Store) -> None:
    await owe(store, "old card", key="card")
    await lease(store)
    await owe(store, "new card", key="card")
    await store.run(delivery.give_back, "somebody new", NOW + SECOND)
    assert await kinds(store, NOW + SECOND) == ["new card"]


async def test_what_takes_long_to_be_sent_stays_leased_to_whoever_sends_it(store: Store) -> None:
    await owe(store, "slow")
    (slow,) = await lease(store)
    await store.run(delivery.hold, "dispatcher", [slow.id], NOW + 3 * MINUTE)
    await store.run(delivery.hold, "another", [slow.id], NOW + 9 * MINUTE)
    assert await kinds(store, NOW + 2 * MINUTE) == []
    assert await kinds(store, NOW + 4 * MINUTE) == ["slow"]


@pytest.mark.parametrize(
    "ends",
    [
        lambda work, message: delivery.sent(work, message, "h", "", NOW),
        lambda work, message: delivery.unreachable(work, message, "blocked", NOW),
        lambda work, message: delivery.refused(work, message, "no", NOW),
    ],
    ids=["sent", "unreachable", "refused"],
)
async def test_the_last_message_to_whoever_is_forgotten_leaves_no_row(
    store: Store, ends: Callable[[Work, int], bool]
) -> None:
    assert await owe(store, outbox.FAREWELL, dedupe="d")
    (owed,) = await lease(store)
    assert await store.run(ends, owed.id)
    assert await owe(store, outbox.FAREWELL, dedupe="d")
