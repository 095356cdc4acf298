"""Danger in a text: numbers to call at once, and whether somebody may still come to harm. Rules 5 and 6.

Each table `[danger.…]` of `words.toml` is one danger: `words` that tell of it within one clause, `scattered` ones that
do across clauses, `numbers` to call (none: it is urgent, no more), `category` when it is a case as well, `beside` the
categories with which a case is opened all the same, and `guards` that take it back. `danger.mute` are words that only
look like danger. To miss none is worth a needless number.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from reading.guards import Guarded, Guards
from reading.phrases import Match, Phrases, parts

_MUTE = "danger.mute"


@dataclass(frozen=True, slots=True)
class Danger:
    """A sort of danger."""

    name: str
    numbers: tuple[str, ...] = ()
    category: str | None = None
    beside: frozenset[str] = frozenset()
    guards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alarm:
    """The dangers a text tells of, and the words that did."""

    dangers: tuple[Danger, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """All numbers to call, each once."""
        return tuple(sorted({number for danger in self.dangers for number in danger.numbers}))

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories in which the dangers are cases."""
        return tuple(dict.fromkeys(danger.category for danger in self.dangers if danger.category))

    def opens_case(self, category: str | None) -> bool:
        """Whether there is a case besides the call for help, `category` being what the text speaks for."""
        return any(danger.category or category in danger.beside for danger in self.dangers)


class Dangers:
    """Knows the words of danger. A category the district does not have makes no case."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], categories: Container[str]) -> None:
        names = dict.fromkeys(key.split(".")[1] for key in words if key.startswith("danger.") and key != _MUTE)
        told = [
            (parts(phrase), _Tale(_danger(name, words, categories), scattered=spread == "scattered"))
            for name in names
            for spread in ("words", "scattered")
            for phrase in words.get(f"danger.{name}.{spread}", ())
        ]
        self._told = Phrases(told, mute=words.get(_MUTE, ()))
        self._guards = Guards(words)

    def find(self, text: str) -> Alarm:
        """The dangers in squeezed text that no guard takes back."""
        guarded = self._guards.find(text)
        found = [match.phrase for match in self._told.find(text) if _stands(match, guarded)]
        return Alarm(
            dangers=tuple(dict.fromkeys(phrase.meaning.danger for phrase in found)),
            words=tuple(dict.fromkeys(f"{phrase.meaning.danger.name}:{'+'.join(phrase.words)}" for phrase in found)),
        )


@dataclass(frozen=True, slots=True)
class _Tale:
    """What one phrase tells of; `scattered` ones may begin in one clause and end in another."""

    danger: Danger
    scattered: bool


def _stands(match: Match[_Tale], guarded: Guarded) -> bool:
    """Whether it is told in one clause (unless it may be scattered) and no guard takes it back."""
    tale = match.phrase.meaning
    whole = tale.scattered or guarded.clauses[match.start] == guarded.clauses[match.end - 1]
    return whole and not guarded.holds(tale.danger.guards, match.start, match.end)


def _danger(name: str, words: Mapping[str, tuple[str, ...]], categories: Container[str]) -> Danger:
    def listed(key: str) -> tuple[str, ...]:
        return words.get(f"danger.{name}.{key}", ())

    return Danger(
        name=name,
        numbers=listed("numbers"),
        category=next((code for code in listed("category") if code in categories), None),
        beside=frozenset(listed("beside")),
        guards=listed("guards"),
    )
