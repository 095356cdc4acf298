"""What a District answers, told with the sample district."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain.category import LeadMode, Urgency
from domain.district import OFFICE, District, Rank, UnitKind
from domain.limits import Limit, LimitUnit
from storage.district.files import parse, read

SAMPLE = Path(__file__).parents[2] / "districts" / "ximing"


@pytest.fixture(scope="module")
def ximing() -> District:
    return parse(read(SAMPLE))


def test_a_unit_by_its_code(ximing: District) -> None:
    """And none for a code that names nothing."""
    assert ximing.unit("S05V07").short_name == "三道岗村"
    assert ximing.unit("S05V07").kind is UnitKind.VILLAGE
    assert ximing.unit(OFFICE).short_name == "区创城办"
    with pytest.raises(KeyError):
        ximing.unit("S99")


def test_streets_and_their_communities_in_the_order_of_the_map(ximing: District) -> None:
    """As they stand on buttons: first the street, then the community."""
    assert [street.code for street in ximing.streets] == ["S01", "S02", "S03", "S04", "S05", "S06", "S07"]
    assert [area.name for area in ximing.communities_of("S07")][:3] == ["石桥社区", "金桥社区", "向阳村"]
    assert sum(len(ximing.communities_of(street.code)) for street in ximing.streets) == 60
    assert ximing.communities_of("S99") == ()


@pytest.mark.parametrize(
    ("code", "street"), [("S05V07", "S05"), ("S02C08", "S02"), ("S05", None), ("D", None), ("X", None)]
)
def test_the_street_of_a_community(ximing: District, code: str, street: str | None) -> None:
    """Only a community or village has one."""
    assert ximing.street_of(code) == street


def test_categories_stand_under_their_groups(ximing: District) -> None:
    """Twelve headings: nine special actions and three more."""
    groups = ximing.groups
    assert [group.code for group in groups] == [f"A{n}" for n in range(1, 10)] + ["B1", "B2", "B3"]
    assert groups[4].name == "违章建筑拆除"
    assert [category.code for category in groups[4].categories] == ["0501", "0502", "0503"]
    assert sum(len(group.categories) for group in groups) == 57


def test_a_category_as_the_file_has_it(ximing: District) -> None:
    """With its limit, its urgency in the district's words, and exact points."""
    category = ximing.categories["0403"]
    assert (category.name, category.group, category.industry_dept) == ("飞线充电", "A4", "D11")
    assert category.lead_mode is LeadMode.COMMUNITY
    assert category.limit == Limit(4, LimitUnit.HOURS)
    assert category.urgency is Urgency.URGENT
    assert category.urgent
    assert category.points == Decimal("1.0")
    assert "插排" in category.keywords
    assert not ximing.categories["0201"].urgent


def test_the_places_of_a_community(ximing: District) -> None:
    """With all their names."""
    places = ximing.places_of("S01C01")
    assert [place.name for place in places][:2] == ["长江农贸市场", "长江花鸟鱼市"]
    assert places[0].aliases == ("长江市场", "长江菜市场", "长江大市场")
    assert ximing.places_of("S99C01") == ()


@pytest.mark.parametrize(
    ("unit", "supervisors"),
    [
        ("S01C02", ("G3", "S01")),
        ("S05V07", ("G3", "S05")),
        ("S05", ("G3",)),
        ("D03", ("G2",)),
        ("G2", ()),
        ("O01", ()),
        ("D99", ()),
    ],
)
def test_who_supervises_a_unit(ximing: District, unit: str, supervisors: tuple[str, ...]) -> None:
    """Its working group; for communities and villages their street too; nobody for a unit that is dissolved."""
    assert ximing.supervisors(unit) == supervisors


def test_pairings_of_a_day(ximing: District) -> None:
    """Both days of a pairing are included."""
    last = {pairing.rank: pairing.unit for pairing in ximing.pairings_of("S01C01", date(2026, 3, 31))}
    first = {pairing.rank: pairing.unit for pairing in ximing.pairings_of("S01C01", date(2026, 4, 1))}
    assert last == {Rank.PRIMARY: "D04", Rank.DEPUTY: "D17"}
    assert first == {Rank.PRIMARY: "D02", Rank.DEPUTY: "D17"}
    assert ximing.pairings_of("S01C01", date(2025, 5, 31)) == ()


def test_the_district_cannot_be_changed(ximing: District) -> None:
    """Several may hold it at once."""
    with pytest.raises(TypeError):
        ximing.units["X"] = ximing.unit(OFFICE)  # type: ignore[index]  # that it cannot be done is what is tried
