"""What the lead unit does to its case: acknowledges it, returns it, replies."""

from collections.abc import Mapping
from dataclasses import replace

from domain import deadlines, dispatching
from domain.act import Act, Effect
from domain.case import Case
from domain.district import District
from domain.life import Verb


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


EFFECTS: Mapping[Verb, Effect] = {
    Verb.ACKNOWLEDGE: _acknowledge,
    Verb.RETURN: _return,
    Verb.REPLY: _reply,
}
