"""How long something may take, and how much of that is left.

A limit runs in its own kind of time: `h` by the clock, day and night; `wh` and `wd` only while people are at work.
A working day is 8 working hours. Source: product.md, "Time".
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.worktime import WORKING_DAY


class LimitUnit(StrEnum):
    """What a limit is counted in."""

    HOURS = "h"
    WORKING_HOURS = "wh"
    WORKING_DAYS = "wd"

    @property
    def working(self) -> bool:
        """Whether it runs only while people are at work."""
        return self is not LimitUnit.HOURS

    @property
    def length(self) -> timedelta:
        """One of it."""
        return WORKING_DAY if self is LimitUnit.WORKING_DAYS else timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of time, working time or time of the clock."""

    amount: timedelta
    working: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """The time a category or a step of the work allows, as the district writes it: 4 h, 8 wh, 3 wd."""

    value: int
    unit: LimitUnit

    @property
    def span(self) -> Span:
        """The whole of it."""
        return Span(self.value * self.unit.length, self.unit.working)

    @property
    def half(self) -> Span:
        """Half of it."""
        return Span(self.span.amount / 2, self.unit.working)

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"
