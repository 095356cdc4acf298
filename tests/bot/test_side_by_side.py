"""Before and after in one picture."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from bot.bulletin.side_by_side import GROUND, STRIP, side_by_side
from bot.photo_files import clean
from bot.photo_pixels import NotAPicture

ZH, EN = ("整改前", "整改后"), ("Before", "After")
PORTRAIT, LANDSCAPE, PANORAMA, TINY = (450, 600), (600, 450), (1500, 300), (12, 9)


def photo(size: tuple[int, int], colour: str) -> bytes:
    """A plain photo with a black frame, so that one can see whether anything is cut off."""
    picture = Image.new("RGB", size, colour)
    edge = max(1, min(size) // 20)
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] - 1, size[1] - 1), outline="black", width=edge)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def composed(before: tuple[int, int], after: tuple[int, int], labels: tuple[str, str] = ("", "")) -> Image.Image:
    picture = Image.open(io.BytesIO(side_by_side(photo(before, "yellow"), photo(after, "blue"), labels)))
    picture.load()
    return picture


def extent(picture: Image.Image, colour: str) -> tuple[int, int, int, int]:
    """The box in which something of this colour is seen: the inside of one photo."""
    red, green, blue = picture.split()
    high, low = [band.point(lambda value: 255 * (value > 180)) for band in (red, blue)]
    seen = ImageChops.subtract(high, low) if colour == "yellow" else ImageChops.subtract(low, high)
    box = ImageChops.darker(seen, green.point(lambda value: 255 * ((value > 180) == (colour == "yellow")))).getbbox()
    assert box
    return box


def is_reddish(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return bool(pixel[0] > 1.8 * max(pixel[1], pixel[2]))


def is_greenish(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return bool(pixel[1] > 1.5 * max(pixel[0], pixel[2]))


def test_portraits_stand_side_by_side() -> None:
    picture = composed(PORTRAIT, PORTRAIT)
    before, after = extent(picture, "yellow"), extent(picture, "blue")
    assert before[2] < after[0]
    assert before[1] == pytest.approx(after[1], abs=2)
    assert picture.width == 1280


@pytest.mark.parametrize("size", [LANDSCAPE, PANORAMA, TINY])
def test_wide_photos_stand_one_above_the_other(size: tuple[int, int]) -> None:
    picture = composed(size, size)
    before, after = extent(picture, "yellow"), extent(picture, "blue")
    assert before[3] < after[1]
    assert before[0] == pytest.approx(after[0], abs=2)


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE, PANORAMA, TINY, (360, 640), (500, 500), (1500, 250)])
def test_photos_of_one_shape_leave_no_ground_beside_them(size: tuple[int, int]) -> None:
    picture = composed(size, size)
    below_the_strip = picture.getpixel((0, STRIP + 2))
    assert isinstance(below_the_strip, tuple)
    assert max(below_the_strip) < 60, "the black frame reaches the edge"


def test_photos_a_pixel_apart_reach_the_same_edge() -> None:
    picture = composed((450, 600), (450, 601))
    for left in (300, 900):
        bottom = picture.getpixel((left, picture.height - 1))
        assert isinstance(bottom, tuple)
        assert max(bottom) < 60


@pytest.mark.parametrize(("size", "least"), [((20, 400), (1190, 1280)), ((400, 20), (1280, 600))])
def test_very_long_photos_leave_room_for_their_labels(size: tuple[int, int], least: tuple[int, int]) -> None:
    picture = composed(size, size)
    assert picture.width >= least[0]
    assert picture.height >= least[1]


SIDE = st.integers(1, 300)


@settings(max_examples=25, deadline=None)
@given(st.tuples(SIDE, SIDE), st.tuples(SIDE, SIDE))
def test_whatever_the_photos_the_whole_fits_a_chat(before: tuple[int, int], after: tuple[int, int]) -> None:
    picture = composed(before, after)
    assert picture.width <= 1280
    assert picture.height <= 1280
    assert max(picture.size) > 640


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PORTRAIT, LANDSCAPE),
        (LANDSCAPE, PORTRAIT),
        (PANORAMA, PORTRAIT),
        (PORTRAIT, TINY),
        ((100, 700), PORTRAIT),
        (LANDSCAPE, LANDSCAPE),
    ],
)
def test_each_photo_is_whole_and_undistorted(before: tuple[int, int], after: tuple[int, int]) -> None:
    picture = composed(before, after)
    for colour, size in (("yellow", before), ("blue", after)):
        left, top, right, bottom = extent(picture, colour)
        edge = 2 * max(1, min(size) // 20)
        inside = (size[0] - edge) / (size[1] - edge)
        assert (right - left) / (bottom - top) == pytest.approx(inside, rel=0.07)


def test_different_shapes_stand_on_a_quiet_ground_in_equal_sizes() -> None:
    picture = composed(PORTRAIT, LANDSCAPE)
    corner = picture.getpixel((2, picture.height - 3))
    quiet = tuple(bytes.fromhex(GROUND[1:]))
    assert isinstance(corner, tuple)
    assert all(abs(a - b) < 6 for a, b in zip(corner, quiet, strict=True))
    areas = [
        (right - left) * (bottom - top)
        for left, top, right, bottom in (extent(picture, "yellow"), extent(picture, "blue"))
    ]
    assert areas[0] == pytest.approx(areas[1], rel=0.05)


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
def test_before_stands_under_red_and_after_under_green(size: tuple[int, int]) -> None:
    picture = composed(size, size)
    for colour, has_its_hue in (("yellow", is_reddish), ("blue", is_greenish)):
        left, top, _, _ = extent(picture, colour)
        frame = picture.width // 20
        assert has_its_hue(picture.getpixel((left + 5, max(5, top - frame - STRIP // 2))))


def strip(labels: tuple[str, str]) -> Image.Image:
    return composed((9, 12), (9, 12), labels).crop((0, 0, 634, STRIP))


def test_the_labels_can_be_read_in_chinese_and_english() -> None:
    """A character the font lacks is drawn as nothing."""
    missing = strip(("龘", "")).tobytes()
    drawn = {strip((character, "")).tobytes() for character in "整改前后Be7"}
    assert len(drawn - {missing}) == 7


def test_a_label_stands_in_the_middle_and_a_long_one_is_made_to_fit() -> None:
    for label in ("整改前", "Before", "Before, as it was reported to us on the twenty-first of April"):
        bright = strip((label, "")).convert("L").point(lambda value: 255 if value > 200 else 0).getbbox()
        assert bright
        assert bright[0] > 5
        assert bright[2] < 629
        assert (bright[0] + bright[2]) / 2 == pytest.approx(317, abs=4)
        assert (bright[1] + bright[3]) / 2 == pytest.approx(STRIP / 2, abs=6)


def test_it_says_nothing_but_pixels_and_the_same_each_time() -> None:
    exif = Image.Exif()
    exif[271] = "somebody's telephone"
    out = io.BytesIO()
    Image.new("RGB", PORTRAIT, "yellow").save(out, "JPEG", exif=exif, comment=b"somebody")
    data = side_by_side(out.getvalue(), photo(PORTRAIT, "blue"), ZH)
    assert b"somebody" not in data
    assert clean(data).data == data
    assert side_by_side(out.getvalue(), photo(PORTRAIT, "blue"), ZH) == data


def test_photos_come_as_bytes_or_as_files(tmp_path: Path) -> None:
    before, after = photo(PORTRAIT, "yellow"), photo(PORTRAIT, "blue")
    (tmp_path / "before.png").write_bytes(before)
    assert side_by_side(tmp_path / "before.png", after, EN) == side_by_side(before, after, EN)


def test_a_photo_stored_lying_down_stands_upright() -> None:
    exif = Image.Exif()
    exif[274] = 6
    out = io.BytesIO()
    Image.new("RGB", LANDSCAPE, "yellow").save(out, "JPEG", exif=exif)
    picture = Image.open(io.BytesIO(side_by_side(out.getvalue(), photo(PORTRAIT, "blue"), EN)))
    assert picture.size == composed(PORTRAIT, PORTRAIT).size


def test_a_photo_with_broken_notes_is_shown() -> None:
    out = io.BytesIO()
    Image.new("RGB", PORTRAIT, "yellow").save(out, "PNG", exif=b"Exif\0\0 not even a header")
    assert side_by_side(out.getvalue(), photo(PORTRAIT, "blue"), EN)


def test_what_is_no_picture_is_said() -> None:
    with pytest.raises(NotAPicture):
        side_by_side(b"no picture", photo(PORTRAIT, "blue"), ZH)
