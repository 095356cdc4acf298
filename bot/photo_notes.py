"""What a picture file says besides its pixels: which way is up, where it was taken, whether it says anything.

People's telephones write these notes in many broken ways. A note that cannot be read is no note; the picture stays one.
"""

import re
import struct
from collections.abc import Mapping
from typing import Final

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

Position = tuple[float, float]
"""Latitude and longitude in degrees, with the datum of EXIF (WGS-84)."""

BROKEN: Final = (
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,  # from libheif
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Pillow's readers raise when they trip over bytes that are not what they say; found by feeding them such."""

_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def turn(picture: Image.Image) -> Image.Transpose | None:
    """The turn that brings the picture upright (EXIF orientation), None when it stands already or does not say."""
    try:
        return _TURNS.get(picture.getexif().get(Base.Orientation, 1))
    except BROKEN:
        return None


def position(picture: Image.Image) -> Position | None:
    """Where the picture says it was taken."""
    try:
        return position_in(picture.getexif().get_ifd(IFD.GPSInfo))
    except BROKEN:
        return None


def position_in(gps: Mapping[int, object]) -> Position | None:
    """The position in the GPS tags of EXIF (three rationals and a letter each), rounded to a decimetre.

    None when anything is missing or impossible: without its letter a number may lie on either half of the earth, and
    0/0 or 0° 0° is what cameras write that do not know.
    """
    lat = _degrees(gps.get(GPS.GPSLatitude), _sign(gps.get(GPS.GPSLatitudeRef), "NS"), 90)
    lon = _degrees(gps.get(GPS.GPSLongitude), _sign(gps.get(GPS.GPSLongitudeRef), "EW"), 180)
    return None if lat is None or lon is None or (lat, lon) == (0, 0) else (lat, lon)


def _sign(ref: object, letters: str) -> int | None:
    text = ref.decode("ascii", "replace") if isinstance(ref, bytes) else str(ref)
    return {letters[0]: 1, letters[1]: -1}.get(text.strip("\0 ").upper())


def _degrees(parts: object, sign: int | None, most: int) -> float | None:
    if sign is None or not isinstance(parts, tuple) or len(parts) != 3:
        return None
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ArithmeticError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    # Written so that NaN, which is how Pillow reads x/0, fails.
    sound = degrees >= 0 and 0 <= minutes <= 60 and 0 <= seconds <= 60 and value <= most
    return sign * round(value, 6) if sound else None


# The frame, the tables and the coefficients of a picture; every other segment is a note.
_END, _SCAN, _JFIF = 0xD9, 0xDA, 0xE0
_PICTURE_SEGMENTS: Final = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, _SCAN})
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)


def is_bare_jpeg(data: bytes) -> bool:
    """Whether a JPEG is the picture only: no EXIF, XMP, IPTC, profile, comment, thumbnail, nothing after its end."""
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != bytes([_END]):
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if not _shows_the_picture(marker, data[at + 4 : at + 2 + length]):
            return False
        at += 2 + length
        if marker == _SCAN:
            at = _end_of_scan(data, at)
    return data[:2] == b"\xff\xd8" and data[at:] == bytes([0xFF, _END])


def _shows_the_picture(marker: int, segment: bytes) -> bool:
    plain_jfif = segment[:5] == b"JFIF\0" and len(segment) == 14
    return marker in _PICTURE_SEGMENTS or (marker == _JFIF and plain_jfif)


def _end_of_scan(data: bytes, at: int) -> int:
    following = _NEXT_MARKER.search(data, at)
    return following.start() if following else len(data)
