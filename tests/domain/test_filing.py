"""Filing: the case of a finished draft, and to whom it goes."""

from dataclasses import replace

import pytest

from domain.act import Filing
from domain.case import Reporter, State
from domain.district import District
from domain.gist import Place
from domain.life import Verb
from domain.workflow import file
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
