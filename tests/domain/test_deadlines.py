"""Due times, the time that is left, and lights. All wall times are those of the district, in April 2026."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.deadlines import (
    Light,
    Limit,
    LimitUnit,
    Span,
    acknowledge_by,
    at_least,
    check_due,
    check_reminder,
    decide_by,
    due,
    half,
    left,
    light,
    redo_by,
    resume,
    share_gone_at,
)
from domain.settings import Percent, Settings
from domain.worktime import Calendar, DayKind

SETTINGS = Settings()
CALENDAR = Calendar({date(2026, 4, 6): DayKind.HOLIDAY}, SETTINGS.working_hours, SETTINGS.zone)
H, WH, WD = LimitUnit.HOURS, LimitUnit.WORKING_HOURS, LimitUnit.WORKING_DAYS


def local(text: str) -> datetime:
    """An instant by the clocks of the district, as in `04-21 09:00`."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SETTINGS.zone)


@pytest.mark.parametrize(
    ("limit", "due_at"),
    [
        (Limit(1, H), "04-03 17:00"),
        (Limit(4, H), "04-03 20:00"),
        (Limit(2, WH), "04-07 09:00"),
        (Limit(8, WH), "04-07 16:00"),
        (Limit(1, WD), "04-07 16:00"),
        (Limit(5, WD), "04-13 16:00"),
    ],
)
def test_each_limit_runs_in_its_own_kind_of_time(limit: Limit, due_at: str) -> None:
    """From Friday 16:00 before Qingming: hours go on through the night, working time waits for Tuesday."""
    answer = due(local("04-03 16:00"), limit, CALENDAR)
    assert answer == local(due_at)
    assert answer.tzinfo is UTC


def test_a_limit_reads_as_the_district_writes_it() -> None:
    """For logs and reports."""
    assert str(Limit(3, WD)) == "3 wd"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [(H, Span(timedelta(hours=18), working=False)), (WH, Span(timedelta(hours=2), working=True))],
)
def test_the_time_left_is_given_back_when_the_clock_goes_on(unit: LimitUnit, expected: Span) -> None:
    """The clock stood still from 16:30 on, until Thursday morning."""
    left_over = left(local("04-21 16:30"), local("04-22 10:30" if unit is H else "04-22 09:30"), unit, CALENDAR)
    assert left_over == expected
    resumed = resume(local("04-23 09:00"), left_over, CALENDAR)
    assert resumed == local("04-24 03:00" if unit is H else "04-23 11:00")


@pytest.mark.parametrize("unit", [H, WH, WD])
def test_nothing_is_left_of_what_is_overdue(unit: LimitUnit) -> None:
    """It is never a debt."""
    assert left(local("04-22 10:30"), local("04-21 10:30"), unit, CALENDAR) == Span(timedelta(0), unit is not H)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(timedelta(hours=1), working=True), Span(timedelta(hours=4), working=True)),
        (Span(timedelta(hours=5), working=True), Span(timedelta(hours=5), working=True)),
        (Span(timedelta(minutes=10), working=False), Span(timedelta(hours=4), working=False)),
    ],
)
def test_a_floor_is_counted_in_the_kind_of_time_of_the_limit(span: Span, expected: Span) -> None:
    """A limit that runs day and night goes on doing so."""
    assert at_least(span, SETTINGS.send_back_at_least) == expected


@pytest.mark.parametrize(
    ("limit", "hours"),
    [(Limit(4, WH), 8), (Limit(1, WD), 8), (Limit(3, WD), 12), (Limit(10, WD), 40), (Limit(2, H), 8)],
)
def test_a_reopened_case_gets_half_its_limit_and_at_least_eight_hours(limit: Limit, hours: int) -> None:
    """In the limit's own kind of time."""
    assert half(limit, SETTINGS.reopen_at_least) == Span(timedelta(hours=hours), limit.unit is not H)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("04-21 09:00", Light.GREEN),
        ("04-21 16:24", Light.GREEN),  # 6 h 24 of 8 h: the 80th percent is gone and no more
        ("04-21 16:25", Light.YELLOW),
        ("04-22 09:00", Light.YELLOW),  # due this very moment
        ("04-22 09:00:00.001", Light.RED),
        ("04-25 12:00", Light.RED),
    ],
)
def test_lights_in_working_time(now: str, expected: Light) -> None:
    """Eight working hours from Tuesday 09:00."""
    begun, due_at = local("04-21 09:00"), local("04-22 09:00")
    assert light(begun, due_at, local(now), WH, CALENDAR, settings=SETTINGS) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("04-22 00:11", Light.GREEN),
        ("04-22 00:12", Light.GREEN),
        ("04-22 00:13", Light.YELLOW),
        ("04-22 01:00", Light.YELLOW),
        ("04-22 01:01", Light.RED),
    ],
)
def test_lights_by_the_clock(now: str, expected: Light) -> None:
    """Four hours from 21:00, through the night."""
    begun, due_at = local("04-21 21:00"), local("04-22 01:00")
    assert light(begun, due_at, local(now), H, CALENDAR, settings=SETTINGS) is expected


