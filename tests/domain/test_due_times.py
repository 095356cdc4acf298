"""What becomes of the due time, told around the first of May 2026 (see `before_the_holidays`)."""

from datetime import timedelta
from typing import Any

import pytest

from domain.case import State
from domain.deadlines import Span
from domain.district import District
from domain.gist import Place
from domain.life import Verb
from tests.domain.story import CAST, before_the_holidays, filed, local, officer

FILED, DUE = "04-30 15:30", "05-07 15:30"


@pytest.mark.parametrize(
    ("category", "limit", "due"),
    [
        ("0901", "2 h", "04-30 17:30"),
        ("0403", "4 h", "04-30 19:30"),  # day and night
        ("0201", "2 wh", "04-30 17:30"),
        ("0303", "4 wh", "05-06 10:30"),
        ("0301", "8 wh", "05-06 15:30"),
        ("0401", "1 wd", "05-06 15:30"),
        ("0304", "2 wd", DUE),
        ("0205", "3 wd", "05-08 15:30"),
        ("0502", "5 wd", "05-11 15:30"),  # over the make-up Saturday and the free Sunday
        ("0404", "10 wd", "05-18 15:30"),
    ],
)
def test_a_case_is_due_its_limit_after_the_dispatch(ximing: District, category: str, limit: str, due: str) -> None:
    """Each limit in its own kind of time."""
    case = filed(ximing, FILED, category=category).case
    assert str(case.limit) == limit
    assert case.due_at == local(due)


def test_a_case_without_a_lead_has_no_clock(ximing: District) -> None:
    """It begins with the dispatch, however long the office took."""
    story = filed(ximing, FILED, category="0401", place=Place())
    assert (story.case.due_at, story.case.left) == (None, None)
    story.then(Verb.DISPATCH, "05-09 10:00", unit="S02")
    assert story.case.due_at == local("05-11 10:00")
    assert story.case.first_dispatched_at == local("05-09 10:00")


@pytest.mark.parametrize("verb", [Verb.ACKNOWLEDGE, Verb.ADD, Verb.REPLY, Verb.SUPERVISE, Verb.ASK_EXTENSION])
def test_work_does_not_move_the_due_time(ximing: District, verb: Verb) -> None:
    """Nor does talking about it."""
    assert before_the_holidays(ximing, (verb, "05-06 10:00")).case.due_at == local(DUE)


def test_a_late_reply_does_not_move_the_due_time(ximing: District) -> None:
    """It was due when it was due."""
    story = before_the_holidays(ximing, (Verb.REPLY, "05-12 10:00"), (Verb.PASS, "05-12 16:00"))
    assert (story.case.state, story.case.due_at) == (State.CLOSED, local(DUE))
    assert story.case.replied_at == local("05-12 10:00")


# Returned and sent back


def test_a_return_stops_the_clock(ximing: District) -> None:
    """What was left is kept: one of the sixteen hours was gone."""
    case = before_the_holidays(ximing, (Verb.RETURN, "04-30 16:30")).case
    assert (case.due_at, case.left) == (None, Span(timedelta(hours=15), working=True))


@pytest.mark.parametrize(
    ("returned", "sent_back", "due"),
    [
        ("04-30 16:30", "05-05 10:00", "05-07 16:30"),  # 15 wh, from the first morning after the holidays
        ("05-07 14:30", "05-08 17:00", "05-09 12:00"),  # 1 wh left, so 4: half an hour of Friday, the rest on Saturday
        ("05-07 11:30", "05-08 17:00", "05-09 12:00"),  # 3 wh left, so 4
        ("05-07 10:00", "05-08 17:00", "05-09 13:30"),  # 4 wh and a half, as it is
        ("05-12 09:00", "05-12 10:00", "05-12 15:00"),  # overdue, so 4
    ],
)
def test_a_case_sent_back_has_what_was_left_and_at_least_four_hours(
    ximing: District, returned: str, sent_back: str, due: str
) -> None:
    """In working hours, like its limit."""
    case = before_the_holidays(ximing, (Verb.RETURN, returned), (Verb.SEND_BACK, sent_back)).case
    assert (case.state, case.lead, case.due_at) == (State.DISPATCHED, "S01", local(due))
    assert case.left is None
    assert case.dispatched_at == local(sent_back)
    assert case.first_dispatched_at == local(FILED)


