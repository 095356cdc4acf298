"""A report in the making: what has been sent so far, what is known of it, what is still missing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.gist import NOTHING, Gist, Place, with_position


class Gap(StrEnum):
    """What a report can lack."""

    CONTENT = "content"
    PLACE = "place"
    CATEGORY = "category"


class Menu(StrEnum):
    """Which choice the card offers at the moment; `argument` of the draft says in which group or street.

    `kept`: the person wanted to leave, and is asked whether to file it or to give it up.
    """

    NONE = "none"
    GROUPS = "groups"
    CATEGORIES = "categories"
    STREETS = "streets"
    COMMUNITIES = "communities"
    GIVE_UP = "give_up"
    KEPT = "kept"


class Phase(StrEnum):
    """`undecided`: it came soon after a filed report, and the person is asked whether it belongs to that one."""

    OPEN = "open"
    UNDECIDED = "undecided"
    FILED = "filed"
    GIVEN_UP = "given_up"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was written in one message, and what was understood of it.

    `handle` names the message, so that a later version of it can be told.
    """

    handle: str
    words: str
    gist: Gist = NOTHING


@dataclass(frozen=True, slots=True)
class Draft:
    """A report in the making. Instants are machine time, except `received_at`, which is the product's.

    `named` is a place known from words, menus or a code, `pinned` one known from a position; the first is the stronger.
    `chosen_place` and `chosen_category` are what the person picked: they stay, what was read follows the words.
    `unclear` are the gaps the person answered with 说不清, `asked` those that have been asked for on submitting.
    `apart` is the case filed before that it is not about, as the person said. `near` is a case close by that it may be
    about, `near_metres` how far away that is; `near_own`: they reported it themselves and it is open, so they can only
    add to it. `position_asked`: a message that makes sending a position easy stands in the chat. `held_until`: the
    day's reports are used up, and it does not file itself before. `earlier`: where the report before was, on a patrol.
    """

    person: int
    opened_at: datetime
    touched_at: datetime
    received_at: datetime
    id: int = 0
    phase: Phase = Phase.OPEN
    photos: int = 0
    sounds: int = 0
    sentences: tuple[Sentence, ...] = ()
    named: Place | None = None
    pinned: Place | None = None
    places: tuple[Place, ...] = ()
    category: str | None = None
    categories: tuple[str, ...] = ()
    chosen_place: Place | None = None
    chosen_category: str | None = None
    unclear: frozenset[Gap] = frozenset()
    asked: frozenset[Gap] = frozenset()
    numbers: tuple[str, ...] = ()
    urgent: bool = False
    reminded: bool = False
    position_asked: bool = False
    held_until: datetime | None = None
    menu: Menu = Menu.NONE
    argument: str = ""
    after: int | None = None
    apart: int | None = None
    near: int | None = None
    near_metres: int = 0
    earlier: Place | None = None
    near_own: bool = False
    rev: int = 0

    @property
    def under_way(self) -> bool:
        """Neither filed nor given up yet."""
        return self.phase in (Phase.OPEN, Phase.UNDECIDED)

    @property
    def words(self) -> str:
        """All that was written, a line a message."""
        return "\n".join(sentence.words for sentence in self.sentences if sentence.words)

    @property
    def place(self) -> Place | None:
        """Where it is, as far as it is known: words beat the position, unless they name only the street of it."""
        if self.named is None or self.pinned is None:
            return self.named or self.pinned
        return with_position(self.named, self.pinned)

    @property
    def open_places(self) -> tuple[Place, ...]:
        """The places that are meant, as long as it is open which of them."""
        place = self.place if self.named is not None else None
        return self.places if place is None or place.community is None else ()

    @property
    def has_content(self) -> bool:
        """A photo, a sentence, a voice message: something that says what is wrong."""
        return self.photos > 0 or self.sounds > 0 or bool(self.words)


def gaps(draft: Draft) -> tuple[Gap, ...]:
    """What is still missing and has not been answered with 说不清, in the order in which it is asked for."""
    missing = {
        Gap.CONTENT: not draft.has_content,
        Gap.PLACE: _place_is_open(draft),
        Gap.CATEGORY: draft.category is None,
    }
    return tuple(gap for gap, lacks in missing.items() if lacks and gap not in draft.unclear)


def _place_is_open(draft: Draft) -> bool:
    """Also when words name a place there are several of, and the position is at none: people report from home."""
    if draft.place is None or draft.place.outside or draft.place.street is None:
        return True
    return draft.named is None and bool(draft.places)
