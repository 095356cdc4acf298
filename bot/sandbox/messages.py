"""Messages and the chats they stand in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.sandbox.files import Media
from bot.sandbox.formatting import NOTHING, Formatted
from bot.sandbox.shapes import Json, User


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says. `words` are the text of a text message and the caption of any other.

    `facts` are further fields of the message object as they are: location, venue, sticker, service messages …
    """

    kind: str
    words: Formatted = NOTHING
    media: Media | None = None
    facts: Json = field(default_factory=dict)

    def as_json(self) -> Json:
        """The fields of `Message` that depend on the content."""
        shape: Json = dict(self.facts)
        if self.media:
            shape[self.media.kind] = self.media.as_json()
        if self.words.text:
            name, entities = ("text", "entities") if self.kind == "text" else ("caption", "caption_entities")
            shape[name] = self.words.text
            if self.words.entities:
                shape[entities] = [entity.as_json() for entity in self.words.entities]
        return shape

    def same_as(self, other: "Content") -> bool:
        """Whether an edit to `other` would be "not modified"."""
        return (
            self.kind == other.kind
            and self.words.same_as(other.words)
            and self.facts == other.facts
            and _unique(self.media) == _unique(other.media)
        )


def _unique(media: Media | None) -> str | None:
    return media.best.unique if media else None


def text(words: Formatted) -> Content:
    """A plain message."""
    return Content("text", words)


def captioned(media: Media, words: Formatted = NOTHING) -> Content:
    """A photo, document, video … with its caption."""
    return Content(media.kind, words, media)


def service(kind: str, value: object) -> Content:
    """A line in the middle of the chat: somebody joined, the group moved, a topic was opened …"""
    return Content("service", facts={kind: value})


@dataclass(slots=True)
class Message:
    """One message, as it is now."""

    chat: "Chat"
    id: int
    sender: User
    at: float
    content: Content
    markup: Json | None = None
    reply_to: int | None = None
    thread: int | None = None
    album: str | None = None
    origin: Json | None = None
    edited_at: float | None = None
    edits: int = 0
    locked: bool = False
    """Telegram lets nobody edit it any more, for reasons of its own (a test says so)."""

    def as_json(self, *, with_reply: bool = True) -> Json:
        """The object `Message`. A reply carries the message it answers, one level deep."""
        shape: Json = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.at),
        }
        if self.edited_at is not None:
            shape["edit_date"] = int(self.edited_at)
        if self.thread is not None:
            shape |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.origin:
            shape |= {"forward_origin": self.origin, "forward_date": self.origin["date"]}
        replied = self.chat.find(self.reply_to) if self.reply_to and with_reply else None
        if replied:
            shape["reply_to_message"] = replied.as_json(with_reply=False)
        if self.album:
            shape["media_group_id"] = self.album
        shape |= self.content.as_json()
        if self.markup and "inline_keyboard" in self.markup:
            shape["reply_markup"] = self.markup
        return shape


class Chat:
    """A private chat or a group's room. Message ids count from 1 in every chat, so the same id means many messages.

    `keep`: at most so many messages stay; older ones are then as good as deleted. `is_heard`: whether the bot is told
    of a message; groups have rules for it.
    """

    def __init__(self, facts: Json, keep: int | None = None) -> None:
        self.facts = facts
        self.is_heard: Callable[[Message], bool] = lambda _: True
        self.last_id = 0
        self.messages: dict[int, Message] = {}
        self._keep = keep

    @property
    def id(self) -> int:
        """The `chat_id`: positive for people, negative for groups."""
        return int(self.facts["id"])

    @property
    def is_private(self) -> bool:
        """A chat with one person."""
        return bool(self.facts["type"] == "private")

    def as_json(self) -> Json:
        """The object `Chat`."""
        return self.facts

    def add(self, message: Message) -> Message:
        """The message takes its place."""
        self.messages[message.id] = message
        while self._keep is not None and len(self.messages) > self._keep:
            del self.messages[next(iter(self.messages))]
        return message

    def next_id(self) -> int:
        """The id of the next message."""
        self.last_id += 1
        return self.last_id

    def find(self, message_id: int | None) -> Message | None:
        """The message, if it (still) exists."""
        return self.messages.get(message_id) if message_id else None

    def newest_first(self) -> Iterator[Message]:
        """All messages, the last one first."""
        return reversed(self.messages.values())
