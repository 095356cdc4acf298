"""Reading as a whole: any text can be read, always in the same way and soon; and without any words file."""

from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.district import District
from domain.gist import NOTHING, Kind
from domain.routing import Atlas
from reading import Reader

ANY_TEXT = st.text(st.characters())
PIECES = [
    "着火",
    "万一",
    "已经灭了",
    "上周",
    "，",
    "。",
    "\n",
    "不是",
    "是",
    "长江路",
    "文化路",
    "口",
    "光明小区",
    "幸福里",
]
PIECES += ["向阳", "谢谢", "解决了", "但是", "垃圾", "没人收", "井盖", "没了", "加微信", "'", "<b>", "😤", "1", "工资"]
TYPED = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
POSITIONS = st.none() | st.tuples(st.floats(), st.floats())


@given(text=ANY_TEXT | TYPED, position=POSITIONS)
def test_any_text_can_be_read_and_always_in_the_same_way(
    reader: Reader, text: str, position: tuple[float, float] | None
) -> None:
    lat, lon = position or (None, None)
    first, second = reader.read(text, lat, lon), reader.read(text, lat, lon)
    assert repr(first) == repr(second)  # a position may be no number, and that is equal to nothing
    assert len(first.categories) <= 3


@given(text=TYPED)
def test_nothing_about_a_place_or_number_is_told_of_what_is_no_report(reader: Reader, text: str) -> None:
    gist = reader.read(text)
    if gist.kind not in (Kind.REPORT, Kind.EMERGENCY):
        assert replace(gist, kind=Kind.REPORT, why=()) == NOTHING


def test_no_words_say_nothing(reader: Reader) -> None:
    assert reader.read("") == NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "车" * 5000,
        "不是长江路" * 1000,
        "垃圾桶满了，" * 833,
        "着火万一" * 1250,
        "上周，，，" * 1000,
        "早市" * 2500,
        "a " * 2500,
    ],
)
def test_long_texts_do_not_take_long(reader: Reader, text: str) -> None:
    """Each takes well under a tenth of a second; anything worse than linear would take many."""
    start = perf_counter()
    reader.read(text)
    assert perf_counter() - start < 2


def test_the_case_number_of_the_district_is_a_question(ximing: District, atlas: Atlas) -> None:
    district = replace(ximing, settings=replace(ximing.settings, number_prefix="QX"))
    assert Reader(district, atlas).read("QX-260421-007").kind is Kind.QUERY


@pytest.fixture(scope="module")
def bare(ximing: District, atlas: Atlas) -> Reader:
    """A reader of a district whose words.toml is missing."""
    return Reader(replace(ximing, words={}), atlas)


@pytest.mark.parametrize(
    ("text", "community"), [("滨江公园的井盖没了", "S01C02"), ("光明社区", "S03C04"), ("长江路文化路", "S01C01")]
)
def test_without_words_names_of_places_are_known(bare: Reader, text: str, community: str) -> None:
    place = bare.read(text).place
    assert place is not None
    assert place.community == community


def test_without_words_keywords_of_categories_are_known(bare: Reader) -> None:
    assert bare.read("滨江公园的井盖没了").categories[0] == "0901"


@given(text=ANY_TEXT | TYPED)
def test_without_words_everything_is_a_report(bare: Reader, text: str) -> None:
    assert bare.read(text).kind is Kind.REPORT


def test_a_category_the_district_does_not_have_is_never_named(ximing: District, atlas: Atlas) -> None:
    """The lists of words may be another district's."""
    without_gas = {code: category for code, category in ximing.categories.items() if code != "1203"}
    gist = Reader(replace(ximing, categories=without_gas), atlas).read("楼道里一股煤气味")
    assert gist.numbers == ("119",)
    assert "1203" not in gist.categories
