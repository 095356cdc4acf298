"""What the office does to a case, whoever stands above its unit, and the district's data when a unit is gone."""

from collections.abc import Mapping
from dataclasses import replace

from domain import deadlines, dispatching
from domain.act import Act, Effect
from domain.case import Case, State
from domain.district import District
from domain.errors import Missing, NotNow
from domain.life import Verb
from domain.people import unit_of


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


def _ask_reporter(case: Case, _act: Act, _district: District) -> Case:
    return replace(case, asked=True)


def _rejected(case: Case, _act: Act, _district: District) -> Case:
    return dispatching.ended(case)


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


def _send_back(case: Case, act: Act, district: District) -> Case:
    if case.left is None or case.limit is None:
        raise NotNow("not_returned", number=case.number)
    left = deadlines.at_least(case.left, district.settings.send_back_at_least)
    due_at = deadlines.resume(act.at, left, district.calendar)
    return replace(case, due_at=due_at, dispatched_at=act.at, left=None, returned=False, asked=False)


def _supervise(case: Case, act: Act, _district: District) -> Case:
    unit = unit_of(act.actor, act.part, case)
    watching = {*case.supervised_by, unit} - {None}
    return replace(case, supervised_by=tuple(sorted(str(code) for code in watching)))


def _merge(case: Case, act: Act, _district: District) -> Case:
    if act.inputs.case == case.number:
        raise NotNow("merge_with_itself", number=case.number)
    return replace(dispatching.ended(case), merged_into=act.inputs.case)


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


EFFECTS: Mapping[Verb, Effect] = {
    Verb.DISPATCH: _dispatch,
    Verb.ASK: _ask_reporter,
    Verb.REJECT: _rejected,
    Verb.CORRECT: _correct,
    Verb.SEND_BACK: _send_back,
    Verb.SUPERVISE: _supervise,
    Verb.MERGE: _merge,
    Verb.VOID: _rejected,
    Verb.DISSOLVE: _dissolve,
}
