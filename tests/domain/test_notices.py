"""Who is owed a new message by what happens: whoever must know, and nobody in vain."""

from dataclasses import replace

import pytest

from domain.case import Reporter, State
from domain.district import District
from domain.gist import Place
from domain.life import LIFE, Verb
from domain.notices import RULES, VERBS, Audience, Owed, View, owed
from domain.people import Actor
from tests.domain.life_table import NOW, TABLE, Line, standing
from tests.domain.story import Story, filed

REPORTERS, LEAD, FORMER_LEAD, PARTNER, CHECKERS, OFFICE = Audience

MUST_KNOW: dict[Verb, set[Audience]] = {
    # What matters to the resident: acknowledged, rework, closed, a question.
    Verb.ACKNOWLEDGE: {REPORTERS},
    Verb.ASK: {REPORTERS},
    Verb.REPLY: {REPORTERS, CHECKERS},
    Verb.FAIL: {REPORTERS, LEAD},
    Verb.PASS: {REPORTERS, LEAD, PARTNER},
    Verb.SOLVED: {REPORTERS, LEAD, PARTNER},
    Verb.REOPEN: {REPORTERS, LEAD, PARTNER},
    Verb.DRAW: {REPORTERS, LEAD, PARTNER},
    # What ends otherwise, or is put off, with its reason.
    Verb.REJECT: {REPORTERS},
    Verb.VOID: {REPORTERS, LEAD},
    Verb.MERGE: {REPORTERS, LEAD},
    Verb.UPHOLD: {REPORTERS},
    Verb.SUSPEND: {REPORTERS, LEAD},
    # What the unit must do or may.
    Verb.DISPATCH: {LEAD, FORMER_LEAD, PARTNER},
    Verb.SEND_BACK: {LEAD},
    Verb.EXTEND: {LEAD},
    Verb.DECLINE: {LEAD},
    Verb.RESUME: {LEAD},
    Verb.SUPERVISE: {LEAD},
    # What the office must decide, and what the checker must see.
    Verb.RETURN: {OFFICE},
    Verb.ANSWER: {OFFICE},
    Verb.ADD: {OFFICE},
    Verb.JOIN: {OFFICE},
    Verb.DISSOLVE: {FORMER_LEAD, OFFICE},
    Verb.ASK_EXTENSION: {OFFICE},
    Verb.ASK_SUSPENSION: {OFFICE},
    Verb.ASK_REWORK: {OFFICE},
    Verb.UNSOLVED: {CHECKERS},
    # What the cards show by themselves.
    Verb.WITHDRAW: set(),
    Verb.CORRECT: set(),
    Verb.RATE: set(),
}


def messages(story: Story, verb: Verb, *, by: str | Actor | None = None, **given: object) -> tuple[Owed, ...]:
    """What is owed when that happens."""
    before = story.case
    story.then(verb, NOW, by, **given)
    return owed(before, story.case, story.events[-1])


@pytest.mark.parametrize("line", [pytest.param(line, id=line.verb.value) for line in TABLE])
def test_whoever_must_know_is_told(ximing: District, line: Line) -> None:
    """By a new message, since a changed card notifies nobody."""
    story = standing(ximing, line.sources[0], *line.before)
    assert {message.to for message in messages(story, line.verb, by=line.who[0])} == MUST_KNOW[line.verb]


@pytest.mark.parametrize("verb", [Verb.ADD, Verb.JOIN])
def test_what_residents_say_of_a_case_at_work_goes_to_those_who_work_on_it(ximing: District, verb: Verb) -> None:
    story = standing(ximing, State.RECTIFYING)
    assert {message.to for message in messages(story, verb)} == {LEAD, PARTNER}


def test_a_mere_place_that_is_learnt_late_is_shown_and_pushed_to_nobody(ximing: District) -> None:
    """Whoever works on the case sees it on the card."""
    story = standing(ximing, State.RECTIFYING)
    assert messages(story, Verb.ADD, words="", photos=0, place=Place(street="S01", community="S01C02")) == ()


def test_every_verb_has_its_rule() -> None:
    """Filing apart, which depends on whether a lead follows."""
    assert set(RULES) == set(MUST_KNOW) == set(Verb) - {Verb.FILE, Verb.LOOK}


@pytest.mark.parametrize("verb", RULES)
def test_nobody_is_told_the_same_twice(verb: Verb) -> None:
    """At most one card, and one message beside it."""
    seen = [(message.to, message.view is None) for message in RULES[verb]]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("verb", RULES)
def test_a_message_is_a_card_or_has_words_of_its_own(verb: Verb) -> None:
    """Not both, not neither."""
    assert all((message.view is None) is bool(message.kind) for message in RULES[verb])


def test_filing_shows_the_reporter_and_the_units_their_cards(ximing: District) -> None:
    """The office gets no card of a case whose lead follows."""
    story = filed(ximing)
    assert owed(None, story.case, story.events[0]) == (
        Owed(REPORTERS, View.REPORTER),
        Owed(LEAD, View.LEAD),
        Owed(PARTNER, View.PARTNER),
    )


