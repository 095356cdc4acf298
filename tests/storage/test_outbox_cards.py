"""Cards: the newest counts, takes the place of what stands in the chat, and can be taken back."""

import pytest

from domain.messages import Group, Notice
from storage import delivery, outbox, shown
from storage.delivery import Owed
from storage.outbox import RETRACT
from storage.shown import Shown
from storage.store import Store, Work
from tests.storage.owing import LI, MINUTE, NOW, OFFICE, SECOND, WANG, deliver, kinds, lease, owe


async def test_a_newer_card_is_told_which_message_it_takes_the_place_of(store: Store) -> None:
    await owe(store, "card", key="case:7")
    assert (await deliver(store, "m1")).shown is None
    for number in (2, 3):
        await owe(store, f"card {number}", key="case:7")
        assert (await deliver(store, f"m{number}")).shown == Shown(f"m{number - 1}", "text")
    await owe(store, "other card", key="case:8")
    assert (await deliver(store)).shown is None
    await owe(store, "card there", WANG, key="case:7")
    assert (await deliver(store)).shown is None


async def test_a_newer_card_makes_the_one_that_waits_void_at_its_address(store: Store) -> None:
    await owe(store, "old", key="case:7")
    await owe(store, "there", WANG, key="case:7")
    await owe(store, "new", key="case:7")
    assert sorted(await kinds(store)) == ["new", "there"]
    assert await store.read(outbox.waiting_count) == 0


async def test_a_newer_card_takes_the_place_in_the_line_of_the_one_it_makes_void(store: Store) -> None:
    await owe(store, "old", key="case:7")
    await owe(store, "between", WANG, now=NOW + SECOND)
    await owe(store, "new", key="case:7", now=NOW + 2 * SECOND)
    assert await kinds(store, NOW + 2 * SECOND) == ["new", "between"]


async def test_a_newer_card_goes_on_backing_off(store: Store) -> None:
    await owe(store, "old", key="case:7")
    (old,) = await lease(store)
    await store.run(delivery.later, old.id, NOW + MINUTE, "429", NOW)
    await owe(store, "new", key="case:7")
    assert await lease(store) == []
    (new,) = await lease(store, NOW + MINUTE)
    assert (new.notice.kind, new.attempts) == ("new", 1)


async def test_an_older_card_that_is_reported_late_does_not_hide_the_newer_one(store: Store) -> None:
    await owe(store, "old", key="case:7")
    (old,) = await lease(store)
    await owe(store, "new", key="case:7")
    await deliver(store, "m2", NOW + MINUTE)
    assert await store.run(delivery.sent, old.id, "m1", "text", NOW + MINUTE)
    await owe(store, "newest", key="case:7")
    assert (await deliver(store)).shown == Shown("m2", "text")


@pytest.mark.parametrize("lost", [False, True], ids=["comes back", "is lost"])
async def test_what_became_void_in_flight_is_not_tried_again(store: Store, lost: bool) -> None:
    await owe(store, "old", key="case:7")
    (old,) = await lease(store)
    await owe(store, "new", key="case:7")
    if not lost:
        await store.run(delivery.later, old.id, NOW + MINUTE, "429", NOW)
    assert await lease(store) == []
    assert await kinds(store, NOW + MINUTE) == ["new"]


async def test_what_waits_is_taken_back_before_anybody_sees_it(store: Store) -> None:
    await owe(store, "reminder", key="due:7")
    await owe(store, "there", WANG, key="due:7")
    assert await store.run(outbox.retract, LI, "due:7", NOW)
    assert not await store.run(outbox.retract, LI, "due:7", NOW)
    assert await kinds(store) == ["there"]


async def test_what_stands_is_taken_back_once(store: Store) -> None:
    await owe(store, "reminder", key="due:7", case=7)
    await deliver(store, "m1")
    for _ in range(2):
        assert await store.run(outbox.retract, LI, "due:7", NOW)
    back = await deliver(store, "m1")
    assert (back.notice, back.shown, back.case) == (Notice(RETRACT, key="due:7"), Shown("m1", "text"), 7)
    assert not await store.run(outbox.retract, LI, "due:7", NOW)
    await owe(store, "anew", key="due:7")
    assert (await deliver(store)).shown is None


async def test_what_is_in_flight_is_taken_back_when_it_has_arrived(store: Store) -> None:
    await owe(store, "reminder", key="due:7")
    (owed,) = await lease(store)
    assert await store.run(outbox.retract, LI, "due:7", NOW)
    assert await lease(store) == []
    await store.run(delivery.sent, owed.id, "m1", "", NOW)
    assert (await deliver(store)).shown == Shown("m1", "")


@pytest.mark.parametrize("blocked", [False, True], ids=["comes back", "is unreachable"])
async def test_what_never_arrives_needs_no_taking_back(store: Store, blocked: bool) -> None:
    await owe(store, "reminder", key="due:7")
    (owed,) = await lease(store)
    await store.run(outbox.retract, LI, "due:7", NOW)
    if blocked:
        await store.run(delivery.unreachable, owed.id, "403", NOW)
    else:
        await store.run(delivery.later, owed.id, NOW, "timeout", NOW)
    assert await lease(store, NOW + MINUTE) == []
    assert await store.read(outbox.waiting_count) == 0


