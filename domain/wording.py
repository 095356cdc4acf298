"""Text and lists of words made comparable, to be searched and to be looked for."""

import re
import unicodedata
from collections.abc import Iterable

from domain.district import District


def plain(text: str) -> str:
    """The text in one width and case, with single spaces: so it is kept to be searched, and so it is looked for."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def searched(district: District, name: str) -> tuple[str, ...]:
    """A list of the district's words under `search`."""
    return tuple(map(plain, district.words.get(f"search.{name}", ())))


def calls_off(text: str, district: District) -> bool:
    """Whether a text is nothing but the word by which one leaves what one is at."""
    return plain(text).strip(" .!。") in map(plain, district.words.get("cancel", ()))


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words; one that is found nowhere when there is none."""
    return "(?:" + ("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)") + ")"
