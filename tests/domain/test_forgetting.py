"""What of a case leads to a person goes; what was reported, done and judged keeps its weight."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.case import NOBODY, Case, Mark, Opinion, Rating, Reporter, Request, State, Wish
from domain.forgetting import bare, without
from domain.gist import Place

AT = datetime(2026, 4, 21, 1, 0, tzinfo=UTC)
WANG, LI = 7, 8
CASE = Case(
    "XM-260421-001",
    State.CLOSED,
    AT,
    AT,
    Place(),
    lead="D12",
    words="轮胎，我的电话13812345678",
    reporters=(Reporter(WANG, ("D12",)), Reporter(LI)),
    acknowledged_by=WANG,
    replied_by=WANG,
    closed_by=LI,
    request=Request(Wish.REWORK, "没清完", AT, WANG),
    opinions=(Opinion(WANG, solved=True, insider=False),),
    ratings=(Rating(LI, Mark.GOOD), Rating(WANG, Mark.BAD)),
)


def test_nothing_leads_to_the_person_any_more() -> None:
    after = without(CASE, WANG)
    assert after.people == (LI,)
    assert [reporter.person for reporter in after.reporters] == [NOBODY, LI]
    assert (after.acknowledged_by, after.replied_by, after.closed_by) == (NOBODY, NOBODY, LI)
    assert after.request == Request(Wish.REWORK, "没清完", AT, NOBODY)
    assert "13812345678" not in after.words


def test_what_was_judged_keeps_its_weight() -> None:
    after = without(CASE, WANG)
    assert after.opinions == (Opinion(NOBODY, solved=True, insider=False),)
    assert after.ratings == (Rating(LI, Mark.GOOD), Rating(NOBODY, Mark.BAD))


@pytest.mark.parametrize(("units", "self_found"), [(("D12",), True), ((), False)])
def test_the_units_of_a_reporter_stay_so_that_self_found_can_be_told(units: tuple[str, ...], self_found: bool) -> None:
    case = replace(CASE, reporters=(Reporter(WANG, units),))
    assert case.self_found == without(case, WANG).self_found == self_found


def test_somebody_elses_case_stays_as_it_is() -> None:
    assert without(CASE, 9) == CASE


def test_of_what_was_given_with_an_event_only_numbers_that_name_somebody_go() -> None:
    assert bare({"words": "打13812345678", "photos": 2, "case": "XM-260421-001"}) == {
        "words": "打138****78",
        "photos": 2,
        "case": "XM-260421-001",
    }
