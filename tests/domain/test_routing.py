"""Who gets a case, told with the sample district, and where a position lies on its awkward map."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.district import District
from domain.routing import Atlas, Spot, distance, route
from storage.district.files import parse, read

SAMPLE = Path(__file__).parents[2] / "districts" / "ximing"
DAY = date(2026, 4, 21)

REPORTS = [json.loads(line) for line in (SAMPLE / "reports_dev.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def ximing() -> District:
    return parse(read(SAMPLE))


@pytest.fixture(scope="module")
def atlas(ximing: District) -> Atlas:
    return Atlas(ximing)


@pytest.mark.parametrize(
    ("category", "street", "community", "lead"),
    [
        ("0901", "S01", "S01C02", "D01"),  # industry: the department, wherever it is
        ("0901", "S01", None, "D01"),
        ("0901", None, None, "D01"),
        ("0304", "S01", "S01C02", "S01"),  # street: the street of the community
        ("0304", "S01", None, "S01"),
        ("0304", None, None, None),
        ("0401", "S05", "S05V07", "S05V07"),  # community
        ("0401", "S05", None, "S05"),
        ("0401", None, None, None),
        (None, "S01", "S01C02", None),  # no recognisable problem
    ],
)
def test_the_lead_by_mode_and_knowledge_of_the_place(
    ximing: District, category: str | None, street: str | None, community: str | None, lead: str | None
) -> None:
    """The decision table of rule 1, row by row, and rule 8."""
    assert route(ximing, category, street, community, DAY).lead == lead


@pytest.mark.parametrize(
    ("community", "day", "partner"),
    [
        ("S01C01", date(2026, 3, 31), "D04"),  # the last day of one primary
        ("S01C01", date(2026, 4, 1), "D02"),  # the first of the next
        ("S05C01", date(2026, 4, 5), "D12"),
        ("S05C01", date(2026, 4, 6), "D16"),  # no primary: the deputy
        ("S05C01", date(2026, 4, 10), "D16"),
        ("S05C01", date(2026, 4, 11), "D02"),
        ("S07V06", date(2026, 4, 10), "O01"),  # neither: the office
        ("S07V06", date(2026, 4, 20), "D19"),
        ("S06C01", date(2026, 4, 30), "D12"),  # a primary goes before a deputy
        (None, DAY, None),  # the community is unknown
    ],
)
def test_the_paired_unit_on_the_day_of_receipt(
    ximing: District, community: str | None, day: date, partner: str | None
) -> None:
    """The decision table of rule 2, with the days on which pairings change."""
    assert route(ximing, "0901", "S01", community, day).partner == partner


@pytest.mark.parametrize(
    ("category", "community", "overseer", "supervisors"),
    [
        ("0901", "S01C02", None, ("G3",)),  # led by D01
        ("0201", "S01C02", None, ("G2",)),  # led by D03
        ("0304", "S01C02", "D17", ("G3",)),  # led by the street
        ("0401", "S01C02", "D01", ("G3", "S01")),  # led by the community, which its street supervises too
        ("0401", "S05V07", "D01", ("G3", "S05")),
        ("0401", None, "D01", ()),  # nobody leads yet
    ],
)
def test_who_else_sees_the_case(
    ximing: District, category: str, community: str | None, overseer: str | None, supervisors: tuple[str, ...]
) -> None:
    """Rule 3: the department oversees what it does not lead; the group of the lead supervises."""
    routing = route(ximing, category, None, community, DAY)
    assert (routing.overseer, routing.supervisors) == (overseer, supervisors)


def test_lead_and_partner_can_be_one(ximing: District) -> None:
    """The environmental service is paired with the community whose rubbish it fetches."""
    routing = route(ximing, "0301", "S06", "S06C02", DAY)
    assert routing.lead == routing.partner == "D17"


def test_a_community_brings_its_own_street(ximing: District) -> None:
    """Should another be named beside it, the community counts."""
    assert route(ximing, "0304", "S01", "S05V07", DAY).lead == "S05"


@pytest.mark.parametrize(
    ("category", "street", "community"), [("9999", "S01", "S01C01"), ("0304", "S99", None), ("0401", None, "S99C01")]
)
def test_codes_that_are_gone_lead_nowhere(
    ximing: District, category: str, street: str | None, community: str | None
) -> None:
    """A case can be older than the data: then the office decides."""
    routing = route(ximing, category, street, community, DAY)
    assert (routing.lead, routing.partner, routing.supervisors) == (None, None, ())


def test_the_community_that_is_gone_leaves_the_street_that_is_known(ximing: District) -> None:
    """What is still known is used."""
    assert route(ximing, "0401", "S01", "S01C99", DAY).lead == "S01"


@pytest.mark.parametrize("report", REPORTS, ids=[report["id"] for report in REPORTS])
def test_labelled_reports_go_where_people_would_send_them(ximing: District, report: dict[str, Any]) -> None:
    """Lead and partner of all labelled messages, from their category, place and day."""
    gold = report["gold"]
    day = datetime.fromisoformat(report["received_at"]).astimezone(ximing.settings.zone).date()
    routing = route(ximing, gold["category"], gold["street"], gold["community"], day)
    assert (routing.lead, routing.partner) == (gold["lead_unit"], gold["partner_unit"])


# The map


def test_every_known_place_lies_in_its_community(ximing: District, atlas: Atlas) -> None:
    """And in no other."""
    for place in ximing.places.values():
        assert atlas.locate(place.lat, place.lon) == Spot(ximing.street_of(place.community), place.community), place


@pytest.mark.parametrize(
    ("lat", "lon", "street", "community"),
    [
        pytest.param(41.390223, 123.780084, "S07", "S07V06", id="enclave inside another street"),
        pytest.param(41.388704, 123.774441, "S05", "S05V07", id="village around the enclave"),
        pytest.param(41.377512, 123.810543, "S07", "S07V03", id="other part of that street"),
        pytest.param(41.336747, 123.787846, "S02", "S02C02", id="one part of a community"),
        pytest.param(41.356828, 123.790506, "S02", "S02C02", id="its other part"),
        pytest.param(41.347076, 123.788972, "S02", "S02C01", id="community between the parts"),
        pytest.param(41.337990, 123.785700, "S02", "S02C08", id="strip along the railway"),
        pytest.param(41.338260, 123.785700, "S02", "S02C02", id="30 m north of its middle"),
        pytest.param(41.337720, 123.785700, "S02", "S02C02", id="30 m south of its middle"),
    ],
)
def test_awkward_shapes_are_told_apart(atlas: Atlas, lat: float, lon: float, street: str, community: str) -> None:
    """Holes, enclaves, separate parts, a strip of 36 metres."""
    assert atlas.locate(lat, lon) == Spot(street, community)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        pytest.param(41.390703, 123.738965, id="on the water of the reservoir"),
        pytest.param(41.316000, 123.700000, id="just beyond the border"),
        pytest.param(39.904200, 116.407400, id="in another city"),
        pytest.param(123.76323, 41.345488, id="latitude and longitude exchanged"),
    ],
)
def test_ground_that_is_not_the_districts_is_outside(atlas: Atlas, lat: float, lon: float) -> None:
    """So that the person can be told."""
    assert atlas.locate(lat, lon) == Spot(outside=True)


@pytest.mark.parametrize(
    ("lat", "lon", "spot"),
    [
        pytest.param(41.338318, 123.790365, Spot("S02"), id="two communities of one street"),
        pytest.param(41.348517, 123.761242, Spot("S01"), id="three communities of one street"),
        pytest.param(41.340329, 123.763509, Spot(), id="two streets"),
        pytest.param(41.320816, 123.794543, Spot("S02", "S02C05"), id="border of the district"),
    ],
)
def test_a_point_on_a_shared_border_settles_no_community(atlas: Atlas, lat: float, lon: float, spot: Spot) -> None:
    """But the street, if all of them lie in it; and it is not outside."""
    assert atlas.locate(lat, lon) == spot


BY_POSITION = [
    report for report in REPORTS if report["lat"] and report["gold"]["is_report"] and not report["gold"]["place"]
]


@pytest.mark.parametrize("report", BY_POSITION, ids=[report["id"] for report in BY_POSITION])
def test_labelled_reports_that_name_no_place_lie_where_they_were_sent_from(
    atlas: Atlas, report: dict[str, Any]
) -> None:
    """Street, community and being outside, of every message whose position counts."""
    gold = report["gold"]
    outside = gold["ask"] == "out_of_area"
    assert atlas.locate(report["lat"], report["lon"]) == Spot(gold["street"], gold["community"], outside)


def test_distance_in_metres() -> None:
    """A hundredth of a degree of latitude, and of longitude at 41.35° north, where degrees are shorter."""
    assert distance(41.35, 123.76, 41.36, 123.76) == pytest.approx(1112, abs=1)
    assert distance(41.35, 123.76, 41.35, 123.77) == pytest.approx(835, abs=1)
    assert distance(41.35, 123.76, 41.35, 123.76) == 0
