"""A district's data files: read from a folder, checked to the last cell, made into one immutable District.

What is stored are the files as they came (`Files`: name -> bytes), so that a District can be made again at any time.
Loading is all or nothing: with one fault there is no District, and all faults are told together.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import chinese_calendar
from chinese_calendar.constants import holidays

from domain.district import District
from domain.settings import Settings
from domain.worktime import Calendar, DayKind
from storage.district.checks import check
from storage.district.differences import Difference, differences
from storage.district.faults import DistrictFaults, Fault, Rule
from storage.district.forms import AREAS, CALENDAR, CATEGORIES, PAIRINGS, PLACES, POINTS, ROADS, UNITS, read_sheets
from storage.district.settings import SETTINGS, WORDS, read_settings, read_words, urgency_words
from storage.district.sheets import Files

__all__ = ["FILES", "Difference", "DistrictFaults", "Fault", "Files", "Rule", "differences", "parse", "read"]

FILES = (SETTINGS, UNITS, AREAS, ROADS, PLACES, CATEGORIES, PAIRINGS, POINTS, CALENDAR, WORDS)
"""The files of a district, in the order in which faults are told. `points.csv` and `words.toml` may be missing."""


def read(directory: Path) -> Files:
    """The files of a district that are in a folder. DistrictFaults when there is no such folder."""
    if not directory.is_dir():
        raise DistrictFaults([Fault(directory.name, None, None, Rule.NO_DIRECTORY)])
    return {name: (directory / name).read_bytes() for name in FILES if (directory / name).is_file()}


def parse(files: Files) -> District:
    """The district the files describe. DistrictFaults with everything that is wrong with them."""
    faults: list[Fault] = []
    settings = read_settings(files, faults)
    words = read_words(files, faults)
    sheets = read_sheets(files, urgency_words(settings), faults)
    check(sheets, faults)
    if faults:
        raise DistrictFaults(sorted(faults, key=_place))
    return District(
        settings=settings,
        units=sheets.units.values,
        areas=sheets.areas.values,
        roads=sheets.roads.values,
        places=sheets.places.values,
        categories=sheets.categories.values,
        pairings=tuple(pairing for _, pairing in sheets.pairings),
        points=sheets.points.values,
        calendar=_calendar(dict(day for _, day in sheets.days), settings),
        words=words,
    )


def _place(fault: Fault) -> tuple[int, int]:
    return FILES.index(fault.file), fault.row if isinstance(fault.row, int) else 0


def _calendar(table: Mapping[date, DayKind], settings: Settings) -> Calendar:
    """The days of the table; around them every day the package knows, from the table's first year on."""
    known = {day: _kind(day) for year in _known_years(min(table).year) for day in _days_of(year)}
    return Calendar(MappingProxyType(known | dict(table)), settings.working_hours, settings.zone)


def _known_years(first: int) -> list[int]:
    return sorted({day.year for day in holidays if day.year >= first})


def _days_of(year: int) -> Iterator[date]:
    return map(date.fromordinal, range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()))


def _kind(day: date) -> DayKind:
    if chinese_calendar.is_workday(day):
        return DayKind.WORKDAY
    return DayKind.HOLIDAY if day in holidays else DayKind.WEEKEND
