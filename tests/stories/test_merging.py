"""合并 and 督办: the office makes one of two cases, and somebody above looks, too."""

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import State
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
