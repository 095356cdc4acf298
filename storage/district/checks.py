"""The rules between rows of a district's files: what refers to what, and what must agree.

A rule is only tried on cells that could be read, and codes are only looked up in files that could be read to the end:
a fault is told once, and not again by all that follows from it.
"""

from collections import defaultdict
from collections.abc import Container
from datetime import date
from itertools import chain
from typing import NamedTuple

from domain.category import Category
from domain.district import Area, AreaLevel, KnownPlace, Pairing, Rank, Road
from domain.worktime import DayKind
from storage.district.faults import Fault, Rule
from storage.district.forms import Sheets
from storage.district.ground import check_ground
from storage.district.rows import Row
from storage.district.sheets import Sheet

Codes = Container[str]

_OVERLAPPING = {Rank.PRIMARY: Rule.OVERLAPPING_PRIMARY, Rank.DEPUTY: Rule.OVERLAPPING_DEPUTY}


class _Box(NamedTuple):
    west: float
    south: float
    east: float
    north: float

    def covers(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north


def check(sheets: Sheets, faults: list[Fault]) -> None:
    """Try every rule between rows, and note in `faults` what is broken."""
    communities = sheets.areas.codes("level", lambda area: area.level is AreaLevel.COMMUNITY)
    check_ground(sheets, faults)
    _check_roads(sheets.roads, communities)
    _check_places(sheets.places, communities, _box(sheets.areas))
    _check_categories(sheets.categories, sheets.units)
    _check_pairings(sheets.pairings, communities, sheets.units)
    _check_points(sheets, communities)
    _check_days(sheets.days)


def _check_roads(roads: Sheet[Road], communities: Codes) -> None:
    for feature, road in roads:
        for code in road.communities:
            feature.refer("communities", code, communities, Rule.UNKNOWN_COMMUNITY)


def _check_places(places: Sheet[KnownPlace], communities: Codes, district: _Box | None) -> None:
    for row, place in places:
        row.refer("community", place.community, communities, Rule.UNKNOWN_COMMUNITY)
        for code in place.also_in:
            row.refer("also_in", code, communities, Rule.UNKNOWN_COMMUNITY)
        if district and row.sound("lon", "lat") and not district.covers(place.lon, place.lat):
            row.fault("lon", Rule.OUTSIDE_DISTRICT)


def _box(areas: Sheet[Area]) -> _Box | None:
    """The box around the district: enough to find a wrong digit in a coordinate."""
    outlines = [area.geometry for row, area in areas if area.level is AreaLevel.DISTRICT and row.clean]
    if not outlines:
        return None
    kind, coordinates = outlines[0]["type"], outlines[0]["coordinates"]
    rings = chain.from_iterable([coordinates] if kind == "Polygon" else coordinates)
    lons, lats = zip(*chain.from_iterable(rings), strict=True)
    return _Box(min(lons), min(lats), max(lons), max(lats))


def _check_categories(categories: Sheet[Category], units: Codes) -> None:
    group_names: dict[str, str] = {}
    for row, category in categories:
        row.refer("industry_dept", category.industry_dept, units, Rule.UNKNOWN_UNIT)
        expected = group_names.setdefault(category.group, category.group_name)
        if row.sound("group_code", "group_name") and category.group_name != expected:
            row.fault("group_name", Rule.GROUP_NAME_DIFFERS, name=category.group_name, expected=expected)


def _check_pairings(pairings: Sheet[Pairing], communities: Codes, units: Codes) -> None:
    sound: dict[tuple[str, Rank], list[tuple[Row, Pairing]]] = defaultdict(list)
    for row, pairing in pairings:
        row.refer("unit", pairing.unit, units, Rule.UNKNOWN_UNIT)
        row.refer("area", pairing.area, communities, Rule.UNKNOWN_COMMUNITY)
        if row.sound("from_date", "to_date") and _last_day(pairing) < pairing.from_date:
            row.fault("to_date", Rule.DATES_REVERSED)
        if row.sound("area", "role", "from_date", "to_date"):
            sound[pairing.area, pairing.rank].append((row, pairing))
    for (_, role), entries in sound.items():
        _check_overlaps(entries, _OVERLAPPING[role])


def _check_overlaps(entries: list[tuple[Row, Pairing]], rule: Rule) -> None:
    """On each day a community has at most one pairing of a role."""
    entries.sort(key=lambda entry: entry[1].from_date)
    before, running = entries[0]
    for row, pairing in entries[1:]:
        if pairing.from_date <= _last_day(running):
            row.fault("from_date", rule, area=pairing.area, other_row=before.number)
        if _last_day(pairing) >= _last_day(running):
            before, running = row, pairing


def _last_day(pairing: Pairing) -> date:
    return pairing.to_date or date.max


def _check_points(sheets: Sheets, communities: Codes) -> None:
    for row, point in sheets.points:
        row.refer("place_id", point.place, sheets.places, Rule.UNKNOWN_PLACE)
        row.refer("community", point.community, communities, Rule.UNKNOWN_COMMUNITY)
        row.refer("responsible_unit", point.responsible_unit, sheets.units, Rule.UNKNOWN_UNIT)
        row.refer("industry_dept", point.industry_dept, sheets.units, Rule.UNKNOWN_UNIT)
        for code in point.check_categories:
            row.refer("check_categories", code, sheets.categories, Rule.UNKNOWN_CATEGORY)


def _check_days(days: Sheet[tuple[date, DayKind]]) -> None:
    for row, (day, kind) in days:
        if kind is DayKind.WEEKEND and row.sound("date", "kind") and day.weekday() < 5:
            row.fault("kind", Rule.NOT_A_WEEKEND, value=day.isoformat())
