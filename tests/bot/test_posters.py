"""Posters: the code on each leads to its place, and what the font cannot draw is called otherwise, never boxes."""

import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from structlog.testing import capture_logs

from bot.bulletin.letters import first_drawable, missing
from bot.bulletin.poster import DPI, PAGE, Poster
from bot.clock import machine_time
from bot.posters import BOOK, places_in, poster_of, print_all, worth_printing
from bot.telegram.links import deep_link
from bot.texts import Words
from bot.texts.catalog import load
from domain.district import District
from domain.errors import NotFound
from domain.settings import Settings
from storage.district.files import parse, read

XIMING = parse(read(Path(__file__).parents[2] / "districts" / "ximing"))
WORDS = Words(now=machine_time, zone=lambda: Settings().zone, entry=lambda scene, _: scene, rehearsal=False)
NOT_THERE = "堃"
"""Common in names, but not in the font."""


def entry(scene: str) -> str:
    return deep_link("ximing_bot", scene)


def poster(place: str, district: District = XIMING) -> Poster:
    return poster_of(district.places[place], district, WORDS, entry)


def called(name: str, *aliases: str) -> District:
    """The district where one place is called so."""
    place = replace(XIMING.places["P001"], name=name, aliases=aliases)
    return replace(XIMING, places={**XIMING.places, "P001": place})


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The posters of three places."""
    folder = tmp_path_factory.mktemp("posters") / "new"
    wanted = [(place, poster(place)) for place in ("P001", "P003", "P290")]
    assert list(print_all(folder, wanted)) == ["P001", "P003", "P290"]
    return folder


@pytest.mark.parametrize("place", ["P001", "P003", "P290"])
def test_the_code_leads_to_the_place(printed: Path, place: str) -> None:
    with Image.open(printed / f"{place}.png") as page:
        assert page.size == PAGE
        (code,) = zxingcpp.read_barcodes(page.convert("L"))
    assert code.text == f"https://t.me/ximing_bot?start=loc_{place}"


def test_paper_stays_white(printed: Path) -> None:
    with Image.open(printed / "P001.png") as page:
        assert page.convert("RGB").getpixel((10, 1200)) == (255, 255, 255)


def test_a_code_that_is_partly_torn_off_still_leads_there(printed: Path) -> None:
    with Image.open(printed / "P001.png") as page:
        torn = page.convert("L")
    torn.paste(255, (760, 1150, 960, 1350))
    assert [code.text for code in zxingcpp.read_barcodes(torn)] == ["https://t.me/ximing_bot?start=loc_P001"]


def test_all_stand_in_one_pdf_as_they_were_drawn(printed: Path) -> None:
    book = (printed / BOOK).read_bytes()
    assert book.startswith(b"%PDF-")
    assert b"/Count 3 " in book
    width, height = (side * 72 / DPI for side in PAGE)
    assert book.count(b"/MediaBox [0 0 %.2f %.2f]" % (width, height)) == 3
    pictures = [
        zlib.decompress(stream) for stream in re.findall(rb"/Image .*?stream\n(.*?)\nendstream", book, flags=re.DOTALL)
    ]
    with Image.open(printed / "P003.png") as page:
        assert page.tobytes() == pictures[1]


def test_every_object_of_the_pdf_is_where_it_says(printed: Path) -> None:
    book = (printed / BOOK).read_bytes()
    table = int(re.findall(rb"startxref\n(\d+)", book)[0])
    offsets = [int(offset) for offset in re.findall(rb"(\d{10}) 00000 n ", book[table:])]
    assert len(offsets) == 2 + 3 * 3
    assert [book[offset:].split(b" ", 1)[0] for offset in offsets] == [b"%d" % (n + 1) for n in range(len(offsets))]


def test_a_folder_that_fails_midway_keeps_the_pdf_it_had(tmp_path: Path) -> None:
    list(print_all(tmp_path, [("P001", poster("P001"))]))
    before = (tmp_path / BOOK).read_bytes()
    (tmp_path / "P003.png").mkdir()
    with pytest.raises(OSError, match=r"P003"):
        list(print_all(tmp_path, [("P003", poster("P003"))]))
    assert (tmp_path / BOOK).read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


def test_it_says_where_it_hangs_and_how_to_report() -> None:
    made = poster("P001")
    assert made.title.zh.startswith("溪明区")
    assert (made.place, made.area) == ("长江农贸市场", "长江街道 · 长江社区")
    assert len(made.steps) == 3
    assert (made.foot[1].zh, made.foot[1].en) == ("P001", "t.me/ximing_bot")


@pytest.mark.parametrize(
    ("area", "some", "others"),
    [(None, {"P001", "P003", "P290"}, set()), ("S01", {"P001", "P003"}, {"P290"}), ("S01C01", {"P001"}, {"P290"})],
)
def test_places_are_those_of_an_area(area: str | None, some: set[str], others: set[str]) -> None:
    found = {place.id for place in places_in(XIMING, area)}
    assert some <= found
    assert not others & found


def test_an_area_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotFound, match="no_such_area"):
        places_in(XIMING, "S99")


def test_where_a_code_would_not_tell_the_community_there_is_no_poster() -> None:
    places = worth_printing(XIMING.places.values())
    assert "P227" not in {place.id for place in places}
    assert len(places) == sum(not place.also_in for place in XIMING.places.values())


# --- letters ----------------------------------------------------------------------------------------------------------


def test_everything_of_the_district_and_all_words_of_a_poster_can_be_drawn() -> None:
    names = [XIMING.name, *(area.name for area in XIMING.areas.values()), *(p.name for p in XIMING.places.values())]
    words = [line for language in ("zh", "en") for line in load(language)["poster"].values()]
    assert missing("".join((*names, *words, " ·/@_-"))) == ""


def test_what_the_font_lacks_is_known() -> None:
    assert missing(f"长江{NOT_THERE}市场{NOT_THERE}𠮷") == f"{NOT_THERE}𠮷"
    assert first_drawable([NOT_THERE, "", "市场"]) == "市场"
    assert first_drawable([NOT_THERE]) == ""


@pytest.mark.parametrize(
    ("aliases", "instead"), [(("长江菜市",), "长江菜市"), ((f"{NOT_THERE}市",), "长江社区 P001"), ((), "长江社区 P001")]
)
def test_a_name_that_cannot_be_drawn_gives_way_to_another_and_is_logged(aliases: tuple[str, ...], instead: str) -> None:
    with capture_logs() as lines:
        made = poster("P001", called(f"长江{NOT_THERE}市场", *aliases))
    assert made.place == instead
    assert [(line["event"], line["place"], line["characters"]) for line in lines] == [("not_in_font", "P001", "U+5803")]
