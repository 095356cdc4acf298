"""What a step in the life of a case hangs on besides its state: who joined, what was asked, what has been given."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.act import Inputs
from domain.case import How, Mark, Part, Reporter, State
from domain.deadlines import Span
from domain.district import OFFICE, District
from domain.errors import Missing, NotNow, Outdated
from domain.gist import Place
from domain.life import Verb
from tests.domain.life_table import ANY_OPEN, EARLIER, NOW, TABLE, TRIAGE, standing
from tests.domain.story import BEHIND_THE_MARKET, NUMBER, RESIDENT, filed, local


def without(district: District, unit: str) -> District:
    """The district when a unit has been dissolved."""
    return replace(district, units={code: found for code, found in district.units.items() if code != unit})


def test_a_report_that_others_joined_is_not_taken_back(ximing: District) -> None:
    """It is no longer the first reporter's alone."""
    story = filed(ximing).joined_by(Reporter(900_002))
    with pytest.raises(NotNow, match="others_joined"):
        story.then(Verb.WITHDRAW, NOW)


def test_a_report_is_not_taken_back_once_its_unit_has_been_at_work(ximing: District) -> None:
    """Nor when the unit returned it and got it back, so that it stands dispatched again."""
    story = standing(ximing, State.RECTIFYING).then(Verb.RETURN, EARLIER).then(Verb.SEND_BACK, EARLIER)
    assert story.case.state is State.DISPATCHED
    with pytest.raises(Outdated):
        story.then(Verb.WITHDRAW, NOW)


def test_only_what_was_returned_is_sent_back(ximing: District) -> None:
    """A case that never had a unit, or has none any more, has nobody to be sent back to."""
    never = filed(ximing, category=None)
    dissolved = standing(ximing, TRIAGE).then(Verb.DISSOLVE, EARLIER)
    gone = replace(standing(ximing, TRIAGE), district=without(ximing, "S01"))
    for story in (never, dissolved, gone):
        with pytest.raises(NotNow, match="not_returned"):
            story.then(Verb.SEND_BACK, NOW)


def test_a_question_is_answered_once(ximing: District) -> None:
    """The answer comes back to triage; what comes later is an addition."""
    story = standing(ximing, TRIAGE)
    with pytest.raises(NotNow, match="nothing_asked"):
        story.then(Verb.ANSWER, NOW)
    story.then(Verb.ASK, NOW)
    assert story.case.asked
    story.then(Verb.ANSWER, NOW)
    assert not story.case.asked
    assert story.case.words == "市场后院一大堆垃圾\n在东门"


@pytest.mark.parametrize("verb", [Verb.SEND_BACK, Verb.DISPATCH, Verb.REJECT, Verb.VOID, Verb.MERGE])
def test_a_question_is_open_only_in_triage(ximing: District, verb: Verb) -> None:
    """Whoever answers later adds to the case instead of being refused."""
    assert not standing(ximing, TRIAGE, Verb.ASK).then(verb, NOW).case.asked


def test_an_answer_can_say_where_it_is(ximing: District) -> None:
    """The paired unit is that of the place; the lead is still to be named."""
    story = filed(ximing, category="0304", place=Place()).then(Verb.ASK, EARLIER)
    case = story.then(Verb.ANSWER, NOW, words="", place=BEHIND_THE_MARKET).case
    assert (case.place, case.partner, case.lead, case.asked) == (BEHIND_THE_MARKET, "D02", None, False)


def test_a_case_without_a_category_is_dispatched_with_one(ximing: District) -> None:
    """The limit follows from it; and a category that is urgent makes the case urgent."""
    story = filed(ximing, category=None)
    with pytest.raises(Missing) as refusal:
        story.then(Verb.DISPATCH, NOW, unit="D01")
    assert refusal.value.facts == {"need": "category"}
    case = story.then(Verb.DISPATCH, NOW, unit="D01", category="0901").case
    assert (case.lead, case.partner, case.supervisors) == ("D01", "D02", ("G3",))
    assert case.urgent
    assert case.due_at == local("04-22 12:00")


