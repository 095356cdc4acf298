"""Addresses, and places at them, as columns of a row."""

from collections.abc import Mapping
from typing import Any

from domain.messages import Address, Group, Peer
from storage.store import Row


def columns(address: Address) -> dict[str, Any]:
    """What a row knows an address by."""
    topic = address.topic if isinstance(address, Group) else None
    return {
        "channel": address.channel,
        "account": address.account,
        "chat": address.id,
        "topic": topic or "",
        "is_group": int(isinstance(address, Group)),
    }


def address_of(row: Row) -> Address:
    """The address that a row names."""
    if row["is_group"]:
        return Group(row["channel"], row["account"], row["chat"], row["topic"] or None)
    return Peer(row["channel"], row["account"], row["chat"])


def place_of(row: Row) -> dict[str, Any]:
    """Where the message of a row stands, or is to stand: its address, and its key."""
    return {name: row[name] for name in ("channel", "account", "chat", "topic", "is_group", "key")}


def chat_of(place: Mapping[str, Any]) -> dict[str, Any]:
    """The chat of an address: the topics of a group are one."""
    return {name: place[name] for name in ("channel", "account", "chat", "is_group")}
