"""What goes out: what is to be told, with which facts, pictures and actions."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.facts import Facts
from domain.messages.address import Address
from domain.messages.incoming import Geo


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
