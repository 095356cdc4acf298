"""What comes in: what people send, press and call, and what becomes of their chats."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.messages.address import Group, Peer


class MediaKind(StrEnum):
    """`photo`: re-encoded by the channel, carries no position. `picture_file`: as taken, may carry one."""

    PHOTO = "photo"
    PICTURE_FILE = "picture_file"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"

    @property
    def visible(self) -> bool:
        """Something to look at, as far as its kind tells."""
        return self in (MediaKind.PHOTO, MediaKind.PICTURE_FILE)


@dataclass(frozen=True, slots=True)
class Media:
    """Something sent along. `ref` is opaque: only the channel that made it can fetch it. `size` in bytes, if known."""

    kind: MediaKind
    ref: str
    unique: str
    album: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Geo:
    """A position in degrees as sent, with its datum; `how` says how we know it: pin, live, venue, photo."""

    lat: float
    lon: float
    datum: str = "WGS-84"
    how: str = "pin"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Words, pictures, a position: anything a person sends that is not a button or a command.

    `reply_to` is the handle of the message it answers; `edited` marks a new version of an earlier message
    and `handle` is the message's own handle, by which its later versions are known.
    """

    dedupe: str
    peer: Peer
    group: Group | None
    at: datetime
    handle: str
    text: str = ""
    media: tuple[Media, ...] = ()
    geo: Geo | None = None
    reply_to: str | None = None
    edited: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Acted:
    """A button, a numbered answer, a form: all the same. `ticket` lets the channel answer the press at once."""

    dedupe: str
    peer: Peer
    group: Group | None
    at: datetime
    token: str
    ticket: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """A command such as `my` with what stood behind it."""

    dedupe: str
    peer: Peer
    group: Group | None
    at: datetime
    command: str
    argument: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody comes in by an invitation link, a printed code or for the first time (`scene` empty)."""

    dedupe: str
    peer: Peer
    group: Group | None
    at: datetime
    scene: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """The person blocked us, or the group threw us out."""

    dedupe: str
    peer: Peer
    group: Group | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """The group goes on under another id."""

    dedupe: str
    group: Group
    to: Group
    at: datetime


class StrangeKind(StrEnum):
    """What it is that we have no use for, as far as we can call it by its name."""

    STICKER = "sticker"
    CONTACT = "contact"
    DICE = "dice"
    POLL = "poll"
    STORY = "story"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Strange:
    """Something we have no use for, in a private chat: it gets an honest answer and nothing else happens."""

    dedupe: str
    peer: Peer
    group: Group | None
    at: datetime
    language: str | None = None
    what: StrangeKind = StrangeKind.OTHER


@dataclass(frozen=True, slots=True)
class Ignored:
    """What needs neither answer nor effect: other people's talk in a group, service messages."""

    dedupe: str
    at: datetime


Incoming = Said | Acted | Called | Entered | Left | Moved | Strange | Ignored
