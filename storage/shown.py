"""What stands in a chat under a key, and how many messages have come after it.

A `place` is an address with a key, as `addresses.place_of` has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.facts import millis
from domain.messages import Address, Group
from storage.addresses import chat_of, columns
from storage.store import Work


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that stands in the chat under a key: its handle, and the channel's note on its form.

    `behind` counts the messages that have come after it.
    """

    handle: str
    form: str
    behind: int = field(default=0, compare=False)


def at(work: Work, place: Mapping[str, Any]) -> Shown | None:
    """What stands at a place; None when nothing does, or without a key."""
    row = work.row("shown_of", **place) if place["key"] is not None else None
    return None if row is None else Shown(row["handle"], row["form"], max(_messages(work, place) - row["messages"], 0))


def put(work: Work, place: Mapping[str, Any], new: Shown, case: int | None, message_id: int, now: datetime) -> None:
    """A message of the outbox came to a place, or changed there; with a key it stands there from now on."""
    before = work.row("shown_of", **place)
    if before is None or before["handle"] != new.handle:
        work.change("count_message", **chat_of(place))
    if place["key"] is not None:
        standing = {"handle": new.handle, "form": new.form, "case_id": case, "outbox_id": message_id}
        work.change("shown_put", **place, **standing, messages=_messages(work, place), now=millis(now))


def gone(work: Work, place: Mapping[str, Any]) -> None:
    """Nothing stands there any more."""
    work.change("shown_gone", **place)


def set_aside(work: Work, address: Address, key: str) -> str | None:
    """What stands under a key stands under one of its own from now on; returns that, None when nothing stood there."""
    row = work.row("shown_aside", **columns(address), key=key)
    return None if row is None else str(row["key"])


def moved(work: Work, old: Group, new: Group) -> None:
    """What stands in a group, in all its topics, goes along to its new id."""
    here = {"channel": old.channel, "account": old.account, "old": old.id}
    work.change("move_count", **here, new=new.id)
    work.change("shown_move", **here, new=new.id)
    work.change("shown_leave", **here)


def seen(work: Work, address: Address) -> None:
    """One more message has come to stand in a chat, from whichever side."""
    work.change("count_message", **chat_of(columns(address)))


def _messages(work: Work, place: Mapping[str, Any]) -> int:
    row = work.row("messages_of", **chat_of(place))
    return 0 if row is None else int(row["messages"])
