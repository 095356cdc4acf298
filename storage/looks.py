"""Who of the office looked at who reported a case, when and why. Rows are only ever added."""

from dataclasses import dataclass
from datetime import datetime

from domain.facts import instant, millis
from storage.store import Row, Work


@dataclass(frozen=True, slots=True)
class Look:
    """One look. `at` is product time, `number` that of the case."""

    at: datetime
    by: int
    number: str
    reason: str


def add(work: Work, case_id: int, by: int, reason: str, now: datetime) -> int:
    """Record a look. Returns its id."""
    row = work.row("add_look", case_id=case_id, by=by, reason=reason, now=millis(now))
    if row is None:
        raise RuntimeError("a look was recorded and has no id")
    return int(row["id"])


def of_case(work: Work, case_id: int) -> tuple[Look, ...]:
    """The looks at one case, the oldest first."""
    return tuple(map(_look, work.rows("looks_of_case", case_id=case_id)))


def newest(work: Work, limit: int) -> tuple[Look, ...]:
    """The newest looks at any case, the newest first."""
    return tuple(map(_look, work.rows("newest_looks", limit=limit)))


def _look(row: Row) -> Look:
    return Look(instant(row["at"]), row["person_id"], row["number"], row["reason"])
