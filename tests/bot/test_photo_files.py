"""Photos: what stays of them when they are passed on, and how they are kept."""

import io
import os
import resource
import struct
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from bot.photo_files import MOST_KEPT_BYTES, Cleaned, PhotoFiles, clean
from bot.photo_notes import position_in
from bot.photo_pixels import LONGEST_SIDE, MOST_PIXELS, NotAPicture

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 30), (30, 30, 220), (255, 255, 255)
SECRET = b"taken by somebody, somewhere"


def drawn(size: tuple[int, int] = (80, 60), mode: str = "RGB") -> Image.Image:
    """Red, with a green top left and a blue top right quarter: one sees which way is up, and whether it is mirrored."""
    picture = Image.new("RGB", size, RED)
    picture.paste(GREEN, (0, 0, size[0] // 2, size[1] // 2))
    picture.paste(BLUE, (size[0] // 2, 0, size[0], size[1] // 2))
    return picture.convert(mode)


def encoded(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def seen(cleaned: Cleaned) -> Image.Image:
    picture = Image.open(io.BytesIO(cleaned.data))
    picture.load()
    return picture


def colours(picture: Image.Image) -> list[str]:
    """The names of the colours in the four quarters, row by row, as an eye would say."""
    width, height = picture.size
    return [colour(picture, (width * x // 4, height * y // 4)) for y in (1, 3) for x in (1, 3)]


def colour(picture: Image.Image, at: tuple[int, int]) -> str:
    named = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    pixel = picture.getpixel(at)
    assert isinstance(pixel, tuple)
    return min(named, key=lambda name: sum(abs(a - b) for a, b in zip(named[name], pixel, strict=True)))


UPRIGHT = ["green", "blue", "red", "red"]


def located(lat: Any = (31.0, 8.0, 24.0), ref: Any = "N") -> Image.Exif:
    exif = Image.Exif()
    exif[Base.Make] = SECRET.decode()
    exif.get_ifd(IFD.GPSInfo).update(
        {GPS.GPSLatitudeRef: ref, GPS.GPSLatitude: lat, GPS.GPSLongitudeRef: "E", GPS.GPSLongitude: (121.0, 30.0, 0.0)}
    )
    return exif


def with_segment(jpeg: bytes, marker: int, content: bytes) -> bytes:
    return jpeg[:2] + bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2) + content + jpeg[2:]


# --- where it was taken ----------------------------------------------------------------------------------------------

HERE = {1: "N", 2: (31.0, 8.0, 24.0), 3: "E", 4: (121.0, 30.0, 0.0)}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_position_is_read_and_then_left_out(kind: str) -> None:
    cleaned = clean(encoded(drawn(), kind, exif=located()))
    assert cleaned.position == (31.14, 121.5)
    assert SECRET not in cleaned.data
    assert clean(cleaned.data).position is None


@pytest.mark.parametrize(
    ("change", "position"),
    [
        ({}, (31.14, 121.5)),
        ({1: "S", 3: "W"}, (-31.14, -121.5)),
        ({1: b"N\0", 3: b"E"}, (31.14, 121.5)),
        ({1: "n ", 3: "e\0"}, (31.14, 121.5)),
        ({2: (31.0, 8.4, 0.0)}, (31.14, 121.5)),
        ({2: (31.14, 0.0, 0.0)}, (31.14, 121.5)),
        ({2: (31.0, 7.0, 60.0), 4: (121.0, 0.0, 0.0)}, (31.133333, 121.0)),
        ({2: (90.0, 0.0, 0.0), 4: (180.0, 0.0, 0.0)}, (90.0, 180.0)),
        ({2: (0.0, 0.0, 0.0)}, (0.0, 121.5)),
    ],
)
def test_positions_are_understood_in_every_form(change: dict[int, object], position: tuple[float, float]) -> None:
    assert position_in(HERE | change) == position


@pytest.mark.parametrize(
    "change",
    [
        {1: None},
        {3: None},
        {2: None},
        {4: None},
        {1: ""},
        {1: b"\xff"},
        {1: 7},
        {1: "E", 3: "N"},
        {2: (31.0, 8.0)},
        {2: 31.14},
        {2: "31 8 24"},
        {2: (31.0, None, 24.0)},
        {2: (31.0, "eight", 24.0)},
        {2: (float("nan"), 8.0, 24.0)},
        {2: (31.0, 8.0, float("nan"))},
        {2: (float("inf"), 8.0, 24.0)},
        {2: (31.0, 61.0, 0.0)},
        {2: (31.0, 0.0, 61.0)},
        {2: (-31.0, 8.0, 24.0)},
        {2: (31.0, -8.0, 24.0)},
        {2: (90.0, 0.0, 1.0)},
        {4: (180.0, 0.0, 1.0)},
        {2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)},
    ],
)
def test_a_position_that_cannot_be_is_none(change: dict[int, object]) -> None:
    assert position_in(HERE | change) is None


LETTER = st.text("NSEWnsew \0", max_size=3)


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 6), LETTER | st.binary(max_size=3) | st.tuples(*[st.floats()] * 3) | st.none()))
def test_a_position_is_on_the_earth_or_none(gps: dict[int, object]) -> None:
    position = position_in(gps)
    assert position is None or (abs(position[0]) <= 90 and abs(position[1]) <= 180)


@pytest.mark.parametrize("denominator", [0, 1])
def test_a_rational_over_zero_in_a_real_file_is_no_position(denominator: int) -> None:
    """As a telephone without a fix writes it: 0/0 in place of every number."""
    whole = clean(with_segment(encoded(drawn()), 0xE1, b"Exif\0\0" + gps_tiff((31, denominator))))
    assert whole.position == ((31.0, 121.0) if denominator else None)


def gps_tiff(degrees: tuple[int, int]) -> bytes:
    """The least TIFF block that holds a position: 31° N as given, 121° E."""
    data_at = 8 + 18 + 54
    tags = [
        struct.pack(">HHI4s", 1, 2, 2, b"N"),
        struct.pack(">HHII", 2, 5, 3, data_at),
        struct.pack(">HHI4s", 3, 2, 2, b"E"),
        struct.pack(">HHII", 4, 5, 3, data_at + 24),
    ]
    root = struct.pack(">HHHIII", 1, IFD.GPSInfo, 4, 1, 26, 0)
    data = struct.pack(">12I", *degrees, 0, 1, 0, 1, 121, 1, 0, 1, 0, 1)
    return b"MM\0*" + struct.pack(">I", 8) + root + struct.pack(">H", 4) + b"".join(tags) + bytes(4) + data


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_broken_notes_cost_the_position_but_not_the_picture() -> None:
    exif = located().tobytes()
    for cut in range(8, len(exif)):
        cleaned = clean(with_segment(encoded(drawn()), 0xE1, exif[:cut]))
        assert colours(seen(cleaned)) == UPRIGHT
        assert cleaned.position in {None, (31.14, 121.5)}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_notes_that_are_none_cost_nothing(kind: str) -> None:
    """EXIF by its name only: reading it raises."""
    cleaned = clean(encoded(drawn(), kind, exif=b"Exif\0\0 not even a header"))
    assert (cleaned.position, colours(seen(cleaned))) == (None, UPRIGHT)


# --- nothing but pixels ----------------------------------------------------------------------------------------------


def iptc(words: bytes) -> bytes:
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(words).to_bytes(4) + words


NOTES: dict[str, Callable[[bytes], bytes]] = {
    "EXIF": lambda jpeg: with_segment(jpeg, 0xE1, located().tobytes()),
    "XMP": lambda jpeg: with_segment(jpeg, 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>" + SECRET),
    "IPTC": lambda jpeg: with_segment(jpeg, 0xED, iptc(SECRET)),
    "comment": lambda jpeg: with_segment(jpeg, 0xFE, SECRET),
    "maker's own": lambda jpeg: with_segment(jpeg, 0xEA, SECRET),
    "profile": lambda jpeg: with_segment(jpeg, 0xE2, b"ICC_PROFILE\0\1\1" + SECRET),
    "JFIF thumbnail": lambda jpeg: with_segment(jpeg, 0xE0, b"JFXX\0\x10" + SECRET),
    "padded JFIF": lambda jpeg: with_segment(jpeg, 0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0" + SECRET),
    "after the end": lambda jpeg: jpeg + SECRET,
    "a second picture after the end": lambda jpeg: jpeg + with_segment(encoded(drawn()), 0xFE, SECRET),
    "between two scans": lambda jpeg: jpeg[:-2] + b"\xff\xfe" + (len(SECRET) + 2).to_bytes(2) + SECRET + jpeg[-2:],
}


@pytest.mark.parametrize("where", NOTES)
def test_no_note_survives(where: str) -> None:
    noted = NOTES[where](encoded(drawn()))
    cleaned = clean(noted)
    assert SECRET in noted
    assert SECRET not in cleaned.data
    assert set(seen(cleaned).info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert colours(seen(cleaned)) == UPRIGHT


def test_words_in_a_png_and_a_gif_do_not_survive() -> None:
    words = PngInfo()
    words.add_text("Author", SECRET.decode())
    assert SECRET not in clean(encoded(drawn(), "PNG", pnginfo=words)).data
    assert SECRET not in clean(encoded(drawn(mode="P"), "GIF", comment=SECRET)).data


def test_a_second_picture_in_the_file_does_not_survive() -> None:
    """Many telephones append a preview or a depth map."""
    double = encoded(drawn(), "MPO", save_all=True, append_images=[Image.new("RGB", (80, 60), WHITE)])
    cleaned = clean(double)
    assert (seen(cleaned).format, colours(seen(cleaned))) == ("JPEG", UPRIGHT)
    assert cleaned.data.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"restart_marker_blocks": 2}, {"subsampling": 0}])
def test_a_clean_jpeg_stays_byte_for_byte(how: dict[str, Any]) -> None:
    data = encoded(drawn(), **how)
    assert clean(data) == Cleaned(data, ".jpg", None)


@pytest.mark.parametrize("size", [(1, 1), (80, 60), (2700, 300), (30, 2000)])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "HEIF"])
def test_cleaning_is_repeatable_and_twice_changes_nothing(kind: str, size: tuple[int, int]) -> None:
    data = encoded(drawn(size), kind)
    first = clean(data)
    assert clean(data) == first
    assert clean(first.data).data == first.data


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_clean_jpeg_in_other_colours_is_made_rgb(mode: str) -> None:
    assert seen(clean(encoded(drawn(mode=mode)))).mode == "RGB"


def test_a_heavy_jpeg_is_made_lighter() -> None:
    data = encoded(Image.effect_noise((2400, 2400), 200).convert("RGB"), quality=100)
    assert len(data) > MOST_KEPT_BYTES > len(clean(data).data)


# --- the pixels themselves -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("PNG", mode) for mode in ("RGB", "RGBA", "P")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA")),
        *(("JPEG", mode) for mode in ("RGB", "CMYK")),
        ("GIF", "P"),
        ("BMP", "RGB"),
        ("HEIF", "RGB"),
    ],
)
def test_every_kind_of_picture_becomes_a_jpeg(kind: str, mode: str) -> None:
    picture = seen(clean(encoded(drawn(mode=mode), kind)))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (80, 60))
    assert colours(picture) == UPRIGHT


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_stands_upright(orientation: int) -> None:
    turned_away = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    stored = drawn() if turned_away is None else drawn().transpose(turned_away)
    picture = seen(clean(encoded(stored, exif=exif)))
    assert (picture.size, colours(picture)) == ((80, 60), UPRIGHT)


