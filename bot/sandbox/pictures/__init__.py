"""Drawn sample pictures of what residents report, each before and after: 1280 × 960 JPEGs, made by code.

The same seed draws the same picture; another seed moves things about.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Final, Literal

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from bot.sandbox.pictures import scenes
from bot.sandbox.pictures.canvas import Canvas

State = Literal["before", "after"]
Painter = Callable[[Canvas, bool], None]

SCENES: Final[dict[str, Painter]] = {
    "tyres": scenes.tyres,
    "bins": scenes.bins,
    "leaflets": scenes.leaflets,
    "pavement": scenes.pavement,
    "yard": scenes.yard,
}


@lru_cache(maxsize=64)
def picture(scene: str, state: State = "before", seed: int = 0) -> bytes:
    """A JPEG of the scene. Raises KeyError for an unknown one."""
    canvas = Canvas(seed)
    SCENES[scene](canvas, state == "after")
    return canvas.jpeg()


def with_position(jpeg: bytes, lat: float, lon: float, taken_at: datetime | None = None) -> bytes:
    """The same picture as a telephone stores it: EXIF with GPS (degrees, WGS-84), the time, a camera's name."""
    exif = Image.Exif()
    exif[Base.Make] = "Sandbox"
    exif[Base.Model] = "Drawn by code"
    if taken_at:
        exif[Base.DateTime] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    exif.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "N" if lat >= 0 else "S",
            GPS.GPSLatitude: _degrees(lat),
            GPS.GPSLongitudeRef: "E" if lon >= 0 else "W",
            GPS.GPSLongitude: _degrees(lon),
        }
    )
    segment = exif.tobytes()
    return jpeg[:2] + b"\xff\xe1" + (len(segment) + 2).to_bytes(2) + segment + jpeg[2:]


def _degrees(value: float) -> tuple[float, float, float]:
    """Degrees, minutes, seconds."""
    minutes, seconds = divmod(abs(value) * 3600, 60)
    degrees, minutes = divmod(minutes, 60)
    return degrees, minutes, round(seconds, 4)
