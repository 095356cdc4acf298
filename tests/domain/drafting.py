"""What people send while they report, as moves that can come in any order."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from domain.draft import Draft, Sentence
from domain.gist import NOTHING, Place
from domain.intake import Addition, add, choose_category, choose_place
from tests.domain.story import local

NOW = local("04-21 09:00")
EMPTY = Draft(person=1, opened_at=NOW, touched_at=NOW, received_at=NOW)

MARKET = Place("长江农贸市场", "S01", "S01C01", 41.345488, 123.76323)
STREET = Place("长江街道", "S01")
AT_HOME = Place(None, "S05", "S05C01", 41.37, 123.79, how="position")
IN_THE_STREET = Place(None, "S01", "S01C02", 41.35, 123.76, how="position")
BEYOND = Place(None, None, None, 41.0, 123.0, how="position", outside=True)
FIRST_ESTATE = Place("幸福里小区一期", "S01", "S01C06")
SECOND_ESTATE = Place("幸福里小区二期", "S03", "S03C08")
AT_THE_FIRST = Place(None, "S01", "S01C06", 41.342627, 123.75472, how="position")
AT_THE_SECOND = Place(None, "S03", "S03C08", 41.3222, 123.760214, how="position")

Move = Callable[[Draft], Draft]


def said(words: str, handle: str = "m1", **gist: Any) -> Move:
    """A message with words, and what was understood of them."""
    sentence = Sentence(handle, words, replace(NOTHING, **gist))
    return lambda draft: add(draft, Addition(sentence=sentence), NOW)


def sent(photos: int = 0, *, sounds: int = 0, at: Place | None = None) -> Move:
    """Pictures, other files, a position."""
    return lambda draft: add(draft, Addition(photos=photos, sounds=sounds, pinned=at), NOW)


def chose(category: str | None = None, place: Place | None = None) -> Move:
    """A button."""
    if category is not None:
        return lambda draft: choose_category(draft, category, NOW)
    return lambda draft: choose_place(draft, place or MARKET, NOW)


def drafted(*moves: Move) -> Draft:
    """The draft after all of that."""
    draft = EMPTY
    for move in moves:
        draft = move(draft)
    return draft


PHOTO, TWO_PHOTOS, VOICE, HOME = sent(1), sent(2), sent(sounds=1), sent(at=AT_HOME)
CLEAR = said("门口堆着旧轮胎", "m2", categories=("1001", "0304"), clear=True)
PLACED = said("长江农贸市场", "m3", place=MARKET)
DANGER = said("有人被困", "m4", numbers=("119",), urgent=True)
AMBIGUOUS = said("幸福里门口", "m5", places=(FIRST_ESTATE, SECOND_ESTATE))
SAME_STREET = said("市场和幸福里之间", "m5", place=STREET, places=(MARKET, FIRST_ESTATE))
