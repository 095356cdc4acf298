"""Who may do what: decided from all roles of a person and the case, never from where a button was shown."""

from dataclasses import replace

import pytest

from domain.case import Case, Part, Reporter, State
from domain.district import District
from domain.errors import NotAllowed, OwnWork
from domain.gist import Place
from domain.life import Verb
from domain.people import Actor, demand, demand_office, may
from tests.domain.story import CAST, REPORTER, Story, filed, local, officer, volunteer

CHECKS = [Verb.PASS, Verb.FAIL]
BY_THE_STATION = Place("站前", "S06", "S06C02")


def replied(ximing: District) -> Story:
    """A case whose result waits to be checked."""
    return filed(ximing).then(Verb.REPLY, "04-21 10:00")


def can(story: Story, verb: Verb, actor: Actor) -> bool:
    """Whether they have the right, as things stand."""
    return may(actor, verb, story.case) is not None


# Checking


@pytest.mark.parametrize("verb", CHECKS)
@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        pytest.param(officer(1, "D02"), True, id="paired unit"),
        pytest.param(officer(1, "O01"), True, id="office"),
        pytest.param(volunteer(1, "S01C02"), True, id="volunteer of the community"),
        pytest.param(volunteer(1, "S01"), True, id="volunteer of the street"),
        pytest.param(volunteer(1, "S01C03"), False, id="volunteer next door"),
        pytest.param(officer(1, "D19"), False, id="deputy of the pairing"),
        pytest.param(officer(1, "S01"), False, id="lead"),
        pytest.param(officer(1, "S01", "D02"), False, id="lead, and of the paired unit"),
        pytest.param(officer(1, "S01", "O01"), False, id="lead, and of the office"),
        pytest.param(Actor(1, (*volunteer(1, "S01C02").roles, *officer(1, "S01").roles)), False, id="lead, volunteer"),
        pytest.param(officer(1, "G3"), False, id="supervising group"),
        pytest.param(officer(1, "D17"), False, id="overseer"),
        pytest.param(officer(1, "S01C02"), False, id="community that does not lead"),
        pytest.param(Actor(1), False, id="anybody"),
    ],
)
def test_who_checks(ximing: District, verb: Verb, actor: Actor, allowed: bool) -> None:
    """The paired unit, a volunteer of the area or the office; never anyone of the lead."""
    assert can(replied(ximing), verb, actor) is allowed


@pytest.mark.parametrize("verb", [*CHECKS, Verb.DRAW])
@pytest.mark.parametrize("name", ["partner", "volunteer", "office"])
def test_nobody_checks_what_they_reported(ximing: District, verb: Verb, name: str) -> None:
    """Whatever other right they have; they are told why."""
    story = filed(ximing, reporter=Reporter(CAST[name].person or 0)).then(Verb.REPLY, "04-21 10:00")
    if verb is Verb.DRAW:
        story.then(Verb.PASS, "04-21 11:00", "volunteer" if name == "office" else "office")
    with pytest.raises(OwnWork, match="own_work"):
        story.then(verb, "04-21 12:00", name)


def test_nobody_checks_what_others_reported_with_them(ximing: District) -> None:
    """Joining a case is reporting it."""
    story = replied(ximing).joined_by(Reporter(13))
    with pytest.raises(OwnWork):
        story.then(Verb.PASS, "04-21 12:00", "volunteer")


def test_nobody_checks_what_they_did(ximing: District) -> None:
    """Also when they have left the unit since and come back as somebody who could check."""
    story = replied(ximing)
    with pytest.raises(OwnWork):
        story.then(Verb.PASS, "04-21 12:00", officer(11, "D02"))


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (officer(1, "D17"), False),
        (officer(1, "D17", "O01"), False),
        (volunteer(1, "S06C02"), True),
        (officer(1, "O01"), True),
    ],
)
def test_a_lead_that_is_the_paired_unit_too_is_checked_by_volunteer_or_office(
    ximing: District, actor: Actor, allowed: bool
) -> None:
    """The environmental service fetches the rubbish of the community it is paired with."""
    story = filed(ximing, category="0301", place=BY_THE_STATION)
    assert story.case.lead == story.case.partner == "D17"
    story.then(Verb.REPLY, "04-21 10:00", officer(2, "D17"))
    assert can(story, Verb.PASS, actor) is allowed


