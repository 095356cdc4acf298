"""What is wished for and decided by the office: more time, a suspension, a rework."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain import deadlines, dispatching
from domain.act import Act, Effect
from domain.case import Case, Part, Request, State, Wish
from domain.district import District
from domain.errors import NotNow
from domain.life import Verb


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
    return replace(case, request=Request(wish, act.said, act.at, act.person, until))


def _earliest(case: Case, act: Act, wish: Wish) -> datetime:
    """An extension must lead beyond the due time; a suspension may end before it, since the clock stands still."""
    return max(act.at, case.due_at or act.at) if wish is Wish.EXTENSION else act.at


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


def _asked(case: Case, wish: Wish) -> Request:
    if case.request is None or case.request.wish is not wish:
        raise NotNow("nothing_asked", number=case.number)
    return case.request


def _resume(case: Case, act: Act, district: District) -> Case:
    """The clock goes on at the end date, however late the agreement or the clock's own round came."""
    start = case.suspended_until or act.at
    if case.left is None:
        return replace(case, suspended_until=None)
    due_at = deadlines.resume(start, case.left, district.calendar)
    return replace(case, due_at=due_at, dispatched_at=start, left=None, suspended_until=None)


def _decline(case: Case, _act: Act, _district: District) -> Case:
    return replace(case, request=None)


def reopened(case: Case, act: Act, district: District) -> Case:
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


def _uphold(case: Case, _act: Act, _district: District) -> Case:
    return replace(case, request=None)


EFFECTS: Mapping[Verb, Effect] = {
    Verb.ASK_EXTENSION: _ask_extension,
    Verb.ASK_SUSPENSION: _ask_suspension,
    Verb.ASK_REWORK: _ask_rework,
    Verb.EXTEND: _extend,
    Verb.SUSPEND: _suspend,
    Verb.RESUME: _resume,
    Verb.DECLINE: _decline,
    Verb.REOPEN: reopened,
    Verb.UPHOLD: _uphold,
}
