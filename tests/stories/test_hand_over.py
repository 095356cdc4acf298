"""Coming, leaving, coming back: whoever answers for a case finds it, and what nobody can do is said to the office."""

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import State
from tests.stories.said import said
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


async def replies(town: Town, lead: Person) -> None:
    """The lead says that it is done."""
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "已清走")


def times(person: Person, words: str) -> int:
    """How many messages say so."""
    return sum(words in bubble.text for bubble in person.chat if not bubble.mine)


# --- the office's first officer ---------------------------------------------------------------------------------------


async def test_the_offices_first_officer_finds_what_nobody_can_receive(ximing_town: Town, wang: Person) -> None:
    """In one list, however many there are."""
    town = ximing_town
    await town.reports(wang, TYRES)
    office = await town.officer("陈主任", "O01")
    told = town.seen(office, said("notice.office_unmanned_list"))
    assert NUMBER in told
    assert "区交通局" in told
    await town.press(office, NUMBER)
    assert "作废" in [button for bubble in office.chat for button in bubble.buttons]


async def test_the_offices_first_officer_finds_the_open_requests(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "申请延期")
    await town.says(lead, "吊车要等三天")
    await town.press(lead, "3 个工作日")
    office = await town.officer("陈主任", "O01")
    assert "吊车" in town.seen(office, "申请延期")
    await town.press(office, "同意")
    assert (await town.case(NUMBER)).extensions == 1


async def test_the_offices_first_officer_finds_the_checks_nobody_else_can_make(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await replies(town, lead)
    office = await town.officer("陈主任", "O01")
    await town.press(office, "通过", "看图")
    assert (await town.case(NUMBER)).state is State.CLOSED


async def test_the_office_is_not_given_the_checks_of_others(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await replies(town, lead)
    office = await town.officer("陈主任", "O01")
    assert partner.sees("请核查")
    assert office.sees(NUMBER) is None


# --- leaving ----------------------------------------------------------------------------------------------------------


async def test_the_check_of_a_partner_who_blocks_us_goes_to_the_office(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """It hears that the unit has nobody, with the case, and gets the card of the check at once."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await replies(town, lead)
    assert office.sees(NUMBER) is None
    partner.blocks_bot()
    await town.settled()
    assert NUMBER in town.seen(office, said("notice.office_unit_lost"))
    await town.press(office, "通过", "看图")
    assert (await town.case(NUMBER)).state is State.CLOSED


async def test_the_check_of_a_volunteer_who_blocks_us_goes_to_the_office(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    town = ximing_town
    volunteer = await town.volunteer("小周", "S01C01")
    await town.reports(wang, TYRES)
    await replies(town, lead)
    assert office.sees("请核查") is None
    volunteer.blocks_bot()
    await town.settled()
    assert office.sees("请核查")


async def test_a_check_that_another_can_make_stays_with_them(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """And they are not told twice."""
    town = ximing_town
    volunteer = await town.volunteer("小周", "S01C01")
    await town.reports(wang, TYRES)
    await replies(town, lead)
    partner.blocks_bot()
    await town.settled()
    assert times(volunteer, "请核查") == 1
    assert office.sees("请核查") is None


async def test_a_check_that_nobody_may_make_is_said_to_the_office(
    ximing_town: Town, lead: Person, office: Person
) -> None:
    """The office reported it itself, and there is nobody else."""
    town = ximing_town
    await town.reports(office, TYRES)
    await replies(town, lead)
    assert NUMBER in town.seen(office, said("notice.office_unchecked"))


async def test_a_loss_is_told_once(ximing_town: Town, wang: Person, lead: Person, office: Person) -> None:
    """First a message is refused, then Telegram says that we were blocked."""
    town = ximing_town
    await town.reports(wang, TYRES)
    lead.has_blocked = True
    await town.says(wang, "补充一句，还有人在换机油", reply_to=wang.sees(NUMBER))
    assert times(office, said("notice.office_unit_lost")) == 1
    lead.stage.tell_membership(lead.room, lead.user, "member", "kicked")
    await town.settled()
    assert times(office, said("notice.office_unit_lost")) == 1


# --- coming back ------------------------------------------------------------------------------------------------------


async def test_an_officer_who_comes_back_gets_what_came_meanwhile(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    lead.blocks_bot()
    await town.settled()
    await town.reports(wang, TYRES)
    lead.unblocks_bot()
    await town.says(lead, "/help")
    await town.press(lead, "接单")
    assert (await town.case(NUMBER)).state is State.RECTIFYING
    await town.says(lead, "/help")
    assert times(lead, NUMBER) == 1


async def test_whoever_comes_back_with_a_press_that_is_refused_gets_it_as_well(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    """A button of long ago."""
    town = ximing_town
    lead.blocks_bot()
    await town.settled()
    await town.reports(wang, TYRES)
    lead.unblocks_bot()
    lead.presses_data("no-such-button")
    await town.settled()
    assert lead.sees(NUMBER)
