"""Group chats: a unit's own group and those of the bulletin, bound by a link, told nothing personal."""

import pytest

from bot.sandbox import Group, Person
from bot.sandbox.pictures import picture
from domain.case import State
from domain.people import RoleKind
from storage import groups
from tests.stories.said import said
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎，电话13912345678"
NUMBER = "XM-260421-001"


async def bound(town: Town, title: str, code: str, kind: RoleKind, member: Person) -> Group:
    """A group whose member has followed an invitation link."""
    group = town.world.group(title, [member])
    group.adds_bot(member, await town.invitation(code, kind.value))
    await town.settled()
    return group


@pytest.fixture
async def crew(ximing_town: Town, lead: Person) -> Group:
    """The group of the unit that leads what has to do with tyres."""
    return await bound(ximing_town, "交通局工作群", "D12", RoleKind.GROUP, lead)


async def test_a_case_card_comes_to_the_group_of_the_unit(ximing_town: Town, wang: Person, crew: Group) -> None:
    """With what people typed masked, and the buttons of an officer."""
    await ximing_town.reports(wang, TYRES, jpeg=picture("tyres"))
    card = crew.chat[-1]
    assert NUMBER in card.text
    assert "139****78" in card.text
    assert "13912345678" not in card.text
    assert [button.text for button in card.rows[0]][:2] == ["接单", "退回"]


async def test_one_tap_is_done_in_the_group_by_whoever_taps(
    ximing_town: Town, wang: Person, lead: Person, crew: Group
) -> None:
    town = ximing_town
    stranger = await town.resident("路人")
    crew.adds(stranger)
    await town.reports(wang, TYRES)
    stranger.presses("接单", where=crew)
    await town.settled()
    assert "要别人来办" in stranger.toasts[-1].text
    lead.presses("接单", where=crew)
    await town.settled()
    assert (await town.case(NUMBER)).state is State.RECTIFYING
    assert "整改中" in crew.chat[-1].text
    assert "整改中" in town.seen(lead, NUMBER)


