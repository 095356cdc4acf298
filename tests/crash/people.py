"""The people of the crash test: they report, work, check and rate without a pause, whatever becomes of the bot.

What somebody does next is drawn from a generator of their own, and from what stands in their chat just then.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import TypeVar

from bot.sandbox import Album, Bubble, NothingHappenedError, Person, Press
from bot.sandbox.bubbles import bubble
from tests.crash.watched import NUMBER, WatchedWorld
from tests.crash.words import (
    ANSWERS,
    ASKED,
    BEGINNING,
    BUTTON,
    FICKLE,
    NEVER,
    ONE_TAP,
    OTHER_ANSWER,
    SPOTS,
    Supply,
)

Drawn = TypeVar("Drawn")

IN_SIGHT, NEWEST = 20, 4
"""How many messages of the bot people look at to see whether it asks something, and to find something to press."""

PATIENCE, BRIEFLY = 15.0, 8.0
"""Seconds somebody waits for the question that follows a press, and for any other answer."""

HASTE = 0.2
"""How often somebody does not wait at all."""


@dataclass
class Life:
    """One person's life until the end. `pace`: seconds between two things they do."""

    world: WatchedWorld
    person: Person
    rng: Random
    supply: Supply
    pace: tuple[float, float]
    resident: bool = False
    fickle: bool = False
    _answered: set[tuple[int, str]] = field(default_factory=set)
    _albums: list[Album] = field(default_factory=list)

    async def live(self, end: asyncio.Event) -> None:
        """Do one thing after the other."""
        while not end.is_set():
            await asyncio.sleep(self.rng.uniform(*self.pace))
            await self._act()

    async def _act(self) -> None:
        question = self._question()
        if question is not None:
            await self._answer(question)
            return
        deeds: Mapping[Callable[[], Awaitable[None]], float] = {
            self._press: 6.0,
            self._report: (0.5 if self._drafting() else 3.0) if self.resident else 0.0,
            self._late_picture: 0.4 if self.resident else 0.0,
            self._reply_to_card: 0.3 if self.resident else 0.0,
        }
        await _drawn(self.rng, deeds)()

    def _drafting(self) -> bool:
        """Whether a report that is to be submitted stands in the chat."""
        return any(BUTTON["submit"] in one.buttons or BUTTON["other"] in one.buttons for one in self._newest())

    async def _wait(self, happened: Callable[[], object], seconds: float) -> None:
        """Most wait to see what comes of what they did, though not for ever."""
        if self.rng.random() < HASTE:
            return
        with suppress(NothingHappenedError):
            await self.world.until(happened, seconds)

    async def _wait_for_word(self) -> None:
        heard = self.world.heard[self.person.id]
        await self._wait(lambda: self.world.heard[self.person.id] > heard, BRIEFLY)

    # --- questions ----------------------------------------------------------------------------------------------------

    def _question(self) -> Bubble | None:
        """The newest question that stands in the chat."""
        return next((one for one in self._newest() if BUTTON["cancel"] in one.buttons), None)

    def _newest(self) -> Iterator[Bubble]:
        """What the bot said last, the newest first."""
        said = (one for one in self.person.room.newest_first() if one.sender == self.world.bot)
        return (bubble(one, self.person.id) for one in islice(said, IN_SIGHT))

    async def _answer(self, question: Bubble) -> None:
        """Choose what it offers; where it offers nothing, send a picture and a sentence. The same only once."""
        if (question.id, question.text) in self._answered and self.rng.random() < 0.9:
            return
        self._answered.add((question.id, question.text))
        weights = {label: ANSWERS.get(label, OTHER_ANSWER) for label in question.buttons if label not in NEVER}
        leave = weights.pop(BUTTON["cancel"])
        weights.pop(BUTTON["back"], None)
        if self.fickle and self.rng.random() < 0.2 * leave:
            self._tap(BUTTON["cancel"], question)
        elif weights:
            self._tap(_drawn(self.rng, weights), question)
        else:
            if "照片" in question.text:
                self._send_photo(caption="")
            self._write(*self.supply.answer(self.rng))
        await self._wait_for_word()

    # --- buttons ------------------------------------------------------------------------------------------------------

    async def _press(self) -> None:
        """Something sensible on one of the newest cards; now and then twice."""
        offered = self._offered()
        if not offered:
            return
        card, label = _drawn(self.rng, offered)
        press = self._tap(label, card)
        if label in ONE_TAP and self.rng.random() < 0.2:
            self._tap(label, card)
        if label in BEGINNING:
            await self._wait(lambda: self._question() or _settled(press), PATIENCE)
        else:
            await self._wait(lambda: press.answer, BRIEFLY)

    def _offered(self) -> dict[tuple[Bubble, str], float]:
        cards = [one for one in self._newest() if one.buttons]
        offered: dict[tuple[Bubble, str], float] = {}
        for depth, card in enumerate(cards[:NEWEST]):
            for label in card.buttons:
                weight = ONE_TAP.get(label) or BEGINNING.get(label) or self._of_the_fickle(label)
                if weight is None and BUTTON["back"] in card.buttons:
                    weight = OTHER_ANSWER
                if weight:
                    offered[card, label] = weight / (1 + depth)
        return offered

    def _of_the_fickle(self, label: str) -> float | None:
        if label in FICKLE:
            return FICKLE[label] if self.fickle else 0.0
        return None

    def _tap(self, label: str, card: Bubble) -> Press:
        button = next(one for row in card.rows for one in row if one.text == label)
        press = self.person.presses_data(button.data, on=card)
        self.world.pressed(press, label)
        return press

    # --- what is sent -------------------------------------------------------------------------------------------------

    async def _report(self) -> None:
        """Some of a report's pieces, in any order, in quick succession."""
        pieces: dict[Callable[[], None], float] = {
            self._send_words: 5.0,
            self._send_captioned: 4.0,
            self._send_photo: 2.0,
            self._send_album: 1.5,
            self._send_position: 1.0,
            self._send_voice: 0.4,
        }
        for _ in range(self.rng.randint(1, 3)):
            _drawn(self.rng, pieces)()
            await asyncio.sleep(self.rng.uniform(0, 0.1))
        await self._wait_for_word()

    def _write(self, words: str, mark: str, reply_to: Bubble | None = None) -> None:
        self.person.says(words, reply_to=reply_to)
        self.world.wrote(self.person, mark)

    def _send_words(self) -> None:
        self._write(*self.supply.report(self.rng))

    def _send_captioned(self) -> None:
        words, mark = self.supply.report(self.rng)
        self._send_photo(words)
        self.world.wrote(self.person, mark)

    def _send_photo(self, caption: str = "") -> None:
        self.world.showed(self.person, self.person.sends_photo(self.supply.picture(), caption))

    def _send_album(self) -> None:
        pictures = [self.supply.picture() for _ in range(self.rng.randint(2, 4))]
        album = self.person.sends_album(pictures)
        for message in album.messages:
            self.world.showed(self.person, message)
        self._albums.append(album)

    async def _late_picture(self) -> None:
        """One more picture of an album of a while ago."""
        if self._albums:
            album = self._albums.pop(self.rng.randrange(len(self._albums)))
            self.world.showed(self.person, self.person.adds_to_album(album, self.supply.picture()))

    def _send_position(self) -> None:
        lat, lon = self.rng.choice(SPOTS)
        self.person.sends_location(lat + self.rng.uniform(-5e-4, 5e-4), lon)

    def _send_voice(self) -> None:
        self.world.showed(self.person, self.person.sends_voice(self.supply.voice()))

    async def _reply_to_card(self) -> None:
        """Words about a case that goes on, as an answer to one of its newest cards."""
        cards = [one for one in self._newest() if NUMBER.search(one.text) and BUTTON["add"] in one.buttons]
        if cards:
            self._write(*self.supply.answer(self.rng), reply_to=self.rng.choice(cards[:NEWEST]))


def _settled(press: Press) -> bool:
    return press.answer is not None and not press.answer.text.endswith(ASKED)


def _drawn(rng: Random, weights: Mapping[Drawn, float]) -> Drawn:
    return rng.choices(list(weights), list(weights.values()))[0]
