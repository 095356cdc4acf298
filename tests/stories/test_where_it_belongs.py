"""Where a message belongs: to the question that is open, to the card it answers, else to a report of its own."""

from datetime import timedelta

from bot.sandbox import Person
from handlers import sweeps
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


async def test_a_card_is_answered_after_months_as_long_as_its_case_is_open(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    card = wang.sees(NUMBER)
    town.clock.advance(timedelta(days=70))
    await town.sweep(sweeps.traces_fade)
    await town.says(wang, "墙后还有一堆", reply_to=card)
    assert "墙后还有一堆" in town.seen(lead, "有居民补充")
    assert wang.sees("您的报送") is None
