"""The drawn pictures."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image, ImageChops, ImageStat
from PIL.ExifTags import GPS, IFD, Base

from bot.sandbox.pictures import SCENES, State, picture, with_position


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


def difference(one: bytes, other: bytes) -> float:
    """Mean difference of thumbnails, 0 to 255."""
    thumbs = [opened(jpeg).resize((64, 48)) for jpeg in (one, other)]
    return sum(ImageStat.Stat(ImageChops.difference(*thumbs)).mean) / 3


@pytest.mark.parametrize("state", ["before", "after"])
@pytest.mark.parametrize("scene", SCENES)
def test_every_picture_is_a_jpeg_of_the_right_size(scene: str, state: State) -> None:
    image = Image.open(io.BytesIO(picture(scene, state)))
    assert (image.format, image.size) == ("JPEG", (1280, 960))
    assert len(picture(scene, state)) < 500_000


@pytest.mark.parametrize("scene", SCENES)
def test_before_and_after_are_told_apart_at_a_glance(scene: str) -> None:
    assert difference(picture(scene), picture(scene, "after")) > 8


def test_the_seed_decides() -> None:
    first = picture("tyres", seed=1)
    picture.cache_clear()
    assert picture("tyres", seed=1) == first
    assert picture("tyres", seed=2) != first


def test_a_position_can_be_written_into_a_picture() -> None:
    plain = picture("tyres")
    taken = datetime(2026, 4, 21, 8, 30, tzinfo=UTC)
    image = Image.open(io.BytesIO(with_position(plain, 41.8057, -123.4315, taken)))
    gps = image.getexif().get_ifd(IFD.GPSInfo)
    degrees, minutes, seconds = gps[GPS.GPSLatitude]
    assert float(degrees) + float(minutes) / 60 + float(seconds) / 3600 == pytest.approx(41.8057)
    assert (gps[GPS.GPSLatitudeRef], gps[GPS.GPSLongitudeRef]) == ("N", "W")
    assert image.getexif()[Base.DateTime] == "2026:04:21 08:30:00"
    assert difference(plain, with_position(plain, 1, 2)) == 0
