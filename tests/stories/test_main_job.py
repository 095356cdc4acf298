"""The main job: a photo reaches the right unit, is put right, checked by somebody else, and shown."""

from bot.sandbox.pictures import picture
from domain.case import How, Mark, State
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


async def test_a_photo_is_put_right_checked_and_shown(ximing_town: Town) -> None:
    """An album and a sentence; lead and paired unit follow; somebody else checks; the resident sees the result."""
    town = ximing_town
    lead = await town.officer("老李", "D12")
    partner = await town.officer("小赵", "D02")
    wang = await town.resident("王阿姨")

    album = wang.sends_album([picture("tyres", seed=1), picture("tyres", seed=2)], caption=TYRES)
    await town.settled()
    await town.press(wang, "提交")
    case = await town.case(NUMBER)
    assert (case.state, case.lead, case.partner) == (State.DISPATCHED, "D12", "D02")
    card = town.seen(wang, NUMBER)
    assert "区交通局" in card
    assert "4月24日（周五）09:00" in card  # three working days from Tuesday 09:00
    assert "旧轮胎" in town.seen(lead, NUMBER)
    assert "区交通局" in town.seen(partner, NUMBER)

    wang.adds_to_album(album, picture("tyres", seed=3))
    await town.settled()
    assert "照片 3 张" in town.seen(lead, NUMBER)

    await town.press(lead, "接单")
    assert town.seen(wang, "接单")
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "轮胎已全部清走")
    assert (await town.case(NUMBER)).state is State.CHECKING
    assert "轮胎已全部清走" in town.seen(partner, "请核查")

    await town.press(partner, "通过")
    await town.press(partner, "现场")
    case = await town.case(NUMBER)
    assert (case.state, case.checked) == (State.CLOSED, How.ONSITE)
    shown = wang.sees("办好了")
    assert shown is not None
    assert shown.photo is not None

    await town.press(wang, "满意")
    assert [rating.mark for rating in (await town.case(NUMBER)).ratings] == [Mark.GOOD]
    assert not town.world.complaints
