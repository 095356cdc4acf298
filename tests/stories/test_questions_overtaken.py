"""A question whose case goes on without its answer: it says so, and what is sent all the same becomes no report."""

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
OVER, REFUSED, DRAFT = said("notice.question_over"), "您发的没有收进去", "📝"


@pytest.fixture
async def overtaken(ximing_town: Town, wang: Person, lead: Person) -> Person:
    """An officer who has been asked for the result that a colleague hands in."""
    town = ximing_town
    colleague = await town.officer("小钱", "D12")
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    await town.press(colleague, "整改完成")
    await town.photo(colleague, picture("tyres", "after"), "已清走")
    return lead


async def test_the_question_says_what_is_true_now(ximing_town: Town, overtaken: Person) -> None:
    assert overtaken.sees(said("notice.ask_photo")) is None
    assert "待核查" in ximing_town.seen(overtaken, OVER)


async def test_what_is_sent_all_the_same_is_refused_piece_by_piece(ximing_town: Town, overtaken: Person) -> None:
    """Photos of an album, words after them."""
    town = ximing_town
    overtaken.sends_album([picture("tyres", "after", seed=seed) for seed in (5, 6)])
    await town.settled()
    await town.says(overtaken, "已清走，墙边也扫了")
    assert "区交通局" in town.seen(overtaken, REFUSED)
    assert sum(REFUSED in bubble.text for bubble in overtaken.chat) == 2
    assert overtaken.sees(DRAFT) is None
    assert overtaken.sees(OVER) is None


async def test_somebody_who_has_something_else_to_report_says_so(ximing_town: Town, overtaken: Person) -> None:
    town = ximing_town
    await town.says(overtaken, TYRES)
    await town.press(overtaken, "另报")
    await town.says(overtaken, TYRES)
    assert town.seen(overtaken, DRAFT)


async def test_the_question_can_be_left_without_an_answer(ximing_town: Town, overtaken: Person) -> None:
    town = ximing_town
    await town.press(overtaken, "另报")
    assert overtaken.sees(OVER) is None
    await town.says(overtaken, TYRES)
    assert town.seen(overtaken, DRAFT)


async def test_after_a_while_no_piece_is_waited_for(ximing_town: Town, overtaken: Person) -> None:
    town = ximing_town
    await town.says(overtaken, "已清走")
    town.clock.advance(timedelta(minutes=11))
    await town.says(overtaken, TYRES)
    assert town.seen(overtaken, DRAFT)


async def test_a_danger_told_in_a_refused_answer_gets_its_number(ximing_town: Town, overtaken: Person) -> None:
    town = ximing_town
    await town.says(overtaken, "轮胎堆着火了")
    assert town.seen(overtaken, "119")
    assert town.seen(overtaken, REFUSED)


async def test_a_question_that_was_over_stays_so(ximing_town: Town, wang: Person, lead: Person) -> None:
    """After a rework there is another result to look at."""
    town = ximing_town
    first, second = await town.officer("赵队", "D02"), await town.officer("小周", "D02")
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "已清走")
    await town.press(first, "通过")
    onsite = data_of(first, "现场")
    await town.press(second, "不通过")
    await town.says(second, "墙根还有")
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "墙根也清了")
    await press_data(town, first, onsite)
    await town.says(first, "看过了")
    assert (await town.case(NUMBER)).state is State.CHECKING
    assert town.seen(first, REFUSED)


async def test_a_new_card_is_answered_although_an_earlier_question_was_over(
    ximing_town: Town, overtaken: Person, partner: Person
) -> None:
    """It came back to the unit; whoever was overtaken may be the one who goes there."""
    town = ximing_town
    await town.press(partner, "不通过")
    await town.says(partner, "墙根还有")
    overtaken.sends_photo(picture("tyres", "after"), caption="墙根也清了", reply_to=overtaken.sees("第 1 次返工"))
    await town.settled()
    assert (await town.case(NUMBER)).reply == "墙根也清了"
    await town.says(overtaken, TYRES)
    assert town.seen(overtaken, DRAFT)


async def test_what_one_did_oneself_needs_no_word(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """The question goes away."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "申请延期")
    await town.says(lead, "等吊车")
    await town.press(lead, "1 周")
    await town.press(office, "不同意", "同意")
    assert office.sees(said("notice.ask_reason")) is None
    assert office.sees(OVER) is None


async def test_a_question_that_waits_behind_another_says_at_once_that_it_is_over(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    """And the one that is first is answered as if nothing had been."""
    town = ximing_town
    colleague = await town.officer("小钱", "D12")
    sun = await town.resident("孙大爷")
    for person in (wang, sun):
        await town.reports(person, TYRES)
    await town.press(lead, "整改完成")
    lead.sends_photo(picture("tyres", "after"), reply_to=lead.sees(f"{NUMBER[:-1]}1"))
    await town.settled()
    colleague.presses("整改完成", on=colleague.sees("XM-260421-002"))
    await town.settled()
    await town.photo(colleague, picture("tyres", "after"), "已清走")
    assert "XM-260421-002" in town.seen(lead, OVER)
    await town.says(lead, "门口清了")
    assert (await town.case(NUMBER)).reply == "门口清了"
