"""The board: counts and lights of a unit's cases, and of the units below."""

import pytest

from domain.board import Counts, below, cases_below, overseen, own, watched
from domain.case import Case, State
from domain.district import District
from domain.life import Verb
from tests.domain.story import filed, local


def lived(ximing: District) -> list[Case]:
    """Cases of S01 (paired unit D02, overseer D17, group G3), filed at nine on Tuesday and due on Thursday at nine."""
    return [
        filed(ximing).case,
        filed(ximing).then(Verb.ACKNOWLEDGE, "04-21 10:00").case,
        filed(ximing).then(Verb.REPLY, "04-21 10:00").case,
        filed(ximing).then(Verb.REPLY, "04-21 10:00").then(Verb.PASS, "04-21 11:00").case,
        filed(ximing).then(Verb.VOID, "04-21 10:00").case,
    ]


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        ("04-21 12:00", Counts(open=3, to_acknowledge=1, green=2)),
        ("04-22 16:00", Counts(open=3, to_acknowledge=1, yellow=2)),
        ("04-23 08:00", Counts(open=3, to_acknowledge=1, due_today=2, yellow=2)),
        ("04-23 09:00", Counts(open=3, to_acknowledge=1, due_today=2, yellow=2)),
        ("04-23 09:01", Counts(open=3, to_acknowledge=1, overdue=2, red=2)),
    ],
)
def test_a_unit_sees_how_it_stands(ximing: District, at: str, counts: Counts) -> None:
    """What waits for its check is open, and has no light: the lead has done its part."""
    (line,) = own(["S01"], lived(ximing), ximing, local(at))
    assert line.counts == counts


def test_a_paired_unit_sees_what_it_has_to_check(ximing: District) -> None:
    (line,) = own(["D02"], lived(ximing), ximing, local("04-21 12:00"))
    assert line.counts == Counts(to_check=1)


@pytest.mark.parametrize(
    ("unit", "seen"),
    [
        pytest.param("G3", ["S01"], id="supervising group"),
        pytest.param("D17", ["S01"], id="overseer"),
        pytest.param("O01", ["S01"], id="office"),
        pytest.param("G2", [], id="another group"),
        pytest.param("D02", [], id="paired unit"),
        pytest.param("S01", [], id="the lead itself"),
    ],
)
def test_who_stands_above_sees_the_units_below(ximing: District, unit: str, seen: list[str]) -> None:
    assert [line.unit for line in below([unit], lived(ximing), ximing, local("04-21 12:00"))] == seen


def test_the_worst_stand_first(ximing: District) -> None:
    late = filed(ximing, "04-10 09:00", category="0401").case
    assert late.lead == "S01C02"
    lines = below(["G3"], [*lived(ximing), late], ximing, local("04-21 12:00"))
    assert [line.unit for line in lines] == ["S01C02", "S01"]


@pytest.mark.parametrize(
    ("unit", "seen"),
    [
        pytest.param("G3", True, id="supervising group"),
        pytest.param("D17", True, id="overseer"),
        pytest.param("O01", True, id="office"),
        pytest.param("G2", False, id="another group"),
        pytest.param("D02", False, id="paired unit"),
        pytest.param("S01", False, id="the lead itself"),
    ],
)
def test_who_stands_above_sees_the_open_cases_at_work_first(ximing: District, unit: str, seen: bool) -> None:
    """By their due time; then what waits for its check. Ended ones are gone."""
    earlier = filed(ximing, "04-20 09:00").case
    _, acknowledged, checking, *ended = lived(ximing)
    found = cases_below([unit], "S01", [checking, acknowledged, earlier, *ended])
    assert [case.state for case in found] == ([State.DISPATCHED, State.RECTIFYING, State.CHECKING] if seen else [])


def test_whose_cases_are_looked_at(ximing: District) -> None:
    assert watched(["D12"], ximing) == ("D12",)
    assert {"S05", "S05C01", "S05V06"} <= set(watched(["S05"], ximing))
    assert "S01C01" not in watched(["S05"], ximing)
    assert watched(["O01"], ximing) == tuple(ximing.units)
    assert "0304" in overseen(["D17"], ximing)
    assert overseen(["S01"], ximing) == ()
