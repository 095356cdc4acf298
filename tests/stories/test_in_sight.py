"""Nothing scrolls away that is still needed."""

from datetime import timedelta

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


async def test_the_draft_comes_down_when_many_pictures_have_come(ximing_town: Town, wang: Person) -> None:
    """Nine pictures, one after the other: the card with 提交 is not nine pictures up."""
    town = ximing_town
    for _ in range(10):
        await town.photo(wang, picture("tyres"))
    cards = [place for place, bubble in enumerate(wang.chat) if "您的报送" in bubble.text]
    assert len(cards) == 1
    assert len(wang.chat) - cards[0] <= 9
    assert "照片 10 张" in wang.chat[cards[0]].text


async def test_an_open_case_comes_down_with_its_next_change(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    """For the paired unit, after nine other messages; an officer's card that is near just changes where it stands."""
    town = ximing_town
    await town.reports(wang, TYRES)
    for _ in range(5):
        await town.says(partner, "/help")
    await town.press(lead, "接单")
    town.clock.advance(timedelta(seconds=2))
    await town.settled()
    assert partner.last is not None
    assert "整改中" in partner.last.text
    assert sum(NUMBER in bubble.text for bubble in partner.chat) == 1
    assert sum(NUMBER in bubble.text for bubble in lead.chat) == 1


async def test_a_closed_case_stays_where_it_is(ximing_town: Town, wang: Person, lead: Person, partner: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "已清走")
    for _ in range(5):
        await town.says(wang, "/help")
    await town.press(partner, "通过", "看图")
    places = [place for place, bubble in enumerate(wang.chat) if f"{NUMBER}" in bubble.text]
    assert places[0] < 5


async def test_what_nobody_needs_any_more_stays_where_it_is(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """After a reopening: what was asked of the result, its closing, the check and the request that led there."""
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "已清走")
    await town.press(partner, "通过", "看图")
    await town.press(wang, "要求返工")
    await town.says(wang, "第二天又堆上了")
    for person in (wang, partner, office):
        for _ in range(5):
            await town.says(person, "/help")
    await town.press(office, "重开")
    for person, spent in ((wang, "📸"), (wang, "🎉"), (partner, "🔍"), (office, "⏳")):
        place = max(place for place, bubble in enumerate(person.chat) if spent in bubble.text)
        assert len(person.chat) - place > 8, spent
