"""What was understood of a message: kind, problem, place and danger. Made by `reading`, used by the intake."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a message is. Only a report opens a case (a danger under way may be told as well)."""

    REPORT = "report"
    EMERGENCY = "emergency"
    THANKS = "thanks"
    CHITCHAT = "chitchat"
    SPAM = "spam"
    QUERY = "query"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the problem is. `name` in the district's or the person's words; `street` and `community` are codes.

    Degrees are WGS-84. `how` says how it is known: words, position, menu, code. `outside` is a position that lies
    in no community of the district.
    """

    name: str | None = None
    street: str | None = None
    community: str | None = None
    lat: float | None = None
    lon: float | None = None
    how: str = "words"
    outside: bool = False


def with_position(place: Place, pinned: Place) -> Place:
    """A place, and a position besides: it tells where in a street that is, or where at all; else words are stronger."""
    if place.community is None and pinned.street == place.street is not None:
        return replace(pinned, name=place.name)
    return pinned if place.street is None and pinned.street is not None else place


@dataclass(frozen=True, slots=True)
class Gist:
    """One message, understood.

    `categories` are at most three codes, the likeliest first; `clear` says that the first stands well before the rest.
    `place` is set when words settle it at least to a street; `places` are the candidates when they leave several open.
    `numbers` are emergency numbers to be told before anything else; `urgent` is a danger to people that is still there.
    `why` names what was seen (words, rules), for people who ask and for logs without texts.
    """

    kind: Kind = Kind.REPORT
    categories: tuple[str, ...] = ()
    clear: bool = False
    place: Place | None = None
    places: tuple[Place, ...] = ()
    numbers: tuple[str, ...] = ()
    urgent: bool = False
    why: tuple[str, ...] = ()


NOTHING = Gist()
"""The gist of a message without words."""
