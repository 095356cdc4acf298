"""The history of a case: appended, numbered events, from which everything else is drawn."""

import pytest

from domain.case import State
from domain.district import District
from domain.facts import millis
from domain.life import Verb
from tests.domain.life_table import EARLIER, NOW, TABLE, standing
from tests.domain.story import GIVEN, RESIDENT, UNTIL, filed


def test_events_are_numbered_from_one_and_each_follows_the_last(ximing: District) -> None:
    """A whole life: what an event says is what the case was after it."""
    story = filed(ximing)
    verbs = (Verb.RETURN, Verb.ASK, Verb.ANSWER, Verb.SEND_BACK, Verb.ACKNOWLEDGE, Verb.ADD, Verb.SUPERVISE)
    for verb in (*verbs, Verb.REPLY, Verb.FAIL, Verb.REPLY, Verb.UNSOLVED):
        story.then(verb, EARLIER)
        assert (story.events[-1].state, story.events[-1].due_at) == (story.case.state, story.case.due_at)
    story.then(Verb.PASS, NOW, photos=1)
    assert [event.seq for event in story.events] == list(range(1, 14))
    assert [event.verb for event in story.events[:3]] == ["file", "return", "ask"]


def test_a_decision_changes_nothing_of_what_was(ximing: District) -> None:
    """The case before it stays as it was: whoever keeps both has the history."""
    story = standing(ximing, State.RECTIFYING)
    before = story.case
    first = story.decided(Verb.REPLY, NOW, None, GIVEN[Verb.REPLY])
    assert story.case is before
    assert story.decided(Verb.REPLY, NOW, None, GIVEN[Verb.REPLY]) == first


def test_what_an_event_tells_never_names_a_reporter(ximing: District) -> None:
    """Units read it. Who acted stands beside it, in `by`, and is shown to nobody."""
    for line in TABLE:
        story = standing(ximing, line.sources[0], *line.before).then(line.verb, NOW, line.who[0])
        assert str(RESIDENT.person) not in repr([event.detail for event in story.events])


def test_what_was_given_and_who_led_stand_in_the_event(ximing: District) -> None:
    """A ranking is drawn from events alone."""
    story = standing(ximing, State.RECTIFYING).then(Verb.ASK_EXTENSION, NOW)
    assert story.events[-1].detail == {
        "reason": "等车",
        "until_at": millis(UNTIL),
        "category": "0304",
        "lead": "S01",
        "partner": "D02",
    }
    assert [event.detail.get("lead") for event in story.events] == ["S01"] * 3
    assert [event.unit for event in story.events] == [None, "S01", "S01"]


@pytest.mark.parametrize(
    ("verb", "name", "unit"),
    [
        (Verb.PASS, "partner", "D02"),
        (Verb.PASS, "office", "O01"),
        (Verb.PASS, "volunteer", None),
        (Verb.SUPERVISE, "group", "G3"),
        (Verb.SOLVED, "reporter", None),
        (Verb.DISSOLVE, "clock", None),
    ],
)
def test_an_event_says_for_which_unit_somebody_acted(ximing: District, verb: Verb, name: str, unit: str | None) -> None:
    """Nobody else's."""
    assert standing(ximing, State.CHECKING).then(verb, NOW, name).events[-1].unit == unit
