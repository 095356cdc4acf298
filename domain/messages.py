"""The neutral words between chat and core: what comes in, what goes out, and to whom.

The core speaks intent, not appearance: it says what is to be told (`kind`), which facts, which actions.
Each channel renders that as well as it can; nothing here knows of edits, keyboards or callback queries.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.facts import Facts

# --- who -------------------------------------------------------------------------------------------------------------


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


# --- what people send ------------------------------------------------------------------------------------------------


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


# --- what we send ----------------------------------------------------------------------------------------------------


class Style(StrEnum):
    """How an action stands out where the channel can show it."""

    PLAIN = "plain"
    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Action:
    """A thing the reader can do. `label` names its word in `bot/texts` (`button.<label>`), `facts` fill its blanks.

    With `link` set the action opens our private chat with that scene instead of acting in place.
    """

    token: str
    label: str
    facts: Facts = field(default_factory=dict)
    style: Style = Style.PLAIN
    link: str | None = None


class PictureRole(StrEnum):
    """`single`: one photo. `pair`: before and after, composed side by side into one picture."""

    SINGLE = "single"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class Picture:
    """Photos of ours by id: one, or two to be shown as before and after."""

    role: PictureRole
    photos: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along, made of facts only when it is sent: what waits in the outbox stays small."""

    name: str
    facts: Facts = field(default_factory=dict)


class Ask(StrEnum):
    """What the next input is expected to be, so that a channel can make it easy (a position button, a forced reply)."""

    TEXT = "text"
    PHOTO = "photo"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be told. A newer notice with the same `key` supersedes the older one at that address.

    `in_sight`: the reader still needs it; when it has scrolled away, the next version comes down instead of changing
    the message far up. `clip` is a voice message or a video of ours by its id.
    `language` is set only for a reader of whom it is known no longer.
    """

    kind: str
    facts: Facts = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    actions: tuple[Action, ...] = ()
    ask: Ask | None = None
    key: str | None = None
    pin: Geo | None = None
    in_sight: bool = False
    clip: int | None = None
    attachment: Attachment | None = None
    language: str | None = None


class Purpose(StrEnum):
    """`reply` answers what a person just did; `notify` tells them of something; `broadcast` goes to many, last."""

    REPLY = "reply"
    NOTIFY = "notify"
    BROADCAST = "broadcast"


@dataclass(frozen=True, slots=True)
class Send:
    """A notice owed to an address. `dedupe` makes it owed once, whatever runs twice. `case` is what it speaks of."""

    to: Address
    notice: Notice
    purpose: Purpose
    dedupe: str
    case: int | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a press, shown at once and kept nowhere; `alert` makes the reader confirm it.

    `language` is set only for a reader of whom it is known no longer.
    """

    kind: str
    facts: Facts = field(default_factory=dict)
    alert: bool = False
    language: str | None = None


# --- what a channel says of a delivery -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sent:
    """Delivered; `handle` names the message from now on, `form` is the channel's note on what kind it became."""

    handle: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now, again at `until` (machine time)."""

    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """This address cannot be reached: blocked, never started, thrown out."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The channel will never take this message as it is; that is a fault of ours."""

    why: str


@dataclass(frozen=True, slots=True)
class MovedTo:
    """The group goes on under another id; send there."""

    to: Group


Outcome = Sent | Later | Unreachable | Refused | MovedTo