def test_a_case_due_at_the_end_of_work_is_red_in_the_evening() -> None:
    """No working time goes by after 17:30, and still it is overdue."""
    begun, due_at = local("04-21 09:00"), local("04-21 17:30")
    assert light(begun, due_at, local("04-21 17:30"), WH, CALENDAR, settings=SETTINGS) is Light.YELLOW
    assert light(begun, due_at, local("04-21 17:31"), WH, CALENDAR, settings=SETTINGS) is Light.RED


@pytest.mark.parametrize(
    ("unit", "share", "at"),
    [(WH, 50, "04-21 14:00"), (WH, 80, "04-21 16:24"), (H, 50, "04-21 21:00"), (H, 100, "04-22 09:00")],
)
def test_the_instant_at_which_a_share_of_the_time_is_gone(unit: LimitUnit, share: int, at: str) -> None:
    """For the steps of the ladder."""
    begun, due_at = local("04-21 09:00"), local("04-22 09:00")
    assert share_gone_at(Percent(share), begun, due_at, unit, CALENDAR) == local(at)


@pytest.mark.parametrize(
    ("begun", "limit", "urgent", "at"),
    [
        ("04-21 09:00", Limit(8, WH), False, "04-21 11:00"),  # 2 wh
        ("04-21 09:00", Limit(2, WH), False, "04-21 10:00"),  # half the limit is less
        ("04-21 17:00", Limit(3, WD), False, "04-22 10:00"),  # 2 wh, over night
        ("04-21 20:00", Limit(2, H), False, "04-21 21:00"),  # half the limit, by the clock
        ("04-21 09:00", Limit(8, WH), True, "04-21 09:30"),
        ("04-21 23:00", Limit(1, H), True, "04-21 23:30"),
        ("04-25 23:00", Limit(3, WD), True, "04-25 23:30"),  # urgent on a Saturday night
    ],
)
def test_when_a_case_must_be_acknowledged(begun: str, limit: Limit, urgent: bool, at: str) -> None:
    """After 2 wh or half the limit, whichever is less; urgent after half an hour, day and night."""
    assert acknowledge_by(local(begun), limit, urgent, CALENDAR, SETTINGS) == local(at)


def test_what_follows_a_reply_a_failed_check_and_a_request() -> None:
    """Reminder and end of the check, the redo time, the office's decision."""
    at = local("04-21 15:30")
    assert check_reminder(at, CALENDAR, SETTINGS) == local("04-22 10:30")
    assert check_due(at, CALENDAR, SETTINGS) == local("04-22 15:30")
    assert redo_by(at, CALENDAR, SETTINGS) == local("04-22 10:30")
    assert decide_by(at, CALENDAR, SETTINGS) == local("04-22 10:30")


def test_the_district_sets_the_numbers() -> None:
    """Every threshold comes from the settings."""
    other = Settings(
        green_percent=Percent(50),
        acknowledge_within=Limit(1, WH),
        acknowledge_urgent_within=timedelta(minutes=5),
        check_within=Limit(1, WH),
        check_remind_after=Limit(1, H),
        redo_within=Limit(2, WH),
        decide_within=Limit(3, WH),
    )
    at = local("04-21 09:00")
    assert light(at, local("04-22 09:00"), local("04-21 15:00"), WH, CALENDAR, settings=other) is Light.YELLOW
    assert acknowledge_by(at, Limit(8, WH), False, CALENDAR, other) == local("04-21 10:00")
    assert acknowledge_by(at, Limit(8, WH), True, CALENDAR, other) == local("04-21 09:05")
    assert check_due(at, CALENDAR, other) == local("04-21 10:00")
    assert check_reminder(at, CALENDAR, other) == local("04-21 10:00")
    assert redo_by(at, CALENDAR, other) == local("04-21 11:00")
    assert decide_by(at, CALENDAR, other) == local("04-21 12:00")