def test_a_unit_that_does_not_exist_gets_nothing(ximing: District) -> None:
    """A button can be older than the district's data."""
    with pytest.raises(Missing) as refusal:
        standing(ximing, TRIAGE).then(Verb.DISPATCH, NOW, unit="D99")
    assert refusal.value.facts == {"need": "unit"}


def test_a_category_that_is_gone_is_asked_for_again(ximing: District) -> None:
    """Codes the district no longer has count as unknown, when filing as well."""
    story = filed(ximing, category="9999")
    assert story.case.state is TRIAGE
    with pytest.raises(Missing) as refusal:
        story.then(Verb.DISPATCH, NOW)
    assert refusal.value.facts == {"need": "category"}


def test_a_case_is_not_corrected_to_a_category_that_is_gone(ximing: District) -> None:
    """It would lose the one it has."""
    with pytest.raises(Missing) as refusal:
        standing(ximing, TRIAGE).then(Verb.CORRECT, NOW, category="9999")
    assert refusal.value.facts == {"need": "category"}


def test_a_return_has_one_of_the_four_reasons(ximing: District) -> None:
    """Any other word counts as none."""
    with pytest.raises(Missing) as refusal:
        filed(ximing).then(Verb.RETURN, NOW, reason="no_time")
    assert refusal.value.facts == {"need": "return_reason"}


@pytest.mark.parametrize("verb", [Verb.REJECT, Verb.FAIL, Verb.VOID, Verb.DECLINE, Verb.UPHOLD, Verb.DRAW])
def test_a_picture_is_no_reason(ximing: District, verb: Verb) -> None:
    """A reason is told to somebody, so it is words."""
    line = next(line for line in TABLE if line.verb is verb)
    story = standing(ximing, line.sources[0], *line.before)
    with pytest.raises(Missing):
        story.decided(verb, NOW, line.who[0], Inputs(photos=1))


def test_a_picture_is_enough_to_ask_for_rework_and_to_add(ximing: District) -> None:
    """Reason or photo; words or photo."""
    story = standing(ximing, State.CLOSED).then(Verb.ASK_REWORK, NOW, reason="", photos=1)
    assert story.case.request is not None
    story = standing(ximing, TRIAGE, Verb.ASK).then(Verb.ANSWER, NOW, words="", photos=1)
    assert story.then(Verb.ADD, NOW, words="", photos=1).case.words == "市场后院一大堆垃圾"


@pytest.mark.parametrize("after_a_rework", [True, False], ids=["after a rework", "urgent"])
def test_what_must_be_seen_on_the_spot_needs_a_photo_from_there(ximing: District, *, after_a_rework: bool) -> None:
    """Looking at the pictures is not enough, and how it was checked is not asked."""
    story = filed(ximing, urgent=not after_a_rework).then(Verb.REPLY, EARLIER)
    if after_a_rework:
        story.then(Verb.FAIL, EARLIER).then(Verb.REPLY, EARLIER)
    with pytest.raises(Missing) as refusal:
        story.then(Verb.PASS, NOW)
    assert refusal.value.facts == {"need": "photo"}
    story.then(Verb.PASS, NOW, how=None, photos=1)
    assert story.case.checked is How.ONSITE
    assert story.events[-1].detail["how"] == "onsite"


@pytest.mark.parametrize("how", How)
def test_how_it_was_checked_is_recorded(ximing: District, how: How) -> None:
    """现场 or 看图."""
    story = standing(ximing, State.CHECKING).then(Verb.PASS, NOW, how=how)
    assert story.case.checked is how
    assert story.events[-1].detail["how"] == how.value


def test_ratings_and_wishes_for_rework_end_after_seven_days(ximing: District) -> None:
    """A rating can be changed until then; it stays one a person."""
    story = standing(ximing, State.CLOSED).joined_by(Reporter(900_002))
    last, over = local("04-28 10:00"), local("04-28 10:00:00.001")
    for mark in (Mark.BAD, Mark.GOOD):
        story.then(Verb.RATE, last, mark=mark)
    story.then(Verb.RATE, last, replace(RESIDENT, person=900_002), mark=Mark.FAIR)
    assert [(rating.person, rating.mark) for rating in story.case.ratings] == [
        (900_001, Mark.GOOD),
        (900_002, Mark.FAIR),
    ]
    for verb in (Verb.RATE, Verb.ASK_REWORK):
        with pytest.raises(NotNow, match="too_late") as refusal:
            story.then(verb, over)
        assert refusal.value.facts["days"] == 7
    assert story.then(Verb.ASK_REWORK, last).case.request