def test_a_stranger_is_told_that_they_have_no_right(ximing: District) -> None:
    """And not that it was their own work."""
    with pytest.raises(NotAllowed) as refusal:
        replied(ximing).then(Verb.PASS, "04-21 12:00", "somebody")
    assert not isinstance(refusal.value, OwnWork)
    assert refusal.value.facts == {"verb": "pass", "number": "XM-260421-007"}


# 已解决


def test_solved_closes_when_the_only_reporter_says_so(ximing: District) -> None:
    """Whoever reported it judges it."""
    case = replied(ximing).then(Verb.SOLVED, "04-21 12:00").case
    assert (case.state, case.closed_by) == (State.CLOSED, REPORTER.person)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        pytest.param([(1, Verb.SOLVED)], State.CLOSED, id="the others are silent"),
        pytest.param([(1, Verb.UNSOLVED), (2, Verb.SOLVED)], State.CHECKING, id="one does not agree"),
        pytest.param([(1, Verb.UNSOLVED), (2, Verb.SOLVED), (1, Verb.SOLVED)], State.CLOSED, id="in the end they do"),
        pytest.param([(1, Verb.UNSOLVED), (2, Verb.UNSOLVED)], State.CHECKING, id="nobody agrees"),
    ],
)
def test_solved_closes_when_every_reporter_who_answered_agrees(
    ximing: District, words: list[tuple[int, Verb]], state: State
) -> None:
    """没解决 leaves it to the checker."""
    story = filed(ximing, reporter=Reporter(1)).joined_by(Reporter(2), Reporter(3)).then(Verb.REPLY, "04-21 10:00")
    for person, verb in words:
        story.then(verb, "04-21 12:00", Actor(person))
    assert story.case.state is state


@pytest.mark.parametrize("unit", ["S01", "D02"])
def test_the_word_of_somebody_of_lead_or_paired_unit_closes_nothing(ximing: District, unit: str) -> None:
    """Neither alone nor together with a resident's."""
    story = filed(ximing, reporter=Reporter(1)).joined_by(Reporter(2, (unit,))).then(Verb.REPLY, "04-21 10:00")
    story.then(Verb.SOLVED, "04-21 12:00", officer(2, unit))
    assert story.case.state is State.CHECKING
    story.then(Verb.SOLVED, "04-21 12:10", Actor(1))
    assert story.case.state is State.CHECKING
    assert story.then(Verb.PASS, "04-21 12:20", "office").case.state is State.CLOSED


@pytest.mark.parametrize("again", [Verb.FAIL, Verb.DRAW])
def test_opinions_hold_for_the_result_they_were_given_on(ximing: District, again: Verb) -> None:
    """After a rework there is another one to look at."""
    story = replied(ximing).then(Verb.UNSOLVED, "04-21 11:00")
    if again is Verb.DRAW:
        story.then(Verb.PASS, "04-21 11:30")
    story.then(again, "04-21 12:00")
    assert story.case.opinions == ()
    story.then(Verb.REPLY, "04-21 13:00").joined_by(Reporter(2))
    assert story.then(Verb.SOLVED, "04-21 14:00", Actor(2)).case.state is State.CLOSED


def test_opinions_on_one_unit_s_result_are_not_held_against_the_next(ximing: District) -> None:
    """The case was corrected to another unit while it waited for its check."""
    story = replied(ximing).then(Verb.UNSOLVED, "04-21 11:00").then(Verb.CORRECT, "04-21 12:00", category="0401")
    story.joined_by(Reporter(2)).then(Verb.REPLY, "04-21 13:00", officer(3, "S01C02"))
    assert story.then(Verb.SOLVED, "04-21 14:00", Actor(2)).case.state is State.CLOSED


# The others


@pytest.mark.parametrize("verb", [Verb.WITHDRAW, Verb.ADD])
def test_only_reporters_take_back_and_add(ximing: District, verb: Verb) -> None:
    """Nobody's role gives them that right."""
    story = filed(ximing)
    assert may(CAST["reporter"], verb, story.case) is Part.REPORTER
    assert not any(can(story, verb, actor) for name, actor in CAST.items() if name != "reporter")


