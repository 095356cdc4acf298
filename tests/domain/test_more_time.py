"""Extensions and suspensions, told around the first of May 2026 (see `before_the_holidays`)."""

from datetime import timedelta

import pytest

from domain.case import State, Wish
from domain.deadlines import Span
from domain.district import District
from domain.errors import NotNow
from domain.life import Verb
from tests.domain.story import Story, before_the_holidays, filed, local

FILED, DUE = "04-30 15:30", "05-07 15:30"


def suspended(
    ximing: District, *, asked: str = "04-30 16:30", until: str = "05-08 17:30", decided: str = "05-06 09:00"
) -> Story:
    """A case that stands still; fifteen of its sixteen hours were left when it was asked for."""
    story = before_the_holidays(ximing).then(Verb.ASK_SUSPENSION, asked, until=local(until))
    return story.then(Verb.SUSPEND, decided)


@pytest.mark.parametrize("decided", ["04-30 17:00", "05-07 15:31", "05-15 10:00"])
def test_an_extension_moves_the_due_time_also_when_decided_late(ximing: District, decided: str) -> None:
    """Asked before it was due, that is enough."""
    story = before_the_holidays(ximing).then(Verb.ASK_EXTENSION, "04-30 16:00", until=local("05-09 12:00"))
    assert story.case.due_at == local(DUE)
    assert story.then(Verb.EXTEND, decided).case.due_at == local("05-09 12:00")


def test_an_extension_that_is_declined_moves_nothing(ximing: District) -> None:
    """And costs nothing: the next may be granted."""
    story = before_the_holidays(ximing, (Verb.ASK_EXTENSION, "04-30 16:00"), (Verb.DECLINE, "04-30 17:00"))
    assert (story.case.due_at, story.case.extensions) == (local(DUE), 0)


@pytest.mark.parametrize("verb", [Verb.ASK_EXTENSION, Verb.ASK_SUSPENSION])
@pytest.mark.parametrize(("at", "allowed"), [("05-07 15:29:59", True), (DUE, False), ("05-08 09:00", False)])
def test_more_time_is_asked_for_before_it_is_due(ximing: District, verb: Verb, at: str, allowed: bool) -> None:
    """Not at the very instant."""
    story = before_the_holidays(ximing)
    if allowed:
        assert story.then(verb, at).case.request
    else:
        with pytest.raises(NotNow, match="already_due"):
            story.then(verb, at)


def test_a_case_is_extended_at_most_twice(ximing: District) -> None:
    """A district setting."""
    story = before_the_holidays(ximing)
    for count, until in enumerate((local("05-08 12:00"), local("05-11 12:00")), start=1):
        story.then(Verb.ASK_EXTENSION, "05-06 09:00", until=until).then(Verb.EXTEND, "05-06 10:00")
        assert (story.case.extensions, story.case.due_at) == (count, until)
    with pytest.raises(NotNow, match="no_more_extensions") as refusal:
        story.then(Verb.ASK_EXTENSION, "05-06 11:00")
    assert refusal.value.facts["most"] == 2
    assert story.then(Verb.ASK_SUSPENSION, "05-06 11:00").case.request


@pytest.mark.parametrize("until", [DUE, "05-06 12:00", "04-30 15:00"])
def test_an_extension_leads_beyond_the_due_time(ximing: District, until: str) -> None:
    """Otherwise it would be none."""
    with pytest.raises(NotNow, match="until_too_early"):
        before_the_holidays(ximing).then(Verb.ASK_EXTENSION, "04-30 16:00", until=local(until))


# Decided after the reply


def asked(ximing: District, verb: Verb, until: str, *then: tuple[Verb, str]) -> Story:
    """More time is asked for at 04-30 16:30, an hour into the sixteen; and what comes after it. Due on 05-07 15:30."""
    story = before_the_holidays(ximing).then(verb, "04-30 16:30", until=local(until))
    for later, at in then:
        story.then(later, at)
    return story


