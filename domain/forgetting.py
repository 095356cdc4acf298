"""Somebody asks to be forgotten: the case stays, the person goes.

What was reported, done and judged keeps its place and its weight; who it was becomes NOBODY. The units a reporter
belonged to stay, since 自查 is told by them. Telephone and identity numbers in the words go, whoever may read them.
"""

from collections.abc import Mapping
from dataclasses import replace

from domain.case import NOBODY, Case
from domain.facts import Fact, Facts
from domain.privacy import masked


def without(case: Case, person: int) -> Case:
    """The case with nothing in it that leads to this person."""

    def other(somebody: int | None) -> int | None:
        return NOBODY if somebody == person else somebody

    request = case.request
    return replace(
        case,
        words=masked(case.words) if person in case.people else case.words,
        reporters=tuple(replace(one, person=NOBODY) if one.person == person else one for one in case.reporters),
        opinions=tuple(replace(one, person=NOBODY) if one.person == person else one for one in case.opinions),
        ratings=tuple(replace(one, person=NOBODY) if one.person == person else one for one in case.ratings),
        acknowledged_by=other(case.acknowledged_by),
        replied_by=other(case.replied_by),
        closed_by=other(case.closed_by),
        request=replace(request, by=NOBODY) if request and request.by == person else request,
    )


def bare(detail: Facts) -> Mapping[str, Fact]:
    """What was given with an event of this person, without telephone and identity numbers."""
    return {name: masked(value) if isinstance(value, str) else value for name, value in detail.items()}
