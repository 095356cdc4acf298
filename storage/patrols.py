"""巡查: the patrol somebody is on. Rows <-> domain values."""

from datetime import datetime

from domain.facts import millis
from domain.patrol import Patrol, ends_at
from domain.settings import Settings
from storage.record import dump, restore
from storage.store import Work


def under_way(work: Work, person: int) -> Patrol | None:
    """The patrol a person is on."""
    row = work.row("patrol_of", person=person)
    return None if row is None else restore(Patrol, row["body"])


def save(work: Work, patrol: Patrol, settings: Settings) -> None:
    """Keep a patrol as it stands now."""
    at = millis(ends_at(patrol, settings))
    work.change("save_patrol", person=patrol.person, ends_at=at, body=dump(patrol))


def end(work: Work, person: int) -> None:
    """It is over, and nothing is kept of it."""
    work.change("end_patrol", person=person)


def due(work: Work, now: datetime) -> tuple[int, ...]:
    """The persons whose patrol has been left alone for long enough. Machine time."""
    return tuple(row["person_id"] for row in work.rows("patrols_due", now=millis(now)))
