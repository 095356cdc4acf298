"""A code on a poster says where whoever scans it stands."""

from datetime import timedelta

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from tests.stories.said import said
from tests.stories.town import Town

MARKET, ESTATE, LONG_ROAD = "loc_P001", "loc_P003", "loc_P227"


async def scans(town: Town, person: Person, scene: str) -> None:
    """Somebody points the camera at a poster."""
    person.follows(f"https://t.me/{town.world.bot.username}?start={scene}")
    await town.settled()


async def test_a_newcomer_who_scans_reads_the_notice_and_then_only_says_what_is_wrong(ximing_town: Town) -> None:
    town = ximing_town
    person = town.world.person("新来的", language="zh-hans")
    await scans(town, person, MARKET)
    welcome, draft = [bubble.text for bubble in person.chat if not bubble.mine]
    assert said("notice.welcome") in welcome
    assert "长江农贸市场 · 长江社区" in draft
    await town.photo(person, picture("tyres"), "旧轮胎堆了一路")
    await town.press(person, "提交")
    case = await town.case("XM-260421-001")
    assert (case.place.community, case.place.name, case.lead) == ("S01C01", "长江农贸市场", "D12")


async def test_a_draft_under_way_gets_the_place(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.says(wang, "井盖丢了")
    await scans(town, wang, ESTATE)
    assert "江畔家园" in town.seen(wang, "井盖丢了")
    await town.press(wang, "提交")
    assert (await town.case("XM-260421-001")).place.name == "江畔家园"


async def test_a_scan_soon_after_a_report_begins_another(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.reports(wang, "滨江公园的井盖丢了")
    await scans(town, wang, MARKET)
    await town.says(wang, "旧轮胎堆了一路")
    await town.press(wang, "提交")
    assert (await town.case("XM-260421-002")).place.community == "S01C01"


async def test_a_scan_alone_is_asked_after_once_and_becomes_nothing(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await scans(town, wang, MARKET)
    for hours in (2, 10, 14):
        await town.passes(timedelta(hours=hours))
    assert sum(said("notice.draft_reminder") in bubble.text for bubble in wang.chat) == 1
    assert town.seen(wang, said("notice.draft_given_up"))


async def test_a_code_on_a_road_through_many_communities_gives_its_name_and_asks_on(
    ximing_town: Town, wang: Person
) -> None:
    town = ximing_town
    await town.says(wang, "井盖丢了")
    await scans(town, wang, LONG_ROAD)
    assert "在哪里" in town.seen(wang, "长江路")


async def test_a_code_nobody_knows_is_said_to_be_unknown(ximing_town: Town) -> None:
    town = ximing_town
    person = town.world.person("新来的", language="zh-hans")
    await scans(town, person, "loc_X99")
    welcome, answer = [bubble.text for bubble in person.chat if not bubble.mine]
    assert said("notice.welcome") in welcome
    assert said("notice.unknown_place") in answer
