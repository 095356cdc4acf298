"""Groups and supergroups: members, topics, the bot's place in them, and what privacy mode lets it hear."""

from collections.abc import Iterable
from typing import Literal

from bot.sandbox.bubbles import Bubble
from bot.sandbox.errors import bad, forbidden, migrated
from bot.sandbox.messages import Chat, Content, Message, service
from bot.sandbox.people import Person
from bot.sandbox.places import Place
from bot.sandbox.shapes import NO_GIFTS, Json
from bot.sandbox.stage import Stage

BotStatus = Literal["left", "member", "administrator", "kicked"]


class Topic(Place):
    """A topic of a forum. Its id is that of the message that opened it."""

    def __init__(self, group: "Group", thread: int, name: str) -> None:
        self.group = group
        self.room = group.room
        self.thread = thread
        self.name = name
        self.is_closed = False

    def check_bot(self, thread: int | None = None, *, sending: bool = True) -> None:  # noqa: ARG002 - nobody blocks in a group
        self.group.check_bot(self.thread)

    def check_person(self, person_id: int) -> None:
        self.group.check_person(person_id)


class Group(Place):
    """A group. `privacy` is Telegram's default: the bot hears commands, replies to it, and presses on its buttons."""

    def __init__(self, stage: Stage, facts: Json, members: Iterable[Person] = (), *, privacy: bool = True) -> None:
        self.stage = stage
        self.room = Chat({**facts, "accepted_gift_types": NO_GIFTS}, stage.memory.messages_per_chat)
        self.room.is_heard = self.hears
        self.members: dict[int, Person] = {person.id: person for person in members}
        self.privacy = privacy
        self.bot_status: BotStatus = "left"
        self.topics: dict[int, Topic] = {}
        self.moved_to: int | None = None

    @property
    def id(self) -> int:
        """The group's id, negative."""
        return self.room.id

    @property
    def is_supergroup(self) -> bool:
        """Supergroups have other ids, other words in refusals, and may have topics."""
        return bool(self.room.facts["type"] == "supergroup")

    @property
    def chat(self) -> list[Bubble]:
        """The group as everybody sees it, oldest first."""
        return self.seen_by(0)

    def adds(self, person: Person, *, by: Person | None = None) -> None:
        """Somebody joins."""
        self.members[person.id] = person
        self._service(by or person, service("new_chat_members", [person.user.as_json()]))

    def removes(self, person: Person, *, by: Person | None = None) -> None:
        """Somebody leaves or is thrown out."""
        self._service(by or person, service("left_chat_member", person.user.as_json()))
        self.members.pop(person.id, None)

    def adds_bot(self, by: Person, payload: str | None = None) -> None:
        """The bot is added; with a `?startgroup=payload` link it also gets `/start@bot payload`."""
        self._change_bot(by, "member")
        self._service(by, service("new_chat_members", [self.stage.bot.as_json()]))
        if payload is not None:
            by.says(f"/start@{self.stage.bot.username} {payload}".rstrip(), where=self)

    def makes_bot_admin(self, by: Person) -> None:
        """As an administrator the bot hears everything and may write into closed topics."""
        self._change_bot(by, "administrator")

    def kicks_bot(self, by: Person) -> None:
        """The bot is thrown out and cannot come back by itself."""
        self._change_bot(by, "kicked")
        self._service(by, service("left_chat_member", self.stage.bot.as_json()))

    def bot_leaves(self) -> None:
        """`leaveChat`."""
        self._change_bot(None, "left")
        self._service(None, service("left_chat_member", self.stage.bot.as_json()))

    def opens_topic(self, name: str, by: Person) -> Topic:
        """A new topic. Only forums have topics."""
        if not self.room.facts.get("is_forum"):
            raise ValueError("only a forum has topics: world.group(…, forum=True)")
        opened = service("forum_topic_created", {"name": name, "icon_color": 7_322_096})
        message = self._service(by, opened, thread=self.room.last_id + 1)
        return self.topics.setdefault(message.id, Topic(self, message.id, name))

    def closes_topic(self, topic: Topic, by: Person) -> None:
        """Only administrators can write into it now."""
        topic.is_closed = True
        self._service(by, service("forum_topic_closed", {}), thread=topic.thread)

    def deletes_topic(self, topic: Topic) -> None:
        """The topic is gone with all its messages."""
        if topic.thread is not None:
            self.topics.pop(topic.thread, None)
        for message in [m for m in self.room.messages.values() if m.thread == topic.thread]:
            self.stage.remove(message)

    def tell_migration(self, to: "Group", by: Person) -> None:
        """Both sides of the move of a group to a supergroup are told."""
        self.moved_to = to.id
        to.bot_status = self.bot_status
        self._service(by, service("migrate_to_chat_id", to.id))
        to._service(by, service("migrate_from_chat_id", self.id))

    def status_of(self, person_id: int) -> str:
        """The `status` of a `ChatMember`."""
        if person_id == self.stage.bot.id:
            return self.bot_status
        if person_id not in self.members:
            return "left"
        return "creator" if person_id == next(iter(self.members)) else "member"

    def check_bot(self, thread: int | None = None, *, sending: bool = True) -> None:
        if self.moved_to is not None:
            raise migrated(self.moved_to)
        kind = "supergroup" if self.is_supergroup else "group"
        if self.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {kind} chat")
        if self.bot_status == "left":
            raise forbidden(f"bot is not a member of the {kind} chat")
        if sending and thread is not None and self.room.facts.get("is_forum"):
            self._check_topic(thread)

    def check_person(self, person_id: int) -> None:
        if person_id not in self.members:
            raise ValueError(f"{person_id} is not a member of {self.room.facts['title']}")
        if self.moved_to is not None:
            raise ValueError("the group has moved on")

    def hears(self, message: Message) -> bool:
        """Whether the bot is told of this message. Of its own leaving it is, though it is no longer there."""
        if message.content.facts.get("left_chat_member", {}).get("id") == self.stage.bot.id:
            return True
        if self.bot_status not in ("member", "administrator"):
            return False
        open_ears = not self.privacy or self.bot_status == "administrator" or message.content.kind == "service"
        return open_ears or self._is_command(message) or self._is_answer(message)

    def _is_command(self, message: Message) -> bool:
        words = message.content.words.text.split(maxsplit=1)
        if message.content.kind != "text" or not words or not words[0].startswith("/"):
            return False
        _, _, addressee = words[0].partition("@")
        return addressee.lower() in ("", self.stage.bot.username.lower())

    def _is_answer(self, message: Message) -> bool:
        answered = self.room.find(message.reply_to)
        return answered is not None and answered.sender == self.stage.bot

    def _check_topic(self, thread: int) -> None:
        topic = self.topics.get(thread)
        if topic is None:
            raise bad("message thread not found")
        if topic.is_closed and self.bot_status != "administrator":
            raise bad("TOPIC_CLOSED")

    def _service(self, by: Person | None, content: Content, *, thread: int | None = None) -> Message:
        message = self.stage.post(self.room, by.user if by else self.stage.bot, content, thread=thread)
        self.stage.report(message)
        return message

    def _change_bot(self, by: Person | None, status: BotStatus) -> None:
        before, self.bot_status = self.bot_status, status
        self.stage.tell_membership(self.room, by.user if by else self.stage.bot, before, status)
