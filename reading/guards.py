"""What takes the danger out of a word: it is over, it was long ago, it might be, it is a manner of speaking.

Each list of `[guards]` in `words.toml` is a guard and holds for its clause. Four have a rule of their own: `maybe`
holds only for what comes after it; `past` holds also for the next clause when it is all of its own ("last week, a
fire"), and not where `now` stands; `over` holds for the whole text. `none` are words that only look like a guard.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reading.terms import Hit, Terms
from reading.text import clause_numbers

_PAST, _NOW, _OVER, _MAYBE = "past", "now", "over", "maybe"
_LISTS = "guards."
_ANY = -1


@dataclass(frozen=True, slots=True)
class Guarded:
    """The guards of one text: which holds in which clause (`_ANY`: in all), and where it stands first."""

    clauses: list[int]
    held: Mapping[tuple[str, int], int]

    def holds(self, guards: Iterable[str], start: int, end: int) -> bool:
        """Whether one of the guards holds for the words from `start` to `end`."""
        clause = self.clauses[end - 1]
        return any(self._holds(guard, clause, start) for guard in guards)

    def _holds(self, guard: str, clause: int, start: int) -> bool:
        at = self.held.get((guard, clause), self.held.get((guard, _ANY)))
        if at is None or (guard == _MAYBE and at > start):
            return False
        return guard != _PAST or (_NOW, clause) not in self.held


class Guards:
    """Knows the words of the guards."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        lists = {key.removeprefix(_LISTS): found for key, found in words.items() if key.startswith(_LISTS)}
        self._terms = Terms((word, guard) for guard, found in lists.items() for word in found)

    def find(self, text: str) -> Guarded:
        """The guards in squeezed text."""
        clauses = clause_numbers(text)
        held: dict[tuple[str, int], int] = {}
        for hit in self._terms.longest(text):
            for guard in hit.meanings:
                for clause in _reach(guard, hit, text, clauses):
                    held.setdefault((guard, clause), hit.start)
        return Guarded(clauses, held)


def _reach(guard: str, hit: Hit[str], text: str, clauses: list[int]) -> Iterator[int]:
    """The clauses a guard holds for."""
    yield clauses[hit.start]
    if guard == _OVER:
        yield _ANY
    elif guard == _PAST and not text[hit.start - 1 : hit.start].isalnum():
        after = next((at for at in range(hit.end, len(text)) if text[at].isalnum()), hit.end)
        if after > hit.end:
            yield clauses[after]
