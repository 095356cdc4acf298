"""Group chats and what they are bound to: rows <-> domain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.facts import millis
from domain.messages import Group
from domain.people import Role, RoleKind
from storage.store import Row, Work


@dataclass(frozen=True, slots=True)
class GroupChat:
    """A group chat that is bound: where it is, to what, and the language it is spoken to in."""

    id: int
    address: Group
    role: Role
    language: str


def bind(work: Work, address: Group, role: Role, language: str, now: datetime) -> bool:
    """Bind a group chat. Returns whether it was not bound to that before."""
    columns = {"kind": role.kind.value, "unit": role.unit, "language": language}
    return work.change("bind_group", **_chat(address), topic=address.topic or "", **columns, now=millis(now)) > 0


def load(work: Work, group_id: int) -> GroupChat | None:
    """A group chat by its id; None when it is not bound any more."""
    row = work.row("group_by_id", id=group_id)
    return None if row is None else _group(row)


def of_unit(work: Work, unit: str) -> tuple[GroupChat, ...]:
    """The group chats a unit works in."""
    return _groups(work.rows("groups_of_unit", unit=unit))


def bulletins(work: Work) -> tuple[GroupChat, ...]:
    """The group chats the bulletin goes to."""
    return _groups(work.rows("groups_of_kind", kind=RoleKind.BULLETIN.value))


def of_chat(work: Work, address: Group) -> tuple[GroupChat, ...]:
    """What a chat is bound to, in any of its topics."""
    return _groups(work.rows("groups_of_chat", **_chat(address)))


def unbind(work: Work, address: Group, now: datetime) -> tuple[GroupChat, ...]:
    """The chat is bound to nothing any more. Returns what it was bound to."""
    bound = of_chat(work, address)
    work.change("unbind_chat", **_chat(address), now=millis(now))
    return bound


def moved(work: Work, old: Group, new: Group, now: datetime, *, lately: datetime) -> None:
    """The chat goes on under another id, with all its topics; also when it seemed to be gone, but not before `lately`.

    A channel can tell us that we are no longer in the old chat before it tells us that there is a new one.
    """
    if new.id == old.id:
        return
    work.change("move_group", **_chat(old), new=new.id, lately=millis(lately))
    work.change("unbind_chat", **_chat(old), now=millis(now))


def _chat(address: Group) -> dict[str, str]:
    return {"channel": address.channel, "account": address.account, "chat": address.id}


def _groups(rows: Iterable[Row]) -> tuple[GroupChat, ...]:
    return tuple(_group(row) for row in rows)


def _group(row: Row) -> GroupChat:
    address = Group(row["channel"], row["account"], row["chat"], row["topic"] or None)
    return GroupChat(row["id"], address, Role(RoleKind(row["kind"]), row["unit"]), row["language"])
