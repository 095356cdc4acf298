"""/board: officers see how their units stand."""

from datetime import timedelta

from bot.sandbox import Person
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"
NINE_PLACES = (
    "江畔家园",
    "滨江公园",
    "区图书馆",
    "青年公寓",
    "幸福里小区一期",
    "丽水家园",
    "永安里小区",
    "新华书店",
    "军休所",
)
"""Each in a community of its own."""


async def test_officers_see_how_their_units_stand(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """The lead and those above it; the paired unit what it has to check."""
    town = ximing_town
    group = await town.officer("工作组", "G2")
    await town.reports(wang, TYRES)
    for person in (lead, group, office):
        await town.says(person, "/board")
        board = town.seen(person, "看板")
        assert "区交通局　🔴 0　🟡 0　🟢 1\n未结 1 · 今天到期 0 · 超期 0 · 待接单 1 · 待核查 0" in board
    await town.says(partner, "/board")
    assert "区交通局" not in town.seen(partner, "看板")
    town.clock.advance(timedelta(days=4))
    await town.says(lead, "/board")
    assert "🔴 1" in town.seen(lead, "看板")


async def test_residents_have_no_board(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.says(wang, "/board")
    assert town.seen(wang, "只有单位联络员")


async def test_who_stands_above_opens_the_cases_below_and_supervises_them(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    """All in one message, and back again; the lead hears of it."""
    town = ximing_town
    group = await town.officer("工作组", "G2")
    await town.reports(wang, TYRES)
    await town.says(group, "/board")
    first = group.last
    assert "共 1 个" in town.seen(group, "督办、监管的单位")
    await town.press(group, "区交通局")
    assert first is not None
    assert group.last is not None
    assert (group.last.id, group.last.buttons) == (first.id, [NUMBER, "返回"])
    assert "共 1 件" in town.seen(group, "区交通局　未结案件")
    await town.press(group, "返回", "区交通局", NUMBER, "督办")
    await town.says(group, "这周要清走")
    assert "这周要清走" in town.seen(lead, "被督办")
    assert (await town.case(NUMBER)).supervised_by == ("G2",)


async def test_a_street_supervises_its_communities(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    street = await town.officer("街道", "S01")
    community = await town.officer("社区", "S01C01")
    await town.reports(wang, "江畔家园3号楼楼道里堆满杂物")
    await town.says(street, "/board")
    await town.press(street, "长江社区", NUMBER, "督办")
    await town.says(street, "今天办完")
    assert "今天办完" in town.seen(community, "被督办")


async def test_the_department_of_the_trade_opens_what_others_lead(ximing_town: Town, wang: Person) -> None:
    """It sees the case, and does not supervise."""
    town = ximing_town
    overseer = await town.officer("住建", "D01")
    await town.reports(wang, "江畔家园楼道里堆满杂物")
    assert (await town.case(NUMBER)).overseer == "D01"
    await town.says(overseer, "/board")
    await town.press(overseer, "长江社区", NUMBER)
    assert overseer.last is not None
    assert "责任单位：长江社区" in overseer.last.text
    assert "督办" not in overseer.last.buttons


async def test_many_units_stand_on_several_pages(ximing_town: Town, wang: Person, office: Person) -> None:
    """Back from a unit the office is on the page it came from."""
    town = ximing_town
    for place in NINE_PLACES:
        await town.reports(wang, f"{place}楼道里堆满杂物")
        town.clock.advance(timedelta(minutes=11))
    await town.says(office, "/board")
    assert "（共 9 个，第 1 页，共 2 页）" in town.seen(office, "看板")
    await town.press(office, "下一页")
    assert office.last is not None
    ninth, *rest = office.last.buttons
    assert rest == ["上一页"]
    await town.press(office, ninth, "返回")
    assert office.last.buttons == [ninth, "上一页"]


async def test_a_unit_that_is_done_meanwhile_has_none(ximing_town: Town, wang: Person, office: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.says(office, "/board")
    await town.press(wang, "撤回")
    await town.press(office, "区交通局")
    assert "现在没有未结案件" in town.seen(office, "区交通局")
    await town.press(office, "返回")
    assert office.last is not None
    assert "区交通局" not in office.last.text
