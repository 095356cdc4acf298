"""Before and after in one picture: what the person who reported gets when the case is closed."""

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.photo_files import jpeg
from bot.photo_pixels import upright

LONGEST_SIDE: Final = 1280
"""Pixels, across and down: a chat scales a larger photo down to this, and the labels with it."""

STRIP: Final = 96
GAP: Final = 12
LETTERS: Final = 58
"""Pixels. On a telephone the picture is shown at about a quarter, which leaves letters as high as those of the chat."""

RED: Final = "#b93a32"
GREEN: Final = "#23803f"
GROUND: Final = "#e3e6ea"
_FONT: Final = Path(__file__).with_name("fonts") / "labels.otf"


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the photos go: side by side or one above the other, and the room each has, in pixels."""

    beside: bool
    room: tuple[int, int]

    @property
    def step(self) -> tuple[int, int]:
        """From the corner of the first panel to that of the second."""
        return (self.room[0] + GAP, 0) if self.beside else (0, STRIP + self.room[1] + GAP)

    @property
    def canvas(self) -> tuple[int, int]:
        """The size of the whole."""
        return self.step[0] + self.room[0], self.step[1] + STRIP + self.room[1]


def side_by_side(before: bytes | Path, after: bytes | Path, labels: tuple[str, str]) -> bytes:
    """One JPEG of both photos, each whole and undistorted under its label, red and green; blocks.

    Upright photos stand side by side, wide ones one above the other: so they are largest in a chat on a telephone.
    Labels are single lines of the characters in `fonts/README.md`. Raises `NotAPicture`, OSError for a missing file.
    """
    photos = _photo(before), _photo(after)
    layout = _layout(*photos)
    whole = Image.new("RGB", layout.canvas, GROUND)
    for number, (photo, label, colour) in enumerate(zip(photos, labels, (RED, GREEN), strict=True)):
        corner = number * layout.step[0], number * layout.step[1]
        whole.paste(_strip(layout.room[0], label, colour), corner)
        _place(whole, photo, (corner[0], corner[1] + STRIP), layout.room)
    return jpeg(whole)


def _photo(source: bytes | Path) -> Image.Image:
    return upright(source if isinstance(source, bytes) else source.read_bytes())


def _layout(before: Image.Image, after: Image.Image) -> _Layout:
    """Both get the same room; its shape is the mean of theirs, so that neither is favoured when they differ."""
    shape = math.sqrt(before.width / before.height * after.width / after.height)
    shape = min(max(shape, 0.5), 6.0)
    beside = shape <= 1
    across, down = (2, 1) if beside else (1, 2)
    widest = (LONGEST_SIDE - GAP * (across - 1)) // across
    highest = (LONGEST_SIDE - GAP * (down - 1)) // down - STRIP
    width = min(widest, round(highest * shape))
    return _Layout(beside, (width, min(highest, round(width / shape))))


def _place(whole: Image.Image, photo: Image.Image, corner: tuple[int, int], room: tuple[int, int]) -> None:
    width, height = _within(photo.size, room)
    fitted = photo.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    whole.paste(fitted, (corner[0] + (room[0] - width) // 2, corner[1] + (room[1] - height) // 2))


def _within(size: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    scale = min(room[0] / size[0], room[1] / size[1])
    width, height = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    # A pixel or two of ground along an edge would look like a mistake; nobody sees that the photo is stretched by it.
    return (
        room[0] if room[0] - width <= 2 else width,
        room[1] if room[1] - height <= 2 else height,
    )


def _strip(width: int, label: str, colour: str) -> Image.Image:
    strip = Image.new("RGB", (width, STRIP), colour)
    font = _letters(label, width - 2 * GAP)
    # The middle of a Chinese character and of a capital lies 0.37 em above the baseline; the font's own is higher.
    baseline = STRIP / 2 + 0.37 * font.size
    ImageDraw.Draw(strip).text((width / 2, baseline), label, fill="white", font=font, anchor="ms")
    return strip


def _letters(label: str, width: int) -> ImageFont.FreeTypeFont:
    """The label's font, smaller only where a long label would not fit."""
    font = _font(LETTERS)
    return font if font.getlength(label) <= width else _font(max(1, int(LETTERS * width / font.getlength(label))))


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, size, layout_engine=ImageFont.Layout.BASIC)