@pytest.mark.parametrize("value", [b"\0\3\0\0\0\1\0\0\0\0", b"\0\3\0\0\0\1\0\x09\0\0", b"\0\2\0\0\0\2\x36\0\0\0"])
def test_an_orientation_that_means_nothing_turns_nothing(value: bytes) -> None:
    """0, 9, and the letter 6."""
    tiff = b"MM\0*\0\0\0\x08\0\1\x01\x12" + value + bytes(4)
    assert colours(seen(clean(with_segment(encoded(drawn()), 0xE1, b"Exif\0\0" + tiff)))) == UPRIGHT


@pytest.mark.parametrize(
    ("size", "becomes"),
    [
        ((4000, 3000), (2560, 1920)),
        ((1200, 3200), (960, 2560)),
        ((2561, 1000), (2560, 1000)),
        ((2560, 1000), (2560, 1000)),
        ((5200, 1300), (2560, 640)),
        ((40, 30), (40, 30)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "BMP"])
def test_a_large_picture_is_scaled_to_the_longest_side(
    kind: str, size: tuple[int, int], becomes: tuple[int, int]
) -> None:
    picture = seen(clean(encoded(drawn(size), kind)))
    assert picture.size == becomes
    assert colours(picture) == UPRIGHT


@pytest.mark.parametrize(("kind", "height", "becomes"), [("PNG", 4000, (128, 2560)), ("JPEG", 2400, (120, 2400))])
def test_a_very_long_screenshot_keeps_a_shape_that_can_be_sent(
    kind: str, height: int, becomes: tuple[int, int]
) -> None:
    picture = seen(clean(encoded(drawn((100, height)), kind)))
    assert picture.size == becomes
    assert colour(picture, (1, height // 4)) == "white"
    assert colours(picture.crop((32, 0, becomes[0] - 32, becomes[1]))) == UPRIGHT


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_is_kept(kind: str) -> None:
    moving = encoded(drawn(), kind, save_all=True, append_images=[Image.new("RGB", (80, 60), WHITE)], duration=100)
    assert colours(seen(clean(moving))) == UPRIGHT


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_transparent_becomes_white(kind: str) -> None:
    picture = drawn(mode="RGBA")
    picture.paste((0, 0, 0, 0), (0, 30, 80, 60))
    assert colours(seen(clean(encoded(picture, kind)))) == ["green", "blue", "white", "white"]


def test_a_sixteen_bit_scan_keeps_its_greys() -> None:
    scan = Image.new("I;16", (40, 30), 0x8000)
    assert seen(clean(encoded(scan, "PNG"))).getpixel((20, 15)) == (128, 128, 128)


def test_colours_are_translated_before_their_profile_goes() -> None:
    """In a made-up space whose red is our green, a red picture looks green."""
    standard = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = standard.replace(b"rXYZ", b"tmpX", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"tmpX", b"gXYZ", 1)
    data = encoded(Image.new("RGB", (40, 30), (255, 0, 0)), icc_profile=swapped)
    assert set(colours(seen(clean(data)))) == {"green"}
    assert b"ICC_PROFILE" not in clean(data).data


def test_an_unreadable_profile_does_no_harm() -> None:
    assert colours(seen(clean(encoded(drawn(), "PNG", icc_profile=b"no profile at all")))) == UPRIGHT


# --- what is no picture ----------------------------------------------------------------------------------------------


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff\xd9",
        b"a sentence",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        encoded(drawn())[:-200],
        encoded(drawn())[:300],
        encoded(drawn(), "PNG")[:-40],
        encoded(drawn(), "HEIF")[:-200],
        encoded(drawn(), "TIFF"),
        encoded(drawn(), "EPS"),
        png_claiming(100, 100),
        encoded(drawn()).replace(b"\xff\xc4", b"\xff\xdd"),
    ],
)
def test_what_cannot_be_shown_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture) as refused:
        clean(data)
    assert refused.value.why == "unreadable"


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [7100, 9500, 15000, 60000])
def test_a_picture_that_would_fill_the_memory_is_refused_unread(side: int) -> None:
    with pytest.raises(NotAPicture) as refused:
        clean(png_claiming(side, side))
    assert refused.value.why == "too_large"


