"""The story as data: scenes, steps, and what must be seen after each. Read from `story.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cattrs import structure

STORY = Path(__file__).with_name("story.toml")


@dataclass(frozen=True, slots=True)
class Cast:
    """Somebody in the story. With `unit` an officer of it, bound by an invitation of the command line."""

    name: str
    role: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Crew:
    """A group chat of a unit, bound by an invitation of the command line; its first member brings the bot in."""

    name: str
    unit: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing somebody does, and what is then seen by whom (a part of a new or changed message), or as a toast.

    `headline` says what happens; `does` names a method of `player.Player`; `where` is a group, else it is the private
    chat; `pictures` are `scene:seed[:after]`.
    """

    headline: str
    who: str
    does: str
    says: str = ""
    button: str = ""
    where: str = ""
    pictures: tuple[str, ...] = ()
    sees: tuple[tuple[str, str], ...] = ()
    toast: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Some steps under a title."""

    title: str
    step: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is played. `words` are those of the terminal."""

    people: Mapping[str, Cast]
    groups: Mapping[str, Crew]
    words: Mapping[str, str]
    scene: tuple[Scene, ...]

    @property
    def steps(self) -> int:
        """How many there are."""
        return sum(len(scene.step) for scene in self.scene)


def read(path: Path = STORY) -> Story:
    """The story in a file."""
    return structure(tomllib.loads(path.read_text(encoding="utf-8")), Story)