@pytest.mark.parametrize(
    ("actor", "part"),
    [
        (officer(1, "G3"), Part.SUPERVISOR),
        (officer(1, "S01"), Part.SUPERVISOR),  # the street of the community
        (officer(1, "O01"), Part.OFFICE),
        (officer(1, "G2"), None),
        (officer(1, "S02"), None),
        (officer(1, "D01"), None),  # the overseer sees it and does not supervise
        (officer(1, "S01C02"), None),
    ],
)
def test_who_supervises(ximing: District, actor: Actor, part: Part | None) -> None:
    """The group of the lead, for a community its street too, and the office."""
    story = filed(ximing, category="0401")
    assert story.case.lead == "S01C02"
    assert may(actor, Verb.SUPERVISE, story.case) is part


def test_whoever_supervises_is_reminded_from_then_on(ximing: District) -> None:
    """As the unit that supervises, whatever else they belong to; each once."""
    story = filed(ximing)
    for actor in (officer(1, "D05", "G3"), officer(2, "G3"), officer(3, "D05", "O01")):
        story.then(Verb.SUPERVISE, "04-21 12:00", actor)
    assert story.case.supervised_by == ("G3", "O01")
    assert [event.unit for event in story.events[1:]] == ["G3", "G3", "O01"]


def test_an_officer_of_several_units_acts_for_the_one_that_leads(ximing: District) -> None:
    """The event says for which."""
    story = filed(ximing).then(Verb.ACKNOWLEDGE, "04-21 10:00", officer(1, "D05", "S01"))
    assert (story.events[-1].unit, story.events[-1].part) == ("S01", Part.LEAD)


def test_nobody_leads_a_case_without_a_lead(ximing: District) -> None:
    """Not even an officer without a unit."""
    story = filed(ximing, category=None)
    assert not any(can(story, Verb.ACKNOWLEDGE, actor) for actor in CAST.values())


def test_the_clock_is_nobody(ximing: District) -> None:
    """It wakes and dissolves, and that is all; and no person is the clock."""
    story = replied(ximing)
    allowed = {verb for verb in Verb if verb is not Verb.FILE and can(story, verb, CAST["clock"])}
    assert allowed == {Verb.RESUME, Verb.DISSOLVE}
    assert not any(can(story, Verb.RESUME, actor) for name, actor in CAST.items() if name != "clock")


# 自查


@pytest.mark.parametrize(
    ("reporters", "found"),
    [
        pytest.param([Reporter(1, ("S01",))], True, id="one of the lead"),
        pytest.param([Reporter(1, ("S01",)), Reporter(2, ("D05", "S01"))], True, id="two of the lead"),
        pytest.param([Reporter(1, ("S01",)), Reporter(2)], False, id="a resident as well"),
        pytest.param([Reporter(1, ("D02",))], False, id="the paired unit"),
        pytest.param([Reporter(1)], False, id="a resident"),
        pytest.param([], False, id="forgotten reporters"),
    ],
)
def test_what_only_the_lead_reported_is_its_own_finding(reporters: list[Reporter], found: bool) -> None:
    """Worked like others, outside all rates."""
    at = local("04-21 09:00")
    case = Case("XM-260421-007", State.DISPATCHED, at, at, Place(), lead="S01", reporters=tuple(reporters))
    assert case.self_found is found


def test_a_finding_is_no_longer_one_s_own_when_another_unit_leads(ximing: District) -> None:
    """And nothing is found by nobody."""
    story = filed(ximing, reporter=Reporter(1, ("S01",)))
    assert story.case.self_found
    assert not story.then(Verb.CORRECT, "04-21 10:00", category="0401").case.self_found
    assert not filed(ximing, category=None, reporter=Reporter(1, ())).case.self_found


# Seeing who reported


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("name", list(CAST))
def test_only_the_office_sees_who_reported(ximing: District, name: str, state: State) -> None:
    """Wherever the case stands; not even those who reported it, since there may be others."""
    story = filed(ximing)
    story.case = replace(story.case, state=state)
    assert can(story, Verb.LOOK, CAST[name]) is (name == "office")
    if name != "office":
        with pytest.raises(NotAllowed):
            demand(CAST[name], Verb.LOOK, story.case)


@pytest.mark.parametrize("actor", [Actor(1), officer(1, "D02"), volunteer(1, "S01C02")])
def test_what_is_the_office_s_alone_is_refused_to_others(actor: Actor) -> None:
    demand_office(officer(1, "O01"))
    with pytest.raises(NotAllowed, match="office_only"):
        demand_office(actor)
