"""What stands in a chat: cards that show what there is to see, and what is asked for anew as the newest message."""

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from tests.stories.said import said
from tests.stories.town import Town
from tests.stories.weather import weathered

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


def photo_on(person: Person, words: str) -> bytes | None:
    """The picture of the newest message that says so."""
    bubble = person.sees(words)
    assert bubble is not None, words
    return bubble.photo


# --- pictures that are fetched late -----------------------------------------------------------------------------------


async def test_a_card_that_went_out_without_its_picture_shows_it_as_soon_as_it_is_there(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    town.world.faults.next("file", "hang")
    wang.sends_file(picture("tyres"), "IMG.jpg", "image/jpeg", caption=TYRES)
    await town.world.until(lambda: wang.sees(said("notice.draft")))
    wang.presses("提交")
    await weathered(town, lambda: lead.sees(NUMBER))
    assert photo_on(lead, NUMBER) is None
    town.world.faults.release()
    await weathered(town)
    assert photo_on(lead, NUMBER) is not None


async def test_before_and_after_stand_side_by_side_as_soon_as_both_are_there(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    """Until then the result stands alone, by the channel's own reference."""
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    await town.press(lead, "整改完成")
    town.world.faults.next("file", "hang")
    lead.sends_photo(picture("tyres", "after"), caption="清了")
    await weathered(town, lambda: partner.sees("请核查"))
    alone = photo_on(partner, "请核查")
    town.world.faults.release()
    await weathered(town)
    assert alone is not None
    assert photo_on(partner, "请核查") not in (alone, None)


async def test_a_picture_that_is_there_at_once_changes_no_card(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    card = lead.sees(NUMBER)
    assert card is not None
    assert (card.photo is not None, card.edits) == (True, 0)
    assert not town.world.called("editMessageCaption")
