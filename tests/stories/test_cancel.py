"""/cancel, and the word 取消: out of whatever one is at, and nothing that was sent goes unasked."""

from datetime import timedelta

import pytest

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import State
from tests.stories.said import said
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"

BOTH_WAYS = pytest.mark.parametrize("leave", ["/cancel", "取消"])


@BOTH_WAYS
async def test_an_open_question_is_closed(ximing_town: Town, wang: Person, lead: Person, leave: str) -> None:
    """The case stays as it is, and what comes next is no answer."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    await town.says(lead, leave)
    assert NUMBER in town.seen(lead, "已取消")
    assert lead.sees(said("notice.ask_photo")) is None
    await town.photo(lead, picture("bins"))
    assert (await town.case(NUMBER)).state is State.DISPATCHED
    assert town.seen(lead, "您的报送")


async def test_the_word_with_more_words_is_an_answer(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "退回", "重复")
    await town.says(lead, "取消这一件，前面报过")
    assert (await town.case(NUMBER)).note == "取消这一件，前面报过"


@BOTH_WAYS
async def test_a_draft_with_something_in_it_is_asked_about(ximing_town: Town, wang: Person, leave: str) -> None:
    """Its card comes down to where the person reads, with what can be done."""
    town = ximing_town
    await town.photo(wang, picture("bins"))
    await town.says(wang, leave)
    assert [bubble.text for bubble in wang.chat if "您的报送" in bubble.text] == [town.seen(wang, "给您留着")]
    assert wang.last is not None
    assert "给您留着" in wang.last.text
    assert wang.last.buttons == ["提交", "放弃", "返回"]
    await town.press(wang, "放弃")
    assert town.seen(wang, "已放弃")


async def test_a_draft_that_was_to_be_left_can_be_gone_on_with(ximing_town: Town, wang: Person) -> None:
    """And files itself as any other when nobody says anything."""
    town = ximing_town
    await town.photo(wang, picture("tyres"))
    await town.says(wang, "/cancel")
    await town.says(wang, TYRES)
    await town.says(wang, "/cancel")
    await town.passes(timedelta(minutes=11))
    assert (await town.case(NUMBER)).state is State.DISPATCHED


async def test_one_near_another_case_names_the_buttons_it_has(ximing_town: Town, wang: Person) -> None:
    """提交 is not among them: first it is to be said whether it is that one."""
    town = ximing_town
    await town.reports(wang, TYRES)
    zhou = await town.resident("老周")
    await town.says(zhou, TYRES)
    await town.says(zhou, "/cancel")
    assert zhou.last is not None
    assert NUMBER in town.seen(zhou, "给您留着")
    assert "提交”" not in zhou.last.text
    assert zhou.last.buttons == ["是同一个问题", "另报", "放弃", "返回"]


async def test_a_step_is_left_also_when_the_case_went_on(ximing_town: Town, wang: Person, lead: Person) -> None:
    """Nobody is told then that nothing has changed."""
    town = ximing_town
    office = await town.officer("创城办", "O01")
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    await town.says(office, "/find 001")
    await town.press(office, NUMBER, "作废")
    await town.says(office, "报错了")
    await town.says(lead, "/cancel")
    assert "这一步没有做" in town.seen(lead, "已取消")


async def test_what_the_office_asks_can_be_answered_later(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    office = await town.officer("创城办", "O01")
    await town.says(wang, "这里乱七八糟的没人管")
    await town.press(wang, "提交", "说不清", "提交", "说不清", "提交")
    await town.says(office, "/triage")
    await town.press(office, "请补充")
    await town.says(office, "在哪个小区？")
    await town.says(wang, "/cancel")
    assert "先不答" in town.seen(wang, NUMBER)
    await town.says(wang, "/my")
    await town.press(wang, NUMBER, "补充")
    await town.says(wang, "江畔家园")
    assert not (await town.case(NUMBER)).asked


async def test_what_came_soon_after_a_report_can_be_given_up_too(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.photo(wang, picture("bins"))
    await town.says(wang, "/cancel")
    assert wang.last is not None
    assert wang.last.buttons == ["补充", "另报", "放弃"]
    await town.press(wang, "放弃")
    assert town.seen(wang, "已放弃")


async def test_an_empty_draft_goes(ximing_town: Town, wang: Person) -> None:
    """A position alone says nothing of what is wrong."""
    town = ximing_town
    wang.sends_location(41.345488, 123.76323)
    await town.settled()
    await town.says(wang, "/cancel")
    assert wang.last is not None
    assert "已放弃" in wang.last.text
    await town.says(wang, "/cancel")
    assert said("notice.nothing_open") in wang.last.text


async def test_with_nothing_open_one_is_told_what_can_be_done(ximing_town: Town, wang: Person) -> None:
    await ximing_town.says(wang, "/cancel")
    assert "/help" in ximing_town.seen(wang, said("notice.nothing_open"))


async def test_the_question_goes_before_the_draft(ximing_town: Town, wang: Person, lead: Person) -> None:
    """One thing after the other, as it would take what comes next."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.photo(lead, picture("bins"))
    await town.press(lead, "整改完成")
    await town.says(lead, "/cancel")
    assert lead.sees("给您留着") is None
    await town.says(lead, "/cancel")
    assert town.seen(lead, "给您留着")


async def test_being_forgotten_is_called_off(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.says(wang, "/forgetme")
    await town.says(wang, "/cancel")
    assert town.seen(wang, "已取消")
    assert wang.sees("确定删除") is None
