"""Who presses the buttons of `test_buttons`: two of every part, one of whom reads English, and strangers."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import Case
from domain.life import Verb
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
UNCLEAR = "这里乱七八糟的没人管"
AFTER = picture("tyres", "after")
NOT_YOURS = "不是给您的"
ASKED = ("请看下面的消息",)
"""It holds still, and asks anew."""

Given = str | bytes
"""A label to press, words to write, or a picture to send. `{number}` is that of the case."""


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody of a part, the first or the second, writes a command or presses a button, and gives what is asked."""

    part: str
    label: str
    gives: tuple[Given, ...] = ()
    second: bool = False


@dataclass(frozen=True, slots=True)
class Never:
    """Why something cannot happen to a button."""

    why: str


Told = tuple[str, ...] | Never
"""What somebody is told, all of it; or why that cannot be."""


@dataclass(frozen=True, slots=True)
class Row:
    """A button, and what becomes of a press.

    `right` is what whoever may press it is told (empty: its message goes), `at_once` what the second of two is, and
    `old` what they are when its time has passed. `gives` is what it asks for; `before` leads there from where the row
    above has ended.
    """

    button: str
    part: str
    label: str
    right: str
    at_once: Told
    old: Told
    gives: tuple[Given, ...] = ()
    before: tuple[Step, ...] = ()


@dataclass
class Cast:
    """Everybody in one town, and the case that is pressed about."""

    town: Town
    parts: dict[str, tuple[Person, Person]]
    strangers: tuple[Person, Person]
    number: str = ""
    pressed: list[tuple[Row, Person, str]] = field(default_factory=list)

    async def case(self) -> Case | None:
        """The case as it stands in the store."""
        return await self.town.case(self.number) if self.number else None

    async def reports(self, words: str = TYRES, *answers: str) -> None:
        """A new case of the first resident, some time after the last one; `answers` to what is asked about it."""
        self.town.clock.advance(timedelta(minutes=11))
        reporter = self.parts["resident"][0]
        await self.town.says(reporter, words)
        offered = reporter.last.buttons if reporter.last else []
        await self.gives(reporter, "另报" if "另报" in offered else "提交", *answers)
        found = re.search(r"XM-\d{6}-\d{3}", reporter.toasts[-1].text)
        assert found is not None, reporter.toasts[-1].text
        self.number = found[0]

    async def opens(self) -> None:
        """Both of the office have the case before them."""
        for officer in self.parts["office"]:
            await self.town.says(officer, f"/find {self.number}")
            await self.town.press(officer, self.number)

    async def does(self, step: Step) -> None:
        """One step."""
        first = (step.label,) if step.label else ()
        await self.gives(self.parts[step.part][step.second], *first, *step.gives)

    async def gives(self, person: Person, *given: Given) -> None:
        """One after the other: pressed where there is such a button, else sent."""
        for one in given:
            if isinstance(one, bytes):
                await self.town.photo(person, one)
            elif _buttons(person, one.format(number=self.number)):
                await self.town.press(person, one.format(number=self.number))
            else:
                await self.town.says(person, one.format(number=self.number))

    async def sends(self, person: Person, data: str) -> str:
        """Sends what a button would send. The answer; nothing where there is none."""
        before = len(person.toasts)
        person.presses_data(data)
        await self.town.settled()
        return person.toasts[-1].text if len(person.toasts) > before else ""

    def data(self, person: Person, label: str) -> str:
        """What the newest button with this label would send."""
        found = _buttons(person, label.format(number=self.number))
        assert found, f"{person.user.first_name} has no {label}: {[bubble.buttons for bubble in person.chat]}"
        return found[0]


def _buttons(person: Person, label: str) -> list[str]:
    rows = (row for bubble in reversed(person.chat) for row in bubble.rows)
    return [button.data for row in rows for button in row if button.text == label]


_UNITS = {"lead": "D12", "partner": "D02", "office": "O01"}