def test_a_small_crop_of_a_huge_picture_is_refused_too() -> None:
    """A HEIC says how large it is coded (`ispe`) and, apart from that, which part is shown."""
    honest = encoded(drawn((24, 16)), "HEIF")
    at = honest.index(b"ispe") + 8
    with pytest.raises(NotAPicture) as refused:
        clean(honest[:at] + (20_000).to_bytes(4) * 2 + honest[at + 8 :])
    assert refused.value.why == "too_large"


def test_a_jpeg_may_be_larger_because_it_is_scaled_while_reading() -> None:
    large = Image.new("L", (7200, 7200), 90)
    assert large.width * large.height > MOST_PIXELS
    assert seen(clean(encoded(large))).size == (LONGEST_SIDE, LONGEST_SIDE)
    with pytest.raises(NotAPicture):
        clean(encoded(large, progressive=True))


@cache
def samples() -> tuple[bytes, ...]:
    small = drawn((24, 16))
    return (
        encoded(small),
        encoded(small, exif=located()),
        encoded(small, "PNG", exif=located()),
        encoded(small.convert("P"), "GIF"),
        encoded(small, "WEBP", exif=located()),
        encoded(small, "BMP"),
        encoded(small, "HEIF", exif=located()),
    )


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::PIL.Image.DecompressionBombWarning")
@settings(deadline=None)
@given(st.data())
def test_damaged_bytes_are_a_picture_or_refused(data: st.DataObject) -> None:
    """Nothing else may come out: whatever arrives, its message goes on."""
    damaged = bytearray(data.draw(st.sampled_from(samples())))
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        cleaned = clean(bytes(damaged))
    except NotAPicture:
        return
    assert seen(cleaned).mode == "RGB"


