"""What the people of the stories read: Chinese, or English with `pytest tests/stories --reading en`."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import Any

from bot.sandbox import NO_LIMITS, Bubble, Group, Person, World
from bot.sandbox.bubbles import Button
from bot.sandbox.messages import Message
from bot.sandbox.places import Spot
from bot.sandbox.queries import Toast
from bot.sandbox.shapes import User
from tests.stories.english import Reading


class _Toasts(list[Toast]):
    def append(self, toast: Toast) -> None:
        super().append(replace(toast, text=Reading(toast.text)))


class Reader(Person):
    """Somebody who reads English."""

    def __init__(self, stage: World, user: User) -> None:
        super().__init__(stage, user)
        self.toasts = _Toasts()

    def seen_by(self, person_id: int) -> list[Bubble]:
        """The chat, with what the bot says to be asked about in Chinese."""
        return [_read(shown) for shown in super().seen_by(person_id)]

    @property
    def keyboard(self) -> list[list[str]]:
        """The reply keyboard, to be asked about alike."""
        return [[Reading(key) for key in row] for row in super().keyboard]

    def presses_key(self, label: str, *, spot: Spot | None = None) -> Message:
        """Presses a key of the reply keyboard."""
        keys = chain.from_iterable(super().keyboard)
        return super().presses_key(next((key for key in keys if Reading(key) == label), label), spot=spot)


class _EnglishGroup(Group):
    """A group bound by somebody who reads English."""

    def seen_by(self, person_id: int) -> list[Bubble]:
        return [_read(shown) for shown in super().seen_by(person_id)]


def _read(shown: Bubble) -> Bubble:
    """What the bot says is read in English; what people typed stays as it is."""
    if shown.mine or shown.service:
        return shown
    rows = tuple(tuple(_button(button) for button in row) for row in shown.rows)
    return replace(shown, text=Reading(shown.text), rows=rows)


def _button(button: Button) -> Button:
    return replace(button, text=Reading(button.text))


class MixedWorld(World):
    """Some people's telephones speak English."""

    def person(self, name: str, *, language: str = "", username: str = "", person_id: int | None = None) -> Person:
        """A new person, who reads English when that is their language."""
        person = super().person(name, language=language, username=username, person_id=person_id)
        if language == "en":
            person = self.people[person.id] = Reader(self, person.user)
        return person


class EnglishWorld(MixedWorld):
    """Everybody's telephone speaks English."""

    def person(self, name: str, *, language: str = "", username: str = "", person_id: int | None = None) -> Person:  # noqa: ARG002
        """A new person. Whatever `language` a story gives them, they read English."""
        return super().person(name, language="en", username=username, person_id=person_id)

    def group(self, title: str, members: Iterable[Person] = (), **kinds: Any) -> Group:
        """A new group whose members read English."""
        made = super().group(title, members, **kinds)
        group = self.groups[made.id] = _EnglishGroup(self, made.room.facts, members, privacy=made.privacy)
        return group


_WORLDS: dict[str, type[World]] = {"zh": World, "en": EnglishWorld}
_chosen = ["zh"]


def read_by_all() -> str:
    """What the people of this run read."""
    return _chosen[0]


def choose(language: str) -> None:
    """Everybody in the worlds that are made from now on reads this language."""
    _chosen[:] = [language]


def new_world() -> World:
    """A Telegram at home without limits, whose people read the language of this run."""
    return _WORLDS[read_by_all()](limits=NO_LIMITS)


def new_mixed_world() -> World:
    """The same, with some who read English in any case."""
    return (EnglishWorld if read_by_all() == "en" else MixedWorld)(limits=NO_LIMITS)
