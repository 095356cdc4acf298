"""The units at work: acknowledging, returning, asking for time; wrong presses say what is true now."""

from datetime import timedelta

import pytest

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import State
from tests.stories.said import said
from tests.stories.town import MORNING, Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


async def test_a_returned_case_is_dispatched_anew(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """The reason goes to the office; the clock stands still until another unit has it."""
    town = ximing_town
    other = await town.officer("小孙", "D05")
    await town.reports(wang, TYRES)
    await town.press(lead, "退回", "非我单位职责")
    await town.says(lead, "是油污，不是轮胎")
    case = await town.case(NUMBER)
    assert (case.state, case.due_at) == (State.TRIAGE, None)
    assert "非我单位职责" in town.seen(office, "退回理由")
    town.clock.advance(timedelta(hours=1))
    await town.press(office, "分派", "全部部门", "生态环境分局")
    case = await town.case(NUMBER)
    assert (case.state, case.lead) == (State.DISPATCHED, "D05")
    assert case.due_at == MORNING + timedelta(days=3, hours=1)
    assert town.seen(other, NUMBER)


async def test_a_return_that_is_not_taken_comes_back_with_the_time_left(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "退回", "重复")
    await town.says(lead, "昨天报过")
    town.clock.advance(timedelta(hours=1))
    await town.press(office, "驳回")
    case = await town.case(NUMBER)
    assert (case.state, case.lead) == (State.DISPATCHED, "D12")
    assert case.due_at == MORNING + timedelta(days=3, hours=1)
    assert NUMBER in town.seen(lead, "退回没有同意")


async def test_whoever_answers_in_words_hears_what_has_been_done(ximing_town: Town, wang: Person, lead: Person) -> None:
    """As whoever presses does; the question goes."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "退回", "重复")
    await town.says(lead, "昨天报过")
    assert NUMBER in town.seen(lead, said("toast.done_return"))
    assert lead.sees(said("notice.ask_words_return")) is None


async def test_photo_and_sentence_may_come_in_any_order(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    await town.says(lead, "已清走")
    assert (await town.case(NUMBER)).state is State.DISPATCHED
    await town.photo(lead, picture("tyres", "after"))
    case = await town.case(NUMBER)
    assert (case.state, case.reply) == (State.CHECKING, "已清走")
    assert case.acknowledged_at is not None


async def test_a_photo_in_reply_to_the_card_is_the_result(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    lead.sends_photo(picture("tyres", "after"), caption="已清走", reply_to=lead.sees(NUMBER))
    await town.settled()
    assert (await town.case(NUMBER)).state is State.CHECKING


async def test_a_question_can_be_cancelled(ximing_town: Town, wang: Person, lead: Person) -> None:
    """Afterwards a photo is a report of one's own again, not an answer."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成", "取消")
    await town.photo(lead, picture("bins"))
    assert (await town.case(NUMBER)).state is State.DISPATCHED
    assert town.seen(lead, "您的报送")


async def test_two_officers_press_at_once_and_one_is_told_of_the_other(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    colleague = await town.officer("小钱", "D12")
    await town.reports(wang, TYRES)
    lead.presses("接单")
    colleague.presses("接单")
    await town.settled()
    toasts = [lead.toasts[-1].text, colleague.toasts[-1].text]
    assert "已接单" in toasts
    assert any("整改中" in text and "区交通局" in text for text in toasts)
    assert (await town.case(NUMBER)).version == 2


async def test_more_time_is_asked_for_and_granted(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    before = (await town.case(NUMBER)).due_at
    await town.press(lead, "申请延期")
    await town.says(lead, "吊车要等三天")
    await town.press(lead, "3 个工作日")
    assert "吊车" in town.seen(office, "申请延期")
    await town.press(office, "同意")
    after = (await town.case(NUMBER)).due_at
    assert before is not None
    assert after is not None
    assert after > before
    assert town.seen(lead, "同意延期")


async def test_two_of_the_office_decide_at_once_and_one_is_told_how(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    town = ximing_town
    second = await town.officer("小林", "O01")
    await town.reports(wang, TYRES)
    await town.press(lead, "申请延期")
    await town.says(lead, "吊车要等三天")
    await town.press(lead, "3 个工作日")
    for officer in (office, second):
        officer.presses("同意")
    await town.settled()
    (told,) = (person.toasts[-1].text for person in (office, second) if person.toasts[-1].text != "已同意")
    assert "同意延期" in told
    assert "区创城办" in told
    assert (await town.case(NUMBER)).extensions == 1


async def test_a_request_can_still_be_decided_after_the_reply(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """Also when the case has been checked and closed meanwhile: the due time by which the reply is judged moves."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "申请延期")
    await town.says(lead, "吊车要等三天")
    await town.press(lead, "1 周")
    town.clock.advance(timedelta(days=4))
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "已清走")
    await town.press(partner, "通过", "看图")
    await town.press(office, "同意")
    case = await town.case(NUMBER)
    assert (case.state, case.extensions) == (State.CLOSED, 1)
    assert case.replied_at is not None
    assert case.due_at is not None
    assert case.replied_at < case.due_at
    assert "17:30" in town.seen(lead, "同意延期")


async def test_a_suspended_case_goes_on_by_itself(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """挂账: the clock stands still from the request until the end date."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "挂账")
    await town.says(lead, "等拆迁")
    assert lead.last is not None
    assert lead.last.buttons == ["到明天", "3 个工作日", "1 周", "2 周", "取消"]
    await town.press(lead, "1 周")
    await town.press(office, "同意")
    case = await town.case(NUMBER)
    assert (case.state, case.due_at) == (State.SUSPENDED, None)
    assert town.seen(wang, "一时办不了")
    await town.passes(timedelta(days=14))
    case = await town.case(NUMBER)
    assert case.state is State.RECTIFYING
    assert case.due_at is not None
    assert town.seen(lead, "继续办理")


async def test_somebody_elses_button_is_not_mine(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    card = lead.sees(NUMBER)
    assert card is not None
    await town.says(wang, "看看")
    wang.presses_data(card.rows[0][0].data)
    await town.settled()
    assert "不是给您的" in wang.toasts[-1].text
    assert (await town.case(NUMBER)).state is State.DISPATCHED


async def test_a_unit_with_nobody_bound_never_swallows_a_case(ximing_town: Town, wang: Person, office: Person) -> None:
    """The office hears at once; whoever is bound later finds the case waiting."""
    town = ximing_town
    await town.reports(wang, TYRES)
    assert "区交通局" in town.seen(office, "没人能收到")
    late = await town.officer("新来的", "D12")
    await town.press(late, "接单")
    assert (await town.case(NUMBER)).state is State.RECTIFYING


@pytest.mark.usefixtures("lead")
async def test_the_office_gets_no_card_where_all_can_be_reached(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    town = ximing_town
    await town.officer("赵队", "D02")
    await town.reports(wang, TYRES)
    assert office.sees(NUMBER) is None


async def test_units_never_see_telephone_numbers(ximing_town: Town, wang: Person, lead: Person) -> None:
    """The office alone sees them."""
    town = ximing_town
    await town.reports(wang, f"{TYRES}，我电话13812345678")
    assert "13812345678" not in town.seen(lead, NUMBER)
    assert "138****78" in town.seen(lead, NUMBER)


async def test_more_shows_every_picture_and_the_map(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    wang.sends_album([picture("tyres", seed=1), picture("tyres", seed=2)], caption=TYRES)
    await town.settled()
    await town.press(wang, "提交")
    await town.press(lead, "更多")
    new = [bubble for bubble in lead.chat if not bubble.mine][-3:]
    assert [bubble.kind for bubble in new] == ["photo", "photo", "venue"]


async def test_an_officer_who_reports_still_gets_the_working_card(ximing_town: Town, lead: Person) -> None:
    """Reporting one's own unit's case is no way to lose it."""
    town = ximing_town
    await town.reports(lead, TYRES)
    await town.press(lead, "接单")
    case = await town.case(NUMBER)
    assert (case.state, case.self_found) == (State.RECTIFYING, True)


async def test_a_voice_message_is_no_photo_of_the_result(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    lead.sends_voice(b"OggS" + bytes(200))
    await town.settled()
    await town.says(lead, "已清走")
    assert (await town.case(NUMBER)).state is State.DISPATCHED
    await town.photo(lead, picture("tyres", "after"))
    assert (await town.case(NUMBER)).state is State.CHECKING


async def test_another_command_leaves_an_open_question_open(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"))
    await town.says(lead, "/triage")
    await town.says(lead, "已清走")
    assert (await town.case(NUMBER)).state is State.CHECKING


async def test_a_danger_told_in_a_reply_gets_its_number(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    number = await town.reports(wang, TYRES)
    await town.says(wang, "轮胎堆着火了", reply_to=wang.sees(number))
    assert town.seen(wang, "119")
