"""The place a message is about: rule 4 of the district's README, told in sentences."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.district import District
from domain.gist import Place
from domain.routing import Atlas
from reading import Reader

IN_GUANGMING = (41.3222, 123.7627)
IN_XINGFULI_1 = (41.3426, 123.7547)
IN_XINGFULI_2 = (41.3222, 123.7602)
ON_GAOXIN_STREET = (41.376739, 123.775305)
RESERVOIR = (41.390523, 123.738007)
FAR_AWAY = (41.805, 123.437)


def settled(place: Place | None) -> str | None:
    """The community a place settles, else the street, else nothing."""
    return (place.community or place.street) if place else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # places by name and alias, the longest first
        ("滨江公园门口井盖没了", "S01C02"),
        ("井盖没了，就在江边公园", "S01C02"),
        ("滨江1号楼道堆物", "S01C02"),
        ("长江花园垃圾没人收", "S02C03"),
        ("长江早市卖的豆腐酸了", "S01C02"),
        ("工人村红砖楼东侧", "S04C02"),
        ("trash near the train station", "S03C01"),
        # typed otherwise
        ("滨 江 公 园 路灯坏了", "S01C02"),
        ("滨江１号楼道堆物", "S01C02"),
        ("幸福里2期垃圾没人收", "S03C08"),
        ("12中门口堵车", "S04C06"),
        # communities and villages
        ("向阳社区有人摆摊", "S01C05"),
        ("向阳村垃圾没人收", "S07V03"),
        ("石桥社区路灯不亮", "S07C01"),
        ("三道岗有人烧秸秆", "S05V07"),
        ("和平那边路灯坏了", "S03C07"),
        ("井盖没了，光明", "S03C04"),
        # names that streets share with communities mean the street; so does the alias of its office
        ("石桥路灯不亮，石桥这边都是", "S07"),
        ("石桥街道路灯不亮", "S07"),
        ("北口这边大车乱停", "S05"),
        ("长江街道办事处门口乱停车", "S01C01"),
        # … and two communities of one name stay open
        ("向阳这边垃圾没人收", None),
        # roads
        ("长江路上垃圾多", None),
        ("转山路上垃圾多", "S04"),
        ("青年街路灯坏了", "S01"),
        ("青年街道垃圾多", "S01"),
        ("站前街道的解放路垃圾多", "S03"),
        ("河东路胜利路之间路灯坏了", "S02"),
        # crossings
        ("长江路和文化路路口红绿灯坏了", "S01C01"),
        ("新华路与长江大街路口", "S01C09"),
        ("长江路永安街那烧纸", "S01C05"),
        ("长江路滨河路，河湾新城门口垃圾多", "S02C02"),
        # open aliases, and what settles them
        ("幸福里垃圾没人收", None),
        ("站前街道的幸福里垃圾没人收", "S03C08"),
        ("福民社区幸福里", "S03C08"),
        # what is taken back
        ("不是二初中，是二中门口堵车", "S02C06"),
        ("二中门口堵车，不是十二中", "S02C06"),
        ("和平小区，说错了，光明小区路灯坏了", "S03C04"),
        ("东营坊... 不是，石灰窑小学旁边有人卖棉花糖", "S06V04"),
        ("这不是光明小区吗，路灯坏了", "S03C04"),
        ("是不是光明小区的井盖没人管", "S03C04"),
        ("光明小区该管管了，是不是，彩虹小学门口也一样", None),
        ("光明小区物业不是第一次了，彩虹小学门口也一样", None),
        # where somebody lives, what is beside
        ("我住光明小区，钢城广场有人摆摊", "S04C01"),
        ("光明小区对面的和平小学门口有人摆摊", "S03C07"),
        # common names
        ("枫叶小镇北门垃圾多", "S06C02"),
        ("铁厂北门垃圾多", "S04C03"),
        ("小区北门垃圾多", None),
        ("高新大街加油站门口有大坑", "S05"),
        # everyday words are no places
        ("一群青年在打牌", None),
        ("文化水平不高", None),
        ("为了胜利", None),
        ("3号楼2中门坏了", None),  # not 二中
    ],
)
def test_the_place_named_in_words(reader: Reader, text: str, expected: str | None) -> None:
    assert settled(reader.read(text).place) == expected


def test_every_name_and_alias_leads_to_its_place(reader: Reader, ximing: District) -> None:
    """Except those two places share, and the streets' names that their offices bear as aliases."""
    streets = {street.name for street in ximing.streets}
    for place in ximing.places.values():
        for name in {place.name, *place.aliases} - streets:
            gist = reader.read(f"在{name}旁边有人乱扔垃圾")
            found = {candidate.community for candidate in gist.places or (gist.place or Place(),)}
            assert (None if place.also_in else place.community) in found, name


