"""/people: the office sees who is bound, by numbers, and can end it."""

from datetime import timedelta

import pytest

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import State
from tests.stories.said import said
from tests.stories.test_bad_input import data_of, press_data
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


async def unbind(town: Town, office: Person, name: str) -> None:
    """The office ends what a name of the list stands for."""
    await town.says(office, "/people")
    office.presses(name, contains=True)
    await town.settled()
    await town.press(office, "解除绑定", "确定解除")


async def test_the_office_sees_who_is_bound(ximing_town: Town, lead: Person, office: Person) -> None:
    """By unit and number, and whether they can be reached; there are no names."""
    town = ximing_town
    await town.volunteer("小周", "S01C01")
    lead.blocks_bot()
    await town.settled()
    await town.says(office, "/people")
    lines = town.seen(office, "已绑定的人").splitlines()
    for line, who in zip(lines[1:4], ("区交通局　联络员 1", "区创城办　联络员 2", "长江社区　志愿者 3"), strict=True):
        assert f"{who} · " in line
    assert ["联系不上" in line for line in lines[1:4]] == [True, False, False]


async def test_who_is_unbound_is_told_and_can_do_nothing_any_more(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """Their card comes to rest without buttons, and old ones refuse."""
    town = ximing_town
    colleague = await town.officer("小钱", "D12")
    await town.reports(wang, TYRES)
    old = data_of(lead, "接单")
    await unbind(town, office, "区交通局 2")
    assert "区交通局" in town.seen(lead, "不再是")
    assert office.sees(said("notice.office_unit_lost")) is None
    card = lead.sees(NUMBER)
    assert card is not None
    assert (card.buttons, card.edits) == ([], 1)
    await press_data(town, lead, old)
    assert "要别人来办" in lead.toasts[-1].text
    assert (await town.case(NUMBER)).state is State.DISPATCHED
    await town.press(colleague, "接单")
    assert said("notice.card_at_rest") in town.seen(lead, NUMBER)
    await town.says(lead, "/todo")
    assert lead.last is not None
    assert "只有单位联络员" in lead.last.text


async def test_a_unit_left_without_anybody_is_reported(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await unbind(town, office, "区交通局")
    assert town.seen(lead, "不再是")
    assert NUMBER in town.seen(office, said("notice.office_unit_lost"))


async def test_unbinding_is_asked_about_once_more(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    town = ximing_town
    await town.says(office, "/people")
    office.presses("区交通局", contains=True)
    await town.settled()
    await town.press(office, "解除绑定", "取消")
    assert "区交通局" in town.seen(office, "已绑定的人")
    await town.reports(wang, TYRES)
    await town.press(lead, "接单")
    assert (await town.case(NUMBER)).state is State.RECTIFYING


@pytest.mark.usefixtures("lead")
async def test_who_is_unbound_already_is_said_to_be(ximing_town: Town, office: Person) -> None:
    """Another of the office has the list before them, or is already asked whether to do it."""
    town = ximing_town
    second = await town.officer("小林", "O01")
    await town.says(second, "/people")
    name = next(label for label in second.last.buttons if "区交通局" in label) if second.last else ""
    await town.press(second, name, "解除绑定")
    await unbind(town, office, "区交通局")
    await town.press(second, "确定解除")
    assert "已经解除" in second.toasts[-1].text
    await town.press(second, "取消")
    assert "区交通局" not in town.seen(second, "已绑定的人")


async def test_the_last_of_the_office_stays(ximing_town: Town, office: Person) -> None:
    """A second one may go; then its open list and its searches help it no more."""
    town = ximing_town
    second = await town.officer("小林", "O01")
    await unbind(town, second, "区创城办 2")
    assert "区创城办" in town.seen(second, "不再是")
    assert second.sees("已绑定的人") is None
    await unbind(town, office, "区创城办 1")
    assert "只剩这一位" in office.toasts[-1].text


async def test_somebody_with_two_roles_keeps_the_other(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """And its cards go on being kept up to date."""
    town = ximing_town
    lead.start(await town.invitation("D17"))
    await town.settled()
    await town.reports(wang, TYRES)
    await unbind(town, office, "区环卫中心")
    await town.press(lead, "接单")
    assert "整改中" in town.seen(lead, "状态：")


async def test_many_people_stand_on_several_pages(ximing_town: Town, office: Person) -> None:
    town = ximing_town
    for number in range(10):
        await town.officer(f"联络员{number}", f"D{number + 1:02d}")
    await town.says(office, "/people")
    assert "区创城办" not in town.seen(office, "共 11 个，第 1 页，共 2 页")
    await town.press(office, "下一页")
    assert "区创城办" in town.seen(office, "第 2 页，共 2 页")


async def test_only_the_office_sees_who_is_bound(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    volunteer = await town.volunteer("小周", "S01C01")
    for person in (wang, lead, volunteer):
        await town.says(person, "/people")
        assert person.last is not None
        assert "只有创城办" in person.last.text


async def test_who_has_left_the_office_presses_its_old_buttons_in_vain(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    """What they looked up before stands in their chat, and gives away nothing new."""
    town = ximing_town
    second = await town.officer("小林", "O01")
    for _ in range(11):
        await town.reports(wang, TYRES)
        town.clock.advance(timedelta(minutes=11))
    await town.says(second, "/people")
    await town.says(second, "/find 旧轮胎")
    await unbind(town, office, "区创城办 3")
    for button in ("下一页", "区创城办 2"):
        await town.press(second, button)
    assert ["只有创城办" in toast.text for toast in second.toasts] == [True, True]


async def test_whoever_is_unbound_in_the_middle_of_a_question_can_report_at_once(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """The question goes, and what they write next is no answer to it."""
    town = ximing_town
    await town.reports(wang, "长江农贸市场门口路边堆了一溜旧轮胎")
    await town.press(lead, "退回", "重复")
    await unbind(town, office, "区交通局")
    assert lead.sees("请写一句说明") is None
    await town.says(lead, "江畔家园门口旧轮胎没人收")
    assert "江畔家园" in town.seen(lead, "📝")


async def test_what_is_to_be_sorted_comes_to_rest_with_whoever_leaves_the_office(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    """The others keep it."""
    town = ximing_town
    second = await town.officer("小林", "O01")
    await town.photo(wang, picture("tyres"))
    await town.press(wang, "提交", "说不清", "提交", "说不清", "提交")
    assert "分派" in (second.last.buttons if second.last else [])
    await unbind(town, office, "区创城办 3")
    assert town.seen(second, said("notice.card_at_rest"))
    assert [bubble.buttons for bubble in second.chat if NUMBER in bubble.text] == [[]]
    await town.press(office, "不予受理")
    await town.says(office, "看不出来")
    assert town.seen(second, said("notice.card_at_rest"))
