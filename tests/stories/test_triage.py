"""/triage: the office goes through what waits, one case after another, and is told who may be right and why."""

from datetime import timedelta

from bot.sandbox import Bubble, Person
from bot.sandbox.pictures import picture
from domain.case import State
from tests.stories.said import said
from tests.stories.test_bad_input import data_of, press_data
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
FIRST, SECOND, THIRD = "XM-260421-001", "XM-260421-002", "XM-260421-003"


async def unclear(town: Town, person: Person) -> None:
    """A report without place and problem goes to triage."""
    await town.says(person, "这里乱七八糟的没人管")
    await town.press(person, "提交", "说不清", "提交", "说不清", "提交")
    town.clock.advance(timedelta(minutes=11))


async def returned(town: Town, person: Person, lead: Person) -> str:
    """A report of tyres that the unit gives back."""
    number = await town.reports(person, TYRES, jpeg=picture("tyres"))
    await town.press(lead, "退回", "非我单位职责")
    await town.says(lead, "是市场的地")
    town.clock.advance(timedelta(minutes=11))
    return number


def shown(person: Person) -> Bubble:
    """The newest message."""
    assert person.last is not None
    return person.last


async def test_one_case_comes_after_another_until_all_are_done(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    town = ximing_town
    await unclear(town, wang)
    await unclear(town, wang)
    await returned(town, wang, lead)
    await town.says(office, "/triage")
    assert (FIRST in shown(office).text, "共 3 件，这是第 1 件" in shown(office).text) == (True, True)
    await town.press(office, "下一件")
    assert (SECOND in shown(office).text, "共 3 件，这是第 2 件" in shown(office).text) == (True, True)
    await town.press(office, "请补充")
    await town.says(office, "在哪个小区？")
    assert (THIRD in shown(office).text, "共 2 件，这是第 2 件" in shown(office).text) == (True, True)
    assert shown(office).photo is not None
    await town.press(office, "驳回")
    assert (await town.case(THIRD)).state is State.DISPATCHED
    assert "还有 1 件没定" in shown(office).text
    await town.press(office, "从头再看")
    assert FIRST in shown(office).text
    await town.press(office, "不予受理")
    await town.says(office, "不在创城范围内")
    assert said("notice.triage_done") in shown(office).text
    assert "另有 1 件在等居民答复" in shown(office).text
    await town.press(office, "等答复的", SECOND)
    assert SECOND in shown(office).text


async def test_each_unit_that_may_be_right_is_a_button_with_its_reason(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """Filed at nine, 2 working days, given back at once; who passes it on sees what has become of it."""
    town = ximing_town
    await returned(town, wang, lead)
    await town.says(office, "/triage")
    card = shown(office)
    for line in (
        "长江社区：属地，就在它那里",
        "长江街道：属地街道",
        "区交通局：是它退回的（按规定归它）",
        "理由：非我单位职责（是市场的地）",
        "点“驳回”还给它，还有 24 个工作小时",
    ):
        assert line in card.text, card.text
    assert card.buttons[:5] == ["长江社区", "长江街道", "选别的单位", "驳回", "请补充"]
    assert card.buttons[-1] == "下一件"
    assert max(map(len, card.rows)) <= 3
    await town.press(office, "长江社区")
    assert (await town.case(FIRST)).lead == "S01C01"
    assert said("notice.triage_done") in shown(office).text
    passed = town.seen(office, "待接单")
    assert "责任单位：长江社区" in passed
    assert "可能归谁" not in passed


async def test_a_unit_is_asked_its_category_when_there_is_none(ximing_town: Town, wang: Person, office: Person) -> None:
    town = ximing_town
    await town.says(wang, "江畔家园这里没人管")
    await town.press(wang, "提交", "说不清", "提交")
    town.clock.advance(timedelta(minutes=11))
    await unclear(town, wang)
    await town.says(office, "/triage")
    await town.press(office, "长江社区", "环境卫生与垃圾清运整治", "卫生死角暴露垃圾")
    case = await town.case(FIRST)
    assert (case.state, case.lead) == (State.DISPATCHED, "S01C01")
    assert SECOND in shown(office).text


async def test_a_case_that_is_corrected_stays_until_somebody_answers_for_it(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    """The suggestions follow the category; with the place a unit follows, and the next case comes."""
    town = ximing_town
    await unclear(town, wang)
    await unclear(town, wang)
    await town.says(office, "/triage")
    assert "可能归谁" not in shown(office).text
    await town.press(office, "更改类别", "环境卫生与垃圾清运整治", "卫生死角暴露垃圾")
    assert "行业主管，管“卫生死角暴露垃圾”" in town.seen(office, "待分派共 2 件")
    await town.press(office, "更改地点")
    await town.says(office, "长江农贸市场")
    assert (await town.case(FIRST)).lead == "S01"
    assert SECOND in shown(office).text


async def test_whoever_decides_second_is_told_who_was_first(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """By the number that stands in /people; then they go on."""
    town = ximing_town
    second = await town.officer("小林", "O01")
    await town.officer("小赵", "D02")
    await town.officer("小孙", "S01C01")
    await returned(town, wang, lead)
    await unclear(town, wang)
    for person in (office, second):
        await town.says(person, "/triage")
    still_shown = next(button.data for row in shown(second).rows for button in row if button.text == "长江街道")
    await town.press(office, "长江社区")
    second.presses_data(still_shown)
    await town.settled()
    assert (await town.case(FIRST)).lead == "S01C01"
    assert "已分派" in second.toasts[-1].text
    assert "区创城办 3" in second.toasts[-1].text
    card = shown(second)
    assert "已分派：区创城办 3" in card.text
    assert "责任单位：长江社区" in card.text
    assert "长江街道" not in card.buttons
    await town.press(second, "下一件")
    assert SECOND in shown(second).text


async def test_what_was_asked_meanwhile_can_be_decided_all_the_same(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """Who asked stands on the card; the case stands in the chat once, and the decision brings the next."""
    town = ximing_town
    second = await town.officer("小林", "O01")
    await returned(town, wang, lead)
    await unclear(town, wang)
    await town.says(office, "/triage")
    await town.says(second, "/triage")
    await town.press(second, "请补充")
    await town.says(second, "在哪个门？")
    assert sum("状态：" in bubble.text and FIRST in bubble.text for bubble in office.chat) == 1
    assert "请居民补充：区创城办 4" in shown(office).text
    await town.press(office, "长江街道")
    assert "待分派共 1 件" in town.seen(office, SECOND)


async def test_what_is_decided_elsewhere_leads_nobody_on(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """Only the case that stands before somebody in /triage brings the next; one that is done comes back no more."""
    town = ximing_town
    await returned(town, wang, lead)
    await unclear(town, wang)
    await town.says(office, "/triage")
    await town.press(office, "下一件")
    await town.says(office, f"/find {FIRST}")
    await town.press(office, FIRST, "驳回")
    assert "待分派共" not in shown(office).text
    assert [SECOND in bubble.text for bubble in office.chat if "待分派共" in bubble.text] == [True]


async def test_only_the_office_goes_through_it(ximing_town: Town, wang: Person, lead: Person, office: Person) -> None:
    """Also who was of the office until a moment ago."""
    town = ximing_town
    second = await town.officer("小林", "O01")
    await unclear(town, wang)
    await town.says(second, "/triage")
    next_one = data_of(second, "下一件")
    await town.says(office, "/people")
    await town.press(office, "区创城办 4", "解除绑定", "确定解除")
    assert "只有创城办" in await press_data(town, second, next_one)
    for person in (wang, lead):
        await town.says(person, "/triage")
        assert "只有创城办" in shown(person).text


async def test_it_is_said_in_english_too(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    ann = await town.officer("Ann", "O01", language="en")
    await returned(town, wang, lead)
    await town.says(ann, "/triage")
    assert "长江街道: the street it lies in" in shown(ann).text
    assert "“Send back” gives it back with a 24-working-hour limit" in shown(ann).text
    await town.press(ann, "Next case")
    assert "still undecided: 1" in shown(ann).text