LATE = (Verb.REPLY, "05-08 10:00")
PASSED = (Verb.PASS, "05-08 11:00")


@pytest.mark.parametrize("then", [(LATE,), (LATE, PASSED), (LATE, (Verb.FAIL, "05-08 11:00"))])
def test_a_request_is_decided_also_after_the_reply(ximing: District, then: tuple[tuple[Verb, str], ...]) -> None:
    """The extension moves the due time by which the reply is judged; and declined, nothing moves."""
    story = asked(ximing, Verb.ASK_EXTENSION, "05-09 12:00", *then)
    state = story.case.state
    case = story.then(Verb.EXTEND, "05-08 14:00").case
    assert (case.state, case.due_at, case.request, case.extensions) == (state, local("05-09 12:00"), None, 1)
    case = asked(ximing, Verb.ASK_EXTENSION, "05-09 12:00", *then).then(Verb.DECLINE, "05-08 14:00").case
    assert (case.state, case.due_at, case.request) == (state, local(DUE), None)


@pytest.mark.parametrize("then", [(LATE,), (LATE, PASSED)])
@pytest.mark.parametrize(
    ("until", "due"),
    [
        ("05-20 17:30", "05-11 09:00"),  # until the reply on Friday at 10:00: 6.5 wh, 8 wh on Saturday, 0.5 on Monday
        ("05-07 10:00", "05-09 09:00"),  # until its end date on Thursday: 6.5 wh, 8 wh on Friday, 0.5 on Saturday
    ],
)
def test_a_suspension_agreed_to_after_the_reply_gives_the_time_until_it(
    ximing: District, then: tuple[tuple[Verb, str], ...], until: str, due: str
) -> None:
    """The case stays where it is; fifteen of its sixteen hours were left when it was asked for."""
    story = asked(ximing, Verb.ASK_SUSPENSION, until, *then)
    state = story.case.state
    case = story.then(Verb.SUSPEND, "05-08 14:00").case
    assert (case.state, case.due_at) == (state, local(due))
    assert (case.request, case.left, case.suspended_until) == (None, None, None)


def test_a_rework_can_be_suspended_by_a_request_from_before_the_reply(ximing: District) -> None:
    """It was not done: the clock has stood still since the request."""
    story = asked(ximing, Verb.ASK_SUSPENSION, "05-20 17:30", LATE, (Verb.FAIL, "05-08 11:00"))
    case = story.then(Verb.SUSPEND, "05-08 14:00").case
    assert (case.state, case.left) == (State.SUSPENDED, Span(timedelta(hours=15), working=True))


@pytest.mark.parametrize("closed", [Verb.PASS, Verb.SOLVED])
def test_a_request_is_needless_when_the_reply_that_passed_was_in_time(ximing: District, closed: Verb) -> None:
    """Moved to another week, the due time would take the case out of its own."""
    story = asked(ximing, Verb.ASK_EXTENSION, "05-09 12:00", (Verb.REPLY, DUE))
    assert story.case.request is not None
    assert story.then(closed, "05-07 16:00").case.request is None


def test_a_resident_does_not_wait_for_what_the_unit_asked_for(ximing: District) -> None:
    """Their doubt takes its place: a reopened case gets a new due time."""
    story = asked(ximing, Verb.ASK_EXTENSION, "05-09 12:00", LATE, PASSED).then(Verb.ASK_REWORK, "05-08 12:00")
    assert story.case.request is not None
    assert story.case.request.wish is Wish.REWORK


# Standing still


@pytest.mark.parametrize("decided", ["04-30 16:31", "05-06 09:00", "05-12 09:00"])
def test_a_suspension_counts_from_the_request(ximing: District, decided: str) -> None:
    """However long the office took, also beyond the due time."""
    case = suspended(ximing, decided=decided).case
    assert (case.state, case.due_at) == (State.SUSPENDED, None)
    assert case.left == Span(timedelta(hours=15), working=True)
    assert case.suspended_until == local("05-08 17:30")


