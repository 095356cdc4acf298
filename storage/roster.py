"""名册: who is bound to what, since when, and who is blocked. Rows <-> domain values."""

from dataclasses import dataclass
from datetime import datetime

from domain.district import OFFICE
from domain.facts import instant, millis
from domain.people import Role, RoleKind
from storage.cards import Card
from storage.store import Work


@dataclass(frozen=True, slots=True)
class Bond:
    """A person with one role of theirs. `since` is machine time; `lost`: no chat reaches them any more."""

    person: int
    role: Role
    since: datetime
    lost: bool = False


def bonds(work: Work, limit: int, offset: int = 0) -> tuple[Bond, ...]:
    """Officers by unit, then volunteers by area, the longest bound first."""
    return tuple(
        Bond(
            row["person_id"],
            Role(RoleKind(row["kind"]), row["unit"], row["area"]),
            instant(row["since_at"]),
            lost=not row["chats"],
        )
        for row in work.rows("bonds", limit=limit, offset=offset)
    )


def count(work: Work) -> int:
    """How many there are."""
    row = work.row("count_bonds")
    return 0 if row is None else int(row["bonds"])


def unbind(work: Work, bond: Bond, now: datetime) -> bool:
    """End a role; cards of ended cases that came with it are let be. False when it had ended before."""
    role, person = bond.role, bond.person
    ended = work.change(
        "end_role", person=person, kind=role.kind.value, unit=role.unit or "", area=role.area or "", now=millis(now)
    )
    if ended:
        work.change("let_cards_be", person=person, unit=role.unit, area=role.area, office=int(role.unit == OFFICE))
    return ended > 0


def cards_at_work(work: Work, person: int) -> tuple[tuple[int, Card], ...]:
    """Cards by which a person works on what is not ended yet, each with the id of its case, the newest first."""
    rows = work.rows("cards_at_work", person=person)
    return tuple((row["case_id"], Card(row["view"], row["key"], person, None, row["shows"])) for row in rows)


def language(work: Work, person: int) -> str:
    """The language a person reads."""
    row = work.row("person_by_id", person=person)
    return "" if row is None else str(row["language"])


def blocked(work: Work, person: int) -> bool:
    """Whether nothing more is taken from a person."""
    row = work.row("person_by_id", person=person)
    return bool(row and row["blocked"])


def all_blocked(work: Work, limit: int, offset: int = 0) -> tuple[int, ...]:
    """Those from whom nothing more is taken."""
    return tuple(row["id"] for row in work.rows("blocked_people", limit=limit, offset=offset))


def count_blocked(work: Work) -> int:
    """How many they are."""
    row = work.row("count_blocked")
    return 0 if row is None else int(row["people"])
