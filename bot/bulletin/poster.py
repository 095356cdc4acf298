"""A poster of one place: a large code, where it hangs, and three short lines on how to report. A4, upright."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import segno
from PIL import Image, ImageColor, ImageDraw

from bot.bulletin.letters import fitting, font

DPI: Final = 200
PAGE: Final = (1654, 2339)
"""A4 in pixels."""

RED: Final = "#b93a32"
INK: Final = "#1d1d1f"
GREY: Final = "#5f6368"
_MARGIN: Final = 110
_BAND: Final = 400
_CODE: Final = 1100
_CODE_TOP: Final = 660
_STEPS_TOP: Final = 1760
_STEP: Final = 148
_STEP_LETTERS: Final = 68
_DISC: Final = 136
"""From the left of a step's disc to its words."""

_STEP_ROOM: Final = PAGE[0] - 2 * _MARGIN - _DISC
_QUIET: Final = 4
"""Modules of white around a code, as its standard wants."""

_EDGES: Final = 8
_MIDDLE: Final = 0.37
"""Of the em above the baseline lies the middle of a Chinese character and of a capital; the font's own is higher."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in Chinese, and small below it in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on it. `link` is in the code; `foot` tells the poster from others."""

    link: str
    title: Line
    place: str
    area: str
    steps: Sequence[Line]
    foot: Sequence[Line]


def draw(poster: Poster) -> Image.Image:
    """The poster in its few colours; blocks. Every character has to be in the font: see `letters`."""
    page = Image.new("RGB", PAGE, "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, PAGE[0], _BAND), fill=RED)
    _centred(pen, poster.title.zh, 172, 164, "white")
    _centred(pen, poster.title.en, 318, 56, "white")
    _centred(pen, poster.place, 518, 140, INK)
    _centred(pen, poster.area, 636, 58, GREY)
    code = _code(poster.link)
    page.paste(code, ((PAGE[0] - code.width) // 2, _CODE_TOP + (_CODE - code.height) // 2))
    left = _middle_of(poster.steps)
    for number, step in enumerate(poster.steps):
        _step(pen, number + 1, step, left, _STEPS_TOP + number * _STEP)
    _foot(pen, poster.foot)
    return page.quantize(palette=_palette(), dither=Image.Dither.NONE)


@cache
def _palette() -> Image.Image:
    """White paper, the inks, and steps between for the edges of letters: paper stays as white as it is."""
    white = ImageColor.getrgb("white")
    inks = [ImageColor.getrgb(ink) for ink in (RED, INK, GREY, "black")]
    steps = [(ink, step / _EDGES) for ink in inks for step in range(_EDGES)]
    mixed = [*white, *(round(dark + (255 - dark) * light) for ink, light in steps for dark in ink)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(mixed + [255] * (3 * 256 - len(mixed)))
    return palette


def _code(link: str) -> Image.Image:
    """The code as large as whole pixels allow, with its quiet zone. A quarter of it may be dirty or torn."""
    made = segno.make(link, error="q", micro=False)
    rows = [bytes(0 if dark else 255 for dark in row) for row in made.matrix_iter(border=_QUIET)]
    side = len(rows)
    scale = _CODE // side
    return Image.frombytes("L", (side, side), b"".join(rows)).resize(
        (side * scale, side * scale), Image.Resampling.NEAREST
    )


def _centred(pen: ImageDraw.ImageDraw, text: str, middle: float, size: int, colour: str) -> None:
    letters = fitting(text, size, PAGE[0] - 2 * _MARGIN)
    pen.text((PAGE[0] / 2, middle + _MIDDLE * letters.size), text, fill=colour, font=letters, anchor="ms")


def _middle_of(steps: Sequence[Line]) -> float:
    """Where the steps begin so that, flush left as they are, they stand in the middle of the page."""
    widest = max(fitting(step.zh, _STEP_LETTERS, _STEP_ROOM).getlength(step.zh) for step in steps)
    return (PAGE[0] - widest - _DISC) / 2


def _step(pen: ImageDraw.ImageDraw, number: int, step: Line, left: float, top: float) -> None:
    """A number in a red disc, the line beside it."""
    middle, radius = top + 52, 46
    pen.ellipse((left, middle - radius, left + 2 * radius, middle + radius), fill=RED)
    digit = font(60)
    pen.text((left + radius, middle + _MIDDLE * digit.size), str(number), fill="white", font=digit, anchor="ms")
    for text, size, below, colour in ((step.zh, _STEP_LETTERS, 58, INK), (step.en, 38, 110, GREY)):
        letters = fitting(text, size, _STEP_ROOM)
        pen.text((left + _DISC, top + below), text, fill=colour, font=letters, anchor="ls")


def _foot(pen: ImageDraw.ImageDraw, foot: Sequence[Line]) -> None:
    """One line left, one right."""
    room = (PAGE[0] - 2 * _MARGIN) / 2 - 20
    for line, across, anchor in zip(foot, (_MARGIN, PAGE[0] - _MARGIN), "lr", strict=True):
        pen.text((across, 2262), line.zh, fill=RED, font=fitting(line.zh, 40, room), anchor=f"{anchor}s")
        pen.text((across, 2302), line.en, fill=GREY, font=fitting(line.en, 28, room), anchor=f"{anchor}s")
