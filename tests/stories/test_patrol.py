"""巡查: somebody with a role walks through the streets and reports one thing after the other."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import NO_LIMITS, Person, World
from bot.sandbox.pictures import picture
from storage.district.files import Files
from tests.stories.readers import read_by_all
from tests.stories.said import said
from tests.stories.test_people import unbind
from tests.stories.town import Town, TownClock, town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
FIRST, SECOND = "XM-260421-001", "XM-260421-002"
MARKET = (41.345488, 123.76323)


@pytest.fixture
async def zhou(ximing_town: Town) -> Person:
    """A volunteer on patrol."""
    person = await ximing_town.volunteer("小周", "S01C01")
    await ximing_town.says(person, "/patrol")
    return person


def lines(person: Person) -> list[str]:
    """The first lines of all messages about the patrol."""
    return [bubble.text.splitlines()[0] for bubble in person.chat if "巡查" in bubble.text and not bubble.mine]


def shows(person: Person) -> list[int]:
    """How many reports the patrol has, as it stands on the message that is kept up to date."""
    return [int(line.split()[-2 if read_by_all() == "zh" else -1]) for line in lines(person) if "已报" in line]


async def test_one_report_follows_the_other_unasked(ximing_town: Town, zhou: Person) -> None:
    """After 提交 the next photo is the next report; one line counts them."""
    town = ximing_town
    await town.photo(zhou, picture("tyres"), TYRES)
    await town.press(zhou, "提交")
    await town.photo(zhou, picture("pavement"), "滨江公园的井盖丢了")
    assert zhou.sees("补充它，还是另报") is None
    await town.press(zhou, "提交")
    assert shows(zhou) == [2]
    await town.press(zhou, "结束巡查")
    summary = town.seen(zhou, "巡查结束")
    assert "共报 2 件" in summary
    assert [line.split(" → ")[1] for line in summary.splitlines() if "→" in line] == ["区交通局", "区住建局"]
    assert FIRST in summary
    assert SECOND in summary
    assert shows(zhou) == []


async def test_afterwards_one_is_asked_again(ximing_town: Town, zhou: Person) -> None:
    town = ximing_town
    await town.photo(zhou, picture("tyres"), TYRES)
    await town.press(zhou, "提交", "结束巡查")
    await town.photo(zhou, picture("bins"))
    assert town.seen(zhou, "补充它，还是另报")


async def test_the_place_before_is_offered(ximing_town: Town, zhou: Person) -> None:
    town = ximing_town
    await town.photo(zhou, picture("tyres"), TYRES)
    await town.press(zhou, "提交")
    await town.photo(zhou, picture("pavement"), "井盖丢了")
    await town.press(zhou, "同一处：长江农贸市场", "提交")
    assert (await town.case(SECOND)).place == (await town.case(FIRST)).place


async def test_what_one_reported_oneself_is_not_offered_as_the_same(ximing_town: Town, zhou: Person) -> None:
    """Two heaps of tyres at one market are two reports, and whoever sees both knows."""
    town = ximing_town
    for seed in (1, 2):
        await town.photo(zhou, picture("tyres", seed=seed), TYRES)
        await town.press(zhou, "提交")
    assert shows(zhou) == [2]


async def test_a_live_location_says_where_each_report_is(ximing_town: Town, zhou: Person) -> None:
    """It is no report by itself, and goes on changing nothing but where the next one is."""
    town = ximing_town
    live = zhou.sends_live_location(*MARKET)
    await town.settled()
    assert zhou.sees("您的报送") is None
    assert "长江社区" in town.seen(zhou, "已报 0 件")
    await town.says(zhou, "井盖丢了")
    await town.press(zhou, "提交")
    assert (await town.case(FIRST)).place.community == "S01C01"
    zhou.moves(live, 41.0, 123.0)
    await town.settled()
    await town.photo(zhou, picture("bins"), "路灯不亮")
    assert zhou.sees("不在本区") is None
    card = zhou.sees("您的报送")
    assert card is not None
    assert "同一处：长江社区" in card.buttons


async def test_a_position_of_long_ago_says_nothing(ximing_town: Town, zhou: Person) -> None:
    town = ximing_town
    zhou.sends_live_location(*MARKET)
    await town.settled()
    await town.passes(timedelta(minutes=20))
    await town.says(zhou, "井盖丢了")
    assert "长江社区" not in town.seen(zhou, "您的报送")


async def test_a_late_picture_of_an_album_belongs_to_the_report_it_was_sent_with(
    ximing_town: Town, zhou: Person
) -> None:
    """Also when the next report is under way."""
    town = ximing_town
    album = zhou.sends_album([picture("tyres", seed=1)], caption=TYRES)
    await town.settled()
    await town.press(zhou, "提交")
    await town.photo(zhou, picture("pavement"))
    zhou.adds_to_album(album, picture("tyres", seed=2))
    await town.settled()
    assert "照片 1 张" in town.seen(zhou, "您的报送")
    lead = await town.officer("老李", "D12")
    assert "照片 2 张" in town.seen(lead, FIRST)


async def test_what_files_itself_counts(ximing_town: Town, zhou: Person) -> None:
    town = ximing_town
    await town.says(zhou, TYRES)
    await town.passes(timedelta(minutes=11))
    assert shows(zhou) == [1]


async def test_joining_what_somebody_else_reported_counts(ximing_town: Town, wang: Person, zhou: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.says(zhou, TYRES)
    await town.press(zhou, "是同一个问题", "结束巡查")
    assert FIRST in town.seen(zhou, "共报 1 件")


async def test_left_alone_for_hours_it_ends_by_itself(ximing_town: Town, zhou: Person) -> None:
    """What was done on it counts from the last thing the person did."""
    town = ximing_town
    await town.passes(timedelta(hours=2))
    await town.says(zhou, TYRES)
    await town.press(zhou, "提交")
    await town.passes(timedelta(hours=2))
    assert shows(zhou)
    await town.passes(timedelta(hours=1, minutes=1))
    assert "3 小时没有新的" in town.seen(zhou, "共报 1 件")
    assert shows(zhou) == []


@pytest.mark.parametrize("leave", ["/cancel", "取消"])
async def test_leaving_ends_it_and_keeps_what_is_not_filed(ximing_town: Town, zhou: Person, leave: str) -> None:
    town = ximing_town
    await town.photo(zhou, picture("bins"))
    await town.says(zhou, leave)
    assert town.seen(zhou, said("notice.patrol_done_none"))
    assert zhou.last is not None
    assert "给您留着" in zhou.last.text


async def test_asked_for_again_its_line_comes_down(ximing_town: Town, zhou: Person) -> None:
    town = ximing_town
    await town.reports(zhou, TYRES)
    await town.says(zhou, "/patrol")
    assert shows(zhou) == [1]
    assert zhou.last is not None
    assert "已报 1 件" in zhou.last.text


async def test_a_resident_needs_none(ximing_town: Town, wang: Person) -> None:
    await ximing_town.says(wang, "/patrol")
    assert "直接拍张照片" in ximing_town.seen(wang, "巡查")


async def test_whoever_is_unbound_is_on_patrol_no_longer(ximing_town: Town, zhou: Person, office: Person) -> None:
    town = ximing_town
    await town.reports(zhou, TYRES)
    await unbind(town, office, "长江社区")
    assert town.seen(zhou, "共报 1 件")
    await town.press(zhou, "我的报送")
    await town.photo(zhou, picture("bins"))
    assert town.seen(zhou, "补充它，还是另报")


async def test_the_button_of_a_patrol_that_is_over_says_so(ximing_town: Town, zhou: Person) -> None:
    town = ximing_town
    zhou.presses("结束巡查")
    zhou.presses("结束巡查")
    await town.settled()
    assert [toast.text for toast in zhou.toasts][-1] == said("refused.old_button")
    assert len([line for line in lines(zhou) if "巡查结束" in line]) == 1


async def test_it_goes_on_after_a_restart(tmp_path: Path, ximing: Files) -> None:
    world, clock = World(limits=NO_LIMITS), TownClock()
    async with town(tmp_path / "var", ximing, clock, world) as place:
        zhou = await place.volunteer("小周", "S01C01")
        await place.says(zhou, "/patrol")
        await place.reports(zhou, TYRES)
    async with town(tmp_path / "var", ximing, clock, world) as place:
        await place.photo(zhou, picture("pavement"), "滨江公园的井盖丢了")
        await place.press(zhou, "提交", "结束巡查")
        assert SECOND in place.seen(zhou, "共报 2 件")