def test_a_case_sent_back_that_runs_by_the_clock_has_at_least_four_hours_of_it(ximing: District) -> None:
    """A danger does not wait for the end of the holidays."""
    story = filed(ximing, FILED, category="0901")
    story.then(Verb.RETURN, "04-30 16:00", officer(31, "D01")).then(Verb.SEND_BACK, "05-01 08:00")
    assert story.case.due_at == local("05-01 12:00")


def test_another_unit_gets_the_whole_limit(ximing: District) -> None:
    """As if nobody had had it before; the first dispatch is remembered."""
    story = before_the_holidays(ximing, (Verb.ACKNOWLEDGE, "04-30 16:00"), (Verb.RETURN, "05-07 14:30"))
    case = story.then(Verb.DISPATCH, "05-08 16:30").case
    assert (case.lead, case.due_at, case.left) == ("S02", local("05-11 16:30"), None)
    assert (case.dispatched_at, case.first_dispatched_at) == (local("05-08 16:30"), local(FILED))
    assert (case.acknowledged_at, case.acknowledged_by, case.returned) == (None, None, False)


@pytest.mark.parametrize(
    ("then", "unit", "counted"),
    [
        ((Verb.CORRECT,), None, (0, 0, 2)),
        ((Verb.RETURN, Verb.DISPATCH), "S02", (0, 0, 2)),
        ((Verb.RETURN, Verb.DISPATCH), "S01", (1, 1, 2)),
        ((Verb.DISSOLVE, Verb.DISPATCH), "S02", (0, 0, 2)),
        ((Verb.RETURN, Verb.SEND_BACK), None, (1, 1, 1)),
    ],
)
def test_reworks_and_extensions_are_those_of_the_unit(
    ximing: District, then: tuple[Verb, ...], unit: str | None, counted: tuple[int, int, int]
) -> None:
    """Another unit begins with none of them, and with no result; each dispatch begins another round."""
    story = before_the_holidays(ximing, (Verb.ASK_EXTENSION, "04-30 15:40"), (Verb.EXTEND, "04-30 15:50"))
    story.then(Verb.REPLY, "04-30 16:00").then(Verb.UNSOLVED, "04-30 16:10").then(Verb.FAIL, "04-30 16:20")
    for verb in then:
        given = {"unit": unit} if verb is Verb.DISPATCH else {"category": "0401"} if verb is Verb.CORRECT else {}
        story.then(verb, "04-30 17:00", **given)
    case = story.case
    assert (case.rework, case.extensions, case.round) == counted
    assert (case.replied_at is None, case.reply == "", case.replied_by is None) == (case.round == 2,) * 3


# Corrected


@pytest.mark.parametrize("at", ["04-30 16:00", "05-06 10:00"])
def test_a_correction_that_keeps_the_unit_keeps_the_due_time(ximing: District, at: str) -> None:
    """The other category has another limit; the unit had promised this one."""
    story = before_the_holidays(ximing, (Verb.ACKNOWLEDGE, "04-30 15:40"))
    case = story.then(Verb.CORRECT, at, category="0205").case
    assert (case.state, case.lead, case.category) == (State.RECTIFYING, "S01", "0205")
    assert case.due_at == local(DUE)


def test_a_correction_that_changes_the_unit_gives_it_its_own_time(ximing: District) -> None:
    """It is dispatched to the unit that now follows, from there on."""
    story = before_the_holidays(ximing, (Verb.REPLY, "05-06 09:00"))
    case = story.then(Verb.CORRECT, "05-08 16:30", category="0401").case
    assert (case.state, case.lead) == (State.DISPATCHED, "S01C02")
    assert case.supervisors == ("G3", "S01")
    assert case.due_at == local("05-09 16:30")
    assert (case.acknowledged_at, case.check_due_at) == (None, None)


