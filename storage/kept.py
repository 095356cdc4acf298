"""What is kept about one person, to be told to them."""

import json
from dataclasses import dataclass
from datetime import datetime

from domain.facts import instant
from domain.people import Role, RoleKind
from storage.store import Row, Work


@dataclass(frozen=True, slots=True)
class Bound:
    """A role, and since when. Machine time."""

    role: Role
    since: datetime


@dataclass(frozen=True, slots=True)
class Reported:
    """A case somebody reported, as far as its numbers go. `filed_at` is product time."""

    number: str
    state: str
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reporter said of a result: rate with its mark, solved, unsolved. `at` is product time."""

    number: str
    verb: str
    mark: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """All but the draft under way. `acts` counts what they did to cases in an office; `since` is machine time."""

    since: datetime
    photos: int
    acts: int
    roles: tuple[Bound, ...]
    reports: tuple[Reported, ...]
    judgements: tuple[Judgement, ...]


def kept(work: Work, person: int) -> Kept:
    """What is kept about a person."""
    row = work.row("kept_of_person", person=person)
    if row is None:
        raise LookupError(f"there is no person {person}")
    return Kept(
        instant(row["since_at"]),
        row["photos"],
        row["acts"],
        tuple(_bound(role) for role in work.rows("kept_roles", person=person)),
        tuple(_reported(report) for report in work.rows("kept_reports", person=person)),
        tuple(_judgement(judgement) for judgement in work.rows("kept_judgements", person=person)),
    )


def _bound(row: Row) -> Bound:
    return Bound(Role(RoleKind(row["kind"]), row["unit"], row["area"]), instant(row["since_at"]))


def _reported(row: Row) -> Reported:
    return Reported(row["number"], row["state"], instant(row["filed_at"]))


def _judgement(row: Row) -> Judgement:
    return Judgement(row["number"], row["verb"], json.loads(row["detail"]).get("mark", ""), instant(row["at"]))
