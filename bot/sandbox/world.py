"""The world of the sandbox: one bot, people and groups. Tests and the demo make things happen here."""

import itertools
import time
from collections.abc import Iterable

from bot.sandbox.groups import Group
from bot.sandbox.limits import Limits
from bot.sandbox.people import Person
from bot.sandbox.shapes import Json, Now, User
from bot.sandbox.stage import TOKEN, Memory, Stage

FIRST_PERSON = 5_000_000_001
FIRST_GROUP = 4_100_000_001
SUPERGROUP_BASE = 1_000_000_000_000


class World(Stage):
    """`world.person("…")` and `world.group("…")` bring somebody in; what they do becomes updates for the bot.

    Options: see `Stage`.
    """

    def __init__(
        self,
        *,
        now: Now = time.time,
        limits: Limits | None = None,
        token: str = TOKEN,
        username: str = "sandbox_bot",
        name: str = "Sandbox",
        memory: Memory | None = None,
        retry_seconds: float = 1.0,
    ) -> None:
        super().__init__(
            now=now,
            limits=limits,
            token=token,
            username=username,
            name=name,
            memory=memory,
            retry_seconds=retry_seconds,
        )
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self._person_ids = itertools.count(FIRST_PERSON)
        self._group_ids = itertools.count(FIRST_GROUP)

    def person(self, name: str, *, language: str = "", username: str = "", person_id: int | None = None) -> Person:
        """A new person. `language` is their app's language code, as in "zh-hans"; often there is none."""
        user = User(person_id or next(self._person_ids), name, username, language)
        return self.people.setdefault(user.id, Person(self, user))

    def group(
        self,
        title: str,
        members: Iterable[Person] = (),
        *,
        supergroup: bool = False,
        forum: bool = False,
        privacy: bool = True,
    ) -> Group:
        """A new group without the bot; the first member is its creator. A forum is a supergroup."""
        number = next(self._group_ids)
        if supergroup or forum:
            facts: Json = {"id": -SUPERGROUP_BASE - number, "title": title, "type": "supergroup"}
            facts |= {"is_forum": True} if forum else {}
        else:
            facts = {"id": -number, "title": title, "type": "group", "all_members_are_administrators": True}
        return self.groups.setdefault(facts["id"], Group(self, facts, members, privacy=privacy))

    def upgrades(self, group: Group, by: Person) -> Group:
        """A group becomes a supergroup: another id, and the old one refuses with `migrate_to_chat_id`."""
        title = group.room.facts["title"]
        larger = self.group(title, group.members.values(), supergroup=True, privacy=group.privacy)
        group.tell_migration(larger, by)
        return larger

    def place(self, chat_id: int) -> Person | Group | None:
        """The private chat or group with this id."""
        return self.people.get(chat_id) or self.groups.get(chat_id)
