"""What is owed to whom: owed once, in order, until it is taken to be sent (see delivery) or gives way.

    waiting ──lease──▶ leased ──▶ sent | unreachable | refused
       ▲                  │
       └──later, lease run out, given back, moved
    waiting ──▶ expired | superseded | retracted | unreachable

Order: within an address in the order of owing; a scheduled message takes its place when its time comes, and one that
supersedes another takes that one's place. Among addresses, whoever has waited longest beyond what its purpose can wait:
a reply passes what went to many in the last ten minutes, yet nobody waits for ever. An address backs off as a whole.
A finished message keeps no notice, only its kind, key, case and handle. All instants are machine time.
"""

from datetime import datetime, timedelta

from domain.facts import instant, millis
from domain.messages import Address, Group, Notice, Purpose, Send
from storage import shown
from storage.addresses import chat_of, columns
from storage.codec import dump_notice, storable, to_text
from storage.store import Work

RETRACT = "__retract__"
"""The kind of a message that takes back the one standing at its address under its key."""

FAREWELL = "forgotten"
"""The kind of the last message to somebody who asked to be forgotten: no row of it stays once it is finished with."""

MENU = "__menu__"
"""The kind of what is no message but sets the menu of commands in a private chat, named by the fact `commands`; with
none the chat has the menu that everybody has. A channel without menus passes it over."""

TRACELESS = (FAREWELL, MENU)
"""The kinds of which no row stays once they are finished with."""

PATIENCE = {
    Purpose.REPLY: timedelta(0),
    Purpose.NOTIFY: timedelta(minutes=1),
    Purpose.BROADCAST: timedelta(minutes=10),
}
"""For how long a message lets those of a more pressing purpose pass."""


def owe(work: Work, send: Send, now: datetime) -> bool:
    """Owe a message. False when one with its dedupe key was owed before, whatever became of it."""
    return _owe(work, send, send.dedupe, now) is not None


def drop_waiting(work: Work, address: Address, why: str, now: datetime) -> int:
    """Give up everything that waits for an address. Returns how much there was."""
    return work.change("outbox_drop", **columns(address), why=storable(why), now=millis(now))


def moved(work: Work, old: Group, new: Group, now: datetime) -> None:
    """A group goes on under another id, with all its topics: what is on its way and what stands there goes along.

    A message in flight waits again at once, and needs no other mark.
    """
    if new.id == old.id:
        return
    here = {"channel": old.channel, "account": old.account, "old": old.id}
    work.change("outbox_land", **here)
    for row in work.rows("outbox_move", **here, new=new.id):
        give_way(work, row["id"], now)
    shown.moved(work, old, new)


def retract(work: Work, address: Address, key: str, now: datetime) -> bool:
    """Take back what was told under a key: what waits is not sent, and what stands there or is in flight is undone.

    False when there was nothing of the kind.
    """
    place = {**columns(address), "key": key}
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
    aside = shown.set_aside(work, address, key)
    return aside is not None and retract(work, address, aside, now)


def spoke_of(work: Work, address: Address, handle: str) -> tuple[str | None, int | None] | None:
    """The key and the case of a message of ours, however old, by its handle; None when it had neither."""
    row = work.row("outbox_spoke_of", **chat_of(columns(address)), handle=handle)
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


def give_way(work: Work, message_id: int, now: datetime) -> None:
    """Of the waiting messages with the key and the address of this one the newest stays, in the place of the oldest."""
    newest = work.row("outbox_newest_of_key", id=message_id)
    if newest is None:
        return
    state = "retracted" if newest["kind"] == RETRACT else "superseded"
    for place in work.rows("outbox_supersede", newest=newest["id"], state=state, now=millis(now)):
        work.change("outbox_take_place", id=newest["id"], **place)


def _owe(work: Work, send: Send, dedupe: str | None, now: datetime) -> int | None:
    """The id of the new message, None when the dedupe key is known."""
    line = millis(max(now, send.not_before or now) + PATIENCE[send.purpose])
    row = work.row(
        "outbox_owe",
        **columns(send.to),
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
    give_way(work, row["id"], now)
    work.change("outbox_pull", **columns(send.to), line=line, id=row["id"], now=millis(now))
    return int(row["id"])
