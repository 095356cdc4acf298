"""/board: officers see how their units stand."""

from datetime import timedelta

from bot.sandbox import Person
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"


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
