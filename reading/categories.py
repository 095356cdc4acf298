"""What the problem is: categories scored by the everyday words that speak for them.

The words are the keywords of `categories.csv` and the lists under `[categories]` of `words.toml`. Those under
`categories.mute` look like a keyword and mean nothing; those under `[categories.types]` say for what categories a
place's type speaks.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from domain.district import District
from reading.phrases import Phrases, parts

SUGGESTED = 3
"""Categories suggested at most."""

_LONG = 5  # characters: longer words are no surer
_LETTERS = 3  # of an alphabet say as much as one character
_IN_A_NAME = 0.4  # a word in a place's name says more of the place than of the problem
_TYPE = 0.8
_CLEAR_SCORE = 3.0
_CLEAR_MARGIN = 0.5
_TYPES = "categories.types."


@dataclass(frozen=True, slots=True)
class Judgement:
    """At most three categories, the likeliest first, with the score of that one and the words that spoke for it.

    A score of 2 is one usual word of two characters. `clear`: more than one word speaks for the first, and it stands
    well before the second; the bounds are set so that nine of ten are right also on sentences nobody had in mind.
    """

    categories: tuple[str, ...] = ()
    clear: bool = False
    score: float = 0.0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    """What one phrase says for one category."""

    code: str
    weight: float


class Categories:
    """Knows the words of a district's categories."""

    def __init__(self, district: District) -> None:
        listed = district.words
        self._types = {key.removeprefix(_TYPES): codes for key, codes in listed.items() if key.startswith(_TYPES)}
        pairs = dict.fromkeys(
            (parts(phrase), code)
            for code, category in district.categories.items()
            for phrase in (*category.keywords, *listed.get(f"categories.{code}", ()))
        )
        sharing = Counter(words for words, _ in pairs)
        weighed = [(words, _Word(code, _weight(words) / sharing[words])) for words, code in pairs]
        self._phrases = Phrases(weighed, mute=listed.get("categories.mute", ()))

    def judge(self, text: str, named: Collection[int] = (), types: Iterable[str] = ()) -> Judgement:
        """The categories squeezed text speaks for. `named` are the positions of places' names, `types` their types."""
        said = self._said(text, named)
        likely = {code for kind in types for code in self._types.get(kind, ())}
        scores = {code: _sum(weights.values()) + _TYPE * (code in likely) for code, weights in said.items()}
        ranked = tuple(sorted(scores, key=lambda code: (-scores[code], code))[:SUGGESTED])
        first, second, *_ = *(scores[code] for code in ranked), 0.0, 0.0
        words = tuple(said[ranked[0]]) if ranked else ()
        clear = len(words) > 1 and first >= _CLEAR_SCORE and first - second >= _CLEAR_MARGIN * first
        return Judgement(ranked, clear, first, words)

    def _said(self, text: str, named: Collection[int]) -> Mapping[str, Mapping[str, float]]:
        """For each category the phrases that speak for it and how strongly, each once."""
        said: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for match in self._phrases.find(text):
            word = match.phrase.meaning
            inside = match.start in named and match.end - 1 in named
            phrase, weight = "+".join(match.phrase.words), word.weight * (_IN_A_NAME if inside else 1.0)
            said[word.code][phrase] = max(weight, said[word.code].get(phrase, 0.0))
        return said


def _weight(words: tuple[str, ...]) -> float:
    """Longer words say more; words together say more than each."""
    return sum(min(_size(word), _LONG) for word in words) + (len(words) > 1)


def _size(word: str) -> float:
    return len(word) / _LETTERS if word.isascii() else len(word)


def _sum(weights: Iterable[float]) -> float:
    """The second word for a category counts half, the third a third …: long texts do not win by length."""
    return sum(weight / rank for rank, weight in enumerate(sorted(weights, reverse=True), start=1))
