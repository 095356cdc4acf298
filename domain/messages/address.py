"""To whom, and from whom: one person or a group chat, in one channel."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """One person in one channel: where a private message reaches them. `account` is our own account there."""

    channel: str
    account: str
    id: str


@dataclass(frozen=True, slots=True)
class Group:
    """A chat of several people. `topic` is a thread in it, where the channel has such."""

    channel: str
    account: str
    id: str
    topic: str | None = None


Address = Peer | Group
