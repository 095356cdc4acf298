"""What a row of each of a district's files becomes. The columns are those of the sample district's README."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TypeVar

from domain.category import Category, LeadMode, Urgency
from domain.district import Area, AreaKind, AreaLevel, KnownPlace, Pairing, Point, Rank, Road, Unit, UnitKind
from domain.limits import Limit, LimitUnit
from domain.worktime import DayKind
from storage.district.faults import Fault
from storage.district.rows import Row
from storage.district.shapes import Feature, area_shape, road_line
from storage.district.sheets import Files, Form, Sheet, chart, table

E = TypeVar("E", bound=StrEnum)

UNITS, AREAS, ROADS, PLACES = "units.csv", "areas.geojson", "roads.geojson", "places.csv"
CATEGORIES, PAIRINGS, POINTS, CALENDAR = "categories.csv", "baobao.csv", "points.csv", "calendar.csv"


@dataclass(frozen=True, slots=True)
class Sheets:
    """The files of a district that have rows or features."""

    units: Sheet[Unit]
    areas: Sheet[Area]
    roads: Sheet[Road]
    places: Sheet[KnownPlace]
    categories: Sheet[Category]
    pairings: Sheet[Pairing]
    points: Sheet[Point]
    days: Sheet[tuple[date, DayKind]]


def read_sheets(files: Files, urgencies: Mapping[str, Urgency] | None, faults: list[Fault]) -> Sheets:
    """Every sheet of the files; `points.csv` may be missing.

    `urgencies` says what the words for urgency mean in this district, None that it is not known.
    """
    return Sheets(
        units=table(_UNIT, files, faults),
        areas=chart(_AREA, files, faults),
        roads=chart(_ROAD, files, faults),
        places=table(_PLACE, files, faults),
        categories=table(_category_form(urgencies), files, faults),
        pairings=table(_PAIRING, files, faults),
        points=table(_POINT, files, faults) if POINTS in files else Sheet(POINTS, (), {}, whole=True),
        days=table(_DAY, files, faults),
    )


def _unit(row: Row) -> Unit:
    return Unit(
        code=row.text("code"),
        name=row.text("name"),
        short_name=row.text("short_name"),
        kind=row.choice("kind", _words(UnitKind)),
        parent=row.maybe("parent"),
        supervisor_group=row.maybe("supervisor_group"),
    )


def _area(feature: Feature) -> Area:
    return Area(
        code=feature.text("code"),
        name=feature.text("name"),
        level=feature.choice("level", _words(AreaLevel)),
        kind=feature.choice("kind", _words(AreaKind)),
        parent=feature.maybe("parent"),
        geometry=area_shape(feature),
    )


def _road(feature: Feature) -> Road:
    return Road(
        name=feature.text("name"),
        aliases=feature.list("aliases"),
        communities=feature.list("communities"),
        line=road_line(feature),
    )


def _place(row: Row) -> KnownPlace:
    return KnownPlace(
        id=row.text("id"),
        name=row.text("name"),
        type=row.text("type"),
        aliases=row.list("aliases"),
        lon=row.degrees("lon", limit=180),
        lat=row.degrees("lat", limit=90),
        community=row.text("community"),
        also_in=row.list("also_in"),
    )


def _category(urgencies: Mapping[str, Urgency] | None, row: Row) -> Category:
    return Category(
        code=row.text("code"),
        name=row.text("name"),
        group=row.text("group_code"),
        group_name=row.text("group_name"),
        industry_dept=row.text("industry_dept"),
        lead_mode=row.choice("lead_mode", _words(LeadMode)),
        limit=Limit(row.whole("limit_value"), row.choice("limit_unit", _words(LimitUnit))),
        urgency=row.choice("urgency", urgencies) if urgencies else Urgency.NORMAL,
        points=row.decimal("points"),
        indicator=row.maybe("indicator"),
        keywords=row.list("keywords"),
    )


def _pairing(row: Row) -> Pairing:
    return Pairing(
        unit=row.text("unit"),
        area=row.text("area"),
        rank=row.choice("role", _words(Rank)),
        leader=row.maybe("leader"),
        from_date=row.day("from_date"),
        to_date=row.maybe_day("to_date"),
    )


def _point(row: Row) -> Point:
    return Point(
        id=row.text("id"),
        type=row.text("type"),
        name=row.text("name"),
        place=row.maybe("place_id"),
        community=row.text("community"),
        responsible_unit=row.text("responsible_unit"),
        industry_dept=row.text("industry_dept"),
        due_date=row.day("due_date"),
        check_categories=row.list("check_categories"),
        full_score=row.whole("full_score"),
    )


def _day(row: Row) -> tuple[date, DayKind]:
    return row.day("date"), row.choice("kind", _words(DayKind))


def _category_form(urgencies: Mapping[str, Urgency] | None) -> Form[Row, Category]:
    return Form(CATEGORIES, _CATEGORY_HEADER, partial(_category, urgencies), key="code", filled=True)


def _words(kinds: type[E]) -> dict[str, E]:
    return {kind.value: kind for kind in kinds}


_UNIT = Form(UNITS, "code,name,short_name,kind,parent,supervisor_group", _unit, key="code", filled=True)
_AREA = Form(AREAS, "code,name,level,kind,parent", _area, key="code", filled=True)
_ROAD = Form(ROADS, "name,aliases,communities", _road, key="name")
_PLACE = Form(PLACES, "id,name,type,aliases,lon,lat,community,also_in", _place, key="id")
_PAIRING = Form(PAIRINGS, "unit,area,role,leader,from_date,to_date", _pairing)
_POINT = Form(
    POINTS,
    "id,type,name,place_id,community,responsible_unit,industry_dept,due_date,check_categories,full_score",
    _point,
    key="id",
)
_DAY = Form(CALENDAR, "date,kind", _day, key="date", filled=True)
_CATEGORY_HEADER = (
    "code,name,group_code,group_name,industry_dept,lead_mode,limit_value,limit_unit,urgency,points,indicator,keywords"
)
