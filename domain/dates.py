"""Days in free words: 2026-04-21, 4月21日, 4月1日-21日, 21 Apr. The words for them are the district's. Never raises."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from domain.district import District
from domain.wording import either, searched

Days = tuple[date, date]
"""From one day to another, both included."""

_YEARS = range(2000, 2101)


def dates_in(text: str, district: District, today: date) -> tuple[str, list[Days]]:
    """Every date in the text: 2026-04-21, 4月21日, 4月1日-21日, 21 Apr. Several together are the days between them."""
    found: list[Days] = []

    def taken(match: re.Match[str]) -> str:
        days = [day for day in _days_of(match.groupdict(), months, today) if day]
        found.extend((day, day) for day in days)
        return " " if days else match[0]

    months = searched(district, "months")
    for pattern in _date_patterns(district, months):
        text = pattern.sub(taken, text)
    return text, found


def _date_patterns(district: District, months: tuple[str, ...]) -> Iterator[re.Pattern[str]]:
    month, day = either(searched(district, "month")), either(searched(district, "day"))
    to, name = either((*"-~–—", *searched(district, "to"))), either(months)
    yield re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")
    yield re.compile(
        rf"(?:(?P<year>\d{{4}})[^\W\d])?(?<!\d)(?P<month>\d{{1,2}}) ?{month} ?(?P<day>\d{{1,2}})(?!\d)(?: ?{day})?"
        rf"(?: ?{to} ?(?P<last>\d{{1,2}}) ?{day})?"
    )
    yield re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:{day})? ?(?P<name>{name})[a-z]*\.?(?: (?P<year>\d{{4}})(?!\d))?")
    yield re.compile(rf"(?<![a-z])(?P<name>{name})[a-z]*\.? ?(?P<day>\d{{1,2}})(?!\d)(?:{day})?")


def _days_of(groups: Mapping[str, str | None], months: tuple[str, ...], today: date) -> Iterator[date | None]:
    name = groups.get("name")
    month = months.index(name) + 1 if name else int(groups.get("month") or 0)
    for day in filter(None, (groups.get("day"), groups.get("last"))):
        yield _day(int(groups.get("year") or 0), month, int(day), today)


def _day(year: int, month: int, day: int, today: date) -> date | None:
    """A date; without a year the last one that has come. None when there is no such day."""
    try:
        found = date(year or today.year, month, day)
        if not year and found > today:
            found = date(today.year - 1, month, day)
    except ValueError:
        return None
    return found if found.year in _YEARS else None
