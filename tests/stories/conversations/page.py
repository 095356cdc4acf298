"""The page as it grows, and a scene of it: what people do in a town, and what they then see, written down."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.demo.screen import News, Screen
from bot.sandbox import Bubble, Group, Person
from tests.stories.conversations.index import Step, steps_of
from tests.stories.town import Town

Eye = Person | Group
PHOTO = "▢ "
TOKEN = re.compile(r"(start(?:group)?)=\S+")


@dataclass
class Page:
    """The lines of a chapter."""

    parts: list[str] = field(default_factory=list)

    def paragraph(self, words: str) -> None:
        """A few sentences."""
        self.parts.append(f"{words}\n")

    def block(self, lines: list[str]) -> None:
        """Something as it stands on a screen; an invitation's token is never the same twice."""
        text = TOKEN.sub(r"\1=…", "\n".join(lines))
        self.parts.append(f"```text\n{text}\n```\n")


@dataclass
class Scene:
    """A chapter that is played. What the town does by itself happens, too, and is not written down.

    `steps`: what became of cases by what is written down.
    """

    town: Town
    page: Page = field(default_factory=Page)
    steps: list[Step] = field(default_factory=list)
    screens: dict[Eye, Screen] = field(default_factory=dict)

    def note(self, words: str) -> None:
        """A sentence between the messages."""
        self.page.paragraph(words)

    async def resident(self, name: str, language: str = "zh-hans") -> Person:
        """Somebody who presses START, unseen."""
        return self._watched(await self.town.resident(name, language))

    async def officer(self, name: str, unit: str, language: str = "zh-hans") -> Person:
        """Somebody who is bound to a unit, unseen."""
        return self._watched(await self.town.officer(name, unit, language))

    async def group(self, title: str, code: str, member: Person) -> Group:
        """A unit's own group, bound by a link."""
        group = self.town.world.group(title, [member])
        group.adds_bot(member, await self.town.invitation(code, "group"))
        await self.town.settled()
        self.screens[group] = Screen(group, PHOTO)
        return group

    async def reports(self, who: Person, words: str) -> str:
        """Somebody reports once more, unseen, and so late that nobody asks whether it belongs to what was before."""
        self.town.clock.advance(timedelta(minutes=11))
        return await self.town.reports(who, words)

    def _watched(self, person: Person) -> Person:
        self.screens[person] = Screen(person, PHOTO)
        return person

    # --- what people do, and who then sees what; who does it looks first ---------------------------------------------

    async def starts(self, name: str, token: str = "", language: str = "zh-hans") -> Person:
        """Somebody presses START for the first time."""
        person = self._watched(self.town.world.person(name, language=language))

        async def started() -> None:
            person.start(token)
            await self.town.settled()

        await self._played(f"**{name}** {'follows an invitation' if token else 'presses START'}", started, person)
        return person

    async def says(self, who: Person, words: str, *also: Eye, reply_to: Bubble | None = None) -> None:
        """Somebody writes."""
        await self._played(
            f"**{name(who)}:** {words}", lambda: self.town.says(who, words, reply_to=reply_to), who, *also
        )

    async def photo(self, who: Person, jpeg: bytes, caption: str = "", *also: Eye) -> None:
        """Somebody sends a photo."""
        await self._played(
            f"**{name(who)}:** {PHOTO}{caption}".rstrip(), lambda: self.town.photo(who, jpeg, caption), who, *also
        )

    async def press(self, who: Person, label: str, *also: Eye, where: Group | None = None) -> None:
        """Somebody presses the newest button of that name."""

        async def pressed() -> None:
            who.presses(label, where=where)
            await self.town.settled()

        place = f" in {name(where)}" if where else ""
        await self._played(f"**{name(who)}** presses 〔{label}〕{place}", pressed, who, *also)

    async def passes(self, span: timedelta, words: str, *eyes: Eye) -> None:
        """Time goes by."""
        await self._played(f"*{words}*", lambda: self.town.passes(span), *eyes)

    async def happens(self, words: str, deed: Callable[[], Awaitable[object]], *eyes: Eye) -> None:
        """Something that is done elsewhere."""
        await self._played(f"*{words}*", deed, *eyes)

    async def _played(self, words: str, deed: Callable[[], Awaitable[object]], *eyes: Eye) -> None:
        for screen in self.screens.values():
            screen.news()
        toasts = {eye: len(eye.toasts) for eye in eyes if isinstance(eye, Person)}
        before = await self.town.house.store.read(steps_of)
        await deed()
        after = await self.town.house.store.read(steps_of)
        self.steps += [step for key, step in after.items() if key not in before]
        self.page.paragraph(words)
        lines: list[str] = []
        for eye in eyes:
            answers = [toast.text for toast in eye.toasts[toasts[eye] :]] if isinstance(eye, Person) else []
            lines += _shown(name(eye), self.screens[eye].news(), [words for words in answers if words])
        assert lines or not eyes, f"nobody sees anything: {words}"
        if lines:
            self.page.block(lines[1:])


def name(eye: Eye) -> str:
    """What somebody, or a group, is called."""
    return eye.user.first_name if isinstance(eye, Person) else str(eye.room.facts["title"])


def _shown(called: str, news: list[News], toasts: list[str]) -> list[str]:
    """Each message under the name of who sees it; the short answer to a press where no new message says more."""
    if any(not one.changed for one in news):
        toasts = []
    lines = [line for one in news for line in ("", f"{'✎' if one.changed else '▸'} {called}", *one.lines)]
    return lines + [line for toast in toasts for line in ("", f"○ {called}: {toast}")]
