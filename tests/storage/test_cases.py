"""Cases and their events in the store: one commit, one version after the other, numbers that are never given twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.case import Case, Decision, Event, Part, Reporter, State
from domain.errors import NotFound, Outdated
from domain.gist import Place
from domain.messages import Peer
from storage import cases, people
from storage.events import events_of
from storage.store import Store, Work

NOW = datetime(2026, 4, 21, 1, 0, tzinfo=UTC)


def somebody(work: Work) -> int:
    """A person to report."""
    return people.person_of(work, Peer("telegram", "1", "100"), "zh", NOW).id


def filed(work: Work, number: str = "XM-260421-001") -> Case:
    """A case in triage, with its first event."""
    person = somebody(work)
    case = Case(
        number=number,
        state=State.TRIAGE,
        received_at=NOW,
        filed_at=NOW,
        place=Place(name="somewhere", community="S01C01"),
        version=1,
        words="what was written",
        reporters=(Reporter(person),),
    )
    return cases.add(work, Decision(case, event(case)))


def event(case: Case, verb: str = "file", at: datetime = NOW) -> Event:
    """What happened to it."""
    detail = {"words": "what was written", "lead": "D02"}
    return Event(case.version, at, verb, Part.REPORTER, None, None, case.state, case.due_at, detail)


def changed(case: Case, state: State, at: datetime = NOW) -> Decision:
    """The case after one more event."""
    after = replace(case, state=state, version=case.version + 1)
    return Decision(after, event(after, "void", at))


async def test_a_case_comes_back_as_it_was_kept(store: Store) -> None:
    kept = await store.run(filed)
    assert await store.read(cases.load, kept.id) == kept
    assert await store.read(cases.by_number, " xm-260421-001 ") == kept


async def test_its_events_are_appended_in_order(store: Store) -> None:
    case = await store.run(filed)
    await store.run(cases.save, changed(case, State.VOID))
    assert [one.seq for one in await store.read(events_of, case.id)] == [1, 2]


async def test_of_two_decisions_on_one_version_the_second_is_refused(store: Store) -> None:
    """Two people pressed at once: one wins, and nothing of the other's is kept."""
    case = await store.run(filed)
    await store.run(cases.save, changed(case, State.VOID))
    with pytest.raises(Outdated):
        await store.run(cases.save, changed(case, State.REJECTED))
    assert (await store.read(cases.load, case.id)).state is State.VOID
    assert len(await store.read(events_of, case.id)) == 2


async def test_numbers_count_up_day_by_day(store: Store) -> None:
    days = [date(2026, 4, 21), date(2026, 4, 21), date(2026, 4, 22)]
    numbers = [await store.run(cases.next_number, "XM", day) for day in days]
    assert numbers == ["XM-260421-001", "XM-260421-002", "XM-260422-001"]


async def test_a_number_that_was_rolled_back_is_given_again(store: Store) -> None:
    def taken_back(work: Work) -> None:
        cases.next_number(work, "XM", date(2026, 4, 21))
        raise RuntimeError("second thoughts")

    with pytest.raises(RuntimeError, match="second thoughts"):
        await store.run(taken_back)
    assert await store.run(cases.next_number, "XM", date(2026, 4, 21)) == "XM-260421-001"


async def test_a_person_finds_their_own_cases_the_newest_first(store: Store) -> None:
    first = await store.run(filed, "XM-260421-001")
    second = await store.run(filed, "XM-260421-002")
    person = first.people[0]
    assert await store.read(cases.of_reporter, person, 5) == (second, first)
    assert await store.read(cases.of_reporter, person, 5, 1) == (first,)
    assert await store.read(cases.count_of_reporter, person) == 2


async def test_an_unknown_case_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.read(cases.by_number, "XM-260421-999")


async def test_texts_of_an_ended_case_are_erased_and_its_numbers_stay(store: Store) -> None:
    """After 180 days nothing that somebody wrote is left, in the case or in its events."""
    case = await store.run(filed)
    ended = await store.run(cases.save, changed(case, State.VOID))
    assert await store.read(cases.to_erase, NOW) == ()
    late = NOW + timedelta(days=181)
    assert await store.read(cases.to_erase, late) == (ended.id,)
    await store.run(cases.erase, ended)
    assert await store.read(cases.to_erase, late) == ()
    assert (await store.read(cases.load, case.id)).words == ""
    kept = [one.detail for one in await store.read(events_of, case.id)]
    assert kept == [{"lead": "D02"}, {"lead": "D02"}]


async def test_an_open_case_is_never_erased(store: Store) -> None:
    await store.run(filed)
    assert await store.read(cases.to_erase, NOW + timedelta(days=900)) == ()
