"""What a checker does to a case: passes or fails the result, and finds by draw that a closing was false."""

from collections.abc import Mapping
from dataclasses import replace

from domain import deadlines
from domain.act import Act, Effect
from domain.case import Case, How, Part
from domain.district import District
from domain.effects.wishes import reopened
from domain.life import Verb


def _pass(case: Case, act: Act, district: District) -> Case:
    return replace(closed(case, act, district), checked=How.ONSITE if case.onsite_only else act.inputs.how)


def closed(case: Case, act: Act, _district: District) -> Case:
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
        rework_reason=act.said,
        rework_by=Part.CHECKER,
        redo_at=redo_at,
        check_due_at=None,
        opinions=(),
    )


def _draw(case: Case, act: Act, district: District) -> Case:
    """抽查不合格 counts as 虚假销号."""
    again = replace(reopened(case, act, district), false_closings=case.false_closings + 1)
    return replace(again, rework_reason=act.said, rework_by=Part.CHECKER)


EFFECTS: Mapping[Verb, Effect] = {
    Verb.PASS: _pass,
    Verb.FAIL: _fail,
    Verb.DRAW: _draw,
}
