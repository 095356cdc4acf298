"""What is owed to whom, and how far it is: owed once, leased to be sent, one message an address in flight, in order.

    waiting ──lease──▶ leased ──▶ sent | unreachable | refused
       ▲                  │
       └──later, lease run out, given back, moved
    waiting ──▶ expired | superseded | retracted | unreachable

Order: within an address in the order of owing; a scheduled message takes its place when its time comes, and one that
supersedes another takes that one's place. Among addresses, whoever has waited longest beyond what its purpose can wait:
a reply passes what went to many in the last ten minutes, yet nobody waits for ever. An address backs off as a whole.
A finished message keeps no notice, only its kind, key, case and handle. All instants are machine time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from domain.facts import instant, millis
from domain.messages import Address, Group, Notice, Peer, Purpose, Send
from storage.codec import dump_notice, from_text, load_notice, storable, to_text
from storage.store import Row, Work

RETRACT = "__retract__"
"""The kind of a message that takes back the one standing at its address under its key."""

FAREWELL = "forgotten"
"""The kind of the last message to somebody who asked to be forgotten: no row of it stays once it is finished with."""

MENU = "__menu__"
"""The kind of what is no message but sets the menu of commands in a private chat, named by the fact `commands`; with
none the chat has the menu that everybody has. A channel without menus passes it over."""

_TRACELESS = (FAREWELL, MENU)
"""The kinds of which no row stays once they are finished with."""

PATIENCE = {
    Purpose.REPLY: timedelta(0),
    Purpose.NOTIFY: timedelta(minutes=1),
    Purpose.BROADCAST: timedelta(minutes=10),
}
"""For how long a message lets those of a more pressing purpose pass."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that stands in the chat under a key: its handle, and the channel's note on its form.

    `behind` counts the messages that have come after it.
    """

    handle: str
    form: str
    behind: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Owed:
    """A message leased to be sent. `attempts` counts the tries before; `shown` is the message it takes the place of.

    With the kind RETRACT `shown` is always set, and is to be taken back.
    """

    id: int
    to: Address
    notice: Notice
    purpose: Purpose
    case: int | None
    attempts: int
    shown: Shown | None
    created_at: datetime


def owe(work: Work, send: Send, now: datetime) -> bool:
    """Owe a message. False when one with its dedupe key was owed before, whatever became of it."""
    return _owe(work, send, send.dedupe, now) is not None


def lease(work: Work, owner: str, now: datetime, until: datetime, limit: int) -> list[Owed]:
    """Take up to `limit` messages to be sent before `until`, the most pressing first, one an address.

    Until then nobody else gets them, nor anything else for their addresses.
    """
    for row in work.rows("outbox_reclaim", now=millis(now)):
        _give_way(work, row["id"], now)
    work.change("outbox_expire", now=millis(now))
    found: list[Owed] = []
    made_way = True  # what turned out to be nothing to send: the next at its address can go at once
    while made_way and len(found) < limit:
        free = limit - len(found)
        rows = work.rows("outbox_lease", owner=owner, now=millis(now), until=millis(until), limit=free)
        owed = [_owed(work, row, now) for row in sorted(rows, key=lambda row: (row["line"], row["id"]))]
        found += [one for one in owed if one is not None]
        made_way = None in owed
    return found


def give_back(work: Work, now: datetime) -> int:
    """What whoever sent before had in flight waits again at once; only for whoever alone sends now, at the start.

    Returns how much there was.
    """
    rows = work.rows("outbox_give_back")
    for row in rows:
        _give_way(work, row["id"], now)
    return len(rows)


def hold(work: Work, owner: str, message_ids: Iterable[int], until: datetime) -> None:
    """What takes long to be sent stays leased: nobody is to send it a second time meanwhile."""
    for message_id in message_ids:
        work.change("outbox_hold", id=message_id, owner=owner, until=millis(until))


def sent(work: Work, message_id: int, handle: str, form: str, now: datetime) -> bool:
    """Delivered. With a key it now stands there; a retraction leaves nothing standing. False when it was known."""
    row = work.row("outbox_sent", id=message_id, handle=handle, now=millis(now))
    if row is None:
        return False
    place = _place(row)
    if row["kind"] in _TRACELESS:
        work.change("outbox_forget", id=message_id, kind=row["kind"])
        return True
    if row["kind"] == RETRACT:
        work.change("shown_gone", **place)
        return True
    before = work.row("shown_of", **place)
    if before is None or before["handle"] != handle:
        seen(work, _address(row))
    if row["key"] is not None:
        standing = {"handle": handle, "form": form, "case_id": row["case_id"], "outbox_id": message_id}
        work.change("shown_put", **place, **standing, messages=_messages(work, place), now=millis(now))
    return True


def seen(work: Work, address: Address) -> None:
    """One more message has come to stand in a chat, from whichever side."""
    columns = _columns(address)
    del columns["topic"]
    work.change("count_message", **columns)


def _messages(work: Work, place: dict[str, Any]) -> int:
    chat = {name: place[name] for name in ("channel", "account", "chat", "is_group")}
    row = work.row("messages_of", **chat)
    return 0 if row is None else int(row["messages"])


def later(work: Work, message_id: int, until: datetime, why: str, now: datetime) -> bool:
    """Not now: the address waits until `until`. What became void meanwhile gives way to the newer message."""
    changed = work.change("outbox_later", id=message_id, until=millis(until), why=storable(why))
    _give_way(work, message_id, now)
    return changed > 0


def unreachable(work: Work, message_id: int, why: str, now: datetime) -> bool:
    """The address cannot be reached; for what else waits see drop_waiting. False when it was finished with."""
    return _finish(work, message_id, "unreachable", why, now)


def refused(work: Work, message_id: int, why: str, now: datetime) -> bool:
    """The channel will never take this message. False when it was finished with."""
    return _finish(work, message_id, "refused", why, now)


def drop_waiting(work: Work, address: Address, why: str, now: datetime) -> int:
    """Give up everything that waits for an address. Returns how much there was."""
    return work.change("outbox_drop", **_columns(address), why=storable(why), now=millis(now))


def moved(work: Work, old: Group, new: Group, now: datetime) -> None:
    """A group goes on under another id, with all its topics: what is on its way and what stands there goes along.

    A message in flight waits again at once, and needs no other mark.
    """
    if new.id == old.id:
        return
    here = {"channel": old.channel, "account": old.account, "old": old.id}
    work.change("outbox_land", **here)
    for row in work.rows("outbox_move", **here, new=new.id):
        _give_way(work, row["id"], now)
    work.change("move_count", **here, new=new.id)
    work.change("shown_move", **here, new=new.id)
    work.change("shown_leave", **here)


def retract(work: Work, address: Address, key: str, now: datetime) -> bool:
    """Take back what was told under a key: what waits is not sent, and what stands there or is in flight is undone.

    False when there was nothing of the kind.
    """
    place = {**_columns(address), "key": key}
    standing = work.row("shown_of", **place) or work.row("outbox_flying", **place)
    if standing is None:
        return work.change("outbox_retract", **place, now=millis(now)) > 0
    notice = Notice(RETRACT, key=key)
    _owe(work, Send(address, notice, Purpose.NOTIFY, dedupe="", case=standing["case_id"]), None, now)
    return True


def set_aside(work: Work, address: Address, key: str, now: datetime) -> bool:
    """Take back what stands under a key and leave the key free: the next message under it comes as a new one.

    What waits under the key gives way to that one as ever. False when nothing stood there.
    """
    row = work.row("shown_aside", **_columns(address), key=key)
    return row is not None and retract(work, address, row["key"], now)


def spoke_of(work: Work, address: Address, handle: str) -> tuple[str | None, int | None] | None:
    """The key and the case of a message of ours, however old, by its handle; None when it had neither."""
    columns = _columns(address)
    del columns["topic"]
    row = work.row("outbox_spoke_of", **columns, handle=handle)
    return None if row is None else (row["key"], row["case_id"])


def earliest(work: Work, now: datetime) -> datetime | None:
    """When to look again: something is due then that is not due at `now`, or a lease runs out."""
    row = work.row("outbox_earliest", now=millis(now))
    return None if row is None or row["due"] is None else instant(row["due"])


def waiting_count(work: Work) -> int:
    """How many messages wait to be sent."""
    row = work.row("outbox_waiting_count")
    return 0 if row is None else int(row["waiting"])


def purge(work: Work, before: datetime) -> int:
    """Forget messages finished with before an instant: their dedupe keys and what they spoke of.

    Of an open case it is remembered for as long as it is open; when it ends, its cards are sent once more.
    """
    return work.change("outbox_purge", before=millis(before))


def _owe(work: Work, send: Send, dedupe: str | None, now: datetime) -> int | None:
    """The id of the new message, None when the dedupe key is known."""
    line = millis(max(now, send.not_before or now) + PATIENCE[send.purpose])
    row = work.row(
        "outbox_owe",
        **_columns(send.to),
        dedupe=dedupe,
        kind=send.notice.kind,
        notice=to_text(dump_notice(send.notice)),
        key=send.notice.key,
        case_id=send.case,
        purpose=send.purpose.value,
        line=line,
        not_before=millis(send.not_before) if send.not_before else 0,
        not_after=millis(send.not_after) if send.not_after else None,
        now=millis(now),
    )
    if row is None:
        return None
    _give_way(work, row["id"], now)
    work.change("outbox_pull", **_columns(send.to), line=line, id=row["id"], now=millis(now))
    return int(row["id"])


def _give_way(work: Work, message_id: int, now: datetime) -> None:
    """Of the waiting messages with the key and the address of this one the newest stays, in the place of the oldest."""
    newest = work.row("outbox_newest_of_key", id=message_id)
    if newest is None:
        return
    state = "retracted" if newest["kind"] == RETRACT else "superseded"
    for place in work.rows("outbox_supersede", newest=newest["id"], state=state, now=millis(now)):
        work.change("outbox_take_place", id=newest["id"], **place)


def _finish(work: Work, message_id: int, state: str, why: str, now: datetime) -> bool:
    finished = work.change("outbox_finish", id=message_id, state=state, why=storable(why), now=millis(now)) > 0
    for kind in _TRACELESS:
        work.change("outbox_forget", id=message_id, kind=kind)
    return finished


def _owed(work: Work, row: Row, now: datetime) -> Owed | None:
    """The message of a row; None when there is nothing to send, and then it is finished with."""
    standing = work.row("shown_of", **_place(row)) if row["key"] is not None else None
    try:
        notice = load_notice(from_text(row["notice"]))
    except (KeyError, TypeError, ValueError) as error:
        # Written by another version of the program. It must not stand in the way of all the others.
        refused(work, row["id"], f"the notice cannot be read: {error!r}", now)
        return None
    if notice.kind == RETRACT and standing is None:
        _finish(work, row["id"], "retracted", "nothing stands there", now)
        return None
    return Owed(
        id=row["id"],
        to=_address(row),
        notice=notice,
        purpose=Purpose(row["purpose"]),
        case=row["case_id"],
        attempts=row["attempts"],
        shown=None if standing is None else _shown(work, standing, _place(row)),
        created_at=instant(row["created_at"]),
    )


def _shown(work: Work, standing: Row, place: dict[str, Any]) -> Shown:
    return Shown(standing["handle"], standing["form"], max(_messages(work, place) - standing["messages"], 0))


def _columns(address: Address) -> dict[str, Any]:
    topic = address.topic if isinstance(address, Group) else None
    return {
        "channel": address.channel,
        "account": address.account,
        "chat": address.id,
        "topic": topic or "",
        "is_group": int(isinstance(address, Group)),
    }


def _address(row: Row) -> Address:
    if row["is_group"]:
        return Group(row["channel"], row["account"], row["chat"], row["topic"] or None)
    return Peer(row["channel"], row["account"], row["chat"])


def _place(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("channel", "account", "chat", "topic", "is_group", "key")}
