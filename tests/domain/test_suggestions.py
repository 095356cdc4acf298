"""Which units the office is offered for a case in triage, and why."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.case import Case
from domain.district import District
from domain.gist import Place
from domain.life import Verb
from domain.limits import Span
from domain.suggestions import Because, Suggestion, suggested
from tests.domain.story import filed

MARKET = Place("长江农贸市场后院", "S01", "S01C02")
TRADE, COMMUNITY, STREET, RETURNED = Because


def returned(ximing: District, at: str = "04-21 10:00") -> Case:
    """卫生死角 in S01C02 goes by the rule to S01, and comes back: filed at nine, 2 working days."""
    return filed(ximing).then(Verb.RETURN, at).case


@pytest.mark.parametrize(
    ("category", "place", "offered"),
    [
        pytest.param("0304", MARKET, [("S01", STREET, True), ("D17", TRADE, False), ("S01C02", COMMUNITY, False)]),
        pytest.param("0901", MARKET, [("D01", TRADE, True), ("S01C02", COMMUNITY, False), ("S01", STREET, False)]),
        pytest.param("0401", MARKET, [("S01C02", COMMUNITY, True), ("D01", TRADE, False), ("S01", STREET, False)]),
        pytest.param("0304", Place(street="S01"), [("S01", STREET, True), ("D17", TRADE, False)]),
        pytest.param("0304", Place(), [("D17", TRADE, False)], id="no place"),
        pytest.param(None, MARKET, [("S01C02", COMMUNITY, False), ("S01", STREET, False)], id="no category"),
        pytest.param(None, Place(), [], id="nothing is known"),
        pytest.param("9999", Place(community="S99C99"), [], id="codes that are gone"),
    ],
)
def test_the_lead_by_the_rule_comes_first(
    ximing: District, category: str | None, place: Place, offered: list[tuple[str, Because, bool]]
) -> None:
    case = replace(returned(ximing), lead=None, returned=False, category=category, place=place)
    assert [(one.unit, one.because, one.by_rule) for one in suggested(case, ximing)] == offered


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        pytest.param("04-21 10:00", 15, id="what was left of it"),
        pytest.param("04-22 17:00", 4, id="at least four hours"),
    ],
)
def test_who_returned_it_is_offered_once_and_last_with_the_time_it_would_get(
    ximing: District, at: str, hours: int
) -> None:
    """It could be wrong to return it: the rule names it."""
    offered = suggested(returned(ximing, at), ximing)
    assert [one.unit for one in offered] == ["D17", "S01C02", "S01"]
    assert offered[-1] == Suggestion("S01", RETURNED, by_rule=True, left=Span(timedelta(hours=hours), working=True))


def test_a_unit_that_is_gone_is_not_offered(ximing: District) -> None:
    case = replace(returned(ximing), lead="X99")
    assert "X99" not in [one.unit for one in suggested(case, ximing)]
