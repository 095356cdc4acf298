"""The cards as people see them, played in a town and written down: `python -m tests.stories.conversations` rewrites
`docs/conversations.md`. A test holds the document against what the bot says."""

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox import Bubble, Person
from bot.sandbox.pictures import picture
from storage.district.files import Files, read
from tests.stories.town import Town, town

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "conversations.md"
TYRES = "长江农贸市场门口，修理部的旧轮胎堆了一路"
NUMBER = "XM-260421-001"

INTRODUCTION = """# What people see

Every card as it stands in a chat, in words and layout. This page is written by the bot itself: `make conversations`
plays the scenes below in 溪明区 and writes down what arrives; a test fails when a word has changed and this page has
not.

`▢` is a photo, `〔…〕` a button, a line with `○` the short answer to a press.
"""


@dataclass
class Page:
    """The document as it grows."""

    parts: list[str] = field(default_factory=lambda: [INTRODUCTION])

    def chapter(self, title: str, words: str = "") -> None:
        """A heading, and a sentence on what it is."""
        self.parts.append(f"## {title}\n" + (f"\n{words}\n" if words else ""))

    def card(self, caption: str, bubble: Bubble | None) -> None:
        """One message with its buttons."""
        assert bubble is not None, caption
        text = re.sub(r"start=\S+", "start=…", bubble.text)  # an invitation's token is never the same twice
        lines = ["▢", *text.split("\n")] if bubble.photo else text.split("\n")
        rows = [" ".join(f"〔{button.text}〕" for button in row) for row in bubble.rows]
        self.parts.append("\n".join((f"**{caption}**", "", "```text", *lines, *rows, "```", "")))

    def toast(self, caption: str, person: Person) -> None:
        """The short answer to a press."""
        self.parts.append("\n".join((f"**{caption}**", "", "```text", f"○ {person.toasts[-1].text}", "```", "")))

    @property
    def text(self) -> str:
        """The whole page."""
        return "\n".join(self.parts)


async def written(files: Files) -> str:
    """The page as the bot would write it now."""
    page = Page()
    scenes: tuple[Callable[[Page, Town], Awaitable[None]], ...] = (resident, work, checking, office, english)
    for scene in scenes:
        with tempfile.TemporaryDirectory() as folder:
            async with town(Path(folder), files) as place:
                await scene(page, place)
    return page.text


async def resident(page: Page, place: Town) -> None:
    """Reporting."""
    page.chapter("A resident reports", "Photos, words, a position: in any order, on one card that is kept up to date.")
    wang = await place.resident("王阿姨")
    page.card("At the first contact", wang.last)
    await place.photo(wang, picture("tyres"))
    page.card("A photo alone", wang.sees("您的报送"))
    page.card("and a key that sends the position", wang.last)
    await place.press(wang, "改类别")
    page.card("改类别: twelve groups, then their categories", wang.sees("您的报送"))
    await place.press(wang, "返回", "改地点", "长江街道")
    page.card("改地点: street, then community", wang.sees("您的报送"))
    await place.says(wang, TYRES)
    page.card("A sentence says both", wang.sees("都齐了"))
    await place.press(wang, "提交")
    page.card("提交: the card becomes the case", wang.sees(NUMBER))
    page.toast("and the press is answered", wang)
    await place.says(wang, "还有人在那儿换机油")
    page.card("Something more, soon after", wang.last)
    await place.press(wang, "补充")
    page.card("补充", wang.last)
    await place.says(wang, "江畔家园3号楼有燃气味")
    danger = [bubble for bubble in wang.chat if not bubble.mine][-2:]
    page.card("A danger under way: the number first", danger[0])
    page.card("then the report", danger[1])
    await place.press(wang, "另报", "提交")
    await place.says(wang, "/my")
    page.card("我的报送", wang.last)
    await place.press(wang, NUMBER)
    page.card("One of them, opened", wang.last)


async def work(page: Page, place: Town) -> None:
    """The units."""
    page.chapter(
        "The units get it", "The lead unit works, the paired unit follows up, the office hears when nobody is there."
    )
    lead = await place.officer("李工", "D12")
    page.card("An invitation opened", lead.last)
    partner = await place.officer("赵队", "D02")
    chief = await place.officer("陈主任", "O01")
    wang = await place.resident("王阿姨")
    await place.reports(wang, TYRES, jpeg=picture("tyres"))
    page.card("The lead's card", lead.last)
    page.card("The paired unit's card", partner.last)
    await place.press(lead, "接单")
    page.card("接单: the card changes", lead.last)
    page.card("and the resident hears of it", wang.last)
    await place.press(lead, "申请延期")
    page.card("申请延期: why", lead.last)
    await place.says(lead, "吊车后天才到")
    page.card("and until when", lead.last)
    await place.press(lead, "3 个工作日")
    page.card("The office decides", chief.last)
    await place.press(chief, "同意")
    page.card("The lead hears of it", lead.last)
    await place.says(lead, "/todo")
    page.card("/todo", lead.last)
    await place.says(wang, "滨江公园的井盖丢了")
    await place.press(wang, "另报", "提交")
    page.card("A unit with nobody bound", chief.sees("没人能收到"))


