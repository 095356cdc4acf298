"""Loading a district: a small one of two communities is broken in every way, the sample district is whole."""

import json
import tomllib
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import fields
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.category import Urgency
from domain.limits import Limit, LimitUnit
from domain.settings import Settings
from domain.worktime import DayKind
from storage.district.files import (
    FILES,
    Difference,
    DistrictFaults,
    Fault,
    Files,
    Rule,
    differences,
    parse,
    read,
)

Told = tuple[int | None, str | None, str]
"""Row, column and rule of a fault."""

SAMPLE = Path(__file__).parents[2] / "districts" / "ximing"


def square(west: float, south: float, east: float, north: float) -> list[list[list[float]]]:
    """The coordinates of a polygon with four corners."""
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(properties: Mapping[str, Any], kind: str, coordinates: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": dict(properties), "geometry": {"type": kind, "coordinates": coordinates}}


def area(code: str, level: str, kind: str, parent: str, coordinates: object) -> dict[str, Any]:
    named = {"code": code, "name": f"{code} area", "level": level, "kind": kind, "parent": parent}
    return feature(named, "Polygon", coordinates)


def collection(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


AREAS = [
    area("D", "district", "district", "", square(123, 41, 125, 42)),
    area("S01", "street", "street", "D", square(123, 41, 125, 42)),
    area("S01C01", "community", "community", "S01", square(123, 41, 124, 42)),
    area("S01V02", "community", "village", "S01", square(124, 41, 125, 42)),
]
ROAD = feature(
    {"name": "Long Road", "aliases": ["Old Road"], "communities": ["S01C01", "S01V02"]},
    "LineString",
    [[123.2, 41.5], [124.8, 41.5]],
)
SMALL: dict[str, bytes] = {
    "district.toml": b'number_prefix = "SM"\nnext_assessment = 2026-06-15\n',
    "units.csv": b"""code,name,short_name,kind,parent,supervisor_group
O01,The Office,Office,office,,
G1,Group One,Group,group,O01,
S01,First Street,First,street,O01,G1
D01,Works Department,Works,department,O01,G1
D02,Parks Department,Parks,department,O01,G1
S01C01,Near Community,Near,community,S01,G1
S01V02,Far Village,Far,village,S01,G1
""",
    "areas.geojson": collection(*AREAS),
    "roads.geojson": collection(ROAD),
    "places.csv": b"""id,name,type,aliases,lon,lat,community,also_in
P1,The Market,market,Old Market;Hall,123.5,41.5,S01C01,
P2,Long Road,road,,124.5,41.5,S01V02,S01C01
""",
    "categories.csv": b"""code,name,group_code,group_name,industry_dept,lead_mode,\
limit_value,limit_unit,urgency,points,indicator,keywords
01,Potholes,A1,Streets,D01,industry,3,wd,normal,0.6,smooth streets,pothole;hole
02,Rubbish,A1,Streets,D01,street,8,wh,pressing,1,clean streets,rubbish;litter
03,Loose wires,B1,Dangers,D02,community,4,h,urgent,1.0,no loose wires,wire
""",
    "baobao.csv": b"""unit,area,role,leader,from_date,to_date
D01,S01C01,primary,Leader 1,2026-01-01,2026-03-31
D02,S01C01,primary,Leader 2,2026-04-01,
D01,S01C01,deputy,Leader 1,2026-01-01,
""",
    "points.csv": b"""id,type,name,place_id,community,\
responsible_unit,industry_dept,due_date,check_categories,full_score
PT1,market,The Market,P1,S01C01,D01,D01,2026-04-15,01;02,12
PT2,village,Far Village,,S01V02,S01V02,D02,2026-04-30,03,8
""",
    "calendar.csv": b"""date,kind,note
2026-05-01,holiday,May Day
2026-05-08,workday,
2026-05-09,workday,in exchange
2026-05-10,weekend,
""",
    "words.toml": b'thanks = ["thank you"]\n[danger]\nfire = ["fire", "smoke"]\n',
}


def faults_of(files: Files) -> list[Fault]:
    with pytest.raises(DistrictFaults) as raised:
        parse(files)
    return list(raised.value.faults)


def where(faults: list[Fault]) -> list[tuple[str, int | str | None, str | None, str]]:
    return [(fault.file, fault.row, fault.column, fault.rule.value) for fault in faults]


def changed(file: str, old: str, new: str) -> dict[str, bytes]:
    """A file of the small district, changed in one place."""
    text = SMALL[file].decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    return {file: text.replace(old, new).encode()}


def test_the_small_district_is_whole() -> None:
    """So that whatever is broken below is broken by the change."""
    district = parse(SMALL)
    assert list(district.units) == ["O01", "G1", "S01", "D01", "D02", "S01C01", "S01V02"]
    assert district.name == "D area"
    assert district.categories["03"].urgency is Urgency.URGENT
    assert district.roads["Long Road"].line == ((123.2, 41.5), (124.8, 41.5))
    assert district.words == {"thanks": ("thank you",), "danger.fire": ("fire", "smoke")}


CELLS: list[tuple[str, str, str, Told]] = [
    # units
    ("units.csv", "G1,Group One,Group", "G1,,Group", (3, "name", "missing_cell")),
    ("units.csv", "Near,community", "Near,comunity", (7, "kind", "bad_choice")),
    ("units.csv", "D02,Parks", "D01,Works,Works,department,O01,G1\nD02,Parks", (6, "code", "duplicate_code")),
    ("units.csv", "Works,department,O01", "Works,department,O09", (5, "parent", "unknown_unit")),
    ("units.csv", "Parks,department,O01,G1", "Parks,department,O01,G9", (6, "supervisor_group", "unknown_unit")),
    ("units.csv", "Parks,department,O01,G1", "Parks,department,O01,D01", (6, "supervisor_group", "not_a_group")),
    ("units.csv", "Far,village,S01", "Far,village,D01", (8, "parent", "not_a_street")),
    ("units.csv", "Far,village,S01", "Far,village,", (8, "parent", "missing_cell")),
    ("units.csv", "Far,village,S01,G1", "Far,village,S01", (8, None, "too_few_cells")),
    ("units.csv", "Far,village,S01,G1", "Far,village,S01,G1,x", (8, None, "too_many_cells")),
    ("units.csv", "Far,village", "Far,community", (8, "kind", "kind_differs")),
    # places
    ("places.csv", "123.5,41.5", "123.5,4l.5", (2, "lat", "bad_coordinate")),
    ("places.csv", "123.5,41.5", "41.5,123.5", (2, "lat", "bad_coordinate")),
    ("places.csv", "123.5,41.5", "nan,41.5", (2, "lon", "bad_coordinate")),
    ("places.csv", "123.5,41.5", "132.5,41.5", (2, "lon", "outside_district")),
    ("places.csv", "123.5,41.5", ",41.5", (2, "lon", "missing_cell")),
    ("places.csv", "P2,Long", "P1,Long", (3, "id", "duplicate_code")),
    ("places.csv", "41.5,S01C01,", "41.5,S01C09,", (2, "community", "unknown_community")),
    ("places.csv", "41.5,S01C01,", "41.5,S01,", (2, "community", "unknown_community")),
    ("places.csv", "S01V02,S01C01", "S01V02,S01C01;S01C09", (3, "also_in", "unknown_community")),
    # categories
    ("categories.csv", "D01,industry", "D09,industry", (2, "industry_dept", "unknown_unit")),
    ("categories.csv", "D01,industry", "D01,industrial", (2, "lead_mode", "bad_choice")),
    ("categories.csv", "3,wd", "three,wd", (2, "limit_value", "bad_number")),
    ("categories.csv", "3,wd", "0,wd", (2, "limit_value", "bad_number")),
    ("categories.csv", "3,wd", "-3,wd", (2, "limit_value", "bad_number")),
    ("categories.csv", "3,wd", "10000,wd", (2, "limit_value", "bad_number")),
    ("categories.csv", "3,wd", "1_000,wd", (2, "limit_value", "bad_number")),
    ("categories.csv", "3,wd", "3,days", (2, "limit_unit", "bad_choice")),
    ("categories.csv", "normal", "leisurely", (2, "urgency", "bad_choice")),
    ("categories.csv", "0.6", "0,6", (2, None, "too_many_cells")),
    ("categories.csv", "0.6", "-0.6", (2, "points", "bad_number")),
    ("categories.csv", "0.6", "inf", (2, "points", "bad_number")),
    ("categories.csv", "02,Rubbish,A1,Streets", "02,Rubbish,A1,Roads", (3, "group_name", "group_name_differs")),
    # pairings
    ("baobao.csv", "D02,S01C01", "D09,S01C01", (3, "unit", "unknown_unit")),
    ("baobao.csv", "D02,S01C01", "D02,S01", (3, "area", "unknown_community")),
    ("baobao.csv", "deputy", "second", (4, "role", "bad_choice")),
    ("baobao.csv", "2026-03-31", "2026-3-31", (2, "to_date", "bad_date")),
    ("baobao.csv", "2026-03-31", "20260331", (2, "to_date", "bad_date")),
    ("baobao.csv", "2026-03-31", "2026-02-30", (2, "to_date", "bad_date")),
    ("baobao.csv", "2026-04-01", "", (3, "from_date", "missing_cell")),
    ("baobao.csv", "2026-03-31", "2025-03-31", (2, "to_date", "dates_reversed")),
    ("baobao.csv", "2026-03-31", "2026-04-01", (3, "from_date", "overlapping_primary")),
    ("baobao.csv", "2026-03-31", "", (3, "from_date", "overlapping_primary")),
    ("baobao.csv", "D02,S01C01,primary", "D02,S01C01,deputy", (3, "from_date", "overlapping_deputy")),
    # points
    ("points.csv", "Market,P1", "Market,P9", (2, "place_id", "unknown_place")),
    ("points.csv", "P1,S01C01", "P1,S01C09", (2, "community", "unknown_community")),
    ("points.csv", "S01V02,S01V02", "S01V02,S01V09", (3, "responsible_unit", "unknown_unit")),
    ("points.csv", "S01V02,D02", "S01V02,D09", (3, "industry_dept", "unknown_unit")),
    ("points.csv", "2026-04-15", "15.04.2026", (2, "due_date", "bad_date")),
    ("points.csv", "01;02", "01;99", (2, "check_categories", "unknown_category")),
    ("points.csv", "03,8", "03,eight", (3, "full_score", "bad_number")),
    ("points.csv", "PT2", "PT1", (3, "id", "duplicate_code")),
    # calendar
    ("calendar.csv", "2026-05-08,workday", "2026-05-08,work", (3, "kind", "bad_choice")),
    ("calendar.csv", "2026-05-08", "8 May", (3, "date", "bad_date")),
    ("calendar.csv", "2026-05-08", "2026-05-01", (3, "date", "duplicate_code")),
    ("calendar.csv", "2026-05-08,workday", "2026-05-08,weekend", (3, "kind", "not_a_weekend")),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), CELLS)
def test_a_fault_names_file_row_column_and_rule(file: str, old: str, new: str, expected: Told) -> None:
    """One change, one fault: nothing that merely follows from it is told as well."""
    faults = faults_of(SMALL | changed(file, old, new))
    assert where(faults) == [(file, *expected)]


def moved(number: int, change: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The areas with properties or geometry of one of them changed."""
    areas = deepcopy(AREAS)
    for name, value in change.items():
        holder = areas[number - 1]["geometry" if name in {"type", "coordinates"} else "properties"]
        holder[name] = value
    return areas


OPEN_RING = [[[123, 41], [124, 41], [124, 42], [123, 42]]]
FLAT_RING = [[[123, 41], [124, 41], [124, 41], [123, 41]]]
FAR_RING = [[[123, 41], [124, 41], [424, 42], [123, 41]]]
TEXT_RING = [[["123", 41], [124, 41], [124, 42], ["123", 41]]]
HOLE_OPEN = [*square(123, 41, 124, 42), [[123.1, 41.1], [123.2, 41.1], [123.2, 41.2]]]

SHAPES = [
    (3, {"level": "quarter"}, "level", "bad_choice"),
    (3, {"kind": "hamlet"}, "kind", "bad_choice"),
    (3, {"name": ""}, "name", "missing_cell"),
    (3, {"name": None}, "name", "missing_cell"),
    (2, {"kind": "village"}, "kind", "kind_differs"),
    (3, {"parent": "D"}, "parent", "not_a_street"),
    (3, {"parent": "S09"}, "parent", "not_a_street"),
    (3, {"parent": ""}, "parent", "missing_cell"),
    (2, {"parent": "S01"}, "parent", "not_the_district"),
    (3, {"coordinates": OPEN_RING}, "geometry", "unclosed_ring"),
    (3, {"coordinates": FLAT_RING}, "geometry", "short_ring"),
    (3, {"coordinates": HOLE_OPEN}, "geometry", "unclosed_ring"),
    (3, {"type": "MultiPolygon", "coordinates": [square(123, 41, 124, 42), OPEN_RING]}, "geometry", "unclosed_ring"),
    (3, {"coordinates": FAR_RING}, "geometry", "bad_coordinate"),
    (3, {"coordinates": TEXT_RING}, "geometry", "bad_coordinate"),
    (3, {"coordinates": [[[123, 41], [124], [124, 42], [123, 41]]]}, "geometry", "bad_coordinate"),
    (3, {"coordinates": [7]}, "geometry", "bad_geometry"),
    (3, {"coordinates": [[[True, 41], [124, 41], [124, 42], [True, 41]]]}, "geometry", "bad_coordinate"),
    (3, {"coordinates": []}, "geometry", "bad_geometry"),
    (3, {"coordinates": None}, "geometry", "bad_geometry"),
    (3, {"type": "Point", "coordinates": [123, 41]}, "geometry", "bad_geometry"),
]


@pytest.mark.parametrize(("number", "change", "column", "rule"), SHAPES)
def test_a_fault_on_the_map_names_the_feature(number: int, change: dict[str, Any], column: str, rule: str) -> None:
    """Features are counted from 1."""
    broken = SMALL | {"areas.geojson": collection(*moved(number, change))}
    assert where(faults_of(broken)) == [("areas.geojson", number, column, rule)]


def road(kind: str = "LineString", coordinates: object = None, **properties: object) -> bytes:
    """The roads with one more."""
    named = {"name": "Short Road", "aliases": [], "communities": ["S01C01"]} | properties
    line = [[123.1, 41.1], [123.2, 41.1]] if coordinates is None else coordinates
    return collection(ROAD, feature(named, kind, line))


def without(file: str, start: str) -> bytes:
    """A file without the line that starts so."""
    lines = SMALL[file].decode().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(start)]
    assert len(kept) == len(lines) - 1
    return "".join(kept).encode()


SECOND_DISTRICT = area("E", "district", "district", "", square(125, 41, 126, 42))
ORPHAN = area("S01C03", "community", "community", "S01", square(124, 41, 125, 42))
UNNAMED = {"type": "Feature", "properties": {"level": "community"}, "geometry": AREAS[2]["geometry"]}
TWO_STREETS = SMALL["units.csv"] + b"S02,Second Street,Second,street,O01,G1\n"
SECOND_STREET = area("S02", "street", "street", "D", square(124, 41, 125, 42))

FILE_FAULTS: list[tuple[str, bytes, list[Told]]] = [
    # how a file is written
    ("units.csv", b"code,name\n" + "O01,区创城办\n".encode("gbk"), [(2, None, "not_utf8")]),
    ("words.toml", b"\n\n# \xff", [(3, None, "not_utf8")]),
    ("places.csv", SMALL["places.csv"] + b'P3,"The Mill,market', [(4, None, "bad_csv")]),
    ("places.csv", b"", [(None, None, "empty_table")]),
    ("categories.csv", SMALL["categories.csv"].splitlines()[0], [(None, None, "empty_table")]),
    ("calendar.csv", b"date,kind\n\n", [(None, None, "empty_table")]),
    ("units.csv", SMALL["units.csv"].replace(b"short_name", b"short"), [(1, "short_name", "missing_column")]),
    ("units.csv", SMALL["units.csv"].replace(b"code,", b"number,", 1), [(1, "code", "missing_column")]),
    ("calendar.csv", SMALL["calendar.csv"].replace(b"note", b"kind"), [(1, "kind", "duplicate_column")]),
    ("areas.geojson", b'{"type": "FeatureCollection",\n "features": [\n', [(3, None, "bad_json")]),
    ("areas.geojson", b"[" * 100_000, [(None, None, "bad_json")]),
    ("areas.geojson", b'{"type": "Feature"}', [(None, None, "not_a_collection")]),
    ("roads.geojson", b"[]", [(None, None, "not_a_collection")]),
    # what stands in it
    ("areas.geojson", collection(*AREAS[1:]), [(None, "level", "missing_district"), (1, "parent", "not_the_district")]),
    ("areas.geojson", collection(*AREAS, SECOND_DISTRICT), [(5, "level", "second_district")]),
    ("areas.geojson", collection(*AREAS, AREAS[3]), [(5, "code", "duplicate_code")]),
    ("areas.geojson", collection(*AREAS, ORPHAN), [(5, "code", "area_without_unit")]),
    (
        "areas.geojson",
        collection(*AREAS, UNNAMED),
        [
            (5, "code", "missing_column"),
            (5, "name", "missing_column"),
            (5, "kind", "missing_column"),
            (5, "parent", "missing_column"),
        ],
    ),
    ("roads.geojson", road(communities=["S01C01", "S01C09"]), [(2, "communities", "unknown_community")]),
    ("roads.geojson", road(coordinates=[[123.1, 41.1]]), [(2, "geometry", "short_line")]),
    ("roads.geojson", road(coordinates=[[123.1, 41.1], [123.2, 91]]), [(2, "geometry", "bad_coordinate")]),
    ("roads.geojson", road(kind="MultiLineString"), [(2, "geometry", "bad_geometry")]),
    ("roads.geojson", road(name="Long Road"), [(2, "name", "duplicate_code")]),
    ("roads.geojson", road(name=["Long", "Road"]), [(2, "name", "bad_text")]),
    ("units.csv", TWO_STREETS, [(9, "code", "unit_without_area")]),
]


@pytest.mark.parametrize(("file", "content", "expected"), FILE_FAULTS)
def test_a_fault_of_a_whole_file(file: str, content: bytes, expected: list[Told]) -> None:
    """A file that cannot be read is told once, and not by everything that refers to it."""
    faults = where(faults_of(SMALL | {file: content}))
    assert faults == [(file, *told) for told in expected]


@pytest.mark.parametrize("file", [name for name in FILES if name not in {"points.csv", "words.toml"}])
def test_a_missing_file_is_one_fault(file: str) -> None:
    """Whatever refers to it is not told as well."""
    rest = {name: content for name, content in SMALL.items() if name != file}
    assert where(faults_of(rest)) == [(file, None, None, "missing_file")]


def test_points_and_words_may_be_missing() -> None:
    """Not every district is given assessment points, and words come with the product."""
    rest = {name: content for name, content in SMALL.items() if name not in {"points.csv", "words.toml"}}
    district = parse(rest)
    assert (dict(district.points), dict(district.words)) == ({}, {})


def test_without_the_office_there_is_no_district() -> None:
    """Somebody must triage."""
    faults = faults_of(SMALL | {"units.csv": without("units.csv", "O01")})
    assert where(faults)[0] == ("units.csv", None, "code", "missing_office")
    assert faults[0].facts == {"code": "O01"}


def test_units_and_areas_agree_on_the_street() -> None:
    """Both files say where a community belongs; they must say the same."""
    changed_units = TWO_STREETS.replace(b"Far,village,S01", b"Far,village,S02")
    files = SMALL | {"units.csv": changed_units, "areas.geojson": collection(*AREAS, SECOND_STREET)}
    (fault,) = faults_of(files)
    assert where([fault]) == [("units.csv", 8, "parent", "parent_differs")]
    assert fault.facts == {"parent": "S02", "expected": "S01"}


def test_all_faults_are_told_in_one_go_file_by_file() -> None:
    """So that one look mends them all; rows in order within a file."""
    broken = (
        SMALL
        | changed("units.csv", "Near,community", "Near,hamlet")
        | changed("calendar.csv", "2026-05-08,workday", "8 May,work")
        | changed("places.csv", "123.5,41.5,S01C01", "123.5,x,S01C09")
        | changed("district.toml", '"SM"', '"sm"')
    )
    assert where(faults_of(broken)) == [
        ("district.toml", "number_prefix", None, "bad_prefix"),
        ("units.csv", 7, "kind", "bad_choice"),
        ("places.csv", 2, "lat", "bad_coordinate"),
        ("places.csv", 2, "community", "unknown_community"),
        ("calendar.csv", 3, "date", "bad_date"),
        ("calendar.csv", 3, "kind", "bad_choice"),
    ]


def test_facts_say_what_was_found_and_what_can_stand_there() -> None:
    """For the sentence the office reads."""
    (unknown,) = faults_of(SMALL | changed("baobao.csv", "D02,S01C01", "D09,S01C01"))
    (choice,) = faults_of(SMALL | changed("baobao.csv", "deputy", "second"))
    (overlap,) = faults_of(SMALL | changed("baobao.csv", "2026-03-31", "2026-04-01"))
    assert unknown.facts == {"code": "D09"}
    assert choice.facts == {"value": "second", "choices": "primary deputy"}
    assert overlap.facts == {"area": "S01C01", "other_row": 2}


def test_rows_are_counted_as_an_editor_counts_them() -> None:
    """Cells with line breaks and empty lines in between do not confuse it."""
    noted = SMALL["calendar.csv"].replace(b"May Day", b'"May\nDay"').replace(b"2026-05-09", b"\n2026-05-32")
    assert where(faults_of(SMALL | {"calendar.csv": noted})) == [("calendar.csv", 6, "date", "bad_date")]


@pytest.mark.parametrize(
    "saved",
    [
        pytest.param(lambda content: b"\xef\xbb\xbf" + content, id="byte order mark"),
        pytest.param(lambda content: content.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(lambda content: content.rstrip(), id="no line end at the end"),
        pytest.param(lambda content: content + b"\n\n  \n", id="empty lines at the end"),
    ],
)
def test_files_may_be_saved_as_offices_save_them(saved: Callable[[bytes], bytes]) -> None:
    """It makes no difference."""
    assert differences(parse(SMALL), parse({name: saved(content) for name, content in SMALL.items()})) == []


def test_spreadsheets_leave_empty_cells_behind() -> None:
    """Rows of nothing but commas, and commas at the end of a row, are passed over."""
    padded = b"".join(line + b",,\n" for line in SMALL["baobao.csv"].splitlines()) + b",,,,,,,\n"
    assert differences(parse(SMALL), parse(SMALL | {"baobao.csv": padded})) == []


SETTINGS = [
    ("colour", '"red"', "unknown_key"),
    ("[ladder]\nsteps", "3", "unknown_key"),
    ("name", '""', "bad_text"),
    ("name", "5", "bad_text"),
    ("extensions", "-1", "bad_number"),
    ("extensions", "true", "bad_number"),
    ("extensions", '"2"', "bad_number"),
    ("green_percent", "101", "bad_percent"),
    ("remind_percents", "[50, 180]", "bad_percent"),
    ("remind_percents", "80", "bad_percent"),
    ("draft_asked_after", '"1 wh"', "bad_duration"),
    ("draft_asked_after", '"an hour"', "bad_duration"),
    ("draft_asked_after", "60", "bad_duration"),
    ("check_within", '"30 min"', "bad_limit"),
    ("check_within", '"0 wh"', "bad_limit"),
    ("digest_at", '"8:30"', "bad_time"),
    ("digest_at", '"24:30"', "bad_time"),
    ("quiet_hours", '"21:00"', "bad_hours"),
    ("working_hours", "[]", "bad_hours"),
    ("working_hours", '["08:30-12:00", "11:00-15:30"]', "hours_out_of_order"),
    ("working_hours", '["17:30-08:30"]', "hours_out_of_order"),
    ("working_hours", '["09:00-12:00", "13:00-17:00"]', "hours_not_eight"),
    ("zone", '"Asia/Ximing"', "bad_zone"),
    ("zone", '"Asia"', "bad_zone"),
    ("zone", '"../etc/passwd"', "bad_zone"),
    ("number_prefix", '"XM-1"', "bad_prefix"),
    ("urgencies", '["normal", "urgent"]', "bad_urgencies"),
    ("urgencies", '["normal", "urgent", "urgent"]', "bad_urgencies"),
    ("next_assessment", '"15 June"', "bad_date"),
    ("next_assessment", "2026-06-15T08:00:00", "bad_date"),
]


@pytest.mark.parametrize(("key", "value", "rule"), SETTINGS)
def test_a_wrong_setting_is_named_by_its_key(key: str, value: str, rule: str) -> None:
    """And nothing else is found wrong because of it."""
    faults = faults_of(SMALL | {"district.toml": f"{key} = {value}\n".encode()})
    named = key.partition("]")[0].strip("[")
    assert where(faults) == [("district.toml", named, None, rule)]


@pytest.mark.parametrize(
    ("file", "content", "row", "rule"),
    [
        ("district.toml", b'number_prefix = "SM"\nzone =\n', 2, "bad_toml"),
        ("district.toml", b"extensions = " + b"9" * 5000, None, "bad_toml"),
        ("words.toml", b'thanks = "thank you"', "thanks", "bad_words"),
        ("words.toml", b"[danger]\nfire = [1]", "danger.fire", "bad_words"),
        ("words.toml", b'thanks = [""]', "thanks", "bad_words"),
    ],
)
def test_toml_that_is_none(file: str, content: bytes, row: int | str | None, rule: str) -> None:
    """Where it stops being TOML, or words."""
    assert where(faults_of(SMALL | {file: content})) == [(file, row, None, rule)]


def test_settings_left_out_are_those_of_the_product() -> None:
    """An empty file is a complete one."""
    assert parse(SMALL | {"district.toml": b""}).settings == Settings()


def test_a_name_that_is_set_goes_before_that_of_the_map() -> None:
    """The map may call it by its full name."""
    assert parse(SMALL | {"district.toml": b'name = "Small District"'}).name == "Small District"


def test_shifts_may_follow_each_other_without_a_break() -> None:
    """It is a long morning then."""
    shifts = parse(SMALL | {"district.toml": b'working_hours = ["08:00-12:00", "12:00-16:00"]'}).calendar.hours
    assert shifts == ((time(8), time(12)), (time(12), time(16)))


@pytest.mark.parametrize("position", ["123,41.5", "125,41.5", "123.5,41", "123.5,42"])
def test_a_place_may_lie_on_the_border(position: str) -> None:
    """A bridge, a town sign."""
    assert "P1" in parse(SMALL | changed("places.csv", "123.5,41.5", position)).places


def test_a_pairing_may_last_one_day() -> None:
    """And the next may begin on the morrow."""
    files = SMALL | changed("baobao.csv", "2026-01-01,2026-03-31", "2026-03-31,2026-03-31")
    assert parse(files).pairings_of("S01C01", date(2026, 3, 31))[0].unit == "D01"


def test_settings_are_read_in_their_own_units() -> None:
    """By the clock, in working time, as times of the day."""
    content = b"""
quiet_hours = "22:00-06:00"
draft_files_after = "20 min"
photos_kept = "90 d"
check_within = "2 wd"
remind_percents = [40, 60, 90]
bulletin_at = "17:15"
"""
    settings = parse(SMALL | {"district.toml": content}).settings
    assert settings.quiet_hours == (time(22), time(6))
    assert settings.draft_files_after == timedelta(minutes=20)
    assert settings.photos_kept == timedelta(days=90)
    assert settings.check_within == Limit(2, LimitUnit.WORKING_DAYS)
    assert settings.remind_percents == (40, 60, 90)
    assert settings.bulletin_at == time(17, 15)


def test_every_rule_is_broken_somewhere_above() -> None:
    """A rule nobody can break, or that no test breaks, has no place in the list."""
    broken = {expected[-1] for *_, expected in CELLS} | {case[-1] for case in SHAPES} | {case[-1] for case in SETTINGS}
    broken |= {rule for *_, expected in FILE_FAULTS for *_, rule in expected}
    alone = {"missing_file", "missing_office", "parent_differs", "bad_toml", "bad_words", "no_directory"}
    assert {rule.value for rule in Rule} == broken | alone


def test_the_table_wins_and_the_package_fills_the_calendar() -> None:
    """From the table's first year to the last year the package knows; beyond that days are only guessed."""
    table = SMALL["calendar.csv"] + b"2026-10-10,weekend,as this district has it\n2029-01-01,holiday,\n"
    calendar = parse(SMALL | {"calendar.csv": table}).calendar
    assert calendar.days[date(2026, 5, 9)] is DayKind.WORKDAY
    assert calendar.days[date(2026, 10, 10)] is DayKind.WEEKEND  # a make-up workday elsewhere
    assert calendar.days[date(2026, 10, 1)] is DayKind.HOLIDAY
    assert calendar.days[date(2026, 9, 20)] is DayKind.WORKDAY  # a Sunday
    assert calendar.days[date(2026, 2, 8)] is DayKind.WEEKEND
    assert calendar.covers(date(2026, 1, 1))
    assert calendar.covers(date(2029, 1, 1))
    assert not calendar.covers(date(2025, 12, 31))
    assert not calendar.covers(date(2029, 1, 2))


def test_loading_the_same_again_changes_nothing() -> None:
    """Twice the same files, no differences; at first everything is new."""
    assert differences(parse(SMALL), parse(SMALL)) == []
    first = {difference.file: difference for difference in differences(None, parse(SMALL))}
    assert first["units.csv"].added == ("O01", "G1", "S01", "D01", "D02", "S01C01", "S01V02")
    assert first["words.toml"].added == ("thanks", "danger.fire")
    assert set(first) == set(FILES)
    assert not any(difference.changed or difference.removed for difference in first.values())


def test_differences_name_what_was_added_changed_and_removed() -> None:
    """A pairing that ends is the same pairing, changed."""
    new = (
        SMALL
        | changed("baobao.csv", "2026-04-01,\n", "2026-04-01,2026-06-30\nD01,S01V02,primary,Leader 1,2026-04-01,\n")
        | changed("places.csv", "Old Market;Hall", "Old Market")
        | changed("district.toml", "2026-06-15", "2026-06-22")
        | {"points.csv": without("points.csv", "PT2"), "areas.geojson": collection(*moved(3, {"name": "Nearby"}))}
    )
    assert differences(parse(SMALL), parse(new)) == [
        Difference("district.toml", (), ("next_assessment",), ()),
        Difference("areas.geojson", (), ("S01C01",), ()),
        Difference("places.csv", (), ("P1",), ()),
        Difference("baobao.csv", ("D01 S01V02 primary 2026-04-01",), ("D02 S01C01 primary 2026-04-01",), ()),
        Difference("points.csv", (), (), ("PT2",)),
    ]


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    """What does not belong to a district's data is left alone."""
    for name, content in SMALL.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "README.md").write_text("notes")
    assert read(tmp_path) == SMALL


def test_a_folder_that_is_not_there_is_one_fault(tmp_path: Path) -> None:
    """And not a list of missing files."""
    with pytest.raises(DistrictFaults) as raised:
        read(tmp_path / "nowhere")
    assert where(list(raised.value.faults)) == [("nowhere", None, None, "no_directory")]


def test_the_sample_district_is_whole() -> None:
    """With as many rows as its README says."""
    district = parse(read(SAMPLE))
    sizes = [district.units, district.areas, district.roads, district.places, district.categories, district.points]
    assert [len(each) for each in sizes] == [102, 68, 29, 309, 57, 162]
    assert len(district.pairings) == 117
    assert district.calendar.is_workday(date(2026, 5, 9))
    assert district.settings.next_assessment == date(2026, 6, 15)
    assert differences(district, parse(read(SAMPLE))) == []


def test_the_sample_settings_spell_out_every_default() -> None:
    """The file is the list of what can be set; only what is the district's own differs from the product."""
    written = tomllib.loads((SAMPLE / "district.toml").read_text("utf-8"))
    names = [field.name for field in fields(Settings)]
    assert list(written) == names
    settings = parse(read(SAMPLE)).settings
    own = {name for name in names if getattr(settings, name) != getattr(Settings(), name)}
    assert own == {"name", "urgencies", "next_assessment"}
