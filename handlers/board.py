"""/board: how an officer's units stand, and those they supervise or oversee; of these the way leads to their cases.

All of it stands in one message: a page of units, or the cases of one of them.
"""

from dataclasses import dataclass, replace

from domain import board
from domain.board import Line
from domain.errors import NotAllowed
from domain.facts import Facts
from domain.messages import Called, Notice, Toast
from domain.option import Option
from domain.pages import turned_to
from handlers import listing
from handlers.desk import Desk
from handlers.faces import facts_of
from handlers.listing import page_facts
from storage import cases
from storage.record import dump, restore
from storage.tokens import Token

_KEY = "board"


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page of the cases of a unit, counted from 0, and the page of units that it was opened from."""

    unit: str
    page: int = 0
    back: int = 0


def show(desk: Desk, _call: Called) -> None:
    """Counts and lights as they are now."""
    desk.set_aside(desk.person_id, _KEY)
    _show(desk, 0)


def turn(desk: Desk, token: Token) -> Toast | None:
    """Another page of units, or back to one."""
    _show(desk, int(token.argument))
    return None


def _show(desk: Desk, number: int) -> None:
    units = _units(desk)
    found = cases.on_board(desk.work, board.watched(units, desk.district), board.overseen(units, desk.district))
    below = board.below(units, found, desk.district, desk.now)
    page = turned_to(number, len(below), listing.SIZE)
    shown = below[page.offset : page.offset + page.size]
    leaves = (_Leaf(line.unit, back=page.number) for line in shown)
    options = [Option("board_unit", dump(leaf), name=desk.unit_name(leaf.unit) or leaf.unit) for leaf in leaves]
    actions = desk.actions((*options, *page.turns("board_page")), person=desk.person_id)
    facts: Facts = {
        "own": [_line(desk, line) for line in board.own(units, found, desk.district, desk.now)],
        "below": [_line(desk, line) for line in shown],
        **page_facts(page),
    }
    desk.reply(Notice("board", facts, actions=actions, key=_KEY))


def open_unit(desk: Desk, token: Token) -> Toast | None:
    """The open cases of a unit, as far as whoever asks stands above it, each to be opened."""
    leaf = restore(_Leaf, token.argument)
    actor = desk.actor
    found = board.cases_below(_units(desk), leaf.unit, cases.on_board(desk.work, (leaf.unit,), ()))
    page = turned_to(leaf.page, len(found), listing.SIZE)
    shown = found[page.offset : page.offset + page.size]
    options = (
        *listing.opening(shown),
        *page.turns("board_unit", lambda number: dump(replace(leaf, page=number))),
        Option("board_page", str(leaf.back), label="back"),
    )
    facts: Facts = {
        "unit": desk.unit_name(leaf.unit) or leaf.unit,
        "cases": [facts_of(desk, case, unmasked=actor.of_office) for case in shown],
        **page_facts(page),
    }
    actions = desk.actions(options, person=desk.person_id)
    desk.reply(Notice("unit_cases" if found else "unit_cases_none", facts, actions=actions, key=_KEY))
    return None


def _units(desk: Desk) -> tuple[str, ...]:
    """The units of whoever asks. Raises NotAllowed."""
    units = desk.actor.units
    if not units:
        raise NotAllowed("officers_only")
    return units


def _line(desk: Desk, line: Line) -> Facts:
    """Numbers as text, since a zero is said here."""
    counts = line.counts
    return {
        "unit": desk.unit_name(line.unit) or line.unit,
        "open": str(counts.open),
        "due_today": str(counts.due_today),
        "overdue_count": str(counts.overdue),
        "to_acknowledge": str(counts.to_acknowledge),
        "to_check": str(counts.to_check),
        "green": str(counts.green),
        "yellow": str(counts.yellow),
        "red": str(counts.red),
    }
