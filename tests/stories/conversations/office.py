"""Chapters of the office."""

from bot.demo.theatre import DISTRICT
from bot.sandbox.pictures import picture
from storage.district.files import read
from tests.stories.conversations.page import Scene
from tests.stories.conversations.reporting import NUMBER, TYRES
from tests.stories.test_passing_on import dissolved as without_unit
from tests.stories.test_passing_on import load

SECOND = "XM-260421-002"
UNSURE = ("提交", "说不清", "提交", "说不清", "提交")


async def returned(scene: Scene) -> None:
    """退回: 分派, 驳回."""
    chief, lead = await scene.officer("陈主任", "O01"), await scene.officer("李工", "D12")
    partner = await scene.officer("赵队", "D02")
    wang = await scene.resident("王阿姨")
    await scene.town.photo(wang, picture("tyres"), TYRES)
    await scene.town.press(wang, "提交")
    scene.note("A unit that does not answer for it sends it back, and says why. Meanwhile its clock stands still.")
    await scene.press(lead, "退回")
    await scene.press(lead, "非我单位职责")
    await scene.says(lead, "是地面油污", chief, wang)
    scene.note("The office does not think so.")
    await scene.press(chief, "驳回", lead)
    scene.note("李工 takes it on, sees the place, and sends it back again. Now somebody else gets it.")
    await scene.town.press(lead, "接单", "退回", "非我单位职责")
    await scene.says(lead, "到现场看了，是占道修车", chief)
    await scene.press(chief, "分派")
    await scene.press(chief, "全部部门")
    await scene.press(chief, "区综合执法大队", partner, wang)

    async def presses() -> None:
        lead.presses_data("forged-or-very-old")
        await scene.town.settled()

    await scene.happens("李工 presses a button that is long out of date.", presses, lead)


async def sorted_out(scene: Scene) -> None:
    """请补充, 分派, 不予受理."""
    scene.note("An old neighbour is never sent round in circles: what cannot be said is left to the office.")
    chief, community = await scene.officer("陈主任", "O01"), await scene.officer("钱书记", "S01C01")
    await scene.town.officer("赵队", "D02")
    wang, zhou = await scene.resident("王阿姨"), await scene.resident("老周")
    await scene.says(wang, "这里乱七八糟的没人管")
    for label in UNSURE[:-1]:
        await scene.press(wang, label)
    await scene.press(wang, "提交", chief)
    scene.note("The office asks, and whatever comes next is the answer.")
    await scene.press(chief, "请补充")
    await scene.says(chief, "在哪个小区？是什么东西？", wang)
    await scene.says(wang, "江畔家园，垃圾堆了三天", chief)
    await scene.press(chief, "分派")
    await scene.press(chief, "环境卫生与垃圾清运整治")
    await scene.press(chief, "卫生死角暴露垃圾")
    await scene.press(chief, "长江社区", community, wang)
    scene.note("What the campaign does not deal with is turned down, with a reason.")
    await scene.town.says(zhou, "楼上那家的事你们管不管")
    await scene.town.press(zhou, *UNSURE)
    await scene.says(chief, "/triage")
    await scene.press(chief, "不予受理")
    await scene.says(chief, "邻里纠纷请找社区调解", zhou)


async def mended(scene: Scene) -> None:
    """督办, 更改类别, 更改地点, 合并, 作废."""
    chief, lead = await scene.officer("陈主任", "O01"), await scene.officer("李工", "D12")
    first, second = await scene.officer("钱书记", "S01C01"), await scene.officer("吴书记", "S01C02")
    await scene.town.officer("赵队", "D02")
    wang, zhou = await scene.resident("王阿姨"), await scene.resident("老周")
    await scene.town.reports(wang, TYRES)
    scene.note("The office opens a case with /find, and has all its buttons there.")
    await scene.says(chief, f"/find {NUMBER}")
    await scene.press(chief, NUMBER)
    scene.note("督办: a line of text from above, which stirs the unit.")
    await scene.press(chief, "督办")
    await scene.says(chief, "市里下周来看，请抓紧", lead)
    scene.note("更改类别: the unit that now follows gets it, and the one before is told.")
    await scene.press(chief, "更改类别")
    await scene.town.press(chief, "社区小区环境整治")
    await scene.press(chief, "小区环境卫生脏乱", lead, first, wang)
    scene.note("更改地点: by words, a position, or the lists.")
    await scene.press(chief, "更改地点")
    await scene.says(chief, "在滨江公园那边", first, second)
    scene.note("合并: two of a kind become one, and both residents follow it.")
    await scene.town.reports(zhou, "滨江公园门口小区里脏得很，垃圾满地")
    await scene.town.says(chief, f"/find {SECOND}")
    await scene.town.press(chief, SECOND)
    await scene.press(chief, "合并")
    await scene.press(chief, NUMBER, second, zhou)
    scene.note("作废: it is over, and those who reported it hear why.")
    await scene.town.says(chief, f"/find {NUMBER}")
    await scene.town.press(chief, NUMBER)
    await scene.press(chief, "作废")
    await scene.says(chief, "物业当天已经清掉", second, wang, zhou)


async def dissolved(scene: Scene) -> None:
    """District data without the lead."""
    chief, lead = await scene.officer("陈主任", "O01"), await scene.officer("李工", "D12")
    wang = await scene.resident("王阿姨")
    await scene.town.reports(wang, TYRES)
    scene.note(
        "区交通局 is dissolved: the district's files are loaded without it. What it had goes back to the office."
    )
    files = without_unit(read(DISTRICT), b"D12")
    await scene.happens("`python -m bot load` with the new files.", lambda: load(scene.town, files), lead, chief, wang)


async def finds(scene: Scene) -> None:
    """/invite, /find, 查看报送人, 经过, /board."""
    chief, lead = await scene.officer("陈主任", "O01"), await scene.officer("李工", "D12")
    wang = await scene.resident("王阿姨")
    await scene.town.reports(wang, TYRES)
    await scene.town.press(lead, "接单")
    scene.note("Who is there, and who is missing.")
    await scene.says(chief, "/invite")
    await scene.says(chief, "/invite 生态环境分局")
    scene.note("A case by whatever is known of it.")
    await scene.says(chief, "/find 长江社区 整改中 旧轮胎")
    await scene.press(chief, NUMBER)
    scene.note("Who reported is seen only for a reason, and that look is recorded.")
    await scene.press(chief, "查看报送人")
    await scene.says(chief, "要问清是哪个门")
    await scene.town.press(chief, "收起")
    await scene.press(chief, "经过")
    await scene.says(chief, "/board")
