"""A case passes from one unit to another: what the first one did is not shown as the work of the second."""

from datetime import timedelta

import pytest

from bot import commands
from bot.requests import packed
from bot.sandbox import Bubble, Person
from bot.sandbox.pictures import picture
from domain.case import State
from storage.district.files import Files
from storage.events import events_of
from tests.stories.said import said
from tests.stories.town import Town
from tests.stories.weather import times

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"
OILY = ("更改类别", "沿线企业与场所整治", "洗车汽修污水油污")
"""The office corrects the category to one that another unit leads: from D12 to D05."""


@pytest.fixture
async def other(ximing_town: Town) -> Person:
    """An officer of the unit that leads what has to do with oil."""
    return await ximing_town.officer("小孙", "D05")


async def in_the_offices_hands(town: Town, wang: Person, office: Person) -> None:
    """A case that the office has open before it. It has heard that the paired unit has nobody yet."""
    await town.reports(wang, TYRES)
    await town.press(office, "查看案件")


async def replies(town: Town, person: Person, words: str, seed: int) -> bytes:
    """The lead says that it is done. The picture as it arrived."""
    await town.press(person, "整改完成")
    await town.photo(person, picture("tyres", "after", seed=seed), words)
    sent = [bubble.photo for bubble in person.chat if bubble.mine and bubble.photo]
    return sent[-1]


def card(person: Person, words: str) -> Bubble:
    """The newest card that says so."""
    found = person.sees(words)
    assert found is not None, words
    return found


async def test_the_result_of_a_unit_is_not_shown_as_that_of_the_next(
    ximing_town: Town, wang: Person, lead: Person, other: Person, office: Person
) -> None:
    """Neither what it wrote, nor its picture, nor what the reporter thought of it."""
    town = ximing_town
    await in_the_offices_hands(town, wang, office)
    partner = await town.officer("小赵", "D02")
    first = await replies(town, lead, "轮胎清走了", seed=1)
    assert card(partner, "轮胎清走了").photo == first
    await town.press(wang, "没解决")
    await town.press(office, *OILY)
    case = await town.case(NUMBER)
    assert (case.state, case.lead, case.reply, case.opinions) == (State.DISPATCHED, "D05", "", ())
    assert wang.sees("说已经办好了") is None
    second = await replies(town, other, "油污冲干净了", seed=2)
    assert partner.sees("轮胎清走了") is None
    assert card(partner, "油污冲干净了").photo == second != first
    question = card(wang, "办好了")
    assert ("油污冲干净了" in question.text, question.photo) == (True, second)
    assert "没解决" in question.buttons
    await town.press(wang, "已解决")
    assert (await town.case(NUMBER)).state is State.CLOSED


async def test_a_judgement_of_one_units_result_is_none_of_the_next_ones(
    ximing_town: Town, wang: Person, lead: Person, other: Person, office: Person
) -> None:
    """A button under the first result, pressed when the second is there."""
    town = ximing_town
    await in_the_offices_hands(town, wang, office)
    partner = await town.officer("小赵", "D02")
    await replies(town, lead, "轮胎清走了", seed=1)
    old = [button.data for row in card(partner, "轮胎清走了").rows for button in row if button.text == "通过"]
    await town.press(office, *OILY)
    await replies(town, other, "油污冲干净了", seed=2)
    partner.presses_data(old[0])
    await town.settled()
    assert (await town.case(NUMBER)).state is State.CHECKING
    assert "待核查" in partner.toasts[-1].text


# --- who had it -------------------------------------------------------------------------------------------------------


async def test_the_unit_a_case_is_taken_from_is_told_once_and_by_whom_it_is_done_now(
    ximing_town: Town, wang: Person, lead: Person, other: Person, office: Person
) -> None:
    """Its card has no buttons any more and says the same, whatever becomes of the case."""
    town = ximing_town
    await in_the_offices_hands(town, wang, office)
    await town.press(lead, "接单")
    await town.press(office, *OILY)
    told = [bubble for bubble in lead.chat if "不用你们办了" in bubble.text]
    assert [NUMBER in bubble.text and "生态环境分局" in bubble.text for bubble in told] == [True]
    before = [(bubble.text, bubble.edits) for bubble in lead.chat]
    assert "生态环境分局" in card(lead, "不归你们办").text
    assert not [label for bubble in lead.chat if NUMBER in bubble.text for label in bubble.buttons]
    await town.press(other, "接单")
    assert [(bubble.text, bubble.edits) for bubble in lead.chat] == before


async def test_a_unit_that_returned_a_case_hears_who_has_it(
    ximing_town: Town, wang: Person, lead: Person, other: Person, office: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "退回", "非我单位职责")
    await town.says(lead, "是油污")
    assert lead.sees("不用你们办了") is None
    await town.press(office, "分派", "全部部门", "生态环境分局")
    assert "生态环境分局" in card(lead, "不用你们办了").text
    assert "接单" in card(other, NUMBER).buttons


