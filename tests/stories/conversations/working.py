"""Chapters of the units that put things right."""

from datetime import timedelta

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from tests.stories.conversations.page import Scene
from tests.stories.conversations.reporting import TYRES


async def units(scene: Scene) -> None:
    """Cards of lead and paired unit; nobody there."""
    scene.note("A unit's officer is bound by a link that works once. The lead unit works; the paired unit follows up.")
    wang, lead = await scene.resident("王阿姨"), await scene.starts("李工", await scene.town.invitation("D12"))
    partner, chief = await scene.officer("赵队", "D02"), await scene.officer("陈主任", "O01")
    await scene.town.photo(wang, picture("tyres"), TYRES)
    await scene.press(wang, "提交", lead, partner)
    await scene.press(lead, "接单", wang)
    await scene.says(lead, "/todo")
    await scene.says(lead, "/board")
    scene.note("A unit with nobody bound never swallows a case: the office hears at once.")
    await scene.says(wang, "滨江公园的井盖丢了")
    await scene.press(wang, "另报")
    await scene.press(wang, "提交", chief)


async def crew(scene: Scene) -> None:
    """接单 in a group, 整改完成 in the private chat."""
    scene.note("The card stands in the unit's own group as well. Whoever taps 〔接单〕 there has taken it on.")
    lead = await scene.officer("李工", "D12")
    wang = await scene.resident("王阿姨")
    group = await scene.group("交通局工作群", "D12", lead)
    await scene.town.photo(wang, picture("tyres"), TYRES)
    await scene.press(wang, "提交", group)
    await scene.press(lead, "接单", group, where=group)

    async def opens() -> None:
        lead.opens("整改完成", where=group)
        await scene.town.settled()

    await scene.happens("李工 taps 〔整改完成〕 in the group, which leads to the private chat.", opens, lead)
    await scene.photo(lead, picture("tyres", "after"), "轮胎全部拉走", group, wang)


async def asks(scene: Scene, lead: Person, what: str, why: str, until: str) -> None:
    """A wish for more time; only its last step is written down."""
    await scene.town.press(lead, what)
    await scene.town.says(lead, why)
    scene.note(f"李工 presses 〔{what}〕 and writes: {why}")
    await scene.press(lead, until)


async def decided(scene: Scene, chief: Person, lead: Person, answer: str, why: str) -> None:
    """The office's answer, and that the unit hears it; a no has its reason."""
    if answer == "同意":
        await scene.press(chief, answer, lead)
    else:
        await scene.town.press(chief, answer)
        scene.note(f"**陈主任** presses 〔{answer}〕, and is asked why.")
        await scene.says(chief, why, lead)


async def more_time(scene: Scene) -> None:
    """申请延期 before and after 接单, agreed to and not."""
    lead, chief = await scene.officer("李工", "D12"), await scene.officer("陈主任", "O01")
    wang = await scene.resident("王阿姨")
    await scene.town.reports(wang, TYRES)
    scene.note("Before it is due, the unit may ask for more time. It says why and how long; the office decides.")
    await scene.press(lead, "申请延期")
    await scene.says(lead, "吊车后天才到")
    await scene.press(lead, "3 个工作日", chief)
    await scene.press(chief, "同意", lead)
    scene.note("At most twice. The second time 李工 is at work already.")
    await scene.press(lead, "接单")
    await asks(scene, lead, "申请延期", "下雨，车进不去", "1 周")
    await scene.press(chief, "同意", lead)
    await scene.says(wang, "/my")
    scene.note("The office may say no, with a reason: the due time stays.")
    await scene.reports(wang, "江畔家园门口堆着旧轮胎")
    await asks(scene, lead, "申请延期", "人手不够", "1 周")
    await decided(scene, chief, lead, "不同意", "这件三个人半天就清完了")
    await scene.town.press(lead, "接单")
    await asks(scene, lead, "申请延期", "还差一辆车", "顺延 1 天")
    await decided(scene, chief, lead, "不同意", "请先找街道借车")


async def on_hold(scene: Scene) -> None:
    """挂账, and what ends it."""
    lead, chief = await scene.officer("李工", "D12"), await scene.officer("陈主任", "O01")
    wang = await scene.resident("王阿姨")
    await scene.town.reports(wang, TYRES)
    scene.note("What cannot be done now is put on hold till a day. The clock stands still from the request on.")
    await scene.town.press(lead, "接单")
    await scene.press(lead, "挂账")
    await scene.says(lead, "旁边的房子下周拆完才能进车")
    await scene.press(lead, "1 周", chief)
    await scene.press(chief, "同意", lead, wang)
    await scene.passes(timedelta(days=8), "A week goes by. It goes on by itself:", lead, wang)
    scene.note("A unit that has not taken it on yet can ask for it as well.")
    await scene.reports(wang, "江畔家园门口堆着旧轮胎")
    await asks(scene, lead, "挂账", "等拆迁", "3 个工作日")
    await scene.press(chief, "同意", lead)


async def decided_late(scene: Scene) -> None:
    """The unit did not wait for the answer."""
    scene.note(
        "The unit asks, and puts it right before the office answers. The answer still counts, but only for the time"
        " limit: the case stays where it is. So it goes with a case that waits for its check, and with one that"
        " is closed already but was put right too late."
    )
    lead, chief = await scene.officer("李工", "D12"), await scene.officer("陈主任", "O01")
    partner = await scene.officer("赵队", "D02")
    wang = await scene.resident("王阿姨")
    for where, closed in (("长江农贸市场", False), ("江畔家园", True)):
        scene.note("**Closed by then**" if closed else "**Waiting for its check**")
        for what, answer in (("申请延期", "同意"), ("挂账", "同意"), ("申请延期", "不同意")):
            await scene.reports(wang, f"{where}门口堆着旧轮胎")
            await asks(scene, lead, what, "吊车后天才到", "1 周")
            scene.town.clock.advance(timedelta(days=20 if closed else 0))
            await scene.town.press(lead, "整改完成")
            await scene.town.photo(lead, picture("tyres", "after"), "轮胎全部拉走")
            if closed:
                await scene.town.press(partner, "通过", "看图")
            await decided(scene, chief, lead, answer, "车早就到了")