async def test_what_needs_more_goes_on_in_the_private_chat(
    ximing_town: Town, wang: Person, lead: Person, crew: Group
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    before = len(crew.chat)
    lead.opens("整改完成", where=crew)
    await town.settled()
    assert NUMBER in town.seen(lead, "请发整改后的照片")
    await town.photo(lead, picture("tyres", "after"), "已清走")
    assert (await town.case(NUMBER)).state is State.CHECKING
    assert len(crew.chat) == before


async def test_a_reply_in_the_group_shows_the_way_to_the_private_chat(
    ximing_town: Town, wang: Person, lead: Person, crew: Group
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    lead.says("我去看看", reply_to=crew.chat[-1], where=crew)
    await town.settled()
    assert "到私聊里办" in crew.chat[-1].text
    lead.opens("查看案件", where=crew)
    await town.settled()
    assert (await town.case(NUMBER)).state is State.DISPATCHED
    assert NUMBER in (lead.last.text if lead.last else "")


async def test_the_group_is_silent_to_everything_else(ximing_town: Town, lead: Person, crew: Group) -> None:
    town = ximing_town
    crew.makes_bot_admin(lead)
    before = len(crew.chat)
    lead.says("煤气味好大，路边全是垃圾", where=crew)
    await town.settled()
    assert len(crew.chat) == before + 1
    await town.says(lead, "长江农贸市场门口有垃圾")
    assert town.seen(lead, "您的报送")


async def test_a_command_in_the_group_shows_the_way_to_the_private_chat(
    ximing_town: Town, lead: Person, crew: Group
) -> None:
    lead.says("/todo@sandbox_bot", where=crew)
    await ximing_town.settled()
    assert "私聊" in crew.chat[-1].text
    other = ximing_town.world.group("邻居群", [lead])
    other.adds_bot(lead)
    lead.says("/todo@sandbox_bot", where=other)
    await ximing_town.settled()
    assert other.chat[-1].text == "/todo@sandbox_bot"


async def test_open_cases_wait_for_the_group(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    group = await bound(town, "交通局工作群", "D12", RoleKind.GROUP, lead)
    assert any("已绑定" in bubble.text for bubble in group.chat)
    assert NUMBER in group.chat[-1].text


async def test_a_link_that_does_not_fit_is_refused_in_the_language_of_whoever_used_it(ximing_town: Town) -> None:
    """Nothing is known of the group itself."""
    town = ximing_town
    lee = await town.resident("Lee", language="en")
    group = town.world.group("Team", [lee])
    group.adds_bot(lee, await town.invitation("D05"))
    await town.settled()
    assert "private chat" in group.chat[-1].text


async def test_a_link_is_used_once_and_only_for_what_it_is(ximing_town: Town, lead: Person) -> None:
    town = ximing_town
    token = await town.invitation("D12", RoleKind.GROUP.value)
    lead.start(token)
    await town.settled()
    assert "把我拉进群" in town.seen(lead, "这个链接")
    group = town.world.group("二队", [lead])
    group.adds_bot(lead, token)
    await town.settled()
    assert "已绑定" in group.chat[-1].text
    other = town.world.group("三队", [lead])
    other.adds_bot(lead, token)
    await town.settled()
    assert "已被别人用过" in other.chat[-1].text
    other.adds_bot(lead, await town.invitation("D05"))
    await town.settled()
    assert "发给个人" in other.chat[-1].text


async def test_a_group_that_becomes_a_supergroup_goes_on(
    ximing_town: Town, wang: Person, lead: Person, crew: Group
) -> None:
    """Also when a card is on its way while the group moves."""
    town = ximing_town
    await town.reports(wang, TYRES)
    larger = town.world.upgrades(crew, lead)
    await town.settled()
    await town.reports(await town.resident("老周"), "长江农贸市场门口路边有旧轮胎")
    assert "XM-260421-002" in larger.chat[-1].text


async def test_a_topic_keeps_its_cards(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    forum = town.world.group("交通局", [lead], forum=True)
    forum.adds_bot(lead)
    topic = forum.opens_topic("随手拍", lead)
    lead.says(f"/start@{town.world.bot.username} {await town.invitation('D12', 'group')}", where=topic)
    await town.settled()
    await town.reports(wang, TYRES)
    assert NUMBER in topic.seen_by(0)[-1].text
    forum.deletes_topic(topic)
    await town.reports(await town.resident("老周"), "长江农贸市场门口路边有旧轮胎")
    assert "XM-260421-002" in forum.chat[-1].text


async def test_the_office_hears_when_a_group_throws_us_out(
    ximing_town: Town, wang: Person, lead: Person, office: Person, crew: Group
) -> None:
    town = ximing_town
    crew.kicks_bot(lead)
    await town.settled()
    assert "交通局" in town.seen(office, "工作群收不到了")
    await town.reports(wang, TYRES)
    assert NUMBER in town.seen(lead, NUMBER)


async def test_a_bulletin_group_gets_no_cards(ximing_town: Town, wang: Person, office: Person) -> None:
    town = ximing_town
    await town.says(office, "/invite bulletin")
    link = town.seen(office, "通报")
    assert "startgroup=" in link
    group = town.world.group("区通报群", [office])
    group.adds_bot(office, link.rpartition("startgroup=")[2].strip())
    await town.settled()
    assert "排名会发到这个群" in group.chat[-1].text
    await town.reports(wang, TYRES)
    assert "排名会发到这个群" in group.chat[-1].text
    assert len(await town.house.store.read(groups.bulletins)) == 1


async def test_what_nobody_knows_is_passed_over_in_a_group(ximing_town: Town, wang: Person, crew: Group) -> None:
    """A command that is none, and what cannot be read; a command that is one is done in private."""
    town = ximing_town
    crew.adds(wang)
    before = len(crew.chat)
    wang.says("/foo@sandbox_bot", where=crew)
    wang.sends("sticker", sticker={"width": 5, "height": 5, "type": "regular"}, where=crew)
    await town.settled()
    assert len(crew.chat) == before + 2
    wang.says("/my@sandbox_bot", where=crew)
    await town.settled()
    assert said("notice.group_private") in crew.chat[-1].text
