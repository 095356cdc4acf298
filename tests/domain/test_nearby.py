"""What was reported close by."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case import Case, State
from domain.gist import Place
from domain.nearby import around, nearest
from domain.routing import distance

HERE = Place("老粮店", "S01", "S01C01", 41.3457, 123.7631)
EIGHTY_METRES = 0.00072
"""Degrees of latitude."""


def case(id_: int, lat: float | None, lon: float | None = HERE.lon, state: State = State.RECTIFYING) -> Case:
    at = datetime(2026, 4, 21, 1, tzinfo=UTC)
    return Case(f"XM-260421-{id_:03d}", state, at, at, replace(HERE, lat=lat, lon=lon), id=id_)


@pytest.mark.parametrize(
    ("cases", "found"),
    [
        pytest.param([], None, id="nothing was reported"),
        pytest.param([case(1, 41.3457 + EIGHTY_METRES)], (1, 80), id="one within a hundred metres"),
        pytest.param([case(1, 41.3457 + 2 * EIGHTY_METRES)], None, id="one that is too far"),
        pytest.param([case(1, None)], None, id="one without a position"),
        pytest.param([case(1, 41.3457 + EIGHTY_METRES), case(2, 41.3457)], (2, 0), id="the nearer one"),
        pytest.param(
            [case(1, 41.3457 + EIGHTY_METRES), case(2, 41.3457, state=State.CLOSED)], (1, 80), id="an open one first"
        ),
        pytest.param([case(1, 41.3457), case(2, 41.3457)], (2, 0), id="of two in one spot the newer"),
    ],
)
def test_the_likeliest_case_is_found(cases: list[Case], found: tuple[int, int] | None) -> None:
    near = nearest(HERE, cases, 100)
    assert (near and (near.case.id, near.metres)) == found


def test_a_place_without_position_is_near_nothing() -> None:
    bare = Place(street="S01", community="S01C01")
    assert around(bare, 100) is None
    assert nearest(bare, [case(1, HERE.lat)], 100) is None


@given(
    lat=st.floats(-80, 80),
    lon=st.floats(-179, 179),
    north=st.floats(-0.01, 0.01),
    east=st.floats(-0.01, 0.01),
    metres=st.integers(1, 2000),
)
def test_whatever_is_near_lies_in_the_box(lat: float, lon: float, north: float, east: float, metres: int) -> None:
    box = around(Place(lat=lat, lon=lon), metres)
    assert box is not None
    if distance(lat, lon, lat + north, lon + east) <= metres:
        assert box.south <= lat + north <= box.north
        assert box.west <= lon + east <= box.east
