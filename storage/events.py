"""What happened to a case, step by step: rows <-> domain values."""

import json

from domain.case import Event, Part, State
from domain.facts import instant, millis
from storage.store import Row, Work


def add_event(work: Work, case_id: int, event: Event) -> None:
    """Append what happened to a case."""
    work.change(
        "add_event",
        case_id=case_id,
        seq=event.seq,
        at=millis(event.at),
        verb=event.verb,
        part=event.part.value,
        person=event.by,
        unit=event.unit,
        state=event.state.value,
        due_at=millis(event.due_at) if event.due_at else None,
        detail=json.dumps(event.detail, ensure_ascii=False),
    )


def events_of(work: Work, case_id: int) -> tuple[Event, ...]:
    """The history of a case, oldest first."""
    return tuple(_event(row) for row in work.rows("events_of", case_id=case_id))


def _event(row: Row) -> Event:
    return Event(
        seq=row["seq"],
        at=instant(row["at"]),
        verb=row["verb"],
        part=Part(row["part"]),
        by=row["person_id"],
        unit=row["unit"],
        state=State(row["state"]),
        due_at=instant(row["due_at"]) if row["due_at"] is not None else None,
        detail=json.loads(row["detail"]),
    )
