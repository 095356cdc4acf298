"""Chapters of those who report."""

from datetime import timedelta

from bot.sandbox.pictures import picture
from tests.stories.conversations.page import Scene

TYRES = "长江农贸市场门口，修理部的旧轮胎堆了一路"
NUMBER = "XM-260421-001"


async def reports(scene: Scene) -> None:
    """From the first contact to a danger under way."""
    scene.note("Photos, words, a position: in any order, on one card that is kept up to date.")
    wang = await scene.starts("王阿姨")
    await scene.photo(wang, picture("tyres"))
    scene.note("Whoever does not like to write finds everything in lists.")
    await scene.press(wang, "改类别")
    await scene.press(wang, "返回")
    await scene.press(wang, "改地点")
    await scene.press(wang, "长江街道")
    scene.note("One sentence says both.")
    await scene.says(wang, TYRES)
    await scene.press(wang, "提交")
    scene.note("What is sent soon after may belong to it.")
    await scene.says(wang, "还有人在那儿换机油")
    await scene.press(wang, "补充")
    scene.note("A danger under way: the number to call is the first thing said.")
    await scene.says(wang, "江畔家园3号楼有燃气味")
    await scene.press(wang, "另报")
    await scene.press(wang, "提交")
    await scene.says(wang, "/my")
    await scene.press(wang, NUMBER)


async def second_thoughts(scene: Scene) -> None:
    """放弃, 撤回."""
    wang = await scene.resident("王阿姨")
    scene.note("What is not filed yet can be given up; until the unit has taken it on, a report can be taken back.")
    await scene.says(wang, "滨江公园的长椅坏了")
    await scene.press(wang, "放弃")
    await scene.press(wang, "确定放弃")
    lead = await scene.officer("李工", "D12")
    await scene.town.reports(wang, TYRES)
    await scene.press(wang, "撤回", lead)


async def neighbour(scene: Scene) -> None:
    """是同一个问题, and 复发."""
    scene.note(
        "老周 walks by, too. His report is shown the case that is there, and joins it: both hear how it goes on."
    )
    lead, partner = await scene.officer("李工", "D12"), await scene.officer("赵队", "D02")
    wang, zhou = await scene.resident("王阿姨"), await scene.resident("老周")
    await scene.town.reports(wang, TYRES)
    await scene.photo(zhou, picture("tyres", seed=2), "长江农贸市场门口旧轮胎没人收")
    await scene.press(zhou, "是同一个问题", lead)
    scene.note("When it is back within a week of its closing, it is a new case that is linked to the old one.")
    await scene.town.press(lead, "整改完成")
    await scene.town.photo(lead, picture("tyres", "after"), "轮胎全部拉走")
    await scene.town.press(partner, "通过", "看图")
    scene.town.clock.advance(timedelta(days=5))
    await scene.says(zhou, TYRES)
    await scene.press(zhou, "是同一个问题", lead)


async def english(scene: Scene) -> None:
    """The first messages once more."""
    scene.note("The person's language decides; names of units and places are the district's own.")
    lead = await scene.officer("Lee", "D12", language="en")
    ann = await scene.starts("Ann", language="en")
    await scene.photo(ann, picture("tyres"), TYRES)
    await scene.press(ann, "Submit", lead)
    await scene.press(lead, "Accept", ann)