async def test_a_unit_chosen_by_hand_keeps_the_case_when_the_category_is_corrected(
    ximing_town: Town, wang: Person, lead: Person, other: Person, office: Person
) -> None:
    """Against the rule, the office gave the tyres to the market's unit."""
    town = ximing_town
    market = await town.officer("小郑", "D04")
    await town.reports(wang, TYRES)
    await town.press(lead, "退回", "非我单位职责")
    await town.says(lead, "是市场里的")
    await town.press(office, "分派", "全部部门", "区市场监管局")
    await town.press(market, "接单")
    await town.press(office, *OILY)
    case = await town.case(NUMBER)
    assert (case.state, case.lead, case.category) == (State.RECTIFYING, "D04", "1002")
    assert other.sees(NUMBER) is None


# --- another place ----------------------------------------------------------------------------------------------------


async def in_a_compound(town: Town, wang: Person, office: Person) -> None:
    """A case that its community leads (S01C01), open before the office."""
    await in_the_offices_hands(town, wang, office)
    await town.press(office, "更改类别", "社区小区环境整治", "小区环境卫生脏乱")
    assert (await town.case(NUMBER)).lead == "S01C01"


async def test_the_office_corrects_the_place_in_words(ximing_town: Town, wang: Person, office: Person) -> None:
    """The units follow anew, as if it had been reported there; the one that had it is told."""
    town = ximing_town
    first, second = await town.officer("小钱", "S01C01"), await town.officer("小吴", "S02C01")
    await in_a_compound(town, wang, office)
    await town.press(office, "更改地点")
    await town.says(office, "不对，是河东社区那边")
    case = await town.case(NUMBER)
    assert (case.state, case.lead, case.partner) == (State.DISPATCHED, "S02C01", "D11")
    assert (case.place.street, case.place.community) == ("S02", "S02C01")
    assert "接单" in card(second, NUMBER).buttons
    assert "河东社区" in card(first, "不用你们办了").text
    last = (await town.house.store.read(events_of, case.id))[-1]
    assert (last.verb, last.detail["community"], "words" in last.detail) == ("correct", "S02C01", False)


async def test_the_office_corrects_the_place_by_the_lists(ximing_town: Town, wang: Person, office: Person) -> None:
    town = ximing_town
    await in_a_compound(town, wang, office)
    await town.press(office, "更改地点", "河东街道", "返回", "站前街道", "解放社区")
    assert (await town.case(NUMBER)).lead == "S03C02"
    await town.press(office, "更改地点", "钢城街道", "只知道是这个街道")
    assert (await town.case(NUMBER)).lead == "S04"


async def test_the_office_corrects_the_place_by_a_position(ximing_town: Town, wang: Person, office: Person) -> None:
    """One outside the district is none, and the question stays open."""
    town = ximing_town
    await in_a_compound(town, wang, office)
    await town.press(office, "更改地点")
    office.sends_location(39.9, 116.4)
    await town.settled()
    assert town.seen(office, said("refused.place_unknown"))
    office.sends_location(41.35065, 123.767555)
    await town.settled()
    assert (await town.case(NUMBER)).lead == "S01C02"


async def test_a_name_that_two_places_have_is_asked_back(ximing_town: Town, wang: Person, office: Person) -> None:
    """And a name that nobody knows is said to be unknown."""
    town = ximing_town
    await in_a_compound(town, wang, office)
    await town.press(office, "更改地点")
    await town.says(office, "那边")
    assert town.seen(office, said("refused.place_unknown"))
    await town.says(office, "幸福里")
    await town.press(office, "幸福里小区二期")
    assert (await town.case(NUMBER)).lead == "S03C08"


