"""/board: how an officer's units stand, and those they supervise or oversee."""

from domain import board
from domain.board import Line
from domain.errors import NotAllowed
from domain.facts import Facts
from domain.messages import Called, Notice
from handlers.desk import Desk
from storage import cases

_BELOW = 15


def show(desk: Desk, _call: Called) -> None:
    """Counts and lights as they are now."""
    units = desk.actor.units
    if not units:
        raise NotAllowed("officers_only")
    watched = board.watched(units, desk.district)
    found = cases.on_board(desk.work, watched, board.overseen(units, desk.district))
    below = board.below(units, found, desk.district, desk.now)
    facts: Facts = {
        "own": [_line(desk, line) for line in board.own(units, found, desk.district, desk.now)],
        "below": [_line(desk, line) for line in below[:_BELOW]],
        "units_below": len(below),
        "further": max(len(below) - _BELOW, 0),
    }
    desk.reply(Notice("board", facts))


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
