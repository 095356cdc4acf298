"""What each verb does to a case and its clock, one small function a verb.

Source: the column "needs, and what becomes of the due time" of the product's life table. Working hours are those of
the district's calendar; every number of hours, days and times is a setting of the district.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from domain import deadlines, dispatching
from domain.act import Act
from domain.case import Case, How, Opinion, Part, Rating, Reporter, Request, State, Wish
from domain.district import District
from domain.errors import Missing, NotNow
from domain.life import Verb
from domain.people import unit_of

Effect = Callable[[Case, Act, District], Case]


# --- the reporter -----------------------------------------------------------------------------------------------------


def _withdraw(case: Case, _act: Act, _district: District) -> Case:
    return dispatching.ended(case)


def _added(case: Case, act: Act, _district: District) -> Case:
    words = "\n".join(part for part in (case.words, act.inputs.words) if part)
    return replace(case, words=words)


def _joined(case: Case, act: Act, district: District) -> Case:
    """One more reporter, or all those of a case that is merged into this one. Who had reported it before only adds."""
    joining = act.inputs.reporters or (Reporter(_person(act), act.actor.units),)
    new = tuple(reporter for reporter in joining if reporter.person not in case.people)
    return replace(_added(case, act, district), reporters=(*case.reporters, *new))


def _solved(case: Case, act: Act, district: District) -> Case:
    """已解决 closes when every reporter who answered agrees and none of them is of lead or partner."""
    case = _with_opinion(case, act, solved=True)
    agreed = all(opinion.solved and not opinion.insider for opinion in case.opinions)
    return replace(_closed(case, act, district), state=State.CLOSED) if agreed else case


def _unsolved(case: Case, act: Act, _district: District) -> Case:
    return _with_opinion(case, act, solved=False)


def _with_opinion(case: Case, act: Act, *, solved: bool) -> Case:
    person = _person(act)
    insider = bool({case.lead, case.partner} & set(act.actor.units))
    others = tuple(opinion for opinion in case.opinions if opinion.person != person)
    return replace(case, opinions=(*others, Opinion(person, solved, insider)))


def _rate(case: Case, act: Act, _district: District) -> Case:
    if act.inputs.mark is None:
        raise Missing("missing", need="mark")
    person = _person(act)
    others = tuple(rating for rating in case.ratings if rating.person != person)
    return replace(case, ratings=(*others, Rating(person, act.inputs.mark)))


# --- the office -------------------------------------------------------------------------------------------------------


def _dispatch(case: Case, act: Act, district: District) -> Case:
    """The office names the lead; partner, overseer and supervisors follow from the rule."""
    category = act.inputs.category or case.category
    unit = act.inputs.unit
    if unit is None or unit not in district.units:
        raise Missing("missing", need="unit")
    routed = dispatching.routed(replace(case, category=category), district)
    by_hand = unit != routed.lead
    routed = replace(routed, lead=unit, by_hand=by_hand, supervisors=district.supervisors(unit))
    return dispatching.dispatched(routed, district, act.at, before=case.lead)


def _send_back(case: Case, act: Act, district: District) -> Case:
    if case.left is None or case.limit is None:
        raise NotNow("not_returned", number=case.number)
    left = deadlines.at_least(case.left, district.settings.send_back_at_least)
    due_at = deadlines.resume(act.at, left, district.calendar)
    return replace(case, due_at=due_at, dispatched_at=act.at, left=None, returned=False, asked=False)


def _correct(case: Case, act: Act, district: District) -> Case:
    """A new due time only when the unit changes.

    A case at work that the office dispatched by hand, against the rule, stays with its unit when only the category
    changes: a person's choice outlives a rule's. Another place is decided by the rule again.
    """
    given = act.inputs
    if given.category is not None and given.category not in district.categories:
        raise Missing("missing", need="category")
    moved = replace(
        case,
        category=given.category or case.category,
        place=given.place or case.place,
        partner=None if given.place else case.partner,
    )
    after = dispatching.routed(moved, district)
    stays = case.by_hand and case.state is not State.TRIAGE and given.place is None
    if after.lead is None or stays:
        return replace(after, lead=case.lead, by_hand=case.by_hand, supervisors=case.supervisors)
    if after.lead == case.lead:
        return after
    return dispatching.dispatched(after, district, act.at, before=case.lead)


def _rejected(case: Case, _act: Act, _district: District) -> Case:
    return dispatching.ended(case)


def _merge(case: Case, act: Act, _district: District) -> Case:
    if act.inputs.case == case.number:
        raise NotNow("merge_with_itself", number=case.number)
    return replace(dispatching.ended(case), merged_into=act.inputs.case)


def _reopen(case: Case, act: Act, district: District) -> Case:
    """重开: a rework with half the limit, at least 8 working hours. To triage when its unit is gone."""
    if case.limit is None:
        raise NotNow("never_dispatched", number=case.number)
    half = deadlines.half(case.limit, district.settings.reopen_at_least)
    case = replace(
        case,
        rework=case.rework + 1,
        rework_reason=case.request.reason if case.request else "",
        rework_by=Part.REPORTER,
        closed_at=None,
        closed_by=None,
        checked=None,
        opinions=(),
        request=None,
    )
    if case.lead not in district.units:
        stopped = replace(dispatching.without_result(case), due_at=None, left=half)
        return replace(stopped, state=State.TRIAGE, lead=None, supervisors=())
    due_at = deadlines.resume(act.at, half, district.calendar)
    return replace(case, state=State.RECTIFYING, dispatched_at=act.at, due_at=due_at)


def _draw(case: Case, act: Act, district: District) -> Case:
    """抽查不合格 counts as 虚假销号."""
    again = replace(_reopen(case, act, district), false_closings=case.false_closings + 1)
    return replace(again, rework_reason=_said(act), rework_by=Part.CHECKER)


def _extend(case: Case, _act: Act, _district: District) -> Case:
    request = _asked(case, Wish.EXTENSION)
    return replace(case, due_at=request.until, request=None, extensions=case.extensions + 1)


def _suspend(case: Case, _act: Act, district: District) -> Case:
    """挂账: the clock stands still from the request, not from the decision.

    When the lead has replied meanwhile there is nothing left to put off: the case stays where it is, and its clock has
    stood still from the request to the reply, at the longest until the end date. So the reply is judged.
    """
    request = _asked(case, Wish.SUSPENSION)
    stopped = dispatching.stopped(case, request.asked_at, district)
    if case.state in (State.CHECKING, State.CLOSED) and stopped.left is not None:
        went_on = min(filter(None, (case.replied_at, request.until)), default=request.asked_at)
        return replace(case, due_at=deadlines.resume(went_on, stopped.left, district.calendar), request=None)
    return replace(stopped, state=State.SUSPENDED, request=None, redo_at=None, suspended_until=request.until)


def _decline(case: Case, _act: Act, _district: District) -> Case:
    return replace(case, request=None)


def _uphold(case: Case, _act: Act, _district: District) -> Case:
    return replace(case, request=None)


# --- the lead ---------------------------------------------------------------------------------------------------------


def _acknowledge(case: Case, act: Act, _district: District) -> Case:
    return replace(case, acknowledged_at=act.at, acknowledged_by=act.actor.person)


def _return(case: Case, act: Act, district: District) -> Case:
    return replace(dispatching.stopped(case, act.at, district), returned=True, request=None, redo_at=None)


def _reply(case: Case, act: Act, district: District) -> Case:
    """Acknowledges as well. The check has a clock of its own; opinions on an earlier reply no longer count.

    A request for more time stays open: it moves the due time by which this reply is judged, also when decided late.
    """
    return replace(
        case,
        acknowledged_at=case.acknowledged_at or act.at,
        acknowledged_by=case.acknowledged_by or act.actor.person,
        replied_at=act.at,
        replied_by=act.actor.person,
        reply=act.inputs.words,
        check_due_at=deadlines.check_due(act.at, district.calendar, district.settings),
        redo_at=None,
        opinions=(),
    )


def _ask_extension(case: Case, act: Act, _district: District) -> Case:
    return _ask(case, act, Wish.EXTENSION)


def _ask_suspension(case: Case, act: Act, _district: District) -> Case:
    return _ask(case, act, Wish.SUSPENSION)


def _ask_rework(case: Case, act: Act, _district: District) -> Case:
    return _ask(case, act, Wish.REWORK)


def _ask(case: Case, act: Act, wish: Wish) -> Case:
    until = act.inputs.until
    if until is not None and until <= _earliest(case, act, wish):
        raise NotNow("until_too_early", number=case.number)
    return replace(case, request=Request(wish, _said(act), act.at, _person(act), until))


def _earliest(case: Case, act: Act, wish: Wish) -> datetime:
    """An extension must lead beyond the due time; a suspension may end before it, since the clock stands still."""
    return max(act.at, case.due_at or act.at) if wish is Wish.EXTENSION else act.at


# --- the checker ------------------------------------------------------------------------------------------------------


def _pass(case: Case, act: Act, district: District) -> Case:
    return replace(_closed(case, act, district), checked=How.ONSITE if case.onsite_only else act.inputs.how)


def _closed(case: Case, act: Act, _district: District) -> Case:
    """A request for more time is needless once the reply that passed was in time; else it is still to be decided."""
    in_time = case.replied_at is not None and case.due_at is not None and case.replied_at <= case.due_at
    request = None if in_time else case.request
    return replace(case, closed_at=act.at, closed_by=act.actor.person, check_due_at=None, request=request)


def _fail(case: Case, act: Act, district: District) -> Case:
    """The due time does not move; a redo time runs the reminders."""
    redo_at = deadlines.redo_by(act.at, district.calendar, district.settings)
    return replace(
        case,
        rework=case.rework + 1,
        rework_reason=_said(act),
        rework_by=Part.CHECKER,
        redo_at=redo_at,
        check_due_at=None,
        opinions=(),
    )


# --- from above, the clock, the data ----------------------------------------------------------------------------------


def _supervise(case: Case, act: Act, _district: District) -> Case:
    unit = unit_of(act.actor, act.part, case)
    watching = {*case.supervised_by, unit} - {None}
    return replace(case, supervised_by=tuple(sorted(str(code) for code in watching)))


def _resume(case: Case, act: Act, district: District) -> Case:
    """The clock goes on at the end date, however late the agreement or the clock's own round came."""
    start = case.suspended_until or act.at
    if case.left is None:
        return replace(case, suspended_until=None)
    due_at = deadlines.resume(start, case.left, district.calendar)
    return replace(case, due_at=due_at, dispatched_at=start, left=None, suspended_until=None)


