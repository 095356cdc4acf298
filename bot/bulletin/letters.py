"""The letters of what is printed: every common Chinese character, and a way to see which ones are not there."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

_FONT: Final = Path(__file__).with_name("fonts") / "posters.otf"
_NEVER_THERE: Final = "\U0010ffff"
"""What the font draws for this it draws for every character it lacks."""


@lru_cache(maxsize=32)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font, `size` pixels to the em."""
    return ImageFont.truetype(_FONT, size, layout_engine=ImageFont.Layout.BASIC)


def fitting(text: str, size: int, width: float) -> ImageFont.FreeTypeFont:
    """The font in that size, smaller only where the text would be wider than `width` pixels."""
    needed = font(size).getlength(text)
    return font(size) if needed <= width else font(max(1, int(size * width / needed)))


def missing(text: str) -> str:
    """The characters of a text that the font lacks, each once."""
    return "".join(character for character in dict.fromkeys(text) if not _is_there(character))


def first_drawable(candidates: Iterable[str]) -> str:
    """The first of these that the font has all characters of; nothing when there is none."""
    return next((text for text in candidates if text and not missing(text)), "")


@lru_cache(maxsize=4096)
def _is_there(character: str) -> bool:
    return _drawn(character) != _drawn(_NEVER_THERE)


@lru_cache(maxsize=4096)
def _drawn(character: str) -> tuple[tuple[int, int], bytes]:
    mask = font(24).getmask(character)
    return mask.size, bytes(mask)
