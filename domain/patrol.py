"""巡查: somebody with a role reports one thing after the other, and each next one begins where the last one ended.

All instants and waits are machine time: a patrol is a wait for a person at the keyboard.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.draft import Draft, Phase
from domain.errors import NotAllowed
from domain.gist import Place
from domain.people import Actor
from domain.settings import Settings

POSITION_HOLDS = timedelta(minutes=15)
"""For how long a shared position is taken for where the person still is."""


@dataclass(frozen=True, slots=True)
class Patrol:
    """`cases` are the ids of what was reported on it, in order; `position` is where the person was at `seen_at`."""

    person: int
    touched_at: datetime
    cases: tuple[int, ...] = ()
    position: Place | None = None
    seen_at: datetime | None = None


def begin(actor: Actor, now: datetime) -> Patrol:
    """A new patrol. Raises NotAllowed for residents, who need none to report."""
    if actor.person is None or not actor.roles:
        raise NotAllowed("patrollers_only")
    return Patrol(actor.person, now)


def touched(patrol: Patrol, now: datetime) -> Patrol:
    """The person is still at it."""
    return replace(patrol, touched_at=now)


def reported(patrol: Patrol, case: int) -> Patrol:
    """One more case, also when the report filed itself; the same one counts once."""
    return replace(patrol, cases=tuple(dict.fromkeys((*patrol.cases, case))))


def moved(patrol: Patrol, position: Place, now: datetime) -> Patrol:
    """A shared position says where the person is; it may be shared for hours, so that alone keeps no patrol going."""
    return replace(patrol, position=position, seen_at=now)


def whereabouts(patrol: Patrol, now: datetime) -> Place | None:
    """Where the person is, as far as it is known and lies in the district."""
    if patrol.position is None or patrol.seen_at is None or now - patrol.seen_at > POSITION_HOLDS:
        return None
    return _within(patrol.position)


def ends_at(patrol: Patrol, settings: Settings) -> datetime:
    """When it ends by itself, left alone."""
    return patrol.touched_at + settings.patrol_ends_after


def next_draft(draft: Draft, patrol: Patrol, last: Place | None, now: datetime) -> Draft:
    """A new report on a patrol: one of its own, unasked, where the person is; `last` is where the report before was."""
    here = whereabouts(patrol, now)
    earlier = _within(last) if last is not None else None
    return replace(draft, phase=Phase.OPEN, after=None, pinned=here, earlier=earlier)


def _within(place: Place) -> Place | None:
    return place if place.street is not None and not place.outside else None
