"""Many words looked for in one pass over a text, without regular expressions: no text can make it slow."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from reading.text import squeeze

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A word found at `start` (up to `end`, not included), with everything it may mean."""

    start: int
    end: int
    word: str
    meanings: tuple[T, ...]


class Terms(Generic[T]):
    """An index of words; a word given twice keeps both meanings."""

    __slots__ = ("_lengths", "_meanings")

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        meanings: defaultdict[str, dict[T, None]] = defaultdict(dict)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for word, meaning in pairs:
            if key := squeeze(word):
                meanings[key][meaning] = None
                lengths[key[0]].add(len(key))
        self._meanings = {word: tuple(found) for word, found in meanings.items()}
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def every(self, text: str) -> Iterator[Hit[T]]:
        """Every occurrence in squeezed text, also inside and across others, from left to right, longer ones first."""
        for start, first in enumerate(text):
            for length in self._lengths.get(first, ()):
                word = text[start : start + length]
                if word in self._meanings:
                    yield Hit(start, start + len(word), word, self._meanings[word])

    def longest(self, text: str) -> list[Hit[T]]:
        """The occurrences that overlap none longer (or as long and further left), from left to right."""
        taken = bytearray(len(text))
        kept = []
        for hit in sorted(self.every(text), key=lambda hit: (hit.start - hit.end, hit.start)):
            if not any(taken[hit.start : hit.end]):
                taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit.start)
