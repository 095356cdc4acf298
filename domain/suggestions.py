"""分派建议: which units may be right for a case in triage, each with the reason. Facts; the words stand in `bot/texts`.

The trade, the place, and whoever has just returned it. A unit stands there once.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain import deadlines
from domain.case import Case
from domain.dispatching import routed
from domain.district import District
from domain.limits import Span


class Because(StrEnum):
    """Why a unit may be right: 行业主管 of the category, 属地 community or street of the place, or it had the case."""

    TRADE = "trade"
    COMMUNITY = "community"
    STREET = "street"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit with the reason for it. `by_rule`: the decision tables name it as the lead.

    `left`, only of the unit that returned the case: the time it would get when the case is sent back to it.
    """

    unit: str
    because: Because
    by_rule: bool = False
    left: Span | None = None


def suggested(case: Case, district: District) -> tuple[Suggestion, ...]:
    """The lead by the rule first, then department, community and street; last the unit that has returned it."""
    category = district.categories.get(case.category or "")
    candidates = {
        Because.TRADE: category.industry_dept if category else None,
        Because.COMMUNITY: case.place.community,
        Because.STREET: case.place.street,
    }
    rule = routed(case, district).lead
    found = [
        Suggestion(unit, because, by_rule=unit == rule)
        for because, unit in candidates.items()
        if unit in district.units and unit is not None and unit != case.lead
    ]
    found.sort(key=lambda one: not one.by_rule)
    return (*found, *_returned(case, district, rule))


def _returned(case: Case, district: District, rule: str | None) -> tuple[Suggestion, ...]:
    if not case.returned or case.left is None or case.lead is None or case.lead not in district.units:
        return ()
    left = deadlines.at_least(case.left, district.settings.send_back_at_least)
    return (Suggestion(case.lead, Because.RETURNED, by_rule=case.lead == rule, left=left),)
