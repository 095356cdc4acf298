"""What a channel says of a delivery."""

from dataclasses import dataclass
from datetime import datetime

from domain.messages.address import Group


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
