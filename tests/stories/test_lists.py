"""Lists by pages: nothing is cut without a word, and every page says how many there are in all."""

from datetime import timedelta

import pytest

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
FIRST, NINTH = "XM-260421-001", "XM-260421-009"


async def nine(town: Town, wang: Person) -> None:
    """One more than a page holds."""
    for _ in range(9):
        await town.reports(wang, TYRES)
        town.clock.advance(timedelta(minutes=11))


async def turns(town: Town, person: Person, command: str) -> None:
    """Somebody sees all of a list of nine, eight first, in one message with narrow rows of buttons."""
    await town.says(person, command)
    first = person.last
    assert first is not None
    assert (FIRST in first.text, NINTH in first.text) == (True, False)
    assert "共 9 件，第 1 页，共 2 页" in first.text
    assert "上一页" not in first.buttons
    await town.press(person, "下一页")
    second = person.last
    assert second is not None
    assert (second.id, FIRST in second.text, NINTH in second.text) == (first.id, False, True)
    assert "共 9 件，第 2 页，共 2 页" in second.text
    assert second.buttons == [NINTH, "上一页"]
    await town.press(person, "上一页")
    assert FIRST in town.seen(person, "第 1 页")
    assert max(len(row) for bubble in person.chat for row in bubble.rows) <= 3


async def test_an_officer_sees_all_that_is_to_be_done(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await nine(town, wang)
    await turns(town, lead, "/todo")
    await town.press(lead, "下一页", NINTH)
    assert NINTH in town.seen(lead, "状态：")


async def test_an_officer_of_two_units_has_one_list(ximing_town: Town, wang: Person, lead: Person) -> None:
    """By the due time, whichever unit it is: the manhole cover is due before the tyres."""
    town = ximing_town
    lead.start(await town.invitation("D01"))
    await town.settled()
    await nine(town, wang)
    await town.reports(wang, "区图书馆门口的井盖丢了")
    await town.says(lead, "/todo")
    assert lead.last is not None
    assert lead.last.text.index("XM-260421-010") < lead.last.text.index(FIRST)
    assert "共 10 件，第 1 页，共 2 页" in lead.last.text


@pytest.mark.parametrize("who", ["paired unit", "volunteer", "office"])
async def test_a_checker_sees_all_that_waits_for_a_check(
    ximing_town: Town, wang: Person, lead: Person, who: str
) -> None:
    town = ximing_town
    await nine(town, wang)
    for _ in range(9):
        await town.press(lead, "整改完成")
        await town.photo(lead, picture("tyres", "after"), "已清走")
    codes = {"paired unit": ("D02", "officer"), "volunteer": ("S01C01", "volunteer"), "office": ("O01", "officer")}
    checker = town.world.person("赵队", language="zh-hans")
    checker.start(await town.invitation(*codes[who]))
    await town.settled()
    await turns(town, checker, "/checks")


async def test_a_list_of_one_page_says_only_how_many(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.says(lead, "/todo")
    assert "共 1 件" in town.seen(lead, "待办案件")


async def test_my_reports_say_how_many_there_are_in_ones_own_language(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await nine(town, wang)
    await town.says(wang, "/language")
    await town.press(wang, "English")
    await town.says(wang, "/my")
    assert "9 in all, page 1 of 2" in town.seen(wang, "My reports")
    await town.press(wang, "Next")
    assert "9 in all, page 2 of 2" in town.seen(wang, "My reports")
