"""Phrases of one or several words: `a+b` is found where a and b stand near each other, in either order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from reading.terms import Hit, Terms
from reading.text import squeeze

T = TypeVar("T")

NEAR = 16
"""Characters between the words of a phrase, at most."""

_LOOKED_AT = 24  # occurrences of one word: more say nothing new, and would make a spiteful text slow


@dataclass(frozen=True, slots=True)
class Phrase(Generic[T]):
    """Words that mean something together."""

    words: tuple[str, ...]
    meaning: T

    @property
    def single(self) -> bool:
        """Whether it is one word alone."""
        return len(self.words) == 1

    def begin(self, before: Mapping[str, Hit[Any]], at: int) -> int | None:
        """Where the phrase begins if its words, as last heard `before`, all end near `at`; None if not all do."""
        start = at
        for word in self.words:
            hit = before.get(word)
            if hit is None or hit.end < at - NEAR:
                return None
            start = min(start, hit.start)
        return start


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A phrase found, from `start` to `end`."""

    phrase: Phrase[T]
    start: int
    end: int


def parts(phrase: str) -> tuple[str, ...]:
    """The words of a phrase written `a+b`, squeezed."""
    return tuple(word for word in map(squeeze, phrase.split("+")) if word)


class Phrases(Generic[T]):
    """An index of phrases. Words in `mute` mean nothing, and hide the shorter words inside them."""

    __slots__ = ("_terms",)

    def __init__(self, pairs: Iterable[tuple[tuple[str, ...], T]], mute: Iterable[str] = ()) -> None:
        phrases = [Phrase(words, meaning) for words, meaning in pairs]
        heard = [(word, phrase) for phrase in phrases for word in phrase.words]
        self._terms: Terms[Phrase[T] | None] = Terms([*heard, *((word, None) for word in mute)])

    def find(self, text: str) -> Iterator[Match[T]]:
        """The phrases in squeezed text, from left to right, as often as they stand there.

        A word that is a phrase alone does not count inside a longer one.
        """
        before: dict[str, Hit[Phrase[T] | None]] = {}
        covered = 0
        for hit, phrases in self._heard(text):
            before[hit.word] = hit
            for phrase in phrases:
                start = phrase.begin(before, hit.start)
                if start is not None and not (phrase.single and hit.end <= covered):
                    yield Match(phrase, start, hit.end)
            if any(phrase.single for phrase in phrases):
                covered = max(covered, hit.end)

    def _heard(self, text: str) -> Iterator[tuple[Hit[Phrase[T] | None], list[Phrase[T]]]]:
        """The words in the text with their phrases, without those inside a mute word, each only so often."""
        seen: Counter[str] = Counter()
        mute_until = 0
        for hit in self._terms.every(text):
            if None in hit.meanings:
                mute_until = max(mute_until, hit.end)
            seen[hit.word] += 1
            if hit.end > mute_until and seen[hit.word] <= _LOOKED_AT:
                yield hit, [phrase for phrase in hit.meanings if phrase is not None]