async def test_a_newer_message_saves_the_one_that_was_to_be_taken_back(store: Store) -> None:
    await owe(store, "reminder", key="due:7")
    await deliver(store, "m1")
    await store.run(outbox.retract, LI, "due:7", NOW)
    await owe(store, "new reminder", key="due:7")
    again = await deliver(store, "m1")
    assert (again.notice.kind, again.shown) == ("new reminder", Shown("m1", "text"))
    assert await lease(store) == []


async def test_a_group_that_moved_keeps_what_is_owed_and_what_stands_there(store: Store) -> None:
    new, topic = Group("telegram", "bot", "-200"), Group("telegram", "bot", "-100", "5")
    await owe(store, "card", OFFICE, key="case:7")
    await deliver(store, "m1")
    for to in (OFFICE, topic):
        await owe(store, f"text {to.topic}", to)
    await owe(store, "newer card", OFFICE, key="case:7")
    flying = await lease(store)
    assert len(flying) == 2
    await store.run(outbox.moved, OFFICE, new, NOW)
    first, in_topic = await lease(store)
    assert (first.to, first.id, in_topic.to) == (new, flying[0].id, Group("telegram", "bot", "-200", "5"))
    await store.run(delivery.sent, first.id, "m2", "", NOW)
    (card,) = await lease(store)
    assert (card.to, card.shown) == (new, Shown("m1", "text"))
    assert not await store.run(outbox.retract, OFFICE, "case:7", NOW)


async def test_where_a_group_moves_to_the_newer_card_counts(store: Store) -> None:
    new = Group("telegram", "bot", "-200")
    await owe(store, "old standing", OFFICE, key="standing")
    await deliver(store, "m1")
    await owe(store, "new standing", new, key="standing")
    await deliver(store, "m2")
    await owe(store, "old", OFFICE, key="case:7")
    await owe(store, "new", new, key="case:7")
    await store.run(outbox.moved, OFFICE, new, NOW)
    assert (await deliver(store)).notice.kind == "new"
    await owe(store, "newest", new, key="standing")
    assert (await deliver(store)).shown == Shown("m2", "text")
    await store.run(outbox.moved, new, new, NOW)
    assert await store.run(outbox.retract, new, "standing", NOW)


async def test_an_answer_to_any_message_of_ours_finds_what_it_spoke_of(store: Store) -> None:
    await owe(store, "card", OFFICE, key="case:7", case=7)
    await deliver(store, "m1")
    await owe(store, "newer card", OFFICE, key="case:7", case=7)
    await deliver(store, "m2")
    await owe(store, "text", OFFICE, case=8)
    await deliver(store, "m3")
    await owe(store, "small talk", OFFICE)
    await deliver(store, "m4")

    def spoke_of(work: Work) -> list[object]:
        return [outbox.spoke_of(work, OFFICE, handle) for handle in ("m1", "m2", "m3", "m4")]

    assert await store.read(spoke_of) == [("case:7", 7), ("case:7", 7), (None, 8), None]
    assert await store.read(outbox.spoke_of, Group("telegram", "bot", "-100", "5"), "m1") == ("case:7", 7)
    assert await store.read(outbox.spoke_of, LI, "m1") is None


async def test_it_is_known_how_far_a_card_has_scrolled_away(store: Store) -> None:
    """By what both sides have said since; a card that is changed where it stands does not come nearer by that."""
    await owe(store, "card", key="case:7")
    await deliver(store, "m1")
    for number in range(3):
        await owe(store, f"text {number}")
        await deliver(store, f"m{number + 2}")
    await store.run(shown.seen, LI)
    await store.run(shown.seen, WANG)
    for number in range(2):
        await owe(store, f"newer card {number}", key="case:7")
        assert behind(await deliver(store, "m1")) == 4
    await owe(store, "moved down", key="case:7")
    await deliver(store, "m9")
    await owe(store, "newest card", key="case:7")
    assert behind(await deliver(store, "m9")) == 0


async def test_a_group_that_moves_has_seen_as_much_as_before(store: Store) -> None:
    new = Group("telegram", "bot", "-200")
    await owe(store, "card", OFFICE, key="case:7")
    await deliver(store, "m1")
    await owe(store, "text", OFFICE)
    await deliver(store, "m2")
    await store.run(outbox.moved, OFFICE, new, NOW)
    await owe(store, "newer card", new, key="case:7")
    assert behind(await deliver(store, "m1")) == 1


def behind(owed: Owed) -> int:
    assert owed.shown is not None
    return owed.shown.behind


async def test_what_is_set_aside_is_taken_back_and_the_next_under_its_key_is_a_new_message(store: Store) -> None:
    await owe(store, "list", key="my")
    await deliver(store, "m1")
    assert await store.run(outbox.set_aside, LI, "my", NOW)
    await owe(store, "list again", key="my", now=NOW + SECOND)
    taken_back = await deliver(store, "m1", NOW + SECOND)
    assert (taken_back.notice.kind, taken_back.shown) == (RETRACT, Shown("m1", "text"))
    assert (await deliver(store, "m2", NOW + SECOND)).shown is None
    await owe(store, "next page", key="my", now=NOW + MINUTE)
    assert (await deliver(store, "m2", NOW + MINUTE)).shown == Shown("m2", "text")


async def test_where_nothing_stands_there_is_nothing_to_set_aside(store: Store) -> None:
    assert not await store.run(outbox.set_aside, LI, "my", NOW)
    assert await lease(store) == []
