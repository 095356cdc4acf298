"""Chapters of those who look whether it was put right."""

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from tests.stories.conversations.page import Scene
from tests.stories.conversations.reporting import TYRES


async def replies(scene: Scene, lead: Person, words: str, seed: int = 1) -> None:
    """The lead's reply, unseen."""
    await scene.town.press(lead, "整改完成")
    await scene.town.photo(lead, picture("tyres", "after", seed), words)


async def checked(scene: Scene) -> None:
    """Reply, a check that fails, rework, a check on the spot."""
    lead, partner = await scene.officer("李工", "D12"), await scene.officer("赵队", "D02")
    chief = await scene.officer("陈主任", "O01")
    wang = await scene.resident("王阿姨")
    await scene.town.photo(wang, picture("tyres"), TYRES)
    await scene.town.press(wang, "提交")
    await scene.town.press(lead, "接单")
    scene.note("The unit shows what it has done; somebody else looks. The resident is asked as well.")
    await scene.press(lead, "整改完成")
    await scene.photo(lead, picture("tyres", "after"), "轮胎全部拉走", partner, wang)
    await scene.says(chief, "/checks")
    scene.note("Not good enough: back to the unit, with what is missing.")
    await scene.press(partner, "不通过")
    await scene.says(partner, "墙根还剩一排", lead, wang)
    scene.note("After a rework only who has been there can say that it is done.")
    await replies(scene, lead, "墙根也清了", seed=2)
    await scene.press(partner, "通过")
    await scene.photo(partner, picture("tyres", "after", seed=3), "", wang, lead)
    await scene.press(wang, "满意")


async def judged(scene: Scene) -> None:
    """没解决, 已解决."""
    lead, partner = await scene.officer("李工", "D12"), await scene.officer("赵队", "D02")
    wang, zhou = await scene.resident("王阿姨"), await scene.resident("老周")
    await scene.town.reports(wang, TYRES)
    await scene.town.says(zhou, TYRES)
    await scene.town.press(zhou, "是同一个问题")
    scene.note(
        "Who reported it knows best. When all who answer say that it is solved, it is closed; else the check decides."
    )
    await scene.town.press(lead, "整改完成")
    await scene.photo(lead, picture("tyres", "after"), "轮胎全部拉走", wang)
    await scene.press(wang, "没解决", partner)
    await scene.press(zhou, "已解决")
    scene.note("王阿姨 has another look, and changes her mind: now all agree.")
    await scene.press(wang, "已解决", zhou, lead)


async def asked_again(scene: Scene) -> None:
    """要求返工: 重开, 维持."""
    lead, partner = await scene.officer("李工", "D12"), await scene.officer("赵队", "D02")
    chief = await scene.officer("陈主任", "O01")
    wang = await scene.resident("王阿姨")
    await scene.town.reports(wang, TYRES)
    await replies(scene, lead, "轮胎全部拉走")
    await scene.town.press(partner, "通过", "看图")
    scene.note("For a week whoever reported it may ask for rework. The office decides.")
    await scene.press(wang, "要求返工")
    await scene.says(wang, "第二天又堆上了", chief)
    await scene.press(chief, "重开", lead, partner, wang)
    scene.note(
        "It is put right once more, checked on the spot, and 王阿姨 asks again. This time the office says no, and why."
    )
    await replies(scene, lead, "又清了一遍", seed=2)
    await scene.town.press(partner, "通过")
    await scene.town.photo(partner, picture("tyres", "after", seed=3))
    await scene.town.press(wang, "要求返工")
    await scene.says(wang, "地上还有印子", chief)
    await scene.press(chief, "维持")
    await scene.says(chief, "轮胎已清走，印子雨后会淡", wang)
