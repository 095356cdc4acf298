"""Working-calendar arithmetic: weekends, public holidays and make-up workdays (调休).

All working time is thought of as one line. The *position* of an instant on it is the working time gone by since the
first day there is; a span of working time is the difference of two positions. So adding and counting always agree,
and a long span costs no more than a short one.

Aware datetimes in any zone go in, UTC comes out. Nothing is rounded. Source: product.md, "Time".
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate
from zoneinfo import ZoneInfo

Hours = tuple[time, time]
"""From one time of the day to another: a shift of work, or the quiet hours."""

WORKING_DAY = timedelta(hours=8)
"""What `wd` means. A district whose shifts add up to anything else is not loaded."""

_NOTHING = timedelta(0)
_ALL_DAYS = range(1, date.max.toordinal() + 1)


class DayKind(StrEnum):
    """What a day is in the district's calendar. A make-up workday is a workday on a weekend."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The district's days and hours of work.

    `days` are the days explicitly known; any other day is taken for what its weekday says (`covers` tells which).
    `hours` are the shifts of a working day in the wall time of `zone`, in order, each ending on the day it began.
    """

    days: Mapping[date, DayKind]
    hours: tuple[Hours, ...]
    zone: ZoneInfo
    _shifts: tuple[tuple[timedelta, timedelta], ...] = field(init=False, repr=False, compare=False)
    _day_length: timedelta = field(init=False, repr=False, compare=False)
    _odd_days: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _gained: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Measure the shifts; note the days that are not what their weekday says, and the workdays gained by them."""
        shifts = tuple((_since_midnight(opens), _since_midnight(closes)) for opens, closes in self.hours)
        odd_days = sorted(day for day in self.days if self.is_workday(day) != _is_monday_to_friday(day))
        gained = accumulate((1 if self.is_workday(day) else -1 for day in odd_days), initial=0)
        object.__setattr__(self, "_shifts", shifts)
        object.__setattr__(self, "_day_length", sum((closes - opens for opens, closes in shifts), _NOTHING))
        object.__setattr__(self, "_odd_days", tuple(day.toordinal() for day in odd_days))
        object.__setattr__(self, "_gained", tuple(gained))

    def is_workday(self, day: date) -> bool:
        """Whether people work on that day."""
        kind = self.days.get(day)
        return _is_monday_to_friday(day) if kind is None else kind is DayKind.WORKDAY

    def covers(self, day: date) -> bool:
        """Whether the day is known, and not only guessed from its weekday."""
        return day in self.days

    def local_date(self, at: datetime) -> date:
        """The date in the district at that instant."""
        return at.astimezone(self.zone).date()

    def at(self, day: date, wall_time: time) -> datetime:
        """The instant at which clocks in the district show that time on that day."""
        return datetime.combine(day, wall_time, self.zone).astimezone(UTC)

    def add(self, start: datetime, worked: timedelta) -> datetime:
        """The instant by which `worked` of working time has gone by since `start`.

        Outside working time the count begins at the next working instant. What runs out with a shift is due with
        its end: at 17:30, not at 08:30 the next day. ValueError when `worked` is negative.
        """
        if worked < _NOTHING:
            raise ValueError(f"working time cannot be added backwards: {worked}")
        return self._first_instant(self._position(start) + worked) if worked else start.astimezone(UTC)

    def between(self, earlier: datetime, later: datetime) -> timedelta:
        """The working time from one instant to the other; negative when they are the other way round."""
        return self._position(later) - self._position(earlier)

    def next_working_instant(self, at: datetime) -> datetime:
        """The instant itself while people are at work, else the beginning of the next shift."""
        return self._last_instant(self._position(at))

    def next_workday(self, day: date) -> date:
        """The first workday after that day."""
        return self._workday(self._workdays_before(day.toordinal() + 1))

    def _position(self, at: datetime) -> timedelta:
        local = at.astimezone(self.zone)
        position = self._workdays_before(local.toordinal()) * self._day_length
        return position + self._worked_by(local.time()) if self.is_workday(local.date()) else position

    def _worked_by(self, wall_time: time) -> timedelta:
        now = _since_midnight(wall_time)
        return sum((min(now, closes) - opens for opens, closes in self._shifts if now > opens), _NOTHING)

    def _first_instant(self, position: timedelta) -> datetime:
        """The earliest instant with that position: the end of a shift rather than the beginning of the next."""
        workdays, worked = divmod(position, self._day_length)
        if not worked:
            workdays, worked = workdays - 1, self._day_length
        return self._instant(workdays, worked, at_end=True)

    def _last_instant(self, position: timedelta) -> datetime:
        """The latest instant with that position: the beginning of a shift rather than the end of the one before."""
        workdays, worked = divmod(position, self._day_length)
        return self._instant(workdays, worked, at_end=False)

    def _instant(self, workdays_before: int, worked: timedelta, *, at_end: bool) -> datetime:
        """Where `worked` is reached on the workday that has so many workdays before it."""
        midnight = datetime.combine(self._workday(workdays_before), time.min)
        wall_clock = midnight + self._time_of_day(worked, at_end=at_end)
        return wall_clock.replace(tzinfo=self.zone).astimezone(UTC)

    def _time_of_day(self, worked: timedelta, *, at_end: bool) -> timedelta:
        for opens, closes in self._shifts:
            length = closes - opens
            if worked < length or (at_end and worked == length):
                return opens + worked
            worked -= length
        raise AssertionError("no day has more working time than its shifts")

    def _workdays_before(self, ordinal: int) -> int:
        weeks, weekday = divmod(ordinal - 1, 7)  # day 1, the first of January of the year 1, is a Monday
        return 5 * weeks + min(weekday, 5) + self._gained[bisect_left(self._odd_days, ordinal)]

    def _workday(self, workdays_before: int) -> date:
        """The workday that has so many workdays before it."""
        return date.fromordinal(bisect_right(_ALL_DAYS, workdays_before, key=self._workdays_before))


def _is_monday_to_friday(day: date) -> bool:
    return day.weekday() < 5


def _since_midnight(wall_time: time) -> timedelta:
    return timedelta(
        hours=wall_time.hour,
        minutes=wall_time.minute,
        seconds=wall_time.second,
        microseconds=wall_time.microsecond,
    )
