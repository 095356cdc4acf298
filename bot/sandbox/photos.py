"""What Telegram does to a picture that is sent as a photo: turned upright, scaled, encoded anew, all metadata gone."""

import io
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PIL import Image, ImageOps

from bot.sandbox.errors import bad

MOST_BYTES: Final = 10 * 1024 * 1024
BOXES: Final = (90, 320, 800, 1280)
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")


@dataclass(frozen=True, slots=True)
class Rendition:
    """One `PhotoSize`: a JPEG and its pixels."""

    data: bytes
    width: int
    height: int


@lru_cache(maxsize=64)
def renditions(data: bytes) -> tuple[Rendition, ...]:
    """The sizes Telegram keeps of a picture, smallest first. Raises 400 for what is no picture or has a bad shape.

    Kept for the pictures seen last, because demos and benchmarks send the same few again and again.
    """
    if len(data) > MOST_BYTES:
        raise bad(f"file of size {len(data)} bytes is too big for a photo; the maximum size is {MOST_BYTES} bytes")
    picture = _opened(data)
    boxes = [box for box in BOXES if box < max(picture.size)]
    if max(picture.size) <= BOXES[-1]:
        boxes.append(max(picture.size))
    return tuple(_rendition(picture, box) for box in boxes)


def _opened(data: bytes) -> Image.Image:
    try:
        picture: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS)
        _check_shape(picture.size)
        return ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, SyntaxError, ValueError) as error:
        raise bad("IMAGE_PROCESS_FAILED") from error


def _check_shape(size: tuple[int, int]) -> None:
    if sum(size) > 10_000 or max(size) > 20 * min(size):
        raise bad("PHOTO_INVALID_DIMENSIONS")


def _rendition(picture: Image.Image, box: int) -> Rendition:
    scale = box / max(picture.size)
    size = (max(1, math.floor(picture.width * scale + 0.5)), max(1, math.floor(picture.height * scale + 0.5)))
    resized = picture if size == picture.size else picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    encoded = io.BytesIO()
    resized.save(encoded, "JPEG", quality=87)
    return Rendition(encoded.getvalue(), *size)
