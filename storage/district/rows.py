"""Rows of a district's files, cell by cell.

What is wrong with a cell is noted, and a stand-in lets the reading go on, so that all faults are found in one go.
Stand-ins never get out: while there is one fault, no District is made.
"""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from storage.district.faults import Fault, Rule

T = TypeVar("T")

Cell = str | tuple[str, ...]

_WHOLE = re.compile(r"[0-9]{1,4}")
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(slots=True)
class Row:
    """One row of a table or one feature of a map, and the list to which its faults go.

    A column missing from `cells` was reported once for the whole file and is not reported again.
    """

    file: str
    number: int
    cells: Mapping[str, Cell]
    faults: list[Fault]
    _wrong: set[str | None] = field(default_factory=set)

    def fault(self, column: str | None, rule: Rule, **facts: str | int) -> None:
        """Note that a rule is broken here."""
        self._wrong.add(column)
        self.faults.append(Fault(self.file, self.number, column, rule, facts))

    def sound(self, *columns: str) -> bool:
        """Whether these columns are there and nothing is wrong with them, so that a rule about them can be tried."""
        return all(column in self.cells and column not in self._wrong for column in columns)

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong with the row so far."""
        return not self._wrong

    def refer(self, column: str, code: str, known: Container[str], rule: Rule) -> bool:
        """Whether a code names something, noting it when not. An empty one refers to nothing and is never wrong."""
        found = not code or code in known
        if not found:
            self.fault(column, rule, code=code)
        return found

    def maybe(self, column: str) -> str:
        """A cell that may be empty."""
        cell = self.cells.get(column, "")
        if isinstance(cell, str):
            return cell.strip()
        if self.sound(column):
            self.fault(column, Rule.BAD_TEXT)
        return ""

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        text = self.maybe(column)
        if not text and self.sound(column):
            self.fault(column, Rule.MISSING_CELL)
        return text

    def list(self, column: str) -> tuple[str, ...]:
        """The entries of a list, which may have none."""
        cell = self.cells.get(column, "")
        entries = cell.split(";") if isinstance(cell, str) else cell
        return tuple(entry.strip() for entry in entries if entry.strip())

    def whole(self, column: str) -> int:
        """A whole number from 1 to 9999: a limit longer than that is a slip, and would leave the calendar."""
        return self._value(column, _whole, Rule.BAD_NUMBER, 1)

    def decimal(self, column: str) -> Decimal:
        """A number not below zero, with or without decimals."""
        return self._value(column, lambda text: Decimal(_matched(_DECIMAL, text)), Rule.BAD_NUMBER, Decimal(0))

    def degrees(self, column: str, limit: int) -> float:
        """Degrees of longitude (limit 180) or latitude (limit 90)."""
        return self._value(column, lambda text: _degrees(text, limit), Rule.BAD_COORDINATE, 0.0)

    def day(self, column: str) -> date:
        """A date, as in 2026-04-01."""
        return self._value(column, lambda text: date.fromisoformat(_matched(_DATE, text)), Rule.BAD_DATE, date.min)

    def maybe_day(self, column: str) -> date | None:
        """A date, or an empty cell."""
        return self.day(column) if self.maybe(column) else None

    def choice(self, column: str, choices: Mapping[str, T]) -> T:
        """One of a few words, as what it stands for."""
        text = self.text(column)
        if text and text not in choices:
            self.fault(column, Rule.BAD_CHOICE, value=text, choices=" ".join(choices))
        return choices.get(text) or next(iter(choices.values()))

    def _value(self, column: str, convert: Callable[[str], T], rule: Rule, stand_in: T) -> T:
        text = self.text(column)
        try:
            return convert(text) if text else stand_in
        except ValueError:
            self.fault(column, rule, value=text)
            return stand_in


def _matched(pattern: re.Pattern[str], text: str) -> str:
    """The text, if it has that form: Python's own conversions also take 1_000, ４ and nan."""
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text


def _whole(text: str) -> int:
    number = int(_matched(_WHOLE, text))
    if not number:
        raise ValueError(text)
    return number


def _degrees(text: str, limit: int) -> float:
    degrees = float(_matched(_DEGREES, text))
    if abs(degrees) > limit:
        raise ValueError(text)
    return degrees
