"""Who reported a case: seen by the office alone, for a reason, and every look is recorded."""

from bot.sandbox import Person
from storage import looks
from storage.looks import Look
from tests.stories.test_bad_input import data_of, press_data
from tests.stories.town import MORNING, Town

UNCLEAR = "这里乱七八糟的没人管，我电话13812345678"
TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


async def opened(town: Town, office: Person, number: str = NUMBER) -> None:
    """The office opens a case."""
    await town.says(office, f"/find {number}")
    await town.press(office, number)


async def looked(town: Town) -> tuple[Look, ...]:
    """All looks there are."""
    return await town.house.store.read(looks.newest, 10)


async def test_a_look_needs_a_reason_and_is_recorded(ximing_town: Town, wang: Person, office: Person) -> None:
    town = ximing_town
    await town.reports(wang, f"{TYRES}，我电话13812345678")
    await opened(town, office)
    await town.press(office, "查看报送人")
    assert "都会记录" in town.seen(office, "为什么")
    assert office.sees("居民 1") is None
    assert await looked(town) == ()
    await town.says(office, "要问清是哪个门")
    shown = town.seen(office, "居民 1")
    assert "一共报过 1 件" in shown
    assert "13812345678" in shown
    assert await looked(town) == (Look(MORNING, 2, NUMBER, "要问清是哪个门"),)
    await town.press(office, "收起")
    assert office.sees("居民 1") is None
    await town.press(office, "经过")
    history = town.seen(office, "的经过")
    assert "查看了报送人" in history
    assert "区创城办 2" in history
    assert "要问清是哪个门" in history


async def test_the_history_says_who_did_what_and_why(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """The newest first; of people only what they said and for whom they acted."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "退回", "重复")
    await town.says(lead, "昨天报过")
    await town.press(office, "驳回", "经过")
    steps = town.seen(office, "的经过").splitlines()[1:]
    assert [step.strip() for step in steps if step.startswith("　")] == ["区创城办", "区交通局", "重复", "昨天报过"]
    assert [step.split("　")[1] for step in steps if not step.startswith("　")] == ["退回没有同意", "已退回", "已提交"]


async def test_a_look_can_be_given_up(ximing_town: Town, wang: Person, office: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await opened(town, office)
    await town.press(office, "查看报送人", "取消")
    await town.says(office, "谢谢")
    assert await looked(town) == ()


async def test_nobody_else_comes_to_see_who_reported(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """No card of theirs has the button, another's does not help, and nothing tells them that there was a look."""
    town = ximing_town
    volunteer = await town.volunteer("小周", "S01C01")
    group = await town.officer("工作组", "G2")
    await town.reports(wang, TYRES)
    await opened(town, office)
    card = office.sees("状态：")
    assert card is not None
    buttons = [button.data for row in card.rows for button in row if button.text in ("查看报送人", "经过")]
    assert len(buttons) == 2
    for person in (wang, lead, partner, volunteer, group):
        assert "查看报送人" not in [label for bubble in person.chat for label in bubble.buttons]
        await town.says(person, "/help")
        for button in buttons:
            person.presses_data(button)
            await town.settled()
            assert "不是给您的" in person.toasts[-1].text
    await town.press(office, "查看报送人")
    await town.says(office, "核实")
    assert not [person for person in (wang, lead, partner, volunteer, group) if person.sees("核实")]
    assert len(await looked(town)) == 1


async def test_who_has_left_the_office_meanwhile_sees_nothing(ximing_town: Town, wang: Person, office: Person) -> None:
    """The right is looked at when the reason comes, not only when the button is pressed."""
    town = ximing_town
    second = await town.officer("小林", "O01")
    await town.reports(wang, TYRES)
    await opened(town, second)
    history = data_of(second, "经过")
    await town.press(second, "查看报送人")
    await town.says(office, "/people")
    await town.press(office, "区创城办 3", "解除绑定", "确定解除")
    await town.says(second, "还想看看")
    assert second.sees("居民 1") is None
    assert await looked(town) == ()
    assert "只有创城办" in await press_data(town, second, history)


async def test_a_reporter_can_be_blocked_and_unblocked(ximing_town: Town, wang: Person, office: Person) -> None:
    """Nothing more is taken from them until then, and they are told so, once a day."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await opened(town, office)
    await town.press(office, "查看报送人")
    await town.says(office, "乱发广告")
    await town.press(office, "屏蔽 1")
    assert "已屏蔽" in town.seen(office, "居民 1 已屏蔽")
    before = len(wang.chat)
    for _ in range(2):
        await town.says(wang, UNCLEAR)
    assert len(wang.chat) == before + 3
    await town.says(office, "/people")
    assert "已屏蔽的居民：1" in town.seen(office, "已绑定的人")
    await town.press(office, "解除屏蔽 1")
    await town.says(wang, "补一句")
    assert town.seen(wang, "您的报送")


async def test_who_is_bound_is_unbound_and_not_blocked(ximing_town: Town, lead: Person, office: Person) -> None:
    town = ximing_town
    await town.reports(lead, TYRES)
    await opened(town, office)
    await town.press(office, "查看报送人")
    await town.says(office, "核实")
    assert "是区交通局的联络员" in town.seen(office, "一共报过")
    await town.press(office, "屏蔽 1")
    assert "/people" in office.toasts[-1].text