async def cast(town: Town, *parts: str) -> Cast:
    """The people of these parts: officers of a unit, or residents."""
    found = {part: await _pair(town, part) for part in parts}
    return Cast(town, found, await _pair(town, "stranger"))


async def _pair(town: Town, part: str) -> tuple[Person, Person]:
    if part in _UNITS:
        return (
            await town.officer(f"{part} 甲", _UNITS[part]),
            await town.officer(f"{part} B", _UNITS[part], "en"),
        )
    return await town.resident(f"{part} 甲"), await town.resident(f"{part} B", "en")


# --- what happens to a button -----------------------------------------------------------------------------------------


async def play(cast: Cast, rows: tuple[Row, ...]) -> None:
    """Row after row. Which of two comes first changes from row to row, so that each language wins and loses."""
    for turn, row in enumerate(rows):
        try:
            await _played(cast, row, -1 if turn % 2 else 1)
        except BaseException as error:
            error.add_note(f"the button {row.button}: {row.label}")
            raise


async def _played(cast: Cast, row: Row, turn: int) -> None:
    """The way there, the wrong person, the right press or two at once, the old button."""
    for step in row.before:
        await cast.does(step)
    pair = cast.parts[row.part]
    if isinstance(row.at_once, Never):
        data = cast.data(pair[0], row.label)
        await _wrong(cast, data)
        await _alone(cast, row, pair[0], data)
        cast.pressed.append((row, pair[0], data))
    else:
        two = pair[::turn]
        sent = [cast.data(person, row.label) for person in two]
        await _wrong(cast, sent[0])
        await _both(cast, row, two, sent)
        cast.pressed += [(row, person, data) for person, data in zip(two, sent, strict=True)]


async def _wrong(cast: Cast, data: str) -> None:
    """Strangers got hold of what the button sends: they are refused in words, and nothing changes."""
    before = await cast.case(), [len(stranger.chat) for stranger in cast.strangers]
    for stranger in cast.strangers:
        answer = await cast.sends(stranger, data)
        assert NOT_YOURS in answer, answer
    assert (await cast.case(), [len(stranger.chat) for stranger in cast.strangers]) == before


async def _alone(cast: Cast, row: Row, person: Person, data: str) -> None:
    """The answer is a toast, or a message that comes, changes or goes: no words that stood there before."""
    toasts, stood = len(person.toasts), _standing(person)
    await cast.sends(person, data)
    await cast.gives(person, *row.gives)
    stands = _standing(person)
    told = [toast.text for toast in person.toasts[toasts:]] + [text for _, text in stands - stood]
    assert any(row.right in text for text in told) if row.right else stood - stands, told


def _standing(person: Person) -> set[tuple[int, str]]:
    """What stands in the chat: texts and labels, by message."""
    return {(bubble.id, text) for bubble in person.chat for text in (bubble.text, *bubble.buttons)}


async def _both(cast: Cast, row: Row, pair: tuple[Person, ...], sent: list[str]) -> None:
    """Two press in one moment, or both are asked and one answers first: it is done once, the other hears by whom."""
    before = await cast.case()
    for person, data in zip(pair, sent, strict=True):
        person.presses_data(data)
    await cast.town.settled()
    await cast.gives(pair[0], *row.gives)
    told = [[person.toasts[-1].text, *(bubble.text for bubble in person.chat if row.gives)] for person in pair]
    assert isinstance(row.at_once, tuple)
    second = [any(all(piece in text for piece in row.at_once) for text in texts) for texts in told]
    assert any(second), told
    first = told[second.index(True) - 1]
    assert any(row.right in text for text in first), told
    after = await cast.case()
    if before is not None and after is not None:
        assert after.version == before.version + (row.button in set(Verb))


async def press_old(cast: Cast) -> None:
    """Everything that was pressed is pressed again, by the same person: it says what has become of it."""
    before = await cast.case()
    for row, person, data in cast.pressed:
        if isinstance(row.old, tuple):
            answer = await cast.sends(person, data)
            assert all(piece in answer for piece in row.old), (row.label, answer)
    cast.pressed.clear()
    assert await cast.case() == before