def _dissolve(case: Case, act: Act, district: District) -> Case:
    """There is nobody any more to whom the office could send it back."""
    return replace(
        dispatching.without_result(dispatching.stopped(case, act.at, district)),
        lead=None,
        supervisors=(),
        returned=False,
        request=None,
        redo_at=None,
        suspended_until=None,
    )


def _ask_reporter(case: Case, _act: Act, _district: District) -> Case:
    return replace(case, asked=True)


def _answer(case: Case, act: Act, district: District) -> Case:
    """An answer can say where it is; the paired unit follows from that, the lead is the office's to name."""
    case = replace(_added(case, act, district), asked=False)
    place = act.inputs.place
    if place is None:
        return case
    partner = dispatching.routed(replace(case, place=place, partner=None), district).partner
    return replace(case, place=place, partner=partner)


EFFECTS: Mapping[Verb, Effect] = {
    Verb.WITHDRAW: _withdraw,
    Verb.ADD: _added,
    Verb.JOIN: _joined,
    Verb.ANSWER: _answer,
    Verb.DISPATCH: _dispatch,
    Verb.ASK: _ask_reporter,
    Verb.REJECT: _rejected,
    Verb.CORRECT: _correct,
    Verb.ACKNOWLEDGE: _acknowledge,
    Verb.RETURN: _return,
    Verb.SEND_BACK: _send_back,
    Verb.REPLY: _reply,
    Verb.PASS: _pass,
    Verb.FAIL: _fail,
    Verb.SOLVED: _solved,
    Verb.UNSOLVED: _unsolved,
    Verb.RATE: _rate,
    Verb.ASK_REWORK: _ask_rework,
    Verb.REOPEN: _reopen,
    Verb.UPHOLD: _uphold,
    Verb.ASK_EXTENSION: _ask_extension,
    Verb.ASK_SUSPENSION: _ask_suspension,
    Verb.EXTEND: _extend,
    Verb.SUSPEND: _suspend,
    Verb.DECLINE: _decline,
    Verb.RESUME: _resume,
    Verb.SUPERVISE: _supervise,
    Verb.MERGE: _merge,
    Verb.VOID: _rejected,
    Verb.DRAW: _draw,
    Verb.DISSOLVE: _dissolve,
}


def _asked(case: Case, wish: Wish) -> Request:
    if case.request is None or case.request.wish is not wish:
        raise NotNow("nothing_asked", number=case.number)
    return case.request


def _said(act: Act) -> str:
    return act.inputs.reason or act.inputs.words


def _person(act: Act) -> int:
    if act.actor.person is None:
        raise Missing("missing", need="person")
    return act.actor.person
