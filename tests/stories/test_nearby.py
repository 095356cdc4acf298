"""The same problem reported by several people: one case, and everybody hears of it."""

from datetime import timedelta

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import State
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
FIRST, SECOND = "XM-260421-001", "XM-260421-002"


async def test_the_same_problem_is_joined(ximing_town: Town, wang: Person, lead: Person) -> None:
    """With words and photo; both residents follow it, and the unit hears that one more has reported it."""
    town = ximing_town
    await town.reports(wang, TYRES)
    zhou = await town.resident("老周")
    await town.photo(zhou, picture("tyres"), "长江农贸市场门口旧轮胎没人收")
    assert FIRST in town.seen(zhou, "是同一个问题吗")
    await town.press(zhou, "是同一个问题")
    assert FIRST in zhou.toasts[-1].text
    assert FIRST in town.seen(zhou, "已转给负责的单位")
    assert "没人收" in town.seen(lead, "又有居民报了")
    case = await town.case(FIRST)
    assert len(case.reporters) == 2
    assert "没人收" in case.words
    await town.press(lead, "接单")
    assert town.seen(zhou, "已经接单")
    await town.says(zhou, "/my")
    assert FIRST in town.seen(zhou, "共 1 件")


async def test_the_same_words_of_two_residents_stand_once(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    zhou = await town.resident("老周")
    await town.says(zhou, TYRES)
    await town.press(zhou, "是同一个问题")
    assert (await town.case(FIRST)).words == TYRES
    assert TYRES in town.seen(lead, "又有居民报了")


async def test_another_problem_is_a_case_of_its_own(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    zhou = await town.resident("老周")
    await town.says(zhou, TYRES)
    await town.press(zhou, "另报")
    assert SECOND in zhou.toasts[-1].text
    assert (await town.case(SECOND)).recurs is None


async def test_a_photo_is_shown_once_an_officer_has_seen_it(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    zhou = await town.resident("老周")
    await town.says(zhou, TYRES)
    assert zhou.last is not None
    assert zhou.last.photo is None
    await town.press(zhou, "放弃", "确定放弃")
    await town.press(lead, "接单")
    await town.says(zhou, TYRES)
    bubble = zhou.sees("是同一个问题吗")
    assert bubble is not None
    assert bubble.photo is not None


async def closed(town: Town, lead: Person, partner: Person) -> None:
    """The first case is put right and checked."""
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "已清走")
    await town.press(partner, "通过", "看图")
    assert (await town.case(FIRST)).state is State.CLOSED


async def test_a_closed_one_that_comes_back_is_a_new_case(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    """复发: linked to the one before."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await closed(town, lead, partner)
    zhou = await town.resident("老周")
    town.clock.advance(timedelta(days=6))
    await town.says(zhou, TYRES)
    assert "办好了" in town.seen(zhou, "是同一个问题吗")
    await town.press(zhou, "是同一个问题")
    assert (await town.case("XM-260427-001")).recurs == FIRST
    assert FIRST in town.seen(lead, "复发")


async def test_after_a_week_a_closed_one_is_forgotten(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await closed(town, lead, partner)
    town.clock.advance(timedelta(days=7, minutes=1))
    zhou = await town.resident("老周")
    await town.says(zhou, TYRES)
    assert zhou.sees("是同一个问题吗") is None


async def test_what_is_far_away_is_not_asked_about(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    zhou = await town.resident("老周")
    await town.reports(zhou, "南苑小区门口路边堆了一溜旧轮胎")
    assert zhou.sees("是同一个问题吗") is None


async def test_a_case_that_is_over_meanwhile_is_not_joined(ximing_town: Town, wang: Person) -> None:
    """Nothing is lost: what was sent becomes a case of its own."""
    town = ximing_town
    await town.reports(wang, TYRES)
    zhou = await town.resident("老周")
    await town.says(zhou, TYRES)
    await town.press(wang, "撤回")
    await town.press(zhou, "是同一个问题")
    assert SECOND in zhou.toasts[-1].text
    assert (await town.case(SECOND)).recurs is None


async def test_who_joins_what_they_reported_only_adds_to_it(ximing_town: Town, wang: Person, lead: Person) -> None:
    """The unit is not told of one more resident where there is none."""
    town = ximing_town
    await town.reports(wang, TYRES)
    town.clock.advance(timedelta(minutes=11))
    await town.says(wang, TYRES + "，今天又多了")
    assert "有人报过" not in town.seen(wang, f"您报过同类的问题：{FIRST}")
    await town.press(wang, "补充")
    assert "又多了" in town.seen(lead, "有居民补充")
    assert lead.sees("又有居民报了") is None
    assert town.seen(wang, "已补充到")


async def test_what_neighbours_say_while_the_office_sorts_goes_to_the_office(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """Not to the unit that has returned it. The reporter's card names no unit meanwhile."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "退回", "信息不足")
    await town.says(lead, "说不清在哪")
    assert "负责办的单位" not in town.seen(wang, f"📄 {FIRST}")
    zhou = await town.resident("老周")
    await town.says(zhou, "长江农贸市场门口旧轮胎，就在东门边上")
    before = office.last
    await town.press(zhou, "是同一个问题")
    assert lead.sees("又有居民报了") is None
    assert office.last is not None
    assert before is not None
    assert office.last.id > before.id
    assert "东门边上" in office.last.text


async def test_who_said_that_it_is_another_problem_is_not_asked_again(ximing_town: Town, wang: Person) -> None:
    """It came soon after the first, and 另报 was the answer. What somebody else reported there is still asked about."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.says(wang, TYRES + "，另外一堆")
    await town.press(wang, "另报")
    assert wang.sees("是同一个问题吗") is None
    zhou = await town.resident("老周")
    await town.reports(zhou, TYRES)
    await town.says(wang, "就在门口")
    assert SECOND in town.seen(wang, "是同一个问题吗")


async def test_what_one_reported_oneself_and_comes_back_is_asked_about_as_such(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    """There is nothing to be added to a closed case."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await closed(town, lead, partner)
    town.clock.advance(timedelta(days=2))
    await town.says(wang, TYRES)
    assert "是同一个问题吗" in town.seen(wang, f"您报过同类的问题：{FIRST}")
    await town.press(wang, "是同一个问题")
    assert (await town.case("XM-260423-001")).recurs == FIRST


async def test_nobody_is_told_that_they_asked_for_what_a_neighbour_asked_for(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """Both reported it; one asks for rework, both hear what became of that."""
    town = ximing_town
    await town.reports(wang, TYRES)
    zhou = await town.resident("老周")
    await town.says(zhou, TYRES)
    await town.press(zhou, "是同一个问题")
    await closed(town, lead, partner)
    await town.press(zhou, "要求返工")
    await town.says(zhou, "第二天又堆上了")
    await town.press(office, "维持")
    await town.says(office, "是新的一堆")
    for person in (wang, zhou):
        assert "有人要求返工" in town.seen(person, "是新的一堆")
