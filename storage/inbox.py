"""What came in and how far it is: taken once, worked off in order within a chat, erased when done.

A message waits until it is done (its payload is erased in the same transaction) or parked (its payload stays, to be
looked at). The oldest waiting message of a chat is its head; no later one overtakes it, also not while it backs off.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.facts import instant, millis
from storage.codec import storable
from storage.store import Row, Work


@dataclass(frozen=True, slots=True)
class Arrived:
    """One thing that came in. `external_id` is unique in the channel; `chat` is what order is kept in."""

    external_id: str
    chat: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message whose turn it is. `attempts` counts its failures, the first of them at `first_failed_at`.

    `owner` is the number of the process that claimed it. Whoever is not, because it was cut off and another went on,
    can do nothing for the message any more.
    """

    id: int
    channel: str
    chat: str
    payload: bytes
    attempts: int
    received_at: datetime
    first_failed_at: datetime | None
    owner: int = 0


@dataclass(frozen=True, slots=True)
class Parked:
    """A message put aside because it could not be handled. `error` says why."""

    id: int
    channel: str
    external_id: str
    chat: str
    payload: bytes
    attempts: int
    error: str
    received_at: datetime
    parked_at: datetime


def take(work: Work, channel: str, arrived: Sequence[Arrived], now: datetime) -> int:
    """Keep what came in, in this order. Returns how many were new; what came before is passed over."""
    return sum(
        work.change(
            "inbox_take",
            channel=channel,
            external_id=one.external_id,
            chat=one.chat,
            payload=one.payload,
            now=millis(now),
        )
        for one in arrived
    )


def heads(work: Work, now: datetime, busy: Collection[tuple[str, str]], limit: int, owner: int = 0) -> list[Waiting]:
    """The head of each chat whose time has come, the oldest first, leaving out `busy` chats as (channel, chat).

    Where several processes work, those of `owner`, which claims what nobody has claimed yet: then this writes.
    """
    # A chat has one head, so the busy ones can hide no more than their own number.
    rows = work.rows("inbox_heads", now=millis(now), limit=limit + len(busy), owner=owner)
    ours = [row for row in rows if (row["channel"], row["chat"]) not in busy]
    return [_waiting(row) for row in sorted(ours, key=lambda row: int(row["id"]))][:limit]


def next_of(work: Work, channel: str, chat: str, now: datetime, owner: int = 0) -> Waiting | None:
    """The head of one chat, if its time has come; claimed as in `heads`."""
    row = work.row("inbox_next", channel=channel, chat=chat, now=millis(now), owner=owner)
    return None if row is None else _waiting(row)


def free(work: Work) -> int:
    """Let go of what processes that are gone had claimed. Returns how much that was."""
    return work.change("inbox_free")


def unwind(work: Work, now: datetime) -> int:
    """Where the clock was set back after a failure, the message is tried again now. Returns how many there were."""
    return work.change("inbox_unwind", now=millis(now))


def done(work: Work, message_id: int, now: datetime, owner: int = 0) -> bool:
    """Mark a message done and erase its payload. False when it waits no longer, or for somebody else: then nothing is
    to be done for it."""
    chat = work.row("inbox_done", id=message_id, now=millis(now), owner=owner)
    return _leaves(work, chat)


def failed(work: Work, message_id: int, error: str, not_before: datetime, now: datetime, owner: int = 0) -> bool:
    """Count a failure; the message, and its chat with it, waits until `not_before`. False when it waits no longer."""
    changed = work.change(
        "inbox_failed",
        id=message_id,
        error=storable(error),
        not_before=millis(not_before),
        now=millis(now),
        owner=owner,
    )
    return changed > 0


def parked(work: Work, message_id: int, error: str, now: datetime, owner: int = 0) -> bool:
    """Put a message aside with its payload; its chat goes on. False when it waits no longer."""
    chat = work.row("inbox_parked", id=message_id, error=storable(error), now=millis(now), owner=owner)
    return _leaves(work, chat)


def list_parked(work: Work, limit: int = 100) -> list[Parked]:
    """What is parked and can still be looked at, the longest parked first."""
    return [_parked(row) for row in work.rows("inbox_list_parked", limit=limit)]


def find_parked(work: Work, message_id: int) -> Parked | None:
    """One that is parked and can still be looked at."""
    row = work.row("inbox_find_parked", id=message_id)
    return None if row is None else _parked(row)


def retry_parked(work: Work, message_id: int) -> bool:
    """Let a parked message wait again, before all later ones of its chat. False when it cannot be."""
    chat = work.row("inbox_retry", id=message_id)
    if chat is None:
        return False
    work.change("inbox_behead", **chat)
    work.change("inbox_promote", **chat)
    return True


def erase_parked(work: Work, before: datetime) -> int:
    """Erase the payloads of what was parked before an instant. Returns how many there were."""
    return work.change("inbox_erase_parked", before=millis(before))


def earliest(work: Work, now: datetime) -> datetime | None:
    """When the next chat that backs off is due, after `now`. With the `now` given to `heads` nothing falls between."""
    row = work.row("inbox_earliest", now=millis(now))
    return None if row is None or row["due"] is None else instant(row["due"])


def waiting_count(work: Work) -> int:
    """How many messages wait."""
    row = work.row("inbox_waiting_count")
    return 0 if row is None else int(row["waiting"])


def purge(work: Work, before: datetime) -> int:
    """Forget messages finished with before an instant. Should the channel deliver one again, it would count as new."""
    return work.change("inbox_purge", before=millis(before))


def _leaves(work: Work, chat: Row | None) -> bool:
    """The next message of the chat becomes its head."""
    if chat is None:
        return False
    work.change("inbox_promote", **chat)
    return True


def _waiting(row: Row) -> Waiting:
    failed_at = row["first_failed_at"]
    return Waiting(
        id=row["id"],
        channel=row["channel"],
        chat=row["chat"],
        payload=row["payload"],
        attempts=row["attempts"],
        received_at=instant(row["received_at"]),
        first_failed_at=None if failed_at is None else instant(failed_at),
        owner=row["owner"],
    )


def _parked(row: Row) -> Parked:
    return Parked(
        id=row["id"],
        channel=row["channel"],
        external_id=row["external_id"],
        chat=row["chat"],
        payload=row["payload"],
        attempts=row["attempts"],
        error=row["error"],
        received_at=instant(row["received_at"]),
        parked_at=instant(row["done_at"]),
    )
