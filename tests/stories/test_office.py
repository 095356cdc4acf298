"""The office: triage, rejection, questions; invitations bind people once."""

from datetime import timedelta

import pytest

from bot.sandbox import Person
from domain.case import State
from tests.stories.said import said
from tests.stories.town import Town

NUMBER = "XM-260421-001"


async def unclear_report(town: Town, person: Person) -> None:
    """A report without place and problem goes to triage."""
    await town.says(person, "这里乱七八糟的没人管")
    await town.press(person, "提交", "说不清", "提交", "说不清", "提交")
    assert (await town.case(NUMBER)).state is State.TRIAGE


async def test_a_report_without_a_category_is_given_one_and_dispatched(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    town = ximing_town
    await unclear_report(town, wang)
    await town.press(office, "分派", "环境卫生与垃圾清运整治", "卫生死角暴露垃圾", "全部街道", "长江街道")
    case = await town.case(NUMBER)
    assert (case.state, case.lead, case.category) == (State.DISPATCHED, "S01", "0304")


async def test_whoever_is_bound_to_the_office_later_finds_what_waits_in_triage(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await unclear_report(town, wang)
    office = await town.officer("陈主任", "O01")
    await town.press(office, "不予受理")
    await town.says(office, "不在创城范围内")
    assert (await town.case(NUMBER)).state is State.REJECTED


async def test_a_rejection_is_told_with_its_reason(ximing_town: Town, wang: Person, office: Person) -> None:
    town = ximing_town
    await unclear_report(town, wang)
    await town.press(office, "不予受理")
    await town.says(office, "不在创城范围内")
    assert (await town.case(NUMBER)).state is State.REJECTED
    assert "不在创城范围内" in town.seen(wang, said("notice.reporter_rejected"))


async def test_a_question_goes_to_the_resident_and_the_answer_comes_back(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    town = ximing_town
    await unclear_report(town, wang)
    await town.press(office, "请补充")
    await town.says(office, "在哪个小区？")
    question = wang.sees("在哪个小区")
    assert question is not None
    await town.says(wang, "江畔家园", reply_to=question)
    assert "江畔家园" in town.seen(office, "江畔家园")


async def test_triage_lists_what_waits(ximing_town: Town, wang: Person, office: Person) -> None:
    town = ximing_town
    await unclear_report(town, wang)
    await town.says(office, "/triage")
    assert NUMBER in town.seen(office, "待分派\n")
    await town.says(wang, "/triage")
    assert town.seen(wang, "只有创城办")


async def test_an_invitation_binds_once(ximing_town: Town) -> None:
    town = ximing_town
    token = await town.invitation("D12")
    first = town.world.person("老李", language="zh-hans")
    first.start(token)
    await town.settled()
    assert "区交通局" in town.seen(first, "已绑定")
    first.start(token)
    await town.settled()
    assert town.seen(first, "已绑定")
    second = town.world.person("路人", language="zh-hans")
    second.start(token)
    await town.settled()
    assert town.seen(second, "已被别人用过")


async def test_an_invitation_runs_out(ximing_town: Town) -> None:
    town = ximing_town
    token = await town.invitation("D12")
    town.clock.advance(timedelta(days=8))
    person = town.world.person("老李", language="zh-hans")
    person.start(token)
    await town.settled()
    assert town.seen(person, "已过期")


async def test_the_office_invites_in_the_chat(ximing_town: Town, office: Person) -> None:
    town = ximing_town
    await town.says(office, "/invite D12")
    link = town.seen(office, "https://t.me/").split()[-1]
    person = town.world.person("老李", language="zh-hans")
    person.follows(link)
    await town.settled()
    assert "区交通局" in town.seen(person, "已绑定")
    await town.says(office, "/invite volunteer S01C01")
    assert "长江社区" in town.seen(office, "志愿者")
    await town.says(office, "/invite X99")
    assert "X99" in town.seen(office, "没有“")


async def test_the_office_sees_kind_by_kind_who_is_missing(ximing_town: Town, office: Person) -> None:
    """A name will do as well as a code; a volunteer without an area is asked about, not invited to a unit."""
    town = ximing_town
    await town.officer("老李", "D12")
    await town.says(office, "/invite volunteer")
    how = town.seen(office, "还没有联络员的")
    assert "区交通局" not in how
    assert len(how.splitlines()) < 12
    assert "街道（共 7 个，还差 7 个）：长江街道" in how
    await town.says(office, "/invite 长江社区")
    assert "长江社区" in town.seen(office, "的联络员")
    await town.says(office, "/invite v 长江社区")
    assert "长江社区" in town.seen(office, "的志愿者")


@pytest.mark.chinese("somebody begins to read it")
async def test_english_is_spoken_to_whoever_reads_it(ximing_town: Town) -> None:
    town = ximing_town
    person = await town.resident("Ann", language="en")
    await town.says(person, "The manhole cover near 滨江公园 gate is missing")
    assert "Submit" in [button for bubble in person.chat for button in bubble.buttons]
    await town.says(person, "/language")
    await town.press(person, "中文")
    assert town.seen(person, "以后用中文")


async def test_a_report_that_was_only_spoken_can_be_heard_by_the_office(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """In what is spoken no number can be masked, so a unit is told to ask the office."""
    town = ximing_town
    spoken = b"OggS" + bytes(200)
    wang.sends_voice(spoken)
    await town.settled()
    await town.press(wang, "提交", "说不清", "提交", "说不清", "提交")
    assert "语音 1 段" in town.seen(office, NUMBER)
    await town.press(office, "更多")
    heard = office.last
    assert heard is not None
    assert (heard.kind, heard.file, heard.text) == ("voice", spoken, f"{NUMBER} 语音")
    await town.press(office, "分派", "沿线企业与场所整治", "修车占道与废旧轮胎堆放", "全部部门", "区交通局")
    card = lead.sees(NUMBER)
    assert card is not None
    assert "请问创城办" in card.text
    assert "更多" not in card.buttons


async def test_whoever_works_on_a_case_sees_its_video(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    filmed = b"moov" + bytes(200)
    wang.sends_video(filmed, caption="长江农贸市场门口路边堆了一溜旧轮胎")
    await town.settled()
    await town.press(wang, "提交")
    assert "视频 1 段" in town.seen(lead, NUMBER)
    await town.press(lead, "更多")
    video = next(bubble for bubble in lead.chat if bubble.kind == "video")
    assert (video.file, video.text) == (filmed, f"{NUMBER} 视频")


async def test_the_office_hears_of_a_file_that_cannot_be_shown(ximing_town: Town, wang: Person, office: Person) -> None:
    """It could tell who sent it, in ways that nobody can clean."""
    town = ximing_town
    wang.sends_file(b"%PDF" + bytes(200), "报告.pdf", "application/pdf")
    await town.settled()
    await town.press(wang, "提交", "说不清", "提交", "说不清", "提交")
    card = office.sees(NUMBER)
    assert card is not None
    assert "文件 1 个" in card.text
    assert "更多" not in card.buttons
