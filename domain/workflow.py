"""Deciding: what becomes of a case when somebody does something to it. Pure; nothing is done, a `Decision` is returned.

`decide` holds for every edge of `life.LIFE`: the edge must exist, the actor must have the right, what the verb needs
must be there; then the verb's effect (`effects`) makes the new case, and the event is written down.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from domain import conditions, dispatching, effects
from domain.act import Act, Filing, Inputs
from domain.case import Case, Decision, Event, Part, State
from domain.district import District
from domain.errors import DomainError, Missing, Outdated
from domain.facts import Fact, Facts, millis
from domain.life import EDGES, RETURN_REASONS, Edge, Need, Verb, verbs_from
from domain.people import Actor, demand, unit_of


def file(filing: Filing, district: District, now: datetime) -> Decision:
    """立案: the case of a finished draft, dispatched at once where a lead follows, else in triage."""
    case = Case(
        number=filing.number,
        state=State.TRIAGE,
        received_at=filing.received_at,
        filed_at=now,
        place=filing.place,
        category=filing.category,
        words=filing.words,
        urgent=filing.urgent or dispatching.is_urgent(filing.category, district),
        reporters=(filing.reporter,),
        recurs=filing.recurs,
    )
    case = dispatching.routed(case, district)
    if case.lead is not None:
        case = dispatching.dispatched(case, district, now)
    return _recorded(case, Act(Verb.FILE, Actor(filing.reporter.person), now, part=Part.REPORTER))


def decide(case: Case, act: Act, district: District) -> Decision:
    """What the act makes of the case.

    Raises NotAllowed or OwnWork (no right), Outdated (no such edge from here), NotNow (the edge is closed by its
    condition), Missing (something was not given).
    """
    edge = EDGES[act.verb]
    part = begin(case, act.verb, act.actor, act.at, district)
    need = lacking(act.verb, case, act.inputs)
    if need is not None:
        raise Missing("missing", need=need.value)
    act = replace(act, part=part)
    after = effects.EFFECTS[act.verb](case, act, district)
    return _recorded(replace(after, state=_target(edge, after)), act)


def begin(case: Case, verb: Verb, actor: Actor, now: datetime, district: District) -> Part:
    """The part in which somebody may begin with a verb, before its inputs are asked for. Raises as `decide` does."""
    edge = EDGES[verb]
    part = demand(actor, verb, case)
    if case.state not in edge.sources:
        raise Outdated("not_now", verb=verb.value, number=case.number, state=case.state.value)
    condition = conditions.CONDITIONS.get(verb)
    if condition is not None:
        condition(case, now, district)
    return part


def possible(case: Case, actor: Actor, now: datetime, district: District) -> tuple[Verb, ...]:
    """The verbs this actor can do to the case as it stands, in the table's order."""

    def open_to(verb: Verb) -> bool:
        try:
            begin(case, verb, actor, now, district)
        except DomainError:
            return False
        return True

    return tuple(filter(open_to, verbs_from(case.state)))


def lacking(verb: Verb, case: Case, given: Inputs) -> Need | None:
    """What the verb needs next and has not been given; None when everything is there."""
    return next((need for need in _needs(EDGES[verb], case, given) if not _GIVEN[need](given)), None)


def _needs(edge: Edge, case: Case, given: Inputs) -> tuple[Need, ...]:
    """What must be given: the table's column, and what hangs on the case.

    A check after a rework, or of an urgent case, needs a photo taken on the spot; a dispatch needs a category if there
    is none yet, since the limit follows from it; a resident who wants a rework may show why instead of saying it. A
    correction is of the category, or of the place when that was pressed.
    """
    if edge.verb is Verb.ASK_REWORK and given.photos > 0:
        return ()
    if edge.verb is Verb.CORRECT and given.target is Need.PLACE:
        return (Need.PLACE,)
    if edge.verb is Verb.PASS and case.onsite_only:
        return (Need.PHOTO,)
    if edge.verb is Verb.DISPATCH and case.category is None:
        return (Need.CATEGORY, *edge.needs)
    return edge.needs


_GIVEN: Mapping[Need, Callable[[Inputs], bool]] = {
    Need.UNIT: lambda given: given.unit is not None,
    Need.CATEGORY: lambda given: given.category is not None,
    Need.TARGET: lambda given: given.category is not None or given.place is not None,
    Need.PLACE: lambda given: given.place is not None,
    Need.REASON: lambda given: bool(given.reason or given.words),
    Need.RETURN_REASON: lambda given: given.reason in RETURN_REASONS,
    Need.WORDS: lambda given: bool(given.words),
    Need.PHOTO: lambda given: given.photos > 0,
    Need.HOW: lambda given: given.how is not None,
    Need.UNTIL: lambda given: given.until is not None,
    Need.MARK: lambda given: given.mark is not None,
    Need.CASE: lambda given: given.case is not None,
    Need.ADDITION: lambda given: bool(given.words) or given.photos > 0 or given.place is not None,
}


_ON_CONDITION = frozenset({Verb.SOLVED, Verb.SUSPEND, Verb.REOPEN, Verb.DRAW})
"""The verbs that go where the table says only on a condition, which their effect has decided: see `effects`."""


def _target(edge: Edge, after: Case) -> State:
    """Where the case goes."""
    if edge.to is None or edge.verb in _ON_CONDITION:
        return after.state
    return edge.to


_EXPLAINED = frozenset({Verb.RETURN, Verb.REJECT, Verb.FAIL, Verb.ASK_REWORK, Verb.DRAW, Verb.VOID})
"""The verbs whose reason stands on the case's cards afterwards; what is said with the others is only told."""


def _recorded(after: Case, act: Act) -> Decision:
    given = act.inputs
    after = replace(after, version=after.version + 1)
    if act.verb in _EXPLAINED:
        after = replace(after, reason=given.reason or given.words, note=given.words)
    event = Event(
        seq=after.version,
        at=act.at,
        verb=act.verb.value,
        part=act.part,
        by=act.actor.person,
        unit=unit_of(act.actor, act.part, after),
        state=after.state,
        due_at=after.due_at,
        detail=_detail(act.inputs, after),
    )
    return Decision(after, event)


def _detail(given: Inputs, after: Case) -> Facts:
    """What was given, without what is empty. The lead stands in it, since a ranking is drawn from events alone.

    Of a corrected place only the codes: its name is somebody's words.
    """
    facts: dict[str, Fact] = {
        "reason": given.reason,
        "words": given.words,
        "photos": given.photos,
        "unit": given.unit,
        "category": after.category,
        "street": given.place.street if given.place else None,
        "community": given.place.community if given.place else None,
        "until_at": millis(given.until) if given.until else None,
        "how": after.checked.value if after.checked else None,
        "mark": given.mark.value if given.mark else None,
        "case": given.case,
        "recurs": after.recurs,
        "lead": after.lead,
        "partner": after.partner,
        "rework": after.rework,
    }
    return {name: value for name, value in facts.items() if value not in ("", None, 0)}
