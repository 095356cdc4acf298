"""From an event to who is owed what: one line a rule, listed once. Pure: audiences are named here, resolved elsewhere.

Two sorts of messages speak of a case. A *card* stands in a chat and is kept up to date whenever the case changes; its
`View` is the face of the case it shows. What matters is told in a *new message*: a changed card notifies nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.case import Case, Event, State
from domain.life import Verb


class View(StrEnum):
    """Which face of a case a card shows, and so which words and buttons it has."""

    REPORTER = "reporter"
    QUESTION = "question"
    CLOSING = "closing"
    LEAD = "lead"
    PARTNER = "partner"
    SUPERVISOR = "supervisor"
    CHECK = "check"
    TRIAGE = "triage"
    SORTING = "sorting"
    REQUEST = "request"


class Audience(StrEnum):
    """Who is meant, as seen from a case. `former_lead` had it until the event that is told of."""

    REPORTERS = "reporters"
    LEAD = "lead"
    FORMER_LEAD = "former_lead"
    PARTNER = "partner"
    CHECKERS = "checkers"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Owed:
    """A new message that somebody is owed. With `view` it is a card, kept up to date from then on."""

    to: Audience
    view: View | None = None
    kind: str = ""


OF_RESIDENTS = frozenset({View.REPORTER, View.QUESTION, View.CLOSING})
"""Views whose reader is told in everyday words where the case stands."""

_TO_PARTNER = (Owed(Audience.PARTNER, View.PARTNER),)
_TO_UNITS = (Owed(Audience.LEAD, View.LEAD), *_TO_PARTNER)
_TO_OFFICE = (Owed(Audience.OFFICE, View.TRIAGE),)
_CLOSED = (
    Owed(Audience.REPORTERS, View.CLOSING),
    Owed(Audience.LEAD, kind="lead_passed"),
    Owed(Audience.PARTNER, kind="partner_closed"),
)
_REWORK = Owed(Audience.REPORTERS, kind="reporter_rework")
_REOPENED = (Owed(Audience.LEAD, View.LEAD), Owed(Audience.PARTNER, kind="partner_reopened"), _REWORK)

RULES: Mapping[Verb, tuple[Owed, ...]] = {
    Verb.WITHDRAW: (),
    Verb.ADD: (Owed(Audience.LEAD, kind="lead_added"), Owed(Audience.PARTNER, kind="lead_added")),
    Verb.JOIN: (Owed(Audience.LEAD, kind="lead_joined"), Owed(Audience.PARTNER, kind="lead_joined")),
    Verb.DISPATCH: _TO_UNITS,
    Verb.ASK: (Owed(Audience.REPORTERS, kind="ask_addition"),),
    Verb.ANSWER: _TO_OFFICE,
    Verb.REJECT: (Owed(Audience.REPORTERS, kind="reporter_rejected"),),
    Verb.SEND_BACK: (Owed(Audience.LEAD, kind="lead_sent_back"), Owed(Audience.LEAD, View.LEAD)),
    Verb.CORRECT: (),
    Verb.ACKNOWLEDGE: (Owed(Audience.REPORTERS, kind="reporter_acknowledged"),),
    Verb.RETURN: _TO_OFFICE,
    Verb.REPLY: (Owed(Audience.CHECKERS, View.CHECK), Owed(Audience.REPORTERS, View.QUESTION)),
    Verb.ASK_EXTENSION: (Owed(Audience.OFFICE, View.REQUEST),),
    Verb.ASK_SUSPENSION: (Owed(Audience.OFFICE, View.REQUEST),),
    Verb.EXTEND: (Owed(Audience.LEAD, kind="lead_extended"),),
    Verb.SUSPEND: (Owed(Audience.LEAD, kind="lead_suspended"), Owed(Audience.REPORTERS, kind="reporter_suspended")),
    Verb.DECLINE: (Owed(Audience.LEAD, kind="lead_declined"),),
    Verb.RESUME: (Owed(Audience.LEAD, kind="lead_resumed"), Owed(Audience.LEAD, View.LEAD)),
    Verb.PASS: _CLOSED,
    Verb.SOLVED: (),
    Verb.UNSOLVED: (Owed(Audience.CHECKERS, kind="checker_unsolved"),),
    Verb.FAIL: (Owed(Audience.LEAD, View.LEAD), _REWORK),
    Verb.RATE: (),
    Verb.ASK_REWORK: (Owed(Audience.OFFICE, View.REQUEST),),
    Verb.REOPEN: _REOPENED,
    Verb.UPHOLD: (Owed(Audience.REPORTERS, kind="reporter_upheld"),),
    Verb.DRAW: _REOPENED,
    Verb.SUPERVISE: (Owed(Audience.LEAD, kind="lead_supervised"),),
    Verb.MERGE: (Owed(Audience.REPORTERS, kind="reporter_merged"), Owed(Audience.LEAD, kind="lead_ended")),
    Verb.VOID: (Owed(Audience.REPORTERS, kind="reporter_void"), Owed(Audience.LEAD, kind="lead_ended")),
    Verb.DISSOLVE: _TO_OFFICE,
}


def owed(before: Case | None, after: Case, event: Event) -> tuple[Owed, ...]:
    """The new messages an event gives rise to; the cards that stand already are brought up to date besides."""
    return (*_by_verb(before, after, event), *_taken_away(before, after))


def _taken_away(before: Case | None, after: Case) -> tuple[Owed, ...]:
    """Whoever was at work on a case hears that it is theirs no longer."""
    if before is None or before.lead is None or before.lead == after.lead or not before.open:
        return ()
    return (Owed(Audience.FORMER_LEAD, kind="lead_taken"),)


def _by_verb(before: Case | None, after: Case, event: Event) -> tuple[Owed, ...]:
    verb = Verb(event.verb)
    if verb is Verb.FILE:
        return (Owed(Audience.REPORTERS, View.REPORTER), *_first_steps(after))
    if verb is Verb.CORRECT and before is not None:
        return _corrected(before, after)
    if verb is Verb.SOLVED and after.state is State.CLOSED:
        return _CLOSED
    if verb is Verb.SUSPEND and after.state is not State.SUSPENDED:
        return (Owed(Audience.LEAD, kind="lead_paused"),)
    if verb in (Verb.ADD, Verb.JOIN) and after.state is State.TRIAGE:
        return _TO_OFFICE
    if verb is Verb.ADD and not {"words", "photos"} & set(event.detail):  # only where it is: the cards show that
        return ()
    if verb in (Verb.REOPEN, Verb.DRAW) and after.lead is None:
        return (*_TO_OFFICE, _REWORK)
    return RULES[verb]


def _corrected(before: Case, after: Case) -> tuple[Owed, ...]:
    """Whoever has the case only now gets its card. A result that waits is checked by those of the other place."""
    if before.lead != after.lead:
        return _TO_UNITS
    if after.state is State.CHECKING and before.place.community != after.place.community:
        return (Owed(Audience.CHECKERS, View.CHECK),)
    return _TO_PARTNER if before.partner != after.partner else ()


def _first_steps(case: Case) -> tuple[Owed, ...]:
    """A case without a lead goes to the office, which dispatches it to the units."""
    if case.lead is None:
        return _TO_OFFICE
    return _TO_UNITS


VERBS: Mapping[View, tuple[Verb, ...]] = {
    View.REPORTER: (Verb.ADD, Verb.WITHDRAW),
    View.QUESTION: (Verb.SOLVED, Verb.UNSOLVED),
    View.CLOSING: (Verb.RATE, Verb.ASK_REWORK),
    View.LEAD: (Verb.ACKNOWLEDGE, Verb.RETURN, Verb.REPLY, Verb.ASK_EXTENSION, Verb.ASK_SUSPENSION),
    View.PARTNER: (),
    View.SUPERVISOR: (Verb.SUPERVISE,),
    View.CHECK: (Verb.PASS, Verb.FAIL, Verb.CORRECT, Verb.MERGE, Verb.SUPERVISE, Verb.VOID),
    View.TRIAGE: (
        Verb.DISPATCH,
        Verb.ASK,
        Verb.REJECT,
        Verb.SEND_BACK,
        Verb.CORRECT,
        Verb.MERGE,
        Verb.SUPERVISE,
        Verb.VOID,
        Verb.LOOK,
    ),
    View.SORTING: (
        Verb.DISPATCH,
        Verb.SEND_BACK,
        Verb.ASK,
        Verb.REJECT,
        Verb.CORRECT,
        Verb.MERGE,
        Verb.VOID,
        Verb.LOOK,
    ),
    View.REQUEST: (Verb.EXTEND, Verb.SUSPEND, Verb.DECLINE, Verb.REOPEN, Verb.UPHOLD, Verb.LOOK),
}
"""The verbs whose buttons a view can show; of these only those the reader can do to the case as it stands."""


def in_sight(view: View, case: Case) -> bool:
    """Whether a card comes down when it has scrolled away: as long as the case is open and its reader is to look at it.

    What was asked for once and is answered, or asked no longer, stays where it is.
    """
    return case.open and _ASKED_FOR.get(view, _always)(case)


def _always(_case: Case) -> bool:
    return True


_ASKED_FOR: Mapping[View, Callable[[Case], bool]] = {
    View.QUESTION: lambda case: case.state is State.CHECKING,
    View.CHECK: lambda case: case.state is State.CHECKING,
    View.CLOSING: lambda _case: False,
    View.REQUEST: lambda case: case.request is not None,
}
