"""How a setting is written in `district.toml`, by its type in `Settings`. Whatever is not so is a ValueError."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.limits import Limit, LimitUnit
from domain.settings import Percent
from domain.worktime import Hours
from storage.district.faults import Rule

_AMOUNT = re.compile(r"([1-9][0-9]{0,5}) ([a-z]+)")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
_CLOCK_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def _text(entry: object) -> str:
    if isinstance(entry, str) and entry.strip():
        return entry
    raise ValueError(entry)


def _list(entry: object) -> list[object]:
    if isinstance(entry, list) and entry:
        return entry
    raise ValueError(entry)


def _whole(entry: object) -> int:
    if isinstance(entry, int) and not isinstance(entry, bool) and entry >= 0:
        return entry
    raise ValueError(entry)


def _percent(entry: object) -> Percent:
    number = _whole(entry)
    if number > 100:
        raise ValueError(entry)
    return Percent(number)


def _percents(entry: object) -> tuple[Percent, ...]:
    return tuple(map(_percent, _list(entry)))


def _amount(entry: object) -> tuple[int, str]:
    written = _AMOUNT.fullmatch(_text(entry))
    if not written:
        raise ValueError(entry)
    return int(written[1]), written[2]


def _duration(entry: object) -> timedelta:
    number, unit = _amount(entry)
    if unit not in _CLOCK_UNITS:
        raise ValueError(entry)
    return number * _CLOCK_UNITS[unit]


def _limit(entry: object) -> Limit:
    number, unit = _amount(entry)
    return Limit(number, LimitUnit(unit))


def _time(entry: object) -> time:
    if not _TIME.fullmatch(_text(entry)):
        raise ValueError(entry)
    return time.fromisoformat(_text(entry))


def _hours(entry: object) -> Hours:
    begins, _, ends = _text(entry).partition("-")
    return _time(begins), _time(ends)


def _shifts(entry: object) -> tuple[Hours, ...]:
    return tuple(map(_hours, _list(entry)))


def _three_words(entry: object) -> tuple[str, str, str]:
    mild, middle, urgent = map(_text, _list(entry))
    if len({mild, middle, urgent}) < 3:
        raise ValueError(entry)
    return mild, middle, urgent


def _date(entry: object) -> date:
    if type(entry) is date:  # a date with a time is a date too, as far as Python is concerned
        return entry
    raise ValueError(entry)


def _zone(entry: object) -> ZoneInfo:
    try:
        return ZoneInfo(_text(entry))
    except (KeyError, OSError) as error:
        raise ValueError(entry) from error


READERS: Mapping[object, tuple[Callable[[object], Any], Rule]] = {
    str: (_text, Rule.BAD_TEXT),
    int: (_whole, Rule.BAD_NUMBER),
    Percent: (_percent, Rule.BAD_PERCENT),
    tuple[Percent, ...]: (_percents, Rule.BAD_PERCENT),
    timedelta: (_duration, Rule.BAD_DURATION),
    Limit: (_limit, Rule.BAD_LIMIT),
    time: (_time, Rule.BAD_TIME),
    Hours: (_hours, Rule.BAD_HOURS),
    tuple[Hours, ...]: (_shifts, Rule.BAD_HOURS),
    tuple[str, str, str]: (_three_words, Rule.BAD_URGENCIES),
    date | None: (_date, Rule.BAD_DATE),
    ZoneInfo: (_zone, Rule.BAD_ZONE),
}
"""For each type of setting how it is read, and the rule that is broken when it cannot be."""
