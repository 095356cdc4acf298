"""The port that a channel implements. The core asks for capabilities, never for a channel's name."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from domain.messages import Address, Incoming, MediaKind, Notice, Outcome


class Unreadable(Exception):
    """What came in cannot be understood at all; it is parked, and nothing behind it waits."""


class FetchLater(Exception):
    """The file could not be had this time; it is tried again."""


class FetchNever(Exception):
    """The file can never be had (too large, expired, unknown); `why` is a stable word for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Raw:
    """One thing that came in, as it came. `external_id` is unique in the channel; `chat` is what order is kept in."""

    external_id: str
    chat: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture ready to be shown: `ref` where the channel itself holds it, else the cleaned copy at `path`."""

    ref: str | None
    path: Path | None


@dataclass(frozen=True, slots=True)
class ClipFile:
    """A voice message or a video, ready: `ref` where the channel itself holds it, else our copy at `path`."""

    kind: MediaKind
    ref: str | None
    path: Path | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that stands in the chat under a key: its handle and the channel's note on its form."""

    handle: str
    form: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice ready for the road: the reader's language, its files, the message it takes the place of.

    `anew`: that message has scrolled away; this one is to stand below, without a sound, and that one to go.
    """

    notice: Notice
    language: str
    pictures: tuple[PictureFile, ...] = ()
    replaces: Shown | None = None
    clip: ClipFile | None = None
    anew: bool = False


Take = Callable[[Sequence[Raw]], Awaitable[None]]
"""Stores what came in and returns once it is committed; only then does the channel acknowledge."""


@dataclass(frozen=True, slots=True)
class Inlet:
    """How a channel is posted to instead of asking: at which path, by which headers it admits, where a body goes.

    `keep` returns once what came is committed, and raises when it could not be.
    """

    path: str
    admits: Callable[[Mapping[str, str]], bool]
    keep: Callable[[bytes], Awaitable[None]]


class Channel(Protocol):
    """One way to reach people. Everything that differs between Telegram, WeChat and WeCom stands behind this."""

    name: str
    account: str

    @property
    def last_good(self) -> float:
        """When receiving last worked, in seconds of `time.monotonic`; 0 before it began."""

    async def receive(self, take: Take) -> None:
        """Receive until cancelled, or see that we are posted to. Acknowledges only what `take` has returned for."""

    def inlet(self, take: Take) -> Inlet | None:
        """How we are posted to, from the first moment on; None where we ask."""

    def parse(self, payload: bytes, received_at: datetime) -> Incoming:
        """What came in, in neutral words. Pure. Raises `Unreadable`."""

    async def send(self, to: Address, letter: Letter) -> Outcome:
        """Deliver, within the channel's rates. Every answer and failure of the network becomes an `Outcome`."""

    async def retract(self, to: Address, shown: Shown, language: str) -> Outcome:
        """Take a message back: remove it, else make it say that it no longer holds."""

    async def offer(self, to: Address, commands: Sequence[str], language: str) -> Outcome:
        """Make these the commands in the menu of a private chat; without any, those everybody has. As `send`.

        A channel without menus has nothing to do.
        """

    async def answer(self, ticket: str, text: str, *, alert: bool) -> None:
        """Answer a press at once, best effort: too late or twice is no failure."""

    async def fetch(self, ref: str) -> bytes:
        """The bytes of something sent. Raises `FetchLater` or `FetchNever`."""

    def entry(self, scene: str, *, group: bool = False) -> str:
        """A link that brings somebody into our chat (or us into a group) with this scene."""

    async def greet(self) -> None:
        """Make ourselves known at start: who we are, the commands per language. Raises when the account is wrong."""
