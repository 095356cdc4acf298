"""请补充: the office asks, and whatever the resident sends next is the answer."""

from datetime import timedelta

import pytest

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import State
from handlers import sweeps
from storage import photos
from tests.stories.test_bad_input import data_of, press_data
from tests.stories.town import Town

NUMBER, SECOND = "XM-260421-001", "XM-260421-002"
TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
MARKET = (41.345488, 123.76323)
AT_SEA = (38.5, 120.2)


async def unclear(town: Town, person: Person, words: str = "这里乱七八糟的没人管") -> None:
    """A report without place and problem goes to triage."""
    await town.says(person, words)
    await town.press(person, "提交", "说不清", "提交", "说不清", "提交")


@pytest.fixture
async def asked(ximing_town: Town, wang: Person, office: Person) -> Person:
    """Whoever has been asked by the office; ten minutes after filing, so that nothing is taken for an afterthought."""
    town = ximing_town
    await unclear(town, wang)
    town.clock.advance(timedelta(minutes=11))
    await asks(town, office, "在哪个小区？")
    return wang


async def asks(town: Town, office: Person, words: str) -> None:
    """The office asks the reporters."""
    await town.press(office, "请补充")
    await town.says(office, words)


async def test_what_is_simply_written_is_the_answer(ximing_town: Town, asked: Person, office: Person) -> None:
    """The place it names is the case's from then on, and the question goes away."""
    town = ximing_town
    assert "在哪个小区" in town.seen(asked, NUMBER)
    await town.says(asked, "江畔家园")
    case = await town.case(NUMBER)
    assert (case.asked, case.place.name, case.partner is not None) == (False, "江畔家园", False)
    assert "江畔家园" in town.seen(office, "📍")
    assert asked.sees("在哪个小区") is None
    assert asked.sees("📝") is None


async def test_a_photo_is_an_answer(ximing_town: Town, asked: Person) -> None:
    town = ximing_town
    await town.photo(asked, picture("bins"))
    case = await town.case(NUMBER)
    assert not case.asked
    assert len(await town.house.store.read(photos.of_case, case.id)) == 1


async def test_a_position_is_an_answer_and_the_place_of_the_case(
    ximing_town: Town, asked: Person, office: Person
) -> None:
    town = ximing_town
    asked.sends_location(*MARKET)
    await town.settled()
    case = await town.case(NUMBER)
    assert (case.asked, case.place.street) == (False, "S01")
    assert "长江街道" in town.seen(office, "📍") or "社区" in town.seen(office, "📍")


async def test_a_position_outside_is_told_in_words(ximing_town: Town, asked: Person, office: Person) -> None:
    town = ximing_town
    asked.sends_location(*AT_SEA)
    await town.settled()
    assert (await town.case(NUMBER)).place.street is None
    assert "38.50000, 120.20000" in town.seen(office, NUMBER)


async def test_only_a_position_moves_a_case_whose_place_is_known(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """Words may name another place for many reasons; the office reads them."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "退回", "地点有误")
    await town.says(lead, "市场门口没有")
    town.clock.advance(timedelta(minutes=11))
    await asks(town, office, "在哪边？")
    await town.says(wang, "往江畔家园那边走")
    assert (await town.case(NUMBER)).place.name == "长江农贸市场"
    await asks(town, office, "能发位置吗？")
    wang.sends_location(*MARKET)
    await town.settled()
    assert (await town.case(NUMBER)).place.how == "position"


async def test_adding_by_the_button_is_the_answer(ximing_town: Town, asked: Person) -> None:
    """It asks what the office asked."""
    town = ximing_town
    asked.presses("补充", on=asked.sees("现在："))
    await town.settled()
    assert asked.last is not None
    assert "在哪个小区" in asked.last.text
    await town.says(asked, "江畔家园")
    assert not (await town.case(NUMBER)).asked
    assert asked.sees("在哪个小区") is None


async def test_the_asked_can_report_something_else(ximing_town: Town, asked: Person) -> None:
    town = ximing_town
    await town.press(asked, "另报")
    await town.says(asked, TYRES)
    assert town.seen(asked, "📝")
    assert (await town.case(NUMBER)).asked


async def test_whoever_is_at_a_report_goes_on_with_it(ximing_town: Town, wang: Person, office: Person) -> None:
    """A late picture of its album belongs there as well; then comes the answer."""
    town = ximing_town
    await unclear(town, wang)
    town.clock.advance(timedelta(minutes=11))
    album = wang.sends_album([picture("bins")], caption="垃圾桶满了")
    await town.settled()
    await asks(town, office, "在哪个小区？")
    wang.adds_to_album(album, picture("bins", seed=2))
    await town.settled()
    assert "照片 2 张" in town.seen(wang, "📝")
    await town.says(wang, "江畔家园")
    assert (await town.case(NUMBER)).asked
    await town.press(wang, "提交")
    await town.says(wang, "在东门")
    assert "在东门" in (await town.case(NUMBER)).words


async def test_a_question_of_ones_own_comes_first(ximing_town: Town, wang: Person, office: Person) -> None:
    """Then that of the office."""
    town = ximing_town
    await town.officer("老李", "D12")
    await town.reports(wang, TYRES)
    await town.says(wang, "这里乱七八糟的没人管")
    await town.press(wang, "另报", "提交", "说不清", "提交", "说不清", "提交")
    wang.presses("补充", on=wang.sees(f"📄 {NUMBER}"))
    await town.settled()
    await asks(town, office, "在哪个小区？")
    await town.says(wang, "墙后还有")
    assert "墙后还有" in (await town.case(NUMBER)).words
    await town.says(wang, "江畔家园")
    assert not (await town.case(SECOND)).asked


async def test_a_second_question_takes_the_place_of_the_first(ximing_town: Town, asked: Person, office: Person) -> None:
    """As a new message: a changed one notifies nobody."""
    town = ximing_town
    await asks(town, office, "几号楼？")
    assert asked.last is not None
    assert "几号楼" in asked.last.text
    assert asked.sees("在哪个小区") is None
    await town.says(asked, "三号楼")
    assert asked.sees("几号楼") is None
    assert asked.sees("📝") is None


async def test_a_question_goes_away_when_the_case_goes_on_without(
    ximing_town: Town, asked: Person, office: Person
) -> None:
    town = ximing_town
    other = data_of(asked, "另报")
    await town.press(office, "不予受理")
    await town.says(office, "不在创城范围内")
    assert (await town.case(NUMBER)).state is State.REJECTED
    assert asked.sees("在哪个小区") is None
    assert "过时" in await press_data(town, asked, other)
    await town.says(asked, TYRES)
    assert town.seen(asked, "📝")


async def test_a_position_soon_after_filing_can_be_added(ximing_town: Town, wang: Person) -> None:
    """By itself, when the person says nothing to it."""
    town = ximing_town
    await town.officer("老李", "D12")
    await town.reports(wang, TYRES)
    wang.sends_location(*AT_SEA)
    await town.settled()
    town.clock.advance(timedelta(minutes=11))
    await town.sweep(sweeps.drafts_age)
    await town.settled()
    assert "38.50000" in (await town.case(NUMBER)).words