def test_a_known_place_brings_its_point_and_its_street(reader: Reader) -> None:
    place = reader.read("江边公园井盖没了").place
    assert place == Place("滨江公园", "S01", "S01C02", 41.35065, 123.767555, how="words")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("工人村红砖楼东侧", "红砖楼"),  # what is smaller is said later
        ("电投垃圾多", "中电投"),  # also a community's name
        ("大桥底下滨江公园那边", "滨江公园"),
        ("长江路永安街那烧纸", "长江路与永安街交口"),
    ],
)
def test_a_place_has_the_name_of_what_says_most(reader: Reader, text: str, name: str) -> None:
    place = reader.read(text).place
    assert place is not None
    assert place.name == name


def test_a_place_that_goes_on_into_other_communities_settles_none(ximing: District, atlas: Atlas) -> None:
    """Also where nobody has drawn it as a road."""
    reader = Reader(replace(ximing, roads={}), atlas)
    assert reader.read("长江路垃圾多").place is None
    assert settled(reader.read("转山路垃圾多").place) == "S04"


def test_an_open_alias_leaves_its_candidates(reader: Reader) -> None:
    gist = reader.read("幸福里垃圾没人收")
    assert gist.place is None
    assert [place.name for place in gist.places] == ["幸福里小区一期", "幸福里小区二期"]


def test_candidates_in_one_street_settle_the_street(reader: Reader) -> None:
    gist = reader.read("光明小区和平小学两边都没路灯")
    assert gist.place == Place("站前街道", "S03")
    assert {place.community for place in gist.places} == {"S03C04", "S03C07"}


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("幸福里垃圾没人收", IN_XINGFULI_1, "S01C06"),
        ("幸福里垃圾没人收", IN_XINGFULI_2, "S03C08"),
        ("幸福里垃圾没人收", FAR_AWAY, None),
        ("高新大街垃圾多", ON_GAOXIN_STREET, "S05C03"),
        ("高新大街垃圾多", IN_GUANGMING, "S05"),  # words beat the position
        ("滨江公园井盖没了", IN_GUANGMING, "S01C02"),
        ("滨江公园井盖没了", FAR_AWAY, "S01C02"),
        ("这儿井盖没了", IN_GUANGMING, "S03C04"),
        ("", IN_GUANGMING, "S03C04"),
    ],
)
def test_the_position_settles_what_words_leave_open(
    reader: Reader, text: str, position: tuple[float, float], expected: str | None
) -> None:
    assert settled(reader.read(text, *position).place) == expected


def test_a_position_alone_is_the_place(reader: Reader) -> None:
    lat, lon = IN_GUANGMING
    assert reader.read("看定位", lat, lon).place == Place(None, "S03", "S03C04", lat, lon, how="position")


def test_a_position_in_a_named_community_is_its_point(reader: Reader) -> None:
    lat, lon = IN_GUANGMING
    assert reader.read("光明社区路灯坏了", lat, lon).place == Place("光明社区", "S03", "S03C04", lat, lon)


@pytest.mark.parametrize("position", [FAR_AWAY, RESERVOIR, (float("nan"), float("inf"))])
def test_a_position_in_no_community_is_outside(reader: Reader, position: tuple[float, float]) -> None:
    place = reader.read("路上有个坑", *position).place
    assert place is not None
    assert place.outside
    assert (place.street, place.community, place.how) == (None, None, "position")


def test_by_the_reservoir_means_the_reservoir_one_stands_at(reader: Reader) -> None:
    """A common name gives way to a position outside the district; without one, the only reservoir is meant."""
    outside = reader.read("水库边上有人扔死猪", *RESERVOIR).place
    assert outside is not None
    assert outside.outside
    assert settled(reader.read("水库边上有人扔死猪").place) == "S06V05"


@given(data=st.data())
def test_spaces_between_characters_do_not_move_the_place(reader: Reader, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SENTENCES))
    spaces = data.draw(
        st.lists(st.sampled_from(["", " ", "  ", "\u3000", "\t"]), min_size=len(text), max_size=len(text))
    )
    spaced = "".join(character + space for character, space in zip(text, spaces, strict=True))
    assert reader.read(spaced).place == reader.read(text).place


SENTENCES = [
    "不是二初中，是二中门口堵车",
    "长江路和文化路路口红绿灯坏了",
    "站前街道的幸福里垃圾没人收",
    "和平小区，说错了，光明小区路灯坏了",
    "trash near the train station",
    "滨江1号楼道堆物",
    "转山路上垃圾多",
]