async def test_a_result_that_waits_is_checked_by_those_of_the_other_place(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """The lead stays, since it leads the trade; the paired unit is another."""
    town = ximing_town
    await in_the_offices_hands(town, wang, office)
    partner, other = await town.officer("小赵", "D02"), await town.officer("小冯", "D11")
    await replies(town, lead, "轮胎清走了", seed=1)
    await town.press(office, "更改地点", "河东街道", "河东社区")
    assert (await town.case(NUMBER)).lead == "D12"
    assert "通过" not in [label for bubble in partner.chat for label in bubble.buttons]
    await town.press(other, "通过", "看图")
    assert (await town.case(NUMBER)).state is State.CLOSED


# --- a unit that is dissolved -----------------------------------------------------------------------------------------


def dissolved(files: Files, unit: bytes, heir: bytes = b"D05") -> Files:
    """The district when a unit is dissolved and another does its work."""
    named = {"units.csv": unit + b",", "words.toml": unit + b" ="}

    def without(name: str, content: bytes) -> bytes:
        if name not in named:
            return content
        return b"\n".join(line for line in content.split(b"\n") if not line.startswith(named[name]))

    return {name: without(name, content).replace(unit, heir) for name, content in files.items()}


async def load(town: Town, files: Files) -> None:
    """A load by the command line, while the bot runs."""
    answer = await town.house.requests.serve({"command": "load", "files": packed(files)})
    assert answer.get("ok"), answer
    await town.settled()


async def test_a_returned_case_of_a_dissolved_unit_is_not_sent_back_to_it(
    ximing_town: Town, ximing: Files, wang: Person, lead: Person, other: Person, office: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "退回", "重复")
    await town.says(lead, "昨天报过")
    old = [button.data for row in card(office, "退回理由").rows for button in row if button.text == "驳回"]
    await load(town, dissolved(ximing, b"D12"))
    assert "驳回" not in card(office, NUMBER).buttons
    office.presses_data(old[0])
    await town.settled()
    assert "分派" in office.toasts[-1].text
    assert (await town.case(NUMBER)).lead is None
    await town.press(office, "分派", "生态环境分局")
    assert "接单" in card(other, NUMBER).buttons


async def test_a_closed_case_of_a_dissolved_unit_is_reopened_in_triage(
    ximing_town: Town, ximing: Files, wang: Person, lead: Person, office: Person
) -> None:
    """Nobody who is gone can redo it; the reporter hears that it goes on."""
    town = ximing_town
    partner = await town.officer("小赵", "D02")
    await town.reports(wang, TYRES)
    await replies(town, lead, "轮胎清走了", seed=1)
    await town.press(partner, "通过", "看图")
    await load(town, dissolved(ximing, b"D12"))
    await town.press(wang, "要求返工")
    await town.says(wang, "又堆上了")
    await town.press(office, "重开")
    case = await town.case(NUMBER)
    assert (case.state, case.lead, case.rework) == (State.TRIAGE, None, 1)
    assert "还没办好" in card(wang, "要返工").text
    assert "分派" in card(office, NUMBER).buttons


async def test_whoever_was_bound_to_a_dissolved_unit_is_so_no_longer(
    ximing_town: Town, ximing: Files, wang: Person, lead: Person, office: Person
) -> None:
    """They are told by its name; their card rests, and an invitation to it leads nowhere."""
    town = ximing_town
    late = await town.invitation("D12")
    await town.reports(wang, TYRES)
    await load(town, dissolved(ximing, b"D12"))
    assert "区交通局" in town.seen(lead, said("notice.unbound_officer"))
    assert card(lead, NUMBER).buttons == []
    assert office.sees(said("notice.office_unit_lost")) is None
    await town.says(lead, "/todo")
    assert town.seen(lead, "只有单位联络员")
    wang.start(late)
    await town.settled()
    assert town.seen(wang, said("refused.no_invitation"))


async def test_what_a_dissolved_paired_unit_was_to_check_is_checked_by_others(
    ximing_town: Town, ximing: Files, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """A volunteer who has the check is not asked twice; what is replied to later comes to them as well."""
    town = ximing_town
    volunteer = await town.volunteer("小钱", "S01C01")
    for _ in range(2):
        await town.reports(wang, TYRES)
        town.clock.advance(timedelta(minutes=11))
    lead.presses("整改完成", on=card(lead, NUMBER))
    await town.settled()
    await town.photo(lead, picture("tyres", "after"), "清了")
    await load(town, dissolved(ximing, b"D02"))
    assert card(partner, NUMBER).buttons == []
    assert times(volunteer, "🔍") == 1
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "也清了")
    assert times(volunteer, "🔍") == 2
    assert [office.sees(said(f"notice.{kind}")) for kind in ("office_unmanned", "office_unchecked")] == [None, None]
    await town.press(volunteer, "通过", "看图")
    assert town.seen(wang, "办好了")


async def test_a_message_between_a_load_and_its_taking_effect_is_decided_by_what_was_loaded(
    ximing_town: Town, ximing: Files, wang: Person, other: Person
) -> None:
    """The load is committed, and the bot has not learnt of it yet."""
    town = ximing_town
    await town.says(wang, TYRES)
    now, wall = town.clock.now(), town.clock.wall()
    await town.house.store.run(commands.load, dissolved(ximing, b"D12"), now, wall)
    await town.press(wang, "提交")
    assert (await town.case(NUMBER)).lead == "D05"
    assert "接单" in card(other, NUMBER).buttons


async def test_the_clock_decides_by_what_was_loaded_as_well(
    ximing_town: Town, ximing: Files, wang: Person, other: Person
) -> None:
    """A draft that files itself in that moment."""
    town = ximing_town
    await town.says(wang, TYRES)
    now, wall = town.clock.now(), town.clock.wall()
    await town.house.store.run(commands.load, dissolved(ximing, b"D12"), now, wall)
    await town.passes(timedelta(minutes=11))
    assert (await town.case(NUMBER)).lead == "D05"
    assert "接单" in card(other, NUMBER).buttons
