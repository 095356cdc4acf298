"""People and what they are bound to: rows <-> domain values."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from domain.facts import instant, millis
from domain.messages import Peer
from domain.people import Actor, Role, RoleKind
from storage.store import Work


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote to us, as far as we keep anything of them: an id, a language, whether they had the notice.

    `back`: nothing could be sent to them until they wrote just now.
    """

    id: int
    language: str
    introduced: bool
    blocked: bool
    back: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation binds to, and whether it still can."""

    role: Role
    expires_at: datetime
    used_by: int | None


def person_of(work: Work, peer: Peer, language: str | None, now: datetime) -> Person:
    """The person behind a chat; somebody new is added with the language their channel names, Chinese if it names none.

    Whoever writes can be reached again.
    """
    row = work.row("person_of_peer", channel=peer.channel, account=peer.account, peer=peer.id)
    if row is not None:
        back = not row["reachable"]
        if back:
            set_reachable(work, peer, reachable=True)
        return Person(row["id"], row["language"], bool(row["introduced"]), bool(row["blocked"]), back)
    language = language or "zh"
    added = work.row("add_person", language=language, now=millis(now))
    if added is None:
        raise RuntimeError("a person was added and has no id")
    work.change("add_peer", channel=peer.channel, account=peer.account, peer=peer.id, person=added["id"])
    return Person(added["id"], language, introduced=False, blocked=False)


def known(work: Work, peer: Peer) -> int | None:
    """The id of the person behind a chat, if they ever wrote."""
    row = work.row("person_of_peer", channel=peer.channel, account=peer.account, peer=peer.id)
    return None if row is None else int(row["id"])


def introduced(work: Work, person: int) -> None:
    """The person has had the notice of what is kept."""
    work.change("set_introduced", person=person)


def set_language(work: Work, person: int, language: str) -> None:
    """The person reads another language from now on."""
    work.change("set_language", person=person, language=language)


def menu(work: Work, person: int) -> str:
    """The menu of commands that was owed to a person last; empty for the one everybody has."""
    row = work.row("menu_of", person=person)
    return "" if row is None else str(row["menu"])


def set_menu(work: Work, person: int, menu: str) -> None:
    """This menu is owed to a person."""
    work.change("set_menu", person=person, menu=menu)


def mistrust_menu(work: Work, peer: Peer) -> None:
    """The menu owed to whoever is reached there was not taken: it counts as not owed yet."""
    work.change("mistrust_menu", channel=peer.channel, account=peer.account, peer=peer.id)


def with_menus(work: Work) -> tuple[int, ...]:
    """Those who can be reached and have a role, or a menu of their own."""
    return tuple(row["id"] for row in work.rows("people_with_menus"))


def set_reachable(work: Work, peer: Peer, *, reachable: bool) -> bool:
    """Whether a chat can be reached. Returns whether that is news."""
    changed = work.change(
        "set_reachable", channel=peer.channel, account=peer.account, peer=peer.id, reachable=int(reachable)
    )
    return changed > 0


def peers_of(work: Work, person: int) -> tuple[Peer, ...]:
    """The chats in which a person can be reached; none for whom the office has shut out."""
    rows = work.rows("peers_of", person=person)
    return tuple(Peer(row["channel"], row["account"], row["peer"]) for row in rows)


def language_of(work: Work, peer: Peer) -> str:
    """The language of whoever reads there; Chinese where it is unknown."""
    row = work.row("language_of_peer", channel=peer.channel, account=peer.account, peer=peer.id)
    return "zh" if row is None else str(row["language"])


def actor(work: Work, person: int) -> Actor:
    """A person with all their roles."""
    rows = work.rows("roles_of", person=person)
    return Actor(person, tuple(Role(RoleKind(row["kind"]), row["unit"], row["area"]) for row in rows))


def bind(work: Work, person: int, role: Role, now: datetime) -> bool:
    """Give a person a role. Returns whether they did not have it before."""
    return (
        work.change("add_role", person=person, kind=role.kind.value, unit=role.unit, area=role.area, now=millis(now))
        > 0
    )


def end_roles(work: Work, person: int, now: datetime) -> None:
    """A person is bound to nothing any more. Machine time."""
    work.change("end_roles", person=person, now=millis(now))


def set_blocked(work: Work, person: int, *, blocked: bool) -> None:
    """Shut a person out, or let them in again."""
    work.change("set_blocked", person=person, blocked=int(blocked))


def officers_of(work: Work, unit: str) -> tuple[int, ...]:
    """The officers of a unit who can be reached."""
    return tuple(row["person_id"] for row in work.rows("officers_of", unit=unit))


def volunteers_of(work: Work, area: str) -> tuple[int, ...]:
    """The volunteers of an area who can be reached."""
    return tuple(row["person_id"] for row in work.rows("volunteers_of", area=area))


def bound_units(work: Work) -> dict[str, int]:
    """How many officers each unit has; units without any are left out."""
    return {row["unit"]: row["officers"] for row in work.rows("bound_units")}


def invite(work: Work, token: str, role: Role, *, by: int | None, now: datetime, expires_at: datetime) -> None:
    """Keep an invitation, of its token only the hash."""
    work.change(
        "add_invitation",
        token_hash=_hash(token),
        kind=role.kind.value,
        unit=role.unit,
        area=role.area,
        created_by=by,
        now=millis(now),
        expires_at=millis(expires_at),
    )


def invitation(work: Work, token: str) -> Invitation | None:
    """What a token binds to, used or not."""
    row = work.row("invitation", token_hash=_hash(token))
    if row is None:
        return None
    role = Role(RoleKind(row["kind"]), row["unit"], row["area"])
    return Invitation(role, instant(row["expires_at"]), row["used_by"])


def use_invitation(work: Work, token: str, person: int | None, now: datetime) -> bool:
    """Use an invitation up, for a group chat by nobody in particular. False when somebody was quicker."""
    return work.change("use_invitation", token_hash=_hash(token), person=person, now=millis(now)) > 0


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