@pytest.mark.parametrize("verb", [Verb.ASK_EXTENSION, Verb.ASK_SUSPENSION])
@pytest.mark.parametrize("waiting", [Verb.ASK_EXTENSION, Verb.ASK_SUSPENSION])
def test_one_request_at_a_time(ximing: District, verb: Verb, waiting: Verb) -> None:
    """The next when the office has decided."""
    story = standing(ximing, State.RECTIFYING, waiting)
    with pytest.raises(NotNow, match="request_open"):
        story.then(verb, NOW)
    assert story.then(Verb.DECLINE, NOW).then(verb, NOW).case.request


@pytest.mark.parametrize(
    ("asked", "granted"),
    [
        (Verb.ASK_EXTENSION, Verb.SUSPEND),
        (Verb.ASK_SUSPENSION, Verb.EXTEND),
        (None, Verb.EXTEND),
        (None, Verb.SUSPEND),
        (None, Verb.DECLINE),
    ],
)
def test_only_what_was_asked_is_granted(ximing: District, asked: Verb | None, granted: Verb) -> None:
    """A button of another request does nothing."""
    story = standing(ximing, State.RECTIFYING, *(asked,) if asked else ())
    with pytest.raises(NotNow, match="nothing_asked"):
        story.then(granted, NOW)


@pytest.mark.parametrize("verb", [Verb.REOPEN, Verb.DRAW])
def test_a_case_whose_unit_is_gone_is_reopened_in_triage(ximing: District, verb: Verb) -> None:
    """Nobody who is gone can redo it; the clock stands still until another unit has it."""
    story = standing(ximing, State.CLOSED, Verb.ASK_REWORK)
    story.district = without(ximing, "S01")
    case = story.then(verb, NOW).case
    assert (case.state, case.lead, case.supervisors, case.rework) == (TRIAGE, None, (), 1)
    assert (case.due_at, case.left) == (None, Span(timedelta(hours=8), working=True))
    assert (case.replied_at, case.closed_at) == (None, None)
    with pytest.raises(NotNow, match="not_returned"):
        story.then(Verb.SEND_BACK, NOW)


@pytest.mark.parametrize("verb", [Verb.REOPEN, Verb.UPHOLD])
def test_the_office_reopens_what_somebody_asked_to_reopen(ximing: District, verb: Verb) -> None:
    """And upholds a closing that was doubted; once."""
    story = standing(ximing, State.CLOSED)
    with pytest.raises(NotNow, match="nothing_asked"):
        story.then(verb, NOW)
    assert story.then(Verb.ASK_REWORK, NOW).then(verb, NOW).case.request is None


def test_a_second_wish_for_rework_waits_for_the_first(ximing: District) -> None:
    """One request at a time, whoever asks."""
    with pytest.raises(NotNow, match="request_open"):
        standing(ximing, State.CLOSED, Verb.ASK_REWORK).then(Verb.ASK_REWORK, NOW)


def test_a_case_is_not_merged_with_itself(ximing: District) -> None:
    """It would be gone."""
    with pytest.raises(NotNow, match="merge_with_itself"):
        filed(ximing).then(Verb.MERGE, NOW, case=NUMBER)
    assert filed(ximing).then(Verb.MERGE, NOW).case.merged_into == "XM-260420-001"


def test_a_rework_is_counted_and_only_a_draw_makes_the_closing_a_false_one(ximing: District) -> None:
    """不通过, 重开 and 抽查不合格 each count as a rework."""
    failed = standing(ximing, State.CHECKING, Verb.FAIL).case
    reopened = standing(ximing, State.CLOSED, Verb.ASK_REWORK).then(Verb.REOPEN, NOW).case
    drawn = standing(ximing, State.CLOSED).then(Verb.DRAW, NOW).case
    assert [(case.rework, case.false_closings) for case in (failed, reopened, drawn)] == [(1, 0), (1, 0), (1, 1)]
    for case in (reopened, drawn):
        assert (case.closed_at, case.closed_by, case.checked) == (None, None, None)