def test_a_corrected_place_changes_street_and_paired_unit(ximing: District) -> None:
    """The paired unit is that of the day of receipt in the other community."""
    story = before_the_holidays(ximing)
    case = story.then(Verb.CORRECT, "04-30 16:30", category=None, place=Place("桥头", "S02", "S02C01")).case
    assert (case.state, case.lead, case.partner) == (State.DISPATCHED, "S02", "D11")
    assert case.due_at == local("05-07 16:30")


def test_a_place_that_leads_nowhere_leaves_the_unit_where_it_is(ximing: District) -> None:
    """Nobody follows from it, so nothing changes."""
    case = before_the_holidays(ximing).then(Verb.CORRECT, "04-30 16:30", category=None, place=Place("河边")).case
    assert (case.lead, case.supervisors, case.due_at) == ("S01", ("G3",), local(DUE))
    assert (case.partner, case.place.name) == (None, "河边")


def test_a_correction_in_triage_dispatches_as_soon_as_a_unit_follows(ximing: District) -> None:
    """The place was what was missing."""
    story = filed(ximing, FILED, category="0401", place=Place())
    case = story.then(Verb.CORRECT, "05-06 08:30", category=None, place=Place("三道岗", "S05", "S05V07")).case
    assert (case.state, case.lead, case.partner) == (State.DISPATCHED, "S05V07", "D14")
    assert case.due_at == local("05-06 17:30")


def test_a_case_corrected_to_something_urgent_is_urgent(ximing: District) -> None:
    """It must be seen on the spot from now on; another category does not take a danger back."""
    story = before_the_holidays(ximing).then(Verb.CORRECT, "04-30 16:00", category="1204")
    assert story.case.urgent
    assert story.case.due_at == local("04-30 18:00")
    assert story.then(Verb.CORRECT, "04-30 16:10", category="0304").case.urgent


@pytest.mark.parametrize(
    ("unit", "given", "lead"),
    [
        ("S02", {"category": "0401"}, "S02"),  # against the rule: the person's choice stays
        ("S01", {"category": "0401"}, "S01C02"),  # what the rule says as well: the rule goes on
        ("S02", {"category": None, "place": Place("桥头", "S03", "S03C02")}, "S03"),
    ],
)
def test_a_unit_the_office_chose_keeps_the_case_when_only_the_category_changes(
    ximing: District, unit: str, given: dict[str, Any], lead: str
) -> None:
    """Another place is decided by the rule again; so is everything once the unit has returned it."""
    story = filed(ximing, FILED, category=None).then(Verb.DISPATCH, FILED, unit=unit, category="0304")
    due_at = story.case.due_at
    case = story.then(Verb.CORRECT, "04-30 16:30", **given).case
    assert case.lead == lead
    assert (case.due_at == due_at) is (lead == unit)
    assert case.overseer == ("D17" if given["category"] is None else "D01")
    again = filed(ximing, FILED, category=None).then(Verb.DISPATCH, FILED, unit="S02", category="0304")
    again.then(Verb.RETURN, "04-30 16:00", officer(31, "S02")).then(Verb.CORRECT, "04-30 16:30", category="0401")
    assert (again.case.state, again.case.lead) == (State.DISPATCHED, "S01C02")


# Checked


def test_a_check_is_due_eight_working_hours_after_the_reply(ximing: District) -> None:
    """Two of them on Friday, six on the make-up Saturday."""
    assert before_the_holidays(ximing, (Verb.REPLY, "05-08 15:30")).case.check_due_at == local("05-09 15:30")