@pytest.mark.parametrize("decided", ["05-06 09:00", "05-12 09:00"])
@pytest.mark.parametrize("woken", ["05-08 17:30", "05-08 17:31", "05-12 10:00"])
def test_a_suspended_case_goes_on_at_its_end_date_with_what_was_left(
    ximing: District, decided: str, woken: str
) -> None:
    """8 wh on the make-up Saturday, 7 on Monday; a clock that comes round late gives nothing away."""
    case = suspended(ximing, decided=decided).then(Verb.RESUME, woken).case
    assert (case.state, case.due_at) == (State.RECTIFYING, local("05-11 16:30"))
    assert (case.left, case.suspended_until) == (None, None)
    assert (case.dispatched_at, case.first_dispatched_at) == (local("05-08 17:30"), local(FILED))


def test_a_suspension_may_end_before_the_due_time(ximing: District) -> None:
    """Three days of rain in a case of two weeks."""
    story = filed(ximing, FILED, category="0404").then(Verb.ASK_SUSPENSION, "04-30 16:30", until=local("05-06 08:30"))
    case = story.then(Verb.SUSPEND, "04-30 17:00").then(Verb.RESUME, "05-06 08:30").case
    assert case.due_at == local("05-18 16:30")


def test_a_suspension_ends_in_the_future(ximing: District) -> None:
    """Not now and not before."""
    with pytest.raises(NotNow, match="until_too_early"):
        before_the_holidays(ximing).then(Verb.ASK_SUSPENSION, "04-30 16:30", until=local("04-30 16:30"))


def test_a_suspended_rework_is_not_reminded_of_its_old_redo_time(ximing: District) -> None:
    """The ladder stops with the suspension; afterwards the due time counts."""
    story = before_the_holidays(ximing, (Verb.REPLY, "04-30 16:00"), (Verb.FAIL, "04-30 16:30"))
    case = story.then(Verb.ASK_SUSPENSION, "04-30 16:40").then(Verb.SUSPEND, "04-30 17:00").case
    assert case.redo_at is None


def test_a_dissolved_unit_s_clock_stands_still(ximing: District) -> None:
    """Nobody leads; the office dispatches it anew. A suspended case does not wake any more."""
    story = before_the_holidays(ximing, (Verb.REPLY, "04-30 16:30"))
    case = story.then(Verb.DISSOLVE, "04-30 17:00").case
    assert (case.state, case.lead, case.supervisors) == (State.TRIAGE, None, ())
    assert (case.due_at, case.left) == (None, Span(timedelta(hours=14.5), working=True))
    assert case.check_due_at is None
    assert suspended(ximing).then(Verb.DISSOLVE, "05-06 10:00").case.suspended_until is None


def test_a_request_remembers_what_was_asked(ximing: District) -> None:
    """By whom, when, why and until when."""
    request = before_the_holidays(ximing, (Verb.ASK_SUSPENSION, "04-30 16:30")).case.request
    assert request is not None
    assert (request.wish, request.reason, request.by) == (Wish.SUSPENSION, "等拆迁", 11)
    assert (request.asked_at, request.until) == (local("04-30 16:30"), local("05-20 17:30"))


def test_a_correction_of_a_suspended_case_ends_the_suspension_only_with_the_unit(ximing: District) -> None:
    """The other unit has not asked for it."""
    kept = suspended(ximing).then(Verb.CORRECT, "05-06 10:00", category="0205").case
    assert (kept.state, kept.suspended_until, kept.due_at) == (State.SUSPENDED, local("05-08 17:30"), None)
    moved = suspended(ximing).then(Verb.CORRECT, "05-06 10:00", category="0401").case
    assert (moved.state, moved.suspended_until, moved.left) == (State.DISPATCHED, None, None)
