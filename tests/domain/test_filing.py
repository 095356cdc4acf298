"""Filing: the case of a finished draft, and to whom it goes."""

from dataclasses import replace

import pytest

from domain.act import Filing
from domain.case import Part, Reporter, State
from domain.district import District
from domain.errors import NotNow, Outdated
from domain.gist import Place
from domain.life import Verb
from domain.workflow import file, join
from tests.domain.life_table import ANY_OPEN, NOW, standing
from tests.domain.story import NUMBER, Story, filed, local


def test_a_report_goes_to_whoever_answers_for_it(ximing: District) -> None:
    """Dispatched at once, with the limit of its category."""
    case = filed(ximing).case
    assert (case.state, case.lead, case.partner, case.overseer) == (State.DISPATCHED, "S01", "D02", "D17")
    assert case.supervisors == ("G3",)
    assert case.dispatched_at == case.first_dispatched_at == case.filed_at == local("04-21 09:00")
    assert case.due_at == local("04-23 09:00")
    assert not case.urgent


@pytest.mark.parametrize(
    ("category", "place", "lead"),
    [
        ("0901", Place(), "D01"),  # led by a department
        ("0304", Place(), None),
        ("0401", Place(), None),
        (None, Place("市场", "S01", "S01C02"), None),
    ],
)
def test_without_a_place_only_a_department_gets_it_at_once(
    ximing: District, category: str | None, place: Place, lead: str | None
) -> None:
    """Everything else goes to triage, where no clock runs."""
    case = filed(ximing, category=category, place=place).case
    assert case.lead == lead
    assert case.state is (State.DISPATCHED if lead else State.TRIAGE)
    assert (case.due_at is None) == (lead is None)


@pytest.mark.parametrize(("day", "partner"), [("03-31", "D04"), ("04-01", "D02")])
def test_the_paired_unit_is_that_of_the_day_of_receipt(ximing: District, day: str, partner: str) -> None:
    """Not that of the day of filing, and it stays, whoever works."""
    place = Place("长江农贸市场", "S01", "S01C01")
    received = local(f"{day} 23:50")
    case = file(Filing(NUMBER, Reporter(1), received, "0304", place, "", False), ximing, local("04-02 09:00")).case
    assert case.partner == partner
    story = Story(ximing, case).then(Verb.RETURN, "04-02 10:00").then(Verb.DISPATCH, "04-20 10:00")
    assert story.case.partner == partner


@pytest.mark.parametrize("verb", [Verb.DISPATCH, Verb.CORRECT])
def test_a_paired_unit_stays_when_the_pairings_change(ximing: District, verb: Verb) -> None:
    """Whoever follows up a case does so until it is closed."""
    story = filed(ximing).then(Verb.RETURN, "04-21 10:00")
    story.district = replace(ximing, pairings=())
    assert story.then(verb, "04-21 11:00").case.partner == "D02"


@pytest.mark.parametrize(("category", "told", "urgent"), [("0901", False, True), ("0304", True, True)])
def test_a_case_is_urgent_by_its_category_or_by_what_is_told(
    ximing: District, category: str, told: bool, urgent: bool
) -> None:
    """紧急 in the table of categories, or a danger in the words."""
    assert filed(ximing, category=category, urgent=told).case.urgent is urgent


# Joining, and coming back

NEIGHBOUR = Reporter(900_002, ("S02",))


@pytest.mark.parametrize("state", ANY_OPEN)
def test_somebody_else_s_report_of_the_same_problem_joins_the_case(ximing: District, state: State) -> None:
    """With what they wrote; the case stays where it is, and nothing of its clock changes."""
    before = standing(ximing, state).case
    decision = join(before, NEIGHBOUR, "我也看到了", local(NOW))
    case, event = decision.case, decision.event
    assert case == replace(
        before,
        version=before.version + 1,
        reporters=(*before.reporters, NEIGHBOUR),
        words="市场后院一大堆垃圾\n我也看到了",
    )
    assert (event.verb, event.part, event.by, event.seq) == ("join", Part.REPORTER, 900_002, case.version)


@pytest.mark.parametrize("state", [state for state in State if state not in ANY_OPEN])
def test_a_case_that_is_over_is_not_joined(ximing: District, state: State) -> None:
    """It is reported anew; a closed one recurs."""
    with pytest.raises(Outdated) as refusal:
        join(standing(ximing, state).case, NEIGHBOUR, "又来了", local(NOW))
    assert refusal.value.facts == {"verb": "join", "number": NUMBER, "state": state.value}


def test_nobody_joins_twice(ximing: District) -> None:
    """They add to it instead."""
    case = join(filed(ximing).case, NEIGHBOUR, "", local(NOW)).case
    with pytest.raises(NotNow, match="already_reported"):
        join(case, NEIGHBOUR, "还在", local(NOW))


def test_a_case_found_by_the_unit_itself_is_so_no_longer_when_a_resident_joins(ximing: District) -> None:
    """自查 is what only people of the lead have reported."""
    case = filed(ximing, reporter=Reporter(11, ("S01",))).case
    assert case.self_found
    assert not join(case, NEIGHBOUR, "", local(NOW)).case.self_found


def test_what_has_come_back_is_a_new_case_linked_to_the_closed_one(ximing: District) -> None:
    """复发: with a unit and a clock of its own."""
    closed = standing(ximing, State.CLOSED).case
    again = Filing(
        "XM-260424-001", NEIGHBOUR, local(NOW), "0304", closed.place, "又堆上了", False, recurs=closed.number
    )
    decision = file(again, ximing, local(NOW))
    assert (decision.case.state, decision.case.recurrence_of) == (State.DISPATCHED, NUMBER)
    assert decision.event.detail["case"] == NUMBER
    assert filed(ximing).case.recurrence_of is None