def test_a_heic_damaged_anywhere_is_a_picture_or_refused() -> None:
    """Its decoder raises errors of its own."""
    whole = encoded(drawn((24, 16)), "HEIF")
    for at in range(len(whole)):
        try:
            clean(whole[:at] + b"\x80" + whole[at + 1 :])
        except NotAPicture:
            continue


def test_a_heic_as_a_telephone_turns_it_stands_upright_once() -> None:
    """The decoder has turned it already; turning by the EXIF again would lay it on its side."""
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    turned = pillow_heif.from_pillow(drawn().transpose(Image.Transpose.ROTATE_90))
    out = io.BytesIO()
    turned.save(out, exif=exif.tobytes())
    picture = seen(clean(out.getvalue()))
    assert (picture.size, colours(picture)) == ((80, 60), UPRIGHT)


# --- the folder ------------------------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> PhotoFiles:
    return PhotoFiles(tmp_path / "data" / "photos")


def everything(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


@contextmanager
def a_disk_that_takes(size: int) -> Iterator[None]:
    """The system refuses every write past this many bytes of a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_photo_is_found_under_its_hash(files: PhotoFiles, tmp_path: Path) -> None:
    digest = files.put(b"pixels", ".jpg")
    assert digest == sha256(b"pixels").hexdigest()
    assert files.path(digest) == tmp_path / "data" / "photos" / digest[:2] / digest[2:4] / f"{digest}.jpg"
    assert (files.path(digest) or Path()).read_bytes() == b"pixels"


def test_only_the_owner_can_read_photos(files: PhotoFiles, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        files.put(b"pixels", ".jpg")
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "data").rglob("*") if path.is_dir()}
    assert modes == {0o700}
    assert [path.stat().st_mode & 0o777 for path in everything(tmp_path)] == [0o600]


def test_the_same_photo_twice_is_one_file(files: PhotoFiles, tmp_path: Path) -> None:
    first = files.put(b"pixels", ".jpg")
    (file,) = everything(tmp_path)
    inode = file.stat().st_ino
    assert files.put(b"pixels", ".jpg") == first
    assert [path.stat().st_ino for path in everything(tmp_path)] == [inode]


def test_the_same_photo_from_many_sides_at_once_is_one_whole_file(files: PhotoFiles, tmp_path: Path) -> None:
    data = bytes(range(256)) * 2000
    with ThreadPoolExecutor(8) as threads:
        digests = set(threads.map(files.put, [data] * 32, [".jpg"] * 32))
    assert [path.read_bytes() for path in everything(tmp_path)] == [data]
    assert digests == {sha256(data).hexdigest()}


def test_a_folder_that_disappears_is_made_again(files: PhotoFiles, tmp_path: Path) -> None:
    lost = files.put(b"first", ".jpg")
    (tmp_path / "data").rename(tmp_path / "unmounted")
    assert files.path(lost) is None
    kept = files.put(b"second", ".jpg")
    assert (files.path(kept) or Path()).read_bytes() == b"second"


def test_a_full_disk_is_said_and_leaves_nothing_half_written(files: PhotoFiles, tmp_path: Path) -> None:
    with a_disk_that_takes(1000), pytest.raises(OSError, match="too large"):
        files.put(bytes(5000), ".jpg")
    assert files.path(sha256(bytes(5000)).hexdigest()) is None
    assert list(everything(tmp_path)) == []


def test_a_file_left_half_written_by_a_crash_is_never_taken_for_the_photo(files: PhotoFiles) -> None:
    digest = files.put(b"pixels", ".jpg")
    whole = files.path(digest)
    assert whole
    whole.rename(whole.with_name(".unfinished.part"))
    assert files.path(digest) is None
    files.put(b"pixels", ".jpg")
    assert files.path(digest) == whole


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "*" * 64, "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_what_is_no_hash_has_no_file(files: PhotoFiles, name: str) -> None:
    files.put(b"pixels", ".jpg")
    assert files.path(name) is None


@pytest.mark.parametrize("suffix", ["", "jpg", ".", "./x", ".JPG", ".jpg/..", ".jpg\n"])
def test_a_suffix_that_is_none_is_refused(files: PhotoFiles, suffix: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a suffix"):
        files.put(b"pixels", suffix)
    assert list(everything(tmp_path)) == []


def test_a_photo_can_be_deleted_and_twice_does_no_harm(files: PhotoFiles, tmp_path: Path) -> None:
    kept, gone = files.put(b"kept", ".jpg"), files.put(b"gone", ".jpg")
    for _ in range(2):
        files.remove(gone)
    assert files.path(gone) is None
    assert [path.read_bytes() for path in everything(tmp_path)] == [b"kept"]
    assert files.path(kept)


def test_a_good_folder_is_writable_and_shows_no_trace_of_the_trial(files: PhotoFiles, tmp_path: Path) -> None:
    assert files.writable()
    assert list(everything(tmp_path)) == []


def test_a_full_disk_or_a_file_in_the_way_is_not_writable(files: PhotoFiles, tmp_path: Path) -> None:
    with a_disk_that_takes(0):
        assert not files.writable()
    (tmp_path / "file").write_bytes(b"")
    assert not PhotoFiles(tmp_path / "file" / "photos").writable()


def test_different_photos_have_different_homes(files: PhotoFiles) -> None:
    digests = [files.put(bytes([number]), ".jpg") for number in range(20)]
    assert len({files.path(digest) for digest in digests}) == 20


def test_files_that_can_be_made_again_go_when_they_are_old(tmp_path: Path) -> None:
    files = PhotoFiles(tmp_path / "pairs")
    old, new = files.put(b"old", ".jpg"), files.put(b"new", ".jpg")
    path = files.path(old)
    assert path is not None
    os.utime(path, (0, 0))
    assert files.remove_older(datetime(2026, 1, 1, tzinfo=UTC)) == 1
    assert files.path(old) is None
    assert files.path(new) is not None
