"""Where something can be said: a private chat, a group, a topic of a group."""

from abc import ABC, abstractmethod

from bot.sandbox.bubbles import Bubble, bubble
from bot.sandbox.messages import Chat, Message

Spot = tuple[float, float]
"""Latitude and longitude in degrees, WGS-84."""


class Place(ABC):
    """A chat with its doors: who may speak, and what the bot gets to hear."""

    room: Chat
    thread: int | None = None

    @abstractmethod
    def check_bot(self, thread: int | None = None, *, sending: bool = True) -> None:
        """Raises the error Telegram gives when the bot may not write here; `sending=False` for edits and deletions."""

    @abstractmethod
    def check_person(self, person_id: int) -> None:
        """Raises ValueError when this person cannot speak here; a mistake of the test."""

    def seen_by(self, person_id: int) -> list[Bubble]:
        """The chat as this person sees it now, oldest first."""
        shown = [message for message in self.room.messages.values() if self.thread in (None, message.thread)]
        return [bubble(message, person_id) for message in shown]


def message_id(of: Message | Bubble | int | None) -> int | None:
    """The id of a message, however it is pointed at."""
    return of if of is None or isinstance(of, int) else of.id
