"""A case with a request that waits: the office decides it, and can do to the case all that it can do to others."""

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import State
from tests.stories.test_bad_input import data_of, press_data
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


async def wished(town: Town, wang: Person, lead: Person) -> None:
    """The unit asks for more time."""
    await town.reports(wang, TYRES)
    await town.press(lead, "申请延期")
    await town.says(lead, "等吊车")
    await town.press(lead, "1 周")


async def opened(town: Town, office: Person) -> list[str]:
    """The buttons of the case as it opens for the office."""
    await town.says(office, f"/find {NUMBER}")
    await town.press(office, NUMBER)
    assert office.last is not None
    assert max(map(len, office.last.rows)) <= 3
    return office.last.buttons


async def test_the_case_of_a_request_can_be_corrected(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    town = ximing_town
    await wished(town, wang, lead)
    assert (await opened(town, office))[:3] == ["同意", "不同意", "查看报送人"]
    await town.press(office, "更多操作")
    assert office.last is not None
    for label in ("更改类别", "更改地点", "合并", "督办", "作废", "看申请"):
        assert label in office.last.buttons
    assert "申请延期，还没决定" in office.last.text
    await town.press(office, "更改类别", "环境卫生与垃圾清运整治", "卫生死角暴露垃圾")
    assert (await town.case(NUMBER)).category == "0304"


async def test_from_there_the_way_leads_back_to_the_request(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """It stands in the chat once, and once it is decided there is nothing to go back to."""
    town = ximing_town
    await wished(town, wang, lead)
    await town.press(office, "更多操作", "看申请")
    assert sum("等吊车" in bubble.text for bubble in office.chat) == 1
    await town.press(office, "同意")
    assert (await town.case(NUMBER)).request is None
    assert "看申请" not in await opened(town, office)


async def test_a_request_is_found_beside_a_check(ximing_town: Town, wang: Person, lead: Person, office: Person) -> None:
    """A result has come before the office decided: the case opens to be checked, and the request is one step away."""
    town = ximing_town
    await wished(town, wang, lead)
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "已清走")
    assert "通过" in await opened(town, office)
    await town.press(office, "看申请", "同意")
    assert (await town.case(NUMBER)).extensions == 1
    await town.press(office, "通过", "看图")
    assert (await town.case(NUMBER)).state is State.CLOSED


async def test_more_actions_are_not_for_who_has_left_the_office(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    town = ximing_town
    second = await town.officer("小林", "O01")
    await wished(town, wang, lead)
    more = data_of(second, "更多操作")
    await town.says(office, "/people")
    await town.press(office, "区创城办 4", "解除绑定", "确定解除")
    assert "要别人来办" in await press_data(town, second, more)
