"""A search as the parameters of its query: lists in one string, words as patterns, days as instants."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from domain.district import District
from domain.facts import millis
from domain.search import MOST_WORDS, Search, categories_meant, units_meant

_EVER = 1 << 53
"""Milliseconds: later than anything that is filed."""


def conditions(search: Search, district: District, now: datetime) -> dict[str, str | int]:
    """What the query `found` takes, but for the page."""
    words = (*search.words, *("" for _ in range(MOST_WORDS)))[:MOST_WORDS]
    return {
        "since": _midnight(search.since, district) if search.since else 0,
        "until": _midnight(search.until + timedelta(days=1), district) if search.until else _EVER,
        "number": f"%{_literally(search.number)}",
        "units": listed(units_meant(search, district)),
        "areas": listed(search.areas),
        "categories": listed(categories_meant(search, district)),
        "states": listed(search.states),
        "overdue": int(search.overdue),
        "now": millis(now),
        **{f"word_{place}": f"%{_literally(word)}%" for place, word in enumerate(words, 1)},
    }


def _midnight(day: date, district: District) -> int:
    return millis(district.calendar.at(day, time.min))


def _literally(word: str) -> str:
    """A word in which LIKE sees no signs of its own."""
    return "".join(f"!{character}" if character in "!%_" else character for character in word)


def listed(values: Iterable[str]) -> str:
    """A list in one string, in which a query finds a value as |D02|."""
    return "".join(f"|{value}|" for value in values)
