"""A case passes from one unit to another: what the first one did is not shown as the work of the second."""

import pytest

from bot.sandbox import Bubble, Person
from bot.sandbox.pictures import picture
from domain.case import State
from tests.stories.town import Town

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
    assert wang.sees("整改好了") is None
    second = await replies(town, other, "油污冲干净了", seed=2)
    assert partner.sees("轮胎清走了") is None
    assert card(partner, "油污冲干净了").photo == second != first
    question = card(wang, "整改好了")
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
