"""Somebody else checks: never whoever did it, on the spot where it matters; the resident has a word, too."""

from io import BytesIO

import pytest
from PIL import Image

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import How, State
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


async def replied(town: Town, wang: Person, lead: Person) -> None:
    """A case that waits for its check."""
    await town.reports(wang, TYRES, jpeg=picture("tyres", seed=1))
    await again(town, lead)


async def again(town: Town, lead: Person) -> None:
    """The lead replies once more."""
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "已清走")


async def test_a_failed_check_sends_it_back_and_then_only_the_spot_counts(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    partner = await town.officer("赵队", "D02")
    await replied(town, wang, lead)
    due = (await town.case(NUMBER)).due_at
    await town.press(partner, "不通过")
    await town.says(partner, "墙根还有")
    case = await town.case(NUMBER)
    assert (case.state, case.rework, case.due_at) == (State.RECTIFYING, 1, due)
    assert "墙根还有" in town.seen(lead, "第 1 次返工")
    assert town.seen(wang, "要返工")
    await again(town, lead)
    await town.press(partner, "通过")
    assert (await town.case(NUMBER)).state is State.CHECKING
    await town.photo(partner, picture("tyres", "after", seed=5))
    case = await town.case(NUMBER)
    assert (case.state, case.checked) == (State.CLOSED, How.ONSITE)


async def test_a_result_that_cannot_be_shown_is_not_replaced_by_the_one_that_failed(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    """The second picture is too large to be taken in."""
    town = ximing_town
    partner = await town.officer("赵队", "D02")
    await town.reports(wang, TYRES)
    await again(town, lead)
    await town.press(partner, "不通过")
    await town.says(partner, "墙根还有")
    await town.press(lead, "整改完成")
    lead.sends_file(picture("tyres", "after"), "IMG.jpg", "image/jpeg", caption="又清了一遍", size=25 << 20)
    await town.settled()
    await town.press(wang, "没解决")
    card = partner.sees("又清了一遍")
    assert card is not None
    assert card.photo is None


async def test_a_volunteer_of_the_area_may_check(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    volunteer = await town.volunteer("小周", "S01C01")
    await replied(town, wang, lead)
    await town.press(volunteer, "通过", "看图")
    case = await town.case(NUMBER)
    assert (case.state, case.checked) == (State.CLOSED, How.SEEN)


async def test_nobody_checks_what_they_reported(ximing_town: Town, lead: Person) -> None:
    """A volunteer's own report is checked by the office when nobody else can."""
    town = ximing_town
    office = await town.officer("陈主任", "O01")
    volunteer = await town.volunteer("小周", "S01C01")
    await replied(town, volunteer, lead)
    assert volunteer.sees("请核查") is None
    await town.press(office, "通过", "看图")
    assert (await town.case(NUMBER)).state is State.CLOSED


async def test_the_resident_may_close_it(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.officer("赵队", "D02")
    await replied(town, wang, lead)
    await town.press(wang, "已解决")
    assert (await town.case(NUMBER)).state is State.CLOSED
    assert "报的人自己看过" in town.seen(wang, "办好了")


async def test_the_checker_hears_that_the_resident_is_not_content(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    partner = await town.officer("赵队", "D02")
    await replied(town, wang, lead)
    await town.press(wang, "没解决")
    assert town.seen(partner, "没解决")
    assert (await town.case(NUMBER)).state is State.CHECKING


async def test_the_resident_sees_before_and_after_in_one_picture(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    partner = await town.officer("赵队", "D02")
    await replied(town, wang, lead)
    await town.press(partner, "通过", "现场")
    closing = wang.sees("办好了")
    assert closing is not None
    assert closing.photo is not None
    assert len(closing.photo) > 20_000


async def test_after_a_rework_the_resident_sees_what_passed(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    partner = await town.officer("赵队", "D02")
    await town.reports(wang, TYRES, jpeg=plain("blue"))
    await town.press(lead, "整改完成")
    await town.photo(lead, plain("red"), "已清走")
    await town.press(partner, "不通过")
    await town.says(partner, "墙根还有")
    await town.press(lead, "整改完成")
    await town.photo(lead, plain("lime"), "墙根也清了")
    await town.press(partner, "通过")
    await town.photo(partner, plain("lime"))
    closing = wang.sees("办好了")
    assert closing is not None
    assert closing.photo is not None
    with Image.open(BytesIO(closing.photo)) as both:
        after = both.convert("RGB").getpixel((both.width // 2, both.height - 50))
    assert after == pytest.approx((0, 255, 0), abs=8)


def plain(colour: str) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return out.getvalue()


async def test_a_rating_can_be_changed_and_rework_asked_for(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    office = await town.officer("陈主任", "O01")
    partner = await town.officer("赵队", "D02")
    await replied(town, wang, lead)
    await town.press(partner, "通过", "现场")
    await town.press(wang, "满意")
    assert "满意" in town.seen(wang, "您的评价")
    await town.press(wang, "不满意")
    assert "不满意" in town.seen(wang, "您的评价")
    await town.press(wang, "要求返工")
    await town.says(wang, "第二天又堆上了")
    assert "第二天又堆上了" in town.seen(office, "居民要求返工")
    await town.press(office, "重开")
    case = await town.case(NUMBER)
    assert (case.state, case.rework) == (State.RECTIFYING, 1)
    assert town.seen(lead, "第 1 次返工")


# --- the office, where nobody else can --------------------------------------------------------------------------------


async def test_the_office_can_check_what_it_opens(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """Also where a paired unit could; and it can still correct the case or make it void."""
    town = ximing_town
    await replied(town, wang, lead)
    await town.says(office, "/checks")
    await town.press(office, NUMBER)
    card = office.sees("请核查")
    assert card is not None
    assert card.buttons == ["通过", "不通过", "更改类别", "更改地点", "合并", "督办", "作废", "更多"]
    await town.press(office, "通过", "看图")
    assert (await town.case(NUMBER)).state is State.CLOSED
    assert partner.sees("请核查") is None


async def test_the_offices_list_begins_with_what_nobody_else_can_check(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    town = ximing_town
    await replied(town, wang, lead)
    await town.says(wang, "区图书馆门口的井盖丢了")
    await town.press(wang, "另报", "提交")
    other = await town.officer("小吴", "D01")
    await town.press(other, "整改完成")
    await town.photo(other, picture("pavement", "after"), "盖好了")
    await town.says(office, "/checks")
    listed = town.seen(office, "待核查\n")
    assert listed.index("XM-260421-002") < listed.index(NUMBER)
    assert listed.count("只有创城办能核查") == 1
    await town.says(partner, "/checks")
    assert "XM-260421-002" not in town.seen(partner, "待核查\n")


async def test_nobody_is_shown_a_check_that_is_not_theirs_to_make(ximing_town: Town, lead: Person) -> None:
    town = ximing_town
    volunteer = await town.volunteer("小周", "S01C01")
    await replied(town, volunteer, lead)
    await town.says(volunteer, "/checks")
    assert town.seen(volunteer, "没有要核查的")
