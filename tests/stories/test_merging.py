"""合并 and 督办: the office makes one of two cases, and somebody above looks, too."""

import pytest

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import State
from storage import photos
from storage.photos import PhotoRole
from tests.stories.said import said
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
FIRST, SECOND = "XM-260421-001", "XM-260421-002"


async def two_cases(town: Town, wang: Person) -> Person:
    """Two residents have reported one problem as two. Returns the second."""
    await town.reports(wang, TYRES)
    zhou = await town.resident("老周")
    await town.reports(zhou, "长江农贸市场门口旧轮胎没人收", jpeg=picture("tyres"))
    return zhou


async def test_two_cases_become_one_and_both_residents_follow_it(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    town = ximing_town
    zhou = await two_cases(town, wang)
    await town.press(lead, "退回", "重复")
    await town.says(lead, "和前一件是一处")
    await town.press(office, "合并", FIRST)
    assert (await town.case(SECOND)).state is State.MERGED
    first = await town.case(FIRST)
    assert len(first.reporters) == 2
    assert "没人收" in first.words
    assert f"并到 {FIRST}" in town.seen(zhou, "一起办")
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "已清走")
    await town.press(partner, "通过", "看图")
    assert FIRST in town.seen(zhou, "办好了")
    assert FIRST in town.seen(wang, "办好了")


async def test_a_case_is_merged_only_into_one_that_is_open(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    town = ximing_town
    await two_cases(town, wang)
    await town.press(lead, "退回", "重复")
    await town.says(lead, "和前一件是一处")
    await town.press(wang, "撤回")
    await town.press(office, "合并")
    await town.says(office, FIRST)
    assert "不能合并进去" in town.seen(office, "已作废")
    assert (await town.case(SECOND)).state is State.TRIAGE


async def test_somebody_above_looks_too(ximing_town: Town, wang: Person, lead: Person, office: Person) -> None:
    """督办: a line of text to the unit, and the case stands as supervised."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(office, "查看案件", "督办")
    await town.says(office, "市里下周来看，请抓紧")
    assert "请抓紧" in town.seen(lead, "被督办")
    assert (await town.case(FIRST)).supervised_by == ("O01",)


async def merged(town: Town, wang: Person, office: Person) -> Person:
    """The second of two cases is part of the first. Returns who reported it."""
    zhou = await two_cases(town, wang)
    await town.says(office, f"/find {SECOND}")
    await town.press(office, SECOND, "合并", FIRST)
    return zhou


async def test_what_is_said_of_a_merged_case_goes_to_the_one_it_is_part_of(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """By a reply to its old card, and by new words of the report itself; the card says where it has gone."""
    town = ximing_town
    zhou = await merged(town, wang, office)
    card = zhou.sees(f"📄 {SECOND}")
    assert card is not None
    assert FIRST in card.text
    await town.says(zhou, "墙后还有两条", reply_to=card)
    assert "墙后还有两条" in town.seen(lead, f"{FIRST} 有居民补充")
    report = next(message for message in zhou.room.messages.values() if "没人收" in message.content.words.text)
    zhou.edits(report, "长江农贸市场门口旧轮胎没人收，第三天了")
    await town.settled()
    assert "第三天了" in (await town.case(FIRST)).words


async def test_an_afterthought_to_a_merged_report_is_offered_the_case_it_is_part_of(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    town = ximing_town
    zhou = await merged(town, wang, office)
    await town.says(zhou, "墙后还有两条旧轮胎")
    assert FIRST in town.seen(zhou, "补充它")
    await town.press(zhou, "补充")
    assert "墙后还有两条" in (await town.case(FIRST)).words


async def test_a_case_that_was_merged_meanwhile_is_joined_where_it_went(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    town = ximing_town
    await merged(town, wang, office)
    await town.says(office, f"/find {FIRST}")
    third = await town.resident("小孙")
    await town.says(third, TYRES)
    assert FIRST in town.seen(third, "是同一个问题吗")
    fourth = await town.resident("小钱")
    await town.reports(fourth, "长江农贸市场门口又堆了轮胎")
    await town.press(office, FIRST, "合并", "XM-260421-003")
    await town.press(third, "是同一个问题")
    assert "XM-260421-003" in third.toasts[-1].text
    assert len((await town.case("XM-260421-003")).reporters) == 4


@pytest.mark.parametrize("caption", ["", "墙后还有两条"])
async def test_a_late_picture_goes_to_the_case_that_its_own_is_part_of(
    ximing_town: Town, wang: Person, lead: Person, office: Person, caption: str
) -> None:
    """An album sent to a case of which the unit had said that it is done."""
    town = ximing_town
    zhou = await two_cases(town, wang)
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "已清走")
    album = zhou.sends_album([picture("tyres", seed=1)], reply_to=zhou.sees(f"📄 {SECOND}"))
    await town.settled()
    await town.says(office, f"/find {SECOND}")
    await town.press(office, SECOND, "合并", FIRST)
    zhou.adds_to_album(album, picture("tyres", seed=2), caption)
    await town.settled()
    first = await town.case(FIRST)
    roles = [photo.role for photo in await town.house.store.read(photos.of_case, first.id)]
    assert roles == [PhotoRole.BEFORE, PhotoRole.NOTE, PhotoRole.NOTE]
    assert caption in first.words
    assert zhou.sees(said("notice.words_too_late")) is None
