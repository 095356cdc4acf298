"""Where a message belongs: to the question that is open, to the card it answers, else to a report of its own."""

from datetime import timedelta

import pytest

from bot.sandbox import Bubble, Person
from bot.sandbox.pictures import picture
from domain.case import State
from handlers import sweeps
from tests.stories.said import said
from tests.stories.test_bad_input import data_of, press_data
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
MORE_TYRES = "江畔家园门口堆了好多旧轮胎"
NUMBER, SECOND = "XM-260421-001", "XM-260421-002"


async def two_cases(town: Town, lead: Person) -> tuple[Bubble, Bubble]:
    """Two cases of one unit, and the lead's cards of them."""
    for name, words in (("王阿姨", TYRES), ("刘叔", MORE_TYRES)):
        await town.reports(await town.resident(name), words)
    first, second = lead.sees(NUMBER), lead.sees(SECOND)
    assert first is not None
    assert second is not None
    return first, second


# --- questions and cards ----------------------------------------------------------------------------------------------


async def test_a_picture_that_answers_another_card_is_the_result_of_that_case(ximing_town: Town, lead: Person) -> None:
    """The question stays open, and what comes next answers it."""
    town = ximing_town
    first, second = await two_cases(town, lead)
    lead.presses("整改完成", on=first)
    await town.settled()
    lead.sends_photo(picture("tyres", "after"), caption="江畔清了", reply_to=second)
    await town.settled()
    assert (await town.case(SECOND)).state is State.CHECKING
    assert (await town.case(NUMBER)).state is State.DISPATCHED
    await town.photo(lead, picture("tyres", "after", seed=2), "市场清了")
    case = await town.case(NUMBER)
    assert (case.state, case.reply) == (State.CHECKING, "市场清了")


async def test_a_question_begun_by_a_card_comes_before_the_one_that_was_open(ximing_town: Town, lead: Person) -> None:
    """Both are asked, and both get their answer."""
    town = ximing_town
    first, second = await two_cases(town, lead)
    lead.presses("整改完成", on=first)
    await town.settled()
    lead.sends_photo(picture("tyres", "after"), reply_to=second)
    await town.settled()
    await town.says(lead, "江畔清了")
    assert (await town.case(SECOND)).reply == "江畔清了"
    await town.photo(lead, picture("tyres", "after", seed=2), "市场清了")
    assert (await town.case(NUMBER)).reply == "市场清了"


async def test_words_that_answer_another_card_are_added_to_that_case(ximing_town: Town, wang: Person) -> None:
    """The resident was asked what to add to the first."""
    town = ximing_town
    number, second = await town.reports(wang, TYRES), "XM-260421-002"
    await town.says(wang, MORE_TYRES)
    await town.press(wang, "另报", "提交")
    wang.presses("补充", on=wang.sees(f"📄 {number}"))
    await town.settled()
    await town.says(wang, "三号楼前也有", reply_to=wang.sees(f"📄 {second}"))
    assert "三号楼前也有" in (await town.case(second)).words
    assert (await town.case(number)).words == TYRES
    await town.says(wang, "墙后还有")
    assert "墙后还有" in (await town.case(number)).words


@pytest.mark.parametrize("answered", ["整改后的照片", "状态："], ids=["the question", "the card"])
async def test_a_reply_to_the_question_or_to_the_card_of_its_case_answers_it(
    ximing_town: Town, lead: Person, answered: str
) -> None:
    town = ximing_town
    first, _ = await two_cases(town, lead)
    lead.presses("整改完成", on=first)
    await town.settled()
    lead.sends_photo(picture("tyres", "after"), reply_to=lead.sees(answered) if answered == "整改后的照片" else first)
    await town.settled()
    await town.says(lead, "市场清了", reply_to=first)
    assert (await town.case(NUMBER)).reply == "市场清了"


async def test_a_reply_to_the_draft_belongs_to_the_draft(ximing_town: Town, wang: Person) -> None:
    """Also while a question is open."""
    town = ximing_town
    number = await town.reports(wang, TYRES)
    town.clock.advance(timedelta(minutes=11))
    await town.says(wang, "路灯不亮")
    draft = wang.sees("📝")
    wang.presses("补充", on=wang.sees(number))
    await town.settled()
    await town.says(wang, "江畔家园", reply_to=draft)
    assert "江畔家园" in town.seen(wang, "路灯不亮")
    assert (await town.case(number)).words == TYRES


async def test_the_buttons_of_an_earlier_question_feed_no_later_one(ximing_town: Town, lead: Person) -> None:
    """The earlier question goes away with them."""
    town = ximing_town
    first, _ = await two_cases(town, lead)
    lead.presses("退回", on=first)
    await town.settled()
    reason, cancel = data_of(lead, "重复"), data_of(lead, "取消")
    lead.presses("申请延期", on=first)
    await town.settled()
    assert lead.sees("为什么退回") is None
    for data in (reason, cancel):
        assert said("refused.old_button") in await press_data(town, lead, data)
    await town.says(lead, "等吊车")
    await town.press(lead, "1 周")
    request = (await town.case(NUMBER)).request
    assert request is not None
    assert request.reason == "等吊车"


async def test_a_button_pressed_again_asks_below(ximing_town: Town, lead: Person) -> None:
    """Where the person looks."""
    town = ximing_town
    first, _ = await two_cases(town, lead)
    lead.presses("整改完成", on=first)
    await town.settled()
    await town.says(lead, "/todo")
    lead.presses("整改完成", on=first)
    await town.settled()
    assert sum("整改后的照片" in bubble.text for bubble in lead.chat) == 1
    assert lead.last is not None
    assert "整改后的照片" in lead.last.text


# --- cards that stand for long ----------------------------------------------------------------------------------------


async def test_a_card_is_answered_after_months_as_long_as_its_case_is_open(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    card = wang.sees(NUMBER)
    town.clock.advance(timedelta(days=70))
    await town.sweep(sweeps.traces_fade)
    await town.says(wang, "墙后还有一堆", reply_to=card)
    assert "墙后还有一堆" in town.seen(lead, "有居民补充")
    assert wang.sees("📝") is None
