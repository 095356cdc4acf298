"""Kinds of problems: who leads them, how long they may take, under which heading they stand."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.limits import Limit


class LeadMode(StrEnum):
    """Who leads a category: the department of the trade, the street, or the community."""

    INDUSTRY = "industry"
    STREET = "street"
    COMMUNITY = "community"


class Urgency(StrEnum):
    """How pressing a category is, from mild to urgent."""

    NORMAL = "normal"
    PRESSING = "pressing"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of problem: who leads, how long it may take, what it costs in the assessment (`points`).

    `keywords` are everyday words; categories share some of them on purpose.
    """

    code: str
    name: str
    group: str
    group_name: str
    industry_dept: str
    lead_mode: LeadMode
    limit: Limit
    urgency: Urgency
    points: Decimal
    indicator: str
    keywords: tuple[str, ...]

    @property
    def urgent(self) -> bool:
        """Whether every case of it is urgent."""
        return self.urgency is Urgency.URGENT


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """A special action or other heading under which categories stand on buttons."""

    code: str
    name: str
    categories: tuple[Category, ...]
