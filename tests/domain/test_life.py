"""The life of a case, walked along every line of the product's table, and every step off it refused."""

from dataclasses import replace
from itertools import product

import pytest

from domain.act import Inputs
from domain.case import Case, How, Mark, Part, State
from domain.district import District
from domain.errors import Missing, NotAllowed, Outdated
from domain.life import EDGES, LIFE, Need, Verb, verbs_from
from domain.workflow import possible
from tests.domain.life_table import KEPT, NOW, TABLE, Line, standing
from tests.domain.story import CAST, NUMBER, UNTIL, local

LINES = [pytest.param(line, id=line.verb.value) for line in TABLE]

PARTS = {
    "reporter": Part.REPORTER,
    "lead": Part.LEAD,
    "partner": Part.CHECKER,
    "volunteer": Part.CHECKER,
    "group": Part.SUPERVISOR,
    "clock": Part.CLOCK,
}
WITH: dict[Need, Inputs] = {
    Need.UNIT: Inputs(unit="S02"),
    Need.CATEGORY: Inputs(category="0205"),
    Need.TARGET: Inputs(category="0205"),
    Need.REASON: Inputs(reason="原因"),
    Need.RETURN_REASON: Inputs(reason="duplicate"),
    Need.WORDS: Inputs(words="一句话"),
    Need.ADDITION: Inputs(words="还有一堆"),
    Need.PHOTO: Inputs(photos=1),
    Need.HOW: Inputs(how=How.SEEN),
    Need.UNTIL: Inputs(until=UNTIL),
    Need.MARK: Inputs(mark=Mark.FAIR),
    Need.CASE: Inputs(case="XM-260420-001"),
}


def given(*needs: Need) -> Inputs:
    """Inputs that satisfy these needs and no others."""
    parts = [WITH[need] for need in needs]
    values = {
        name: getattr(part, name)
        for part in parts
        for name in Inputs.__dataclass_fields__
        if getattr(part, name) != getattr(Inputs(), name)
    }
    return replace(Inputs(), **values)


def test_the_table_has_every_verb() -> None:
    """Besides filing, which begins it, and looking at who reported, which changes nothing."""
    assert {line.verb for line in TABLE} == set(Verb) - {Verb.FILE, Verb.LOOK}
    assert {line.verb: frozenset(line.sources + line.later) for line in TABLE} == {
        edge.verb: edge.sources for edge in LIFE
    }


@pytest.mark.parametrize("line", LINES)
def test_every_line_of_the_table_can_be_walked(ximing: District, line: Line) -> None:
    """By everybody it names: the state, the event and the due time after it."""
    for state, name in product(line.sources, line.who):
        story = standing(ximing, state, *line.before)
        before = story.case
        assert before.state is state
        after = story.then(line.verb, NOW, name).case
        assert after.state is (line.to or state)
        assert after.due_at == expected_due(line, before)
        event = story.events[-1]
        assert (event.verb, event.state, event.due_at) == (line.verb.value, after.state, after.due_at)
        assert (event.at, event.by) == (local(NOW), CAST[name].person)
        parts = EDGES[line.verb].who
        assert event.part is (PARTS[name] if PARTS.get(name) in parts else parts[-1])
        assert event.seq == after.version == before.version + 1


def expected_due(line: Line, before: Case) -> object:
    """The column of the due time."""
    if line.due is None:
        return None
    return before.due_at if line.due == KEPT else local(line.due)


@pytest.mark.parametrize("line", LINES)
def test_anything_not_in_the_table_is_refused(ximing: District, line: Line) -> None:
    """By whoever would have the right: the answer says where the case stands, and nothing has happened to it."""
    for state in set(State) - set(line.sources + line.later):
        story = standing(ximing, state)
        before = story.case
        with pytest.raises(Outdated) as refusal:
            story.then(line.verb, NOW)
        assert refusal.value.facts == {"verb": line.verb.value, "number": NUMBER, "state": state.value}
        assert story.case == before


@pytest.mark.parametrize("line", LINES)
def test_whoever_is_not_named_in_the_table_is_refused(ximing: District, line: Line) -> None:
    """In every state the verb starts from."""
    for state in line.sources:
        story = standing(ximing, state, *line.before)
        for name in CAST.keys() - set(line.who):
            with pytest.raises(NotAllowed):
                story.then(line.verb, NOW, name)


@pytest.mark.parametrize("line", LINES)
def test_what_is_missing_is_named(ximing: District, line: Line) -> None:
    """One after the other, in the order in which it is asked for; with all of it the verb is done."""
    story = standing(ximing, line.sources[0], *line.before)
    for count, need in enumerate(line.needs):
        with pytest.raises(Missing) as refusal:
            story.decided(line.verb, NOW, line.who[0], given(*line.needs[:count]))
        assert refusal.value.facts == {"need": need.value}
    decision = story.decided(line.verb, NOW, line.who[0], given(*line.needs))
    assert decision.event.verb == line.verb.value


@pytest.mark.parametrize("state", State)
def test_a_state_offers_the_verbs_of_its_lines(state: State) -> None:
    """A case that has ended otherwise than by closing offers none."""
    assert set(verbs_from(state)) == {line.verb for line in TABLE if state in line.sources + line.later}


def test_the_buttons_somebody_sees_are_what_they_can_do(ximing: District) -> None:
    """In the table's order, with its conditions."""
    story = standing(ximing, State.DISPATCHED)

    def buttons(name: str) -> list[str]:
        verbs = possible(story.case, CAST[name], local(NOW), ximing)
        return [verb for verb in verbs if verb is not Verb.JOIN]  # everybody can, by reporting the same

    assert buttons("lead") == ["acknowledge", "return", "reply", "ask_extension", "ask_suspension"]
    assert buttons("reporter") == ["withdraw", "add"]
    assert buttons("office") == ["correct", "supervise", "merge", "void"]
    assert buttons("group") == ["supervise"]
    assert buttons("partner") == buttons("overseer") == buttons("somebody") == []
    story.then(Verb.ASK_EXTENSION, NOW)
    assert buttons("lead") == ["acknowledge", "return", "reply"]
    assert buttons("office") == ["correct", "extend", "decline", "supervise", "merge", "void"]
