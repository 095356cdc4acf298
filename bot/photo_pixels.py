"""From a picture file to its pixels: opened with care, upright, in one colour space, of a size a chat can use."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pillow_heif
from PIL import Image, ImageCms

from bot.photo_notes import BROKEN, turn

LONGEST_SIDE: Final = 2560
"""Pixels. Twice what a chat shows of a photo, so that a checker can still zoom in on a door plate or a crack; in bytes
a small part of what a telephone takes."""

MOST_PIXELS: Final = 50_000_000
MOST_PIXELS_SCALED: Final = 89_000_000
"""A telephone's 48 megapixels, and more where the decoder scales down while it reads. Pillow itself warns above 89."""

NARROWEST: Final = 20
"""Telegram refuses a photo whose sides differ by more than 1 : 20, as those of very long screenshots do."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIF")
_JPEGS: Final = ("JPEG", "MPO")
"""A JPEG with more pictures behind the first, as many telephones write them, calls itself MPO once it is open."""

_HEIC_SIZES: Final = re.compile(rb"ispe\0{4}(.{4})(.{4})", re.DOTALL)
_BOMB: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)

# Without thumbnails, for one that takes the place of a large picture need not show the same.
pillow_heif.register_heif_opener(thumbnails=False)


class NotAPicture(Exception):
    """These bytes are no picture we can show. `why` is a stable word for the log: unreadable, too_large."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The file with its notes, pixels not yet read. Whatever its reading trips over is raised as `NotAPicture`."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if _area(picture, data) > _most_pixels(picture):
                raise NotAPicture("too_large")
            yield picture
    except _BOMB as error:
        raise NotAPicture("too_large") from error
    except BROKEN as error:
        raise NotAPicture("unreadable") from error


def _area(picture: Image.Image, data: bytes) -> int:
    """The pixels to be decoded. A HEIC can be cropped to a small picture out of a huge one."""
    coded = _HEIC_SIZES.findall(data) if picture.format == "HEIF" else []
    return max([picture.width * picture.height, *(int.from_bytes(w) * int.from_bytes(h) for w, h in coded)])


def _most_pixels(picture: Image.Image) -> int:
    # A progressive JPEG is held in memory whole, however small it is asked for.
    scaled = picture.format in _JPEGS and "progressive" not in picture.info
    return MOST_PIXELS_SCALED if scaled else MOST_PIXELS


def upright(data: bytes) -> Image.Image:
    """The picture to draw with, as `pixels` gives it. Raises `NotAPicture`."""
    with opened(data) as picture:
        return pixels(picture)


def pixels(picture: Image.Image) -> Image.Image:
    """A picture of its own without notes: upright, RGB in sRGB, transparent parts white, at most `LONGEST_SIDE`.

    Of a moving picture the first frame; one narrower than 1 : `NARROWEST` stands on a white ground.
    """
    way = turn(picture)
    plain = _on_white(_in_srgb(_shrunk(picture)))
    return _widened(plain if way is None else plain.transpose(way))


def _shrunk(picture: Image.Image) -> Image.Image:
    picture.draft(None, _fitted(picture.size))
    picture.load()
    return _in_simple_mode(picture).resize(_fitted(picture.size), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _fitted(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, LONGEST_SIDE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _in_simple_mode(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGB", "RGBA", "L", "CMYK"} and "transparency" not in picture.info:
        return picture
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode.startswith("I;16"):
        # Pillow's own conversion cuts 16 bits off at 255 and leaves white.
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return picture.convert("RGB")


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Colours of a telephone's wider space would look washed out once the profile that explains them is gone."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        space = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, space, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return picture
    return converted or picture


def _on_white(picture: Image.Image) -> Image.Image:
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture.convert("RGB"), mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return white


def _widened(picture: Image.Image) -> Image.Image:
    least = -(-max(picture.size) // NARROWEST)
    size = (max(picture.width, least), max(picture.height, least))
    if size == picture.size:
        return picture
    wider = Image.new("RGB", size, "white")
    wider.paste(picture, ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2))
    return wider