def test_filing_without_a_lead_goes_to_the_office(ximing: District) -> None:
    """It sorts what has none."""
    story = filed(ximing, category=None)
    assert owed(None, story.case, story.events[0]) == (Owed(REPORTERS, View.REPORTER), Owed(OFFICE, View.TRIAGE))


def test_the_cards_that_ask_for_something_come_as_new_messages(ximing: District) -> None:
    """A check, a judgement, a decision, a case to sort."""
    replied = messages(standing(ximing, State.RECTIFYING), Verb.REPLY)
    assert replied == (Owed(CHECKERS, View.CHECK), Owed(REPORTERS, View.QUESTION))
    assert messages(standing(ximing, State.RECTIFYING), Verb.ASK_EXTENSION) == (Owed(OFFICE, View.REQUEST),)
    assert messages(standing(ximing, State.RECTIFYING), Verb.RETURN) == (Owed(OFFICE, View.TRIAGE),)
    closed = messages(standing(ximing, State.CHECKING), Verb.PASS)
    assert closed[0] == Owed(REPORTERS, View.CLOSING)


def test_a_word_that_does_not_close_tells_nobody(ximing: District) -> None:
    """已解决 of one, while another said 没解决, which the checkers have been shown."""
    story = standing(ximing, State.CHECKING).joined_by(Reporter(900_002))
    assert messages(story, Verb.UNSOLVED, by=Actor(900_002)) == (Owed(CHECKERS, kind="checker_unsolved"),)
    assert messages(story, Verb.SOLVED) == ()


def test_a_correction_that_changes_the_unit_gives_the_units_their_cards(ximing: District) -> None:
    """As a dispatch does."""
    story = standing(ximing, State.RECTIFYING)
    assert messages(story, Verb.CORRECT, category="0401") == (
        Owed(LEAD, View.LEAD),
        Owed(PARTNER, View.PARTNER),
        Owed(FORMER_LEAD, kind="lead_taken"),
    )


def test_a_correction_that_changes_only_the_paired_unit_gives_it_its_card(ximing: District) -> None:
    """It is always notified, since it follows up and will check."""
    story = standing(ximing, State.RECTIFYING)
    other = Place("鱼市", "S01", "S01C07")
    assert story.case.lead == "S01"
    told = messages(story, Verb.CORRECT, category=None, place=other)
    assert story.case.lead == "S01"
    assert story.case.partner != "D02"
    assert told == (Owed(PARTNER, View.PARTNER),)


def test_a_result_that_waits_gets_the_checkers_of_the_other_place(ximing: District) -> None:
    """The lead is the same, and so is its result."""
    story = standing(ximing, State.CHECKING)
    told = messages(story, Verb.CORRECT, category=None, place=Place("鱼市", "S01", "S01C07"))
    assert (story.case.state, told) == (State.CHECKING, (Owed(CHECKERS, View.CHECK),))


def test_a_suspension_agreed_to_after_the_reply_is_told_to_the_lead_alone(ximing: District) -> None:
    """For the reporter nothing is put off."""
    story = standing(ximing, State.RECTIFYING, Verb.ASK_SUSPENSION).then(Verb.REPLY, NOW)
    assert messages(story, Verb.SUSPEND) == (Owed(LEAD, kind="lead_paused"),)


@pytest.mark.parametrize("verb", [Verb.REOPEN, Verb.DRAW])
def test_a_case_that_nobody_can_redo_goes_to_the_office(ximing: District, verb: Verb) -> None:
    """Its unit is gone; the reporter hears of the rework all the same."""
    story = standing(ximing, State.CLOSED, Verb.ASK_REWORK)
    story.district = replace(ximing, units={code: unit for code, unit in ximing.units.items() if code != "S01"})
    assert messages(story, verb) == (Owed(OFFICE, View.TRIAGE), Owed(REPORTERS, kind="reporter_rework"))


# The buttons of the views


def test_the_verbs_of_the_table_have_a_card_to_stand_on() -> None:
    """Apart from what happens by itself, and what is begun from a list of cases."""
    shown = {verb for verbs in VERBS.values() for verb in verbs}
    by_themselves = {Verb.RESUME, Verb.DISSOLVE, Verb.ANSWER, Verb.JOIN}
    assert {edge.verb for edge in LIFE} - shown - by_themselves <= {Verb.SUPERVISE, Verb.MERGE, Verb.DRAW}


@pytest.mark.parametrize(
    ("view", "name", "state"),
    [
        (View.LEAD, "lead", State.DISPATCHED),
        (View.CHECK, "office", State.CHECKING),
        (View.QUESTION, "reporter", State.CHECKING),
        (View.CLOSING, "reporter", State.CLOSED),
        (View.REPORTER, "reporter", State.DISPATCHED),
        (View.TRIAGE, "office", State.TRIAGE),
    ],
)
def test_a_view_has_the_buttons_its_reader_can_use(ximing: District, view: View, name: str, state: State) -> None:
    """All of them, in the state it is made for; nothing becomes of a case that is only looked at."""
    for verb in set(VERBS[view]) - {Verb.LOOK}:
        assert standing(ximing, state).then(verb, NOW, name).events[-1].verb == verb.value
