"""What is owed goes out: leased to be sent, one message an address in flight, and marked with what became of it.

All instants are machine time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.facts import instant, millis
from domain.messages import Address, Notice, Purpose
from storage import shown
from storage.addresses import address_of, place_of
from storage.codec import from_text, load_notice, storable
from storage.outbox import RETRACT, TRACELESS, give_way
from storage.shown import Shown
from storage.store import Row, Work


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


def lease(work: Work, owner: str, now: datetime, until: datetime, limit: int) -> list[Owed]:
    """Take up to `limit` messages to be sent before `until`, the most pressing first, one an address.

    Until then nobody else gets them, nor anything else for their addresses.
    """
    for row in work.rows("outbox_reclaim", now=millis(now)):
        give_way(work, row["id"], now)
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


def give_back(work: Work, owner: str, now: datetime) -> int:
    """What others than `owner` had in flight waits again at once; only for whoever alone sends now, at the start.

    Returns how much there was.
    """
    rows = work.rows("outbox_give_back", owner=owner)
    for row in rows:
        give_way(work, row["id"], now)
    return len(rows)


def unwind(work: Work, now: datetime) -> int:
    """What was owed before the clock was set back waits no longer for that. Returns how much there was."""
    return work.change("outbox_unwind", now=millis(now))


def hold(work: Work, owner: str, message_ids: Iterable[int], until: datetime) -> None:
    """What takes long to be sent stays leased: nobody is to send it a second time meanwhile."""
    for message_id in message_ids:
        work.change("outbox_hold", id=message_id, owner=owner, until=millis(until))


def sent(work: Work, message_id: int, handle: str, form: str, now: datetime) -> bool:
    """Delivered. With a key it now stands there; a retraction leaves nothing standing. False when it was known."""
    row = work.row("outbox_sent", id=message_id, handle=handle, now=millis(now))
    if row is None:
        return False
    place = place_of(row)
    if row["kind"] in TRACELESS:
        work.change("outbox_forget", id=message_id, kind=row["kind"])
        return True
    if row["kind"] == RETRACT:
        shown.gone(work, place)
    else:
        shown.put(work, place, Shown(handle, form), row["case_id"], message_id, now)
    return True


def later(work: Work, message_id: int, until: datetime, why: str, now: datetime) -> bool:
    """Not now: the address waits until `until`. What became void meanwhile gives way to the newer message."""
    changed = work.change("outbox_later", id=message_id, until=millis(until), why=storable(why))
    give_way(work, message_id, now)
    return changed > 0


def unreachable(work: Work, message_id: int, why: str, now: datetime) -> bool:
    """The address cannot be reached; for what else waits see outbox.drop_waiting. False when it was finished with."""
    return _finish(work, message_id, "unreachable", why, now)


def refused(work: Work, message_id: int, why: str, now: datetime) -> bool:
    """The channel will never take this message. False when it was finished with."""
    return _finish(work, message_id, "refused", why, now)


def _finish(work: Work, message_id: int, state: str, why: str, now: datetime) -> bool:
    finished = work.change("outbox_finish", id=message_id, state=state, why=storable(why), now=millis(now)) > 0
    for kind in TRACELESS:
        work.change("outbox_forget", id=message_id, kind=kind)
    return finished


def _owed(work: Work, row: Row, now: datetime) -> Owed | None:
    """The message of a row; None when there is nothing to send, and then it is finished with."""
    standing = shown.at(work, place_of(row))
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
        to=address_of(row),
        notice=notice,
        purpose=Purpose(row["purpose"]),
        case=row["case_id"],
        attempts=row["attempts"],
        shown=standing,
        created_at=instant(row["created_at"]),
    )
