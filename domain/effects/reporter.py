"""What a reporter does to a case: withdraws it, adds and joins, answers, judges and rates the result."""

from collections.abc import Mapping
from dataclasses import replace

from domain import dispatching
from domain.act import Act, Effect
from domain.case import Case, Opinion, Rating, Reporter, State
from domain.district import District
from domain.effects.checker import closed
from domain.errors import Missing
from domain.life import Verb


def _withdraw(case: Case, _act: Act, _district: District) -> Case:
    return dispatching.ended(case)


def _added(case: Case, act: Act, _district: District) -> Case:
    """What is said once more in the same words stands once."""
    said = act.inputs.words
    if f"\n{said}\n" in f"\n{case.words}\n":
        return case
    return replace(case, words="\n".join(part for part in (case.words, said) if part))


def _add(case: Case, act: Act, district: District) -> Case:
    """A position that is learnt late says where it is, and moves the case to nobody who has it."""
    case = _added(case, act, district)
    if act.inputs.place is None:
        return case
    return _placed(case, act, district) if case.state is State.TRIAGE else replace(case, place=act.inputs.place)


def _joined(case: Case, act: Act, district: District) -> Case:
    """One more reporter, or all those of a case that is merged into this one. Who had reported it before only adds."""
    joining = act.inputs.reporters or (Reporter(act.person, act.actor.units),)
    new = tuple(reporter for reporter in joining if reporter.person not in case.people)
    return replace(_added(case, act, district), reporters=(*case.reporters, *new))


def _answer(case: Case, act: Act, district: District) -> Case:
    """An answer can say where it is; the paired unit follows from that, the lead is the office's to name."""
    return _placed(replace(_added(case, act, district), asked=False), act, district)


def _placed(case: Case, act: Act, district: District) -> Case:
    place = act.inputs.place
    if place is None:
        return case
    partner = dispatching.routed(replace(case, place=place, partner=None), district).partner
    return replace(case, place=place, partner=partner)


def _solved(case: Case, act: Act, district: District) -> Case:
    """已解决 closes when every reporter who answered agrees and none of them is of lead or partner."""
    case = _with_opinion(case, act, solved=True)
    agreed = all(opinion.solved and not opinion.insider for opinion in case.opinions)
    return replace(closed(case, act, district), state=State.CLOSED) if agreed else case


def _unsolved(case: Case, act: Act, _district: District) -> Case:
    return _with_opinion(case, act, solved=False)


def _with_opinion(case: Case, act: Act, *, solved: bool) -> Case:
    person = act.person
    insider = bool({case.lead, case.partner} & set(act.actor.units))
    others = tuple(opinion for opinion in case.opinions if opinion.person != person)
    return replace(case, opinions=(*others, Opinion(person, solved, insider)))


def _rate(case: Case, act: Act, _district: District) -> Case:
    if act.inputs.mark is None:
        raise Missing("missing", need="mark")
    person = act.person
    others = tuple(rating for rating in case.ratings if rating.person != person)
    return replace(case, ratings=(*others, Rating(person, act.inputs.mark)))


EFFECTS: Mapping[Verb, Effect] = {
    Verb.WITHDRAW: _withdraw,
    Verb.ADD: _add,
    Verb.JOIN: _joined,
    Verb.ANSWER: _answer,
    Verb.SOLVED: _solved,
    Verb.UNSOLVED: _unsolved,
    Verb.RATE: _rate,
}