async def checking(page: Page, place: Town) -> None:
    """Reply, check, closing."""
    page.chapter("Put right, checked by somebody else, shown")
    lead, partner = await place.officer("李工", "D12"), await place.officer("赵队", "D02")
    chief = await place.officer("陈主任", "O01")
    wang = await place.resident("王阿姨")
    await place.reports(wang, TYRES, jpeg=picture("tyres"))
    await place.press(lead, "整改完成")
    page.card("整改完成 asks for a photo and a sentence", lead.last)
    await place.photo(lead, picture("tyres", "after"), "轮胎全部拉走")
    page.card("The check", partner.last)
    await place.says(chief, "/checks")
    page.card("/checks, for the office", chief.last)
    page.card("The resident is asked as well", wang.last)
    await place.press(partner, "不通过")
    page.card("不通过 asks why", partner.last)
    await place.says(partner, "墙根还剩一排")
    page.card("Rework: a new card for the lead", lead.last)
    page.card("The resident hears of it", wang.last)
    await place.press(lead, "整改完成")
    await place.photo(lead, picture("tyres", "after", seed=2), "墙根也清了")
    await place.press(partner, "通过")
    page.card("After a rework only the spot counts", partner.last)
    await place.photo(partner, picture("tyres", "after", seed=3))
    page.card("Closed: before and after in one picture", wang.last)
    await place.press(wang, "满意")
    page.card("Rated", wang.last)
    await place.press(wang, "要求返工")
    page.card("要求返工 asks why", wang.last)
    await place.says(wang, "第二天又堆上了")
    page.card("The office decides whether it is opened again", chief.last)
    await place.press(chief, "重开")
    page.card("The paired unit hears of it, too", partner.last)
    page.card("The lead has its card again", lead.last)


async def office(page: Page, place: Town) -> None:
    """Triage."""
    page.chapter("The office sorts what has no lead")
    chief, lead = await place.officer("陈主任", "O01"), await place.officer("李工", "D12")
    wang = await place.resident("王阿姨")
    await place.reports(wang, TYRES, jpeg=picture("tyres"))
    await place.press(lead, "退回")
    page.card("退回 asks why", lead.last)
    await place.press(lead, "非我单位职责")
    await place.says(lead, "是地面油污")
    page.card("Back with the office", chief.sees("退回理由"))
    await place.press(chief, "分派")
    page.card("分派: the likely units first", chief.last)
    await place.press(chief, "长江街道")
    page.toast("Done", chief)
    lead.presses_data("forged-or-very-old")
    await place.settled()
    page.toast("A button that is long out of date", lead)
    await place.says(chief, "/invite")
    page.card("/invite: who is missing", chief.last)
    await place.says(chief, "/invite 生态环境分局")
    page.card("and a link for one of them", chief.last)
    await place.says(chief, "/find 长江社区 待接单 旧轮胎")
    page.card("/find: whatever is known of a case", chief.last)
    await place.press(chief, NUMBER, "查看报送人")
    page.card("查看报送人 asks why", chief.last)
    await place.says(chief, "要问清是哪个门")
    page.card("Who reported: recorded, and never brought up to date", chief.last)
    await place.press(chief, "收起", "经过")
    page.card("经过: what became of a case", chief.last)
    await place.says(chief, "/board")
    page.card("/board", chief.last)


async def english(page: Page, place: Town) -> None:
    """The same in English."""
    page.chapter("In English", "The person's language decides; names of units and places are the district's own.")
    lead = await place.officer("Lee", "D12", language="en")
    ann = await place.resident("Ann", language="en")
    page.card("At the first contact", ann.last)
    await place.photo(ann, picture("tyres"), TYRES)
    page.card("A draft", ann.last)
    await place.press(ann, "Submit")
    page.card("Filed", ann.last)
    page.card("The lead's card", lead.last)


if __name__ == "__main__":
    DOCUMENT.write_text(asyncio.run(written(read(ROOT / "districts" / "ximing"))), encoding="utf-8")
    sys.stdout.write(f"wrote {DOCUMENT.relative_to(ROOT)}\n")
