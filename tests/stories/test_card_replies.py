"""Whatever is sent in reply to a card belongs to its case; it is never taken for a report by accident."""

import pytest

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import How, State, Wish
from tests.stories.said import said
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"
DRAFT, WHAT_FOR, NO_REPLY = "📝", "这是要做什么", "这里不用回复"


async def replied(town: Town, wang: Person, lead: Person) -> None:
    """A case that waits for its check."""
    await town.reports(wang, TYRES, jpeg=picture("tyres", seed=1))
    lead.sends_photo(picture("tyres", "after"), caption="已清走", reply_to=lead.sees(NUMBER))
    await town.settled()


async def closed(town: Town, wang: Person, lead: Person, partner: Person) -> None:
    """A case that has been checked."""
    await replied(town, wang, lead)
    await town.press(partner, "通过", "现场")


async def test_the_leads_words_begin_the_reply(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.says(lead, "已清走", reply_to=lead.sees(NUMBER))
    assert "已清走" in town.seen(lead, said("notice.ask_photo"))
    await town.photo(lead, picture("tyres", "after"))
    case = await town.case(NUMBER)
    assert (case.state, case.reply) == (State.CHECKING, "已清走")


async def test_small_talk_of_the_lead_is_asked_about(ximing_town: Town, wang: Person, lead: Person) -> None:
    """收到 means the case has been seen."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.says(lead, "收到", reply_to=lead.sees(NUMBER))
    lead.presses("接单", on=lead.sees(WHAT_FOR))
    await town.settled()
    assert (await town.case(NUMBER)).state is State.RECTIFYING
    assert lead.sees(WHAT_FOR) is None


async def test_a_checkers_words_are_the_reason_when_it_did_not_pass(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    town = ximing_town
    await replied(town, wang, lead)
    await town.says(partner, "墙根还有", reply_to=partner.sees("请核查"))
    assert "墙根还有" in town.seen(partner, WHAT_FOR)
    partner.presses("不通过", on=partner.sees(WHAT_FOR))
    await town.settled()
    case = await town.case(NUMBER)
    assert (case.state, case.reason) == (State.RECTIFYING, "墙根还有")
    assert partner.sees(DRAFT) is None


async def test_a_checkers_photo_is_that_of_the_check(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    """Where only the spot counts it is all that is needed."""
    town = ximing_town
    await replied(town, wang, lead)
    await town.press(partner, "不通过")
    await town.says(partner, "墙根还有")
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "墙根也清了")
    partner.sends_album([picture("tyres", "after", seed=seed) for seed in (5, 6)], reply_to=partner.sees("请核查"))
    await town.settled()
    assert "照片 2 张" in town.seen(partner, WHAT_FOR)
    partner.presses("通过", on=partner.sees(WHAT_FOR))
    await town.settled()
    case = await town.case(NUMBER)
    assert (case.state, case.checked) == (State.CLOSED, How.ONSITE)


async def test_the_offices_words_wait_for_what_they_are_meant_for(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    town = ximing_town
    await town.says(wang, "这里乱七八糟的没人管")
    await town.press(wang, "提交", "说不清", "提交", "说不清", "提交")
    await town.says(office, "在哪个小区？", reply_to=office.sees(NUMBER))
    office.presses("请补充", on=office.sees(WHAT_FOR))
    await town.settled()
    assert (await town.case(NUMBER)).asked
    assert town.seen(wang, "在哪个小区")
    assert office.sees(DRAFT) is None


async def test_whoever_has_nothing_to_do_with_a_card_is_told_so(
    ximing_town: Town, wang: Person, partner: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.says(partner, "请尽快", reply_to=partner.sees(NUMBER))
    assert NUMBER in town.seen(partner, NO_REPLY)
    partner.sends_photo(picture("tyres"), reply_to=partner.sees("请跟进"))
    await town.settled()
    assert partner.sees(DRAFT) is None


async def test_a_lead_who_answers_the_card_of_a_closed_case_hears_how_it_stands(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    town = ximing_town
    await closed(town, wang, lead, partner)
    await town.says(lead, "又清了一遍", reply_to=lead.sees("已销号"))
    assert "已结案" in town.seen(lead, NO_REPLY)
    assert lead.sees(DRAFT) is None


async def test_a_resident_who_answers_the_closing_is_asked_whether_it_is_to_be_redone(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    town = ximing_town
    await closed(town, wang, lead, partner)
    await town.says(wang, "谢谢", reply_to=wang.sees("办好了"))
    assert town.seen(wang, said("notice.answer_thanks"))
    await town.says(wang, "第二天又堆上了", reply_to=wang.sees("办好了"))
    wang.presses("要求返工", on=wang.sees(WHAT_FOR))
    await town.settled()
    request = (await town.case(NUMBER)).request
    assert request is not None
    assert (request.wish, request.reason) == (Wish.REWORK, "第二天又堆上了")
    assert wang.sees(DRAFT) is None


async def test_what_was_said_in_reply_to_a_card_is_meant_for_the_button_of_the_card_that_is_pressed_next(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    """It need not be the button of the question, which may still be on its way."""
    town = ximing_town
    await closed(town, wang, lead, partner)
    await town.says(wang, "第二天又堆上了", reply_to=wang.sees("办好了"))
    wang.presses("要求返工", on=wang.sees("办好了"))
    await town.settled()
    request = (await town.case(NUMBER)).request
    assert request is not None
    assert (request.wish, request.reason) == (Wish.REWORK, "第二天又堆上了")
    assert wang.sees(WHAT_FOR) is None


@pytest.mark.parametrize("words", ["墙后还有一堆", "谢谢"])
async def test_a_resident_who_answers_a_case_taken_back_hears_how_it_stands(
    ximing_town: Town, wang: Person, words: str
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(wang, "撤回")
    await town.says(wang, words, reply_to=wang.sees(NUMBER))
    assert town.seen(wang, NO_REPLY if words != "谢谢" else said("notice.answer_thanks"))
    assert wang.sees(DRAFT) is None
