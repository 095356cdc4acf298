"""A person with a telephone: what they send, press, see, and whether they let the bot speak to them."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.bubbles import Bubble, Button
from bot.sandbox.errors import forbidden
from bot.sandbox.messages import Chat, Message
from bot.sandbox.places import Place, Spot, message_id
from bot.sandbox.queries import Press, Toast
from bot.sandbox.shapes import Json, User
from bot.sandbox.speaking import Speaker
from bot.sandbox.stage import Stage


class Person(Speaker):
    """Somebody who may talk to the bot. Until they do, the bot cannot write to them."""

    def __init__(self, stage: Stage, user: User) -> None:
        self.stage = stage
        self.user = user
        facts: Json = {"id": user.id, "first_name": user.first_name, "type": "private"}
        if user.username:
            facts["username"] = user.username
        self.room = Chat(facts, stage.memory.messages_per_chat)
        self.has_started = False
        self.has_blocked = False
        self.is_deactivated = False
        self.toasts: list[Toast] = []
        self.actions: list[str] = []
        self._used_keyboard = 0

    @property
    def id(self) -> int:
        """The person's id, which is the private chat's id too."""
        return self.user.id

    @property
    def chat(self) -> list[Bubble]:
        """The private chat as the person sees it now, oldest first."""
        return self.seen_by(self.id)

    @property
    def last(self) -> Bubble | None:
        """The newest message of the bot in the private chat."""
        return next((shown for shown in reversed(self.chat) if not shown.mine), None)

    def sees(self, words: str, where: Place | None = None) -> Bubble | None:
        """The newest visible message of somebody else that contains `words`."""
        shown = reversed((where or self).seen_by(self.id))
        return next((bubble for bubble in shown if not bubble.mine and words in bubble.text), None)

    def start(self, payload: str = "") -> Message:
        """Presses START, or opens a deep link `?start=payload`. Whoever had blocked the bot unblocks it so."""
        self.unblocks_bot()
        return self.says(f"/start {payload}".rstrip())

    def presses(
        self,
        label: str,
        *,
        on: Message | Bubble | int | None = None,
        where: Place | None = None,
        contains: bool = False,
    ) -> Press:
        """Presses the newest inline button with this text (or on that message). Raises LookupError without one."""
        message, button = self._find_button(label, on, where, contains)
        if not button.data:
            raise LookupError(f"{button.text!r} opens {button.url}; use opens()")
        return self._press(message, button.data)

    def presses_data(self, data: str, *, on: Message | Bubble | int | None = None, where: Place | None = None) -> Press:
        """Sends any callback data whatever, as a forged or very old button would. Default: on the newest message."""
        place = where or self
        found = place.room.find(message_id(on)) if on else next(place.room.newest_first(), None)
        if found is None:
            raise LookupError("there is no message to press on")
        return self._press(found, data)

    def opens(self, label: str, *, where: Place | None = None, contains: bool = False) -> str:
        """Follows a URL button; a deep link to the bot starts it with its payload. The URL."""
        _, button = self._find_button(label, None, where, contains)
        self.follows(button.url)
        return button.url

    def follows(self, url: str) -> None:
        """Taps a link or scans its QR code; only deep links to the bot do something."""
        parts = urlsplit(url)
        if parts.netloc == "t.me" and parts.path.strip("/").lower() == self.stage.bot.username.lower():
            self.start(parse_qs(parts.query).get("start", [""])[0])

    @property
    def keyboard(self) -> list[list[str]]:
        """The reply keyboard that stands below the private chat now."""
        message = self._keyboard_message()
        return [[key["text"] for key in row] for row in _keys(message)] if message else []

    def presses_key(self, label: str, *, spot: Spot | None = None) -> Message:
        """Presses a key of the reply keyboard: its text is sent, or the position if the key asks for one."""
        message = self._keyboard_message()
        key = next((key for row in _keys(message) for key in row if key["text"] == label), None)
        if message is None or key is None:
            raise LookupError(f"no key {label!r}; there is {self.keyboard}")
        if message.markup and message.markup.get("one_time_keyboard"):
            self._used_keyboard = message.id
        if key.get("request_location"):
            if spot is None:
                raise ValueError(f"{label!r} asks for a position: presses_key(…, spot=(lat, lon))")
            return self.sends_location(*spot)
        return self.says(label)

    def answers(self, words: str, *, where: Place | None = None) -> Message:
        """Types into the field that a ForceReply has opened: a reply to that message."""
        place = where or self
        asking = (m for m in place.room.newest_first() if m.markup and m.markup.get("force_reply"))
        question = next(asking, None)
        if question is None:
            raise LookupError("nothing asks for a reply")
        return self.says(words, reply_to=question, where=where)

    def blocks_bot(self) -> None:
        """The bot cannot write any more; it is told by `my_chat_member`."""
        if not self.has_blocked:
            self.has_blocked = True
            self.stage.tell_membership(self.room, self.user, "member", "kicked")

    def unblocks_bot(self) -> None:
        """Takes the block back."""
        if self.has_blocked:
            self.has_blocked = False
            self.stage.tell_membership(self.room, self.user, "kicked", "member")

    def deactivates(self) -> None:
        """Deletes the account; Telegram tells only when somebody writes."""
        self.is_deactivated = True

    def check_bot(self, thread: int | None = None, *, sending: bool = True) -> None:  # noqa: ARG002 - no topics here
        if self.is_deactivated:
            raise forbidden("user is deactivated")
        if sending and not self.has_started:
            raise forbidden("bot can't initiate conversation with a user")
        if sending and self.has_blocked:
            raise forbidden("bot was blocked by the user")

    def check_person(self, person_id: int) -> None:
        if person_id != self.id:
            raise ValueError("nobody speaks in somebody else's private chat")
        if self.has_blocked:
            raise ValueError("who has blocked the bot cannot write to it: unblocks_bot() first")
        self.has_started = True

    def _press(self, message: Message, data: str) -> Press:
        pressed = self.stage.queries.press(self.user, message, data)
        self.stage.tell("callback_query", pressed.as_json(), message.chat)
        return pressed

    def _find_button(
        self, label: str, on: Message | Bubble | int | None, where: Place | None, contains: bool
    ) -> tuple[Message, Button]:
        place = where or self
        shown = [b for b in reversed(place.seen_by(self.id)) if on is None or b.id == message_id(on)]
        for bubble in shown:
            for button in (button for row in bubble.rows for button in row):
                if button.text == label or (contains and label in button.text):
                    return place.room.messages[bubble.id], button
        raise LookupError(f"no button {label!r}; there are {[bubble.buttons for bubble in shown if bubble.buttons]}")

    def _keyboard_message(self) -> Message | None:
        for message in self.room.newest_first():
            if message.markup and "remove_keyboard" in message.markup:
                return None
            if message.markup and "keyboard" in message.markup:
                return message if message.id != self._used_keyboard else None
        return None


def _keys(message: Message | None) -> list[list[dict[str, Any]]]:
    return message.markup["keyboard"] if message and message.markup else []