def test_a_failed_check_does_not_move_the_due_time(ximing: District) -> None:
    """A redo time of four working hours runs the reminders, also of what is long overdue."""
    story = before_the_holidays(ximing, (Verb.REPLY, "05-08 14:30"), (Verb.FAIL, "05-08 16:30"))
    assert (story.case.due_at, story.case.redo_at) == (local(DUE), local("05-09 11:30"))
    assert story.case.check_due_at is None
    story.then(Verb.REPLY, "05-09 10:00")
    assert story.case.redo_at is None
    assert story.case.check_due_at == local("05-11 10:00")


def test_a_reply_acknowledges_as_well(ximing: District) -> None:
    """Who has taken the case before stays the one who took it."""
    straight = before_the_holidays(ximing, (Verb.REPLY, "05-06 09:00")).case
    assert (straight.acknowledged_at, straight.acknowledged_by) == (local("05-06 09:00"), 11)
    assert straight.reply == "已清走"
    taken = before_the_holidays(ximing).then(Verb.ACKNOWLEDGE, "04-30 16:00", officer(77, "S01"))
    after = taken.then(Verb.REPLY, "05-06 09:00").case
    assert (after.acknowledged_at, after.acknowledged_by, after.replied_by) == (local("04-30 16:00"), 77, 11)


@pytest.mark.parametrize("verb", [Verb.REOPEN, Verb.DRAW])
@pytest.mark.parametrize(
    ("category", "due"),
    [
        ("0304", "05-06 17:00"),  # 2 wd: half is 8 wh
        ("0404", "05-11 17:00"),  # 10 wd: half is 40 wh
        ("0205", "05-07 12:00"),  # 3 wd: half is 12 wh
    ],
)
def test_a_reopened_case_has_half_its_limit(ximing: District, verb: Verb, category: str, due: str) -> None:
    """From the decision on; its clock begins anew, the first dispatch is remembered."""
    story = filed(ximing, "04-29 09:00", category=category).then(Verb.REPLY, "04-29 10:00")
    story.then(Verb.PASS, "04-29 11:00")
    if verb is Verb.REOPEN:
        story.then(Verb.ASK_REWORK, "04-29 12:00")
    case = story.then(verb, "04-30 17:00").case
    assert (case.state, case.due_at) == (State.RECTIFYING, local(due))
    assert (case.dispatched_at, case.first_dispatched_at) == (local("04-30 17:00"), local("04-29 09:00"))


def test_a_reopened_case_has_at_least_eight_hours(ximing: District) -> None:
    """Half of four would be two."""
    lead = officer(31, "D17")
    story = filed(ximing, "04-29 09:00", category="0303").then(Verb.REPLY, "04-29 10:00", lead)
    story.then(Verb.PASS, "04-29 11:00").then(Verb.ASK_REWORK, "04-29 12:00").then(Verb.REOPEN, "04-30 17:00")
    assert story.case.due_at == local("05-06 17:00")


def test_an_upheld_closing_changes_nothing(ximing: District) -> None:
    """Neither the due time nor how it was closed."""
    story = before_the_holidays(ximing, (Verb.REPLY, "05-06 09:00"), (Verb.PASS, "05-06 10:00"))
    closed = story.case
    story.then(Verb.ASK_REWORK, "05-06 11:00").then(Verb.UPHOLD, "05-06 12:00")
    assert (story.case.due_at, story.case.closed_at, story.case.rework) == (closed.due_at, closed.closed_at, 0)


def test_the_clock_of_a_closed_case_stays_where_it_was(ximing: District) -> None:
    """The reporters' word closes it like a check."""
    story = before_the_holidays(ximing, (Verb.REPLY, "05-06 09:00"), (Verb.SOLVED, "05-06 10:00"))
    assert (story.case.state, story.case.closed_at, story.case.due_at) == (
        State.CLOSED,
        local("05-06 10:00"),
        local(DUE),
    )
    assert (story.case.check_due_at, story.case.checked, story.case.closed_by) == (
        None,
        None,
        CAST["reporter"].person,
    )
