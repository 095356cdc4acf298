"""Callback queries: a press on an inline button, and the one answer it takes."""

import itertools
from dataclasses import dataclass
from typing import Final

from bot.sandbox.errors import bad
from bot.sandbox.messages import Message
from bot.sandbox.shapes import Json, Now, User

ANSWER_SECONDS: Final = 15.0
LONGEST_TOAST: Final = 200
KEPT: Final = 10_000
TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Toast:
    """What answers a press: a line at the top of the screen, or a box to be closed (`alert`). May be empty."""

    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass(slots=True)
class Press:
    """A button pressed by a person. `answer` is None until the bot has answered."""

    id: str
    person: User
    message: Message
    data: str
    at: float
    answer: Toast | None = None

    def as_json(self) -> Json:
        """The object `CallbackQuery`. Of a message that is gone only its id is left."""
        chat = self.message.chat
        gone: Json = {"message_id": self.message.id, "chat": chat.as_json(), "date": 0}
        return {
            "id": self.id,
            "from": self.person.as_json(),
            "message": self.message.as_json() if chat.find(self.message.id) else gone,
            "chat_instance": str(chat.id * 7919 + 104_729),
            "data": self.data,
        }


class Queries:
    """All presses that can still be answered. Nobody documents for how long; 15 s is what bots see."""

    def __init__(self, now: Now, seconds: float = ANSWER_SECONDS) -> None:
        self._now = now
        self.seconds = seconds
        self._ids = itertools.count(4_100_000_000_000_000_001)
        self._open: dict[str, Press] = {}

    def press(self, person: User, message: Message, data: str) -> Press:
        """A new press."""
        pressed = Press(str(next(self._ids)), person, message, data, self._now())
        self._open[pressed.id] = pressed
        if len(self._open) > KEPT:
            del self._open[next(iter(self._open))]
        return pressed

    def unanswered(self, seconds: float) -> bool:
        """Whether a press of the last so many seconds still waits for its answer."""
        return any(self._now() - pressed.at < seconds for pressed in self._open.values())

    def answer(self, query_id: str, toast: Toast) -> Press:
        """Answers it, once. Raises 400 when it was answered, is too old or never was."""
        if len(toast.text) > LONGEST_TOAST:
            raise bad("MESSAGE_TOO_LONG")
        pressed = self._open.pop(query_id, None)
        if pressed is None or self._now() - pressed.at > self.seconds:
            raise bad(TOO_OLD)
        pressed.answer = toast
        return pressed
