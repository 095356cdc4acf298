"""Working time, told with the spring of 2026: Qingming, the May holiday and the Saturday that makes up for it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.worktime import Calendar, DayKind

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = ((time(8, 30), time(12, 0)), (time(13, 0), time(17, 30)))
SPRING = Calendar(
    days={
        date(2026, 4, 4): DayKind.HOLIDAY,
        date(2026, 4, 5): DayKind.HOLIDAY,
        date(2026, 4, 6): DayKind.HOLIDAY,
        date(2026, 4, 30): DayKind.WORKDAY,
        date(2026, 5, 1): DayKind.HOLIDAY,
        date(2026, 5, 4): DayKind.HOLIDAY,
        date(2026, 5, 5): DayKind.HOLIDAY,
        date(2026, 5, 9): DayKind.WORKDAY,  # a Saturday
        date(2026, 5, 10): DayKind.WEEKEND,
    },
    hours=HOURS,
    zone=ZONE,
)


def local(text: str) -> datetime:
    """An instant by the clocks of the district, as in `04-21 09:00`."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def wh(hours: float) -> timedelta:
    return timedelta(hours=hours)


@pytest.mark.parametrize(
    ("start", "worked", "end"),
    [
        ("04-21 09:00", wh(2), "04-21 11:00"),
        ("04-21 11:00", wh(2), "04-21 14:00"),  # over noon
        ("04-21 09:00", wh(3), "04-21 12:00"),  # to the very end of the morning
        ("04-21 16:30", wh(1), "04-21 17:30"),  # to the very end of the day, not 08:30 of the next
        ("04-21 16:30", wh(1.5), "04-22 09:00"),
        ("04-21 09:00", wh(8), "04-22 09:00"),
        ("04-21 08:30", wh(8), "04-21 17:30"),
        ("04-21 12:30", wh(1), "04-21 14:00"),  # begun at noon
        ("04-21 20:00", wh(1), "04-22 09:30"),  # begun in the evening
        ("04-21 06:00", wh(1), "04-21 09:30"),  # begun before work
        ("04-24 16:30", wh(2), "04-27 09:30"),  # over a weekend
        ("04-25 10:00", wh(2), "04-27 10:30"),  # begun on a Saturday
        ("04-03 16:30", wh(2), "04-07 09:30"),  # over Qingming, whose Monday is a holiday
        ("04-30 16:30", wh(2), "05-06 09:30"),  # over the May holiday
        ("05-08 16:30", wh(2), "05-09 09:30"),  # into the make-up Saturday
        ("05-09 16:30", wh(2), "05-11 09:30"),  # and out of it
        ("04-28 09:00", wh(80), "05-14 09:00"),  # ten working days
    ],
)
def test_working_time_runs_only_while_people_are_at_work(start: str, worked: timedelta, end: str) -> None:
    """What was added is also what lies between."""
    assert SPRING.add(local(start), worked) == local(end)
    assert SPRING.between(local(start), local(end)) == worked


def test_nothing_is_rounded() -> None:
    """Seconds and less survive noon and night."""
    start = local("04-21 11:59:59.250001")
    assert SPRING.add(start, wh(8)) == local("04-22 11:59:59.250001")


def test_any_zone_goes_in_and_utc_comes_out() -> None:
    """An instant is an instant; the wall clock of the district decides."""
    start = datetime(2026, 4, 21, 3, 0, tzinfo=UTC)  # 11:00 in the district
    end = SPRING.add(start, wh(2))
    assert end == local("04-21 14:00")
    assert end.tzinfo is UTC
    assert SPRING.add(start.astimezone(ZoneInfo("America/New_York")), timedelta(0)).tzinfo is UTC


def test_working_time_cannot_be_added_backwards() -> None:
    """A negative amount is a mistake of the caller."""
    with pytest.raises(ValueError, match="backwards"):
        SPRING.add(local("04-21 09:00"), -wh(1))


def test_time_the_other_way_round_is_negative() -> None:
    """What is overdue can be counted too."""
    assert SPRING.between(local("04-22 09:00"), local("04-21 16:30")) == -wh(1.5)


@pytest.mark.parametrize(
    ("at", "working"),
    [
        ("04-21 09:00", "04-21 09:00"),
        ("04-21 08:30", "04-21 08:30"),
        ("04-21 12:00", "04-21 13:00"),
        ("04-21 17:30", "04-22 08:30"),
        ("04-21 05:00", "04-21 08:30"),
        ("04-24 17:30", "04-27 08:30"),
        ("05-08 20:00", "05-09 08:30"),
        ("05-01 10:00", "05-06 08:30"),
    ],
)
def test_the_next_working_instant(at: str, working: str) -> None:
    """The end of a shift is no working instant, its beginning is."""
    assert SPRING.next_working_instant(local(at)) == local(working)


