"""All the chapters in the order of a case's life, each played in a town of its own, and the page they make."""

import re
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from storage.district.files import Files
from tests.stories.conversations import checking, office, reporting, working
from tests.stories.conversations.index import Index
from tests.stories.conversations.page import Scene
from tests.stories.town import town

ROOT = Path(__file__).parents[3]
DOCUMENT = ROOT / "docs" / "conversations.md"

INTRODUCTION = """# What people see

The life of a case, told in conversations: who does what, and what then stands on whose screen. This page is written by
the bot itself: `make conversations` plays the chapters in 溪明区 and writes down what arrives; a test fails when a word
has changed and this page has not.

`▸` is a new message, `✎` one that has changed (its first line and what is different now), `○` the short answer to a
press, `▢` a photo, `〔…〕` a button. What else happens at the same time is left out.

王阿姨 and 老周 are residents, 李工 works in the lead unit 区交通局, 赵队 in the paired unit 区综合执法大队,
陈主任 in the office 区创城办.
"""

EDGES = """## Which chapter walks what

Every line of the table `domain/life.LIFE`, from the events that were stored by what is shown in the chapters. A test
fails when a line of it is walked by none; where a line holds for any open case, one of its states is enough.
"""

Chapter = Callable[[Scene], Awaitable[None]]

CHAPTERS: tuple[tuple[str, Chapter], ...] = (
    ("A resident reports", reporting.reports),
    ("Second thoughts", reporting.second_thoughts),
    ("A neighbour reports the same", reporting.neighbour),
    ("The units get it", working.units),
    ("A unit that works in a group", working.crew),
    ("More time", working.more_time),
    ("On hold", working.on_hold),
    ("A request that is decided late", working.decided_late),
    ("Put right, and checked by somebody else", checking.checked),
    ("The residents judge", checking.judged),
    ("It was not put right after all", checking.asked_again),
    ("It is not ours", office.returned),
    ("The office sorts what has no lead", office.sorted_out),
    ("The office mends", office.mended),
    ("A unit is dissolved", office.dissolved),
    ("The office finds its way", office.finds),
    ("In English", reporting.english),
)


@dataclass
class Book:
    """What was played: the page's text in pieces, and which chapter walks what."""

    contents: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    index: Index = field(default_factory=Index)
    links: dict[int, str] = field(default_factory=dict)

    def add(self, number: int, title: str, scene: Scene) -> None:
        """A chapter that was played."""
        heading = f"{number}. {title}"
        self.links[number] = f"[{number}](#{_anchor(heading)})"
        self.contents.append(f"{number}. [{title}](#{_anchor(heading)})")
        self.body += [f"## {heading}\n", *scene.page.parts]
        self.index.add(scene.steps, number)

    @property
    def text(self) -> str:
        """The whole page."""
        contents = "\n".join(self.contents) + "\n"
        return "\n".join((INTRODUCTION, contents, EDGES, self.index.table(self.links), *self.body))


async def played(files: Files) -> Book:
    """Everything played as the bot would say it now."""
    book = Book()
    for number, (title, chapter) in enumerate(CHAPTERS, 1):
        with tempfile.TemporaryDirectory() as folder:
            async with town(Path(folder), files) as place:
                scene = Scene(place)
                await chapter(scene)
                book.add(number, title, scene)
    return book


def _anchor(heading: str) -> str:
    """Where a link to a heading leads."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
