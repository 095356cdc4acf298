"""The Telegram at home, watched: everything the bot is told and says, as an account that owes nothing to the bot."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from bot.sandbox import NO_LIMITS, Memory, Message, Person, Press, RefusedError, World
from bot.sandbox.faults import Faults, Mishap
from bot.sandbox.messages import Chat, Content
from bot.sandbox.shapes import Json
from bot.texts.catalog import load
from tests.crash.known import Known, Picture, Pressed, Text

REHEARSED = load("zh")["phrase"]["rehearsal"]
NUMBER = re.compile(r"XM-\d{6}-\d{3}")
Heard = Callable[[str], None]


class _Ears(Faults):
    """Tells of every request the moment it has arrived, before anything is done for it."""

    def __init__(self, wake: Callable[[], None], heard: Heard) -> None:
        super().__init__(wake)
        self._heard = heard

    def take(self, method: str) -> RefusedError | Mishap | bytes | None:
        """See Faults."""
        self._heard(method)
        return super().take(method)


class WatchedWorld(World):
    """A world that keeps account. `listeners` hear the method of each request that arrives."""

    def __init__(self) -> None:
        super().__init__(limits=NO_LIMITS, memory=Memory(calls=100))
        self.listeners: list[Heard] = []
        self.faults = _Ears(self.activity.wake, self._hear)
        self.updates_told: set[int] = set()
        self.texts: list[Text] = []
        self.pictures: list[Picture] = []
        self.messages: list[tuple[int, int]] = []
        self.said: list[tuple[int, str]] = []
        self.heard: Counter[int] = Counter()
        self.fickle: set[int] = set()
        self.units: dict[int, str] = {}
        self._presses: list[tuple[Press, str, str]] = []

    def _hear(self, method: str) -> None:
        for listener in tuple(self.listeners):
            listener(method)

    # --- what the bot is told ---------------------------------------------------------------------------------------

    def tell(self, kind: str, body: Json, chat: Chat) -> int | None:
        """See Stage."""
        told = super().tell(kind, body, chat)
        if told is not None:
            self.updates_told.add(told)
        return told

    def wrote(self, person: Person, mark: str) -> None:
        """Somebody has sent words with this mark in them."""
        self.texts.append(Text(mark, person.id))

    def showed(self, person: Person, message: Message) -> None:
        """Somebody has sent a picture or a voice message."""
        media = message.content.media
        if media is None:
            raise ValueError("nothing to look at")
        digest = hashlib.sha256(media.best.data).hexdigest()
        sending = message.album or f"{person.id}/{message.id}"
        self.pictures.append(Picture(media.best.id, digest, person.id, sending))

    def pressed(self, press: Press, label: str) -> None:
        """Somebody has pressed a button."""
        found = NUMBER.search(press.message.content.words.text)
        self._presses.append((press, label, found[0] if found else ""))

    # --- what the bot says --------------------------------------------------------------------------------------------

    def post(self, chat: Chat, sender: Any, content: Content, **more: Any) -> Message:
        """See Stage."""
        message = super().post(chat, sender, content, **more)
        if sender == self.bot:
            self.messages.append((chat.id, message.id))
            self._says(chat, content)
        return message

    def rewrite(self, message: Message, content: Content) -> None:
        """See Stage."""
        super().rewrite(message, content)
        if message.sender == self.bot:
            self._says(message.chat, content)

    def _says(self, chat: Chat, content: Content) -> None:
        self.said.append((chat.id, content.words.text))
        self.heard[chat.id] += 1

    @property
    def known(self) -> Known:
        """All of it, as plain values."""
        presses = [
            Pressed(press.person.id, label, number, press.answer.text.removeprefix(REHEARSED) if press.answer else None)
            for press, label, number in self._presses
        ]
        standing = {(one.id, message) for one in self.people.values() for message in one.room.messages}
        return Known(
            updates=frozenset(self.updates_told),
            texts=tuple(self.texts),
            pictures=tuple(self.pictures),
            presses=tuple(presses),
            messages=frozenset(self.messages),
            standing=frozenset(standing),
            said=tuple(self.said),
            fickle=frozenset(self.fickle),
            units=dict(self.units),
        )