@pytest.mark.parametrize(
    ("day", "following"), [((4, 21), (4, 22)), ((4, 30), (5, 6)), ((5, 8), (5, 9)), ((5, 9), (5, 11))]
)
def test_the_next_workday(day: tuple[int, int], following: tuple[int, int]) -> None:
    """Weekends and holidays are passed over, make-up days are not."""
    assert SPRING.next_workday(date(2026, *day)) == date(2026, *following)


def test_a_day_nobody_described_is_what_its_weekday_says_and_not_covered() -> None:
    """The caller can tell knowledge from a guess."""
    assert SPRING.is_workday(date(2027, 5, 3))
    assert not SPRING.covers(date(2027, 5, 3))
    assert not SPRING.is_workday(date(2027, 5, 2))
    assert SPRING.is_workday(date(2026, 5, 9))
    assert SPRING.covers(date(2026, 5, 9))


def test_dates_and_wall_times_are_those_of_the_district() -> None:
    """Half past eight in the morning there is half past midnight in UTC."""
    assert SPRING.local_date(datetime(2026, 4, 20, 17, 0, tzinfo=UTC)) == date(2026, 4, 21)
    assert SPRING.at(date(2026, 4, 21), time(8, 30)) == datetime(2026, 4, 21, 0, 30, tzinfo=UTC)


quick = settings(max_examples=60, deadline=None)

FIRST = date(2026, 4, 1)
days = st.dictionaries(
    st.integers(0, 30).map(lambda number: FIRST + timedelta(days=number)), st.sampled_from(DayKind), max_size=12
)
calendars = days.map(lambda known: Calendar(known, HOURS, ZONE))
instants = st.timedeltas(timedelta(0), timedelta(days=30)).map(lambda gone: local("04-01 00:00") + gone)
spans = st.timedeltas(timedelta(0), timedelta(days=10))


def counted(calendar: Calendar, earlier: datetime, later: datetime) -> timedelta:
    """Working time the slow way: shift by shift, day by day."""
    total = timedelta(0)
    day = calendar.local_date(earlier)
    while day <= calendar.local_date(later):
        for opens, closes in calendar.hours if calendar.is_workday(day) else ():
            begins, ends = max(earlier, calendar.at(day, opens)), min(later, calendar.at(day, closes))
            total += max(ends - begins, timedelta(0))
        day += timedelta(days=1)
    return total


@quick
@given(calendars, instants, instants)
def test_the_quick_count_is_the_slow_count(calendar: Calendar, one: datetime, other: datetime) -> None:
    """Positions on the line of working time agree with counting shift by shift."""
    earlier, later = sorted((one, other))
    assert calendar.between(earlier, later) == counted(calendar, earlier, later)


@quick
@given(calendars, instants, spans)
def test_between_undoes_add(calendar: Calendar, start: datetime, worked: timedelta) -> None:
    """And the end is the first instant of which that is true."""
    end = calendar.add(start, worked)
    assert calendar.between(start, end) == worked
    assert end >= start
    if worked:
        assert calendar.between(start, end - timedelta(microseconds=1)) < worked


@quick
@given(calendars, instants, spans, spans)
def test_spans_add_up(calendar: Calendar, start: datetime, one: timedelta, other: timedelta) -> None:
    """Whether the clock stood still in between makes no difference."""
    assert calendar.add(calendar.add(start, one), other) == calendar.add(start, one + other)


@quick
@given(calendars, instants, instants, spans, spans)
def test_later_begun_or_longer_is_not_sooner_done(
    calendar: Calendar, one: datetime, other: datetime, short: timedelta, long: timedelta
) -> None:
    """Due times never overtake each other."""
    earlier, later = sorted((one, other))
    short, long = sorted((short, long))
    assert calendar.add(earlier, short) <= calendar.add(later, short)
    assert calendar.add(earlier, short) <= calendar.add(earlier, long)


@quick
@given(calendars, instants)
def test_nothing_is_worked_before_the_next_working_instant(calendar: Calendar, at: datetime) -> None:
    """And something is from there on."""
    begins = calendar.next_working_instant(at)
    assert begins >= at
    assert calendar.between(at, begins) == timedelta(0)
    assert calendar.between(begins, begins + timedelta(microseconds=1)) > timedelta(0)
