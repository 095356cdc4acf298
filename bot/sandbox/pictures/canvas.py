"""A drawing board: shapes in logical pixels, drawn twice as large and scaled down, so that edges are smooth."""

import io
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH: Final = 1280
HEIGHT: Final = 960
SCALE: Final = 2
Colour = tuple[int, int, int]
Point = tuple[float, float]


def shade(colour: Colour, factor: float) -> Colour:
    """Darker below 1, lighter above."""
    red, green, blue = (max(0, min(255, round(channel * factor))) for channel in colour)
    return red, green, blue


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other colour."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


class Canvas:
    """Origin top left, x to the right, y down. `chance` makes every picture of a scene a little different."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self._draw = ImageDraw.Draw(self.image)

    def vary(self, colour: Colour, by: float = 0.08) -> Colour:
        """The colour, a little lighter or darker."""
        return shade(colour, 1 + self.chance.uniform(-by, by))

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: Colour, radius: float = 0) -> None:
        """A filled rectangle with round corners."""
        self._draw.rounded_rectangle((left * SCALE, top * SCALE, right * SCALE, bottom * SCALE), radius * SCALE, fill)

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        """A filled ellipse around (x, y)."""
        self._draw.ellipse(((x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE), fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A line with round joints."""
        self._draw.line([(x * SCALE, y * SCALE) for x, y in points], fill, round(width * SCALE), joint="curve")

    def arc(
        self, x: float, y: float, rx: float, ry: float, span: tuple[float, float], fill: Colour, width: float
    ) -> None:
        """A part of an ellipse's rim; `span` in degrees clockwise from the right."""
        bounds = ((x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE)
        self._draw.arc(bounds, *span, fill, round(width * SCALE))

    def gradient(self, top: float, bottom: float, upper: Colour, lower: Colour) -> None:
        """A band across the picture that changes from one colour to another."""
        column = (1, round((bottom - top) * SCALE))
        strip = Image.linear_gradient("L").resize(column)
        mixed = Image.composite(Image.new("RGB", column, lower), Image.new("RGB", column, upper), strip)
        band = mixed.resize((WIDTH * SCALE, column[1]), Image.Resampling.NEAREST)
        self.image.paste(band, (0, round(top * SCALE)))

    def shadow(self, x: float, y: float, rx: float, ry: float, depth: float = 0.5) -> None:
        """A soft dark spot, as things cast where they stand."""
        small, soft = 8, min(rx, ry) / 2
        width, height = rx + soft * 3, ry + soft * 3
        mask = Image.new("L", (max(1, round(width * 2 / small)), max(1, round(height * 2 / small))))
        margin = soft * 3 / small
        inner = (margin, margin, mask.width - margin, mask.height - margin)
        ImageDraw.Draw(mask).ellipse(inner, round(255 * depth))
        blurred = mask.filter(ImageFilter.GaussianBlur(max(1, soft / small)))
        size = (round(width * 2 * SCALE), round(height * 2 * SCALE))
        spot = blurred.resize(size, Image.Resampling.BILINEAR)
        self.image.paste((12, 12, 18), (round((x - width) * SCALE), round((y - height) * SCALE)), spot)

    def patch(self, x: float, y: float, patch: Image.Image, angle: float) -> None:
        """Pastes an RGBA picture (in doubled pixels) around (x, y), turned by `angle` degrees."""
        turned = patch.rotate(angle, Image.Resampling.BICUBIC, expand=True)
        self.image.paste(turned, (round(x * SCALE - turned.width / 2), round(y * SCALE - turned.height / 2)), turned)

    def jpeg(self) -> bytes:
        """The finished picture: scaled down, with a lens's dark corners and a little grain."""
        picture = self.image.reduce(SCALE)
        picture = ImageChops.multiply(picture, _corners())
        picture = ImageChops.add(picture, _grain(self.chance), offset=-128)
        encoded = io.BytesIO()
        picture.save(encoded, "JPEG", quality=86)
        return encoded.getvalue()


@cache
def _corners() -> Image.Image:
    light = ImageChops.invert(Image.radial_gradient("L")).point(lambda value: min(255, 168 + value))
    return Image.merge("RGB", [light.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)] * 3)


def _grain(chance: Random) -> Image.Image:
    noise = Image.frombytes("L", (WIDTH // 2, HEIGHT // 2), chance.randbytes(WIDTH * HEIGHT // 4))
    soft = noise.point(lambda value: 128 + (value - 128) // 14).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)
    return Image.merge("RGB", [soft] * 3)