@pytest.mark.parametrize("verb", [Verb.VOID, Verb.MERGE])
@pytest.mark.parametrize("state", ANY_OPEN)
def test_nothing_runs_on_after_an_ending(ximing: District, state: State, verb: Verb) -> None:
    """No clock and no request, whatever the case was waiting for."""
    story = standing(ximing, state)
    if state is State.RECTIFYING:
        story.then(Verb.REPLY, EARLIER).then(Verb.FAIL, EARLIER).then(Verb.ASK_EXTENSION, EARLIER)
    case = story.then(verb, NOW).case
    clocks = (case.due_at, case.left, case.redo_at, case.check_due_at, case.suspended_until, case.request)
    assert clocks == (None,) * 6


@pytest.mark.parametrize("verb", [Verb.CORRECT, Verb.DISSOLVE, Verb.RETURN])
def test_what_one_unit_asked_for_is_not_decided_for_another(ximing: District, verb: Verb) -> None:
    """Its request and its redo time go with it."""
    story = standing(ximing, State.CHECKING).then(Verb.FAIL, EARLIER).then(Verb.ASK_EXTENSION, EARLIER)
    case = story.then(verb, NOW, **{"category": "0401"} if verb is Verb.CORRECT else {}).case
    assert (case.request, case.redo_at) == (None, None)


def test_taking_a_report_back_ends_its_unit_s_request(ximing: District) -> None:
    """The office has nothing left to decide."""
    assert standing(ximing, State.DISPATCHED, Verb.ASK_EXTENSION).then(Verb.WITHDRAW, NOW).case.request is None


def test_what_stands_on_the_cards_is_what_was_said_of_the_work(ximing: District) -> None:
    """A request for more time or a resident's addition does not put its words in the checker's mouth."""
    story = standing(ximing, State.CHECKING).then(Verb.FAIL, EARLIER)
    story.then(Verb.ADD, NOW).then(Verb.ASK_EXTENSION, NOW).then(Verb.SUPERVISE, NOW)
    assert (story.case.reason, story.case.note) == ("墙角还有", "")
    story.then(Verb.RETURN, NOW).then(Verb.ASK, NOW)
    assert (story.case.reason, story.case.note) == ("not_ours", "是物业的院子")


@pytest.mark.parametrize(
    ("state", "then", "why", "who"),
    [
        (State.CHECKING, (Verb.FAIL,), "墙角还有", Part.CHECKER),
        (State.CHECKING, (Verb.FAIL, Verb.RETURN, Verb.SEND_BACK, Verb.ACKNOWLEDGE), "墙角还有", Part.CHECKER),
        (State.CLOSED, (Verb.ASK_REWORK, Verb.REOPEN), "又堆上了", Part.REPORTER),
        (State.CLOSED, (Verb.ASK_REWORK, Verb.DRAW), "根本没清", Part.CHECKER),
    ],
)
def test_why_it_has_to_be_done_again_is_kept_whatever_is_said_later(
    ximing: District, state: State, then: tuple[Verb, ...], why: str, who: Part
) -> None:
    """And in whose words, since a resident's wish is not the checker's."""
    case = standing(ximing, state, *then).case
    assert (case.rework_reason, case.rework_by) == (why, who)


def test_a_paired_unit_stays_as_long_as_there_is_one(ximing: District) -> None:
    """A correction of the category leaves it, unless it has been dissolved; where nobody is paired it is the office."""
    story = filed(ximing)
    partner = story.case.partner
    assert partner is not None
    gone = replace(without(ximing, partner), pairings=())
    assert replace(story, district=gone).then(Verb.CORRECT, NOW, category="0401").case.partner == OFFICE
    assert filed(ximing).then(Verb.CORRECT, NOW, category="0401").case.partner == partner
