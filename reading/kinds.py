"""What a message is: a report, a danger under way, thanks, small talk, spam, a question, another service's matter.

Word lists under `kinds.` in `words.toml`. When in doubt it is a report: nothing anybody sends is lost. Rules 6 and 7.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.gist import Kind
from reading.categories import Judgement
from reading.danger import Alarm
from reading.terms import Hit, Terms

_SAID = 2.0  # the score of one usual word of two characters: below it, a text hardly speaks of a problem
_SURE = 4.0
_LITTLE = 2  # characters that may stand beside small talk
_SOME = 6  # … and beside thanks


class Kinds:
    """Knows the words by which messages are told apart. `prefix` begins the numbers of cases."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], prefix: str) -> None:
        lists = {key.removeprefix("kinds."): found for key, found in words.items() if key.startswith("kinds.")}
        told = [(word, name) for name, found in lists.items() for word in found]
        self._terms = Terms([*told, (f"{prefix}-", "asking")])

    def judge(self, text: str, alarm: Alarm, judged: Judgement, placed: bool) -> Kind:
        """The kind of a squeezed text, given its dangers, its categories, and whether a place is named in it."""
        first = next(iter(judged.categories), None)
        if alarm.numbers:
            return Kind.REPORT if alarm.opens_case(first) else Kind.EMERGENCY
        hits = self._terms.longest(text)
        said = frozenset(name for hit in hits for name in hit.meanings)
        impression = Impression(said, _beside(text, hits), judged.score, placed)
        return next((kind for kind, applies in _RULES if applies(impression)), Kind.REPORT)


@dataclass(frozen=True, slots=True)
class Impression:
    """What the rules look at: the lists that were heard, how many characters stand beside their words (`rest`),
    how surely a problem is told (`score`), and whether a place is named.
    """

    said: frozenset[str]
    rest: int
    score: float
    placed: bool


def _query(seen: Impression) -> bool:
    """A question about a case is one even where it names the problem; any other question only without one."""
    return "query" in seen.said or ("asking" in seen.said and not seen.placed and seen.score < _SAID)


def _spam(seen: Impression) -> bool:
    return "spam" in seen.said and not seen.placed and seen.score < _SURE


def _out_of_scope(seen: Impression) -> bool:
    return "out_of_scope" in seen.said and seen.score < _SURE


def _thanks(seen: Impression) -> bool:
    """Praise, or thanks for what was solved; a mere "thanks" often ends a report."""
    if "but" in seen.said:
        return False
    solved = "solved" in seen.said and bool({"thanks", "praise"} & seen.said)
    bare = "thanks" in seen.said and seen.rest <= _SOME
    return solved or (seen.score < _SAID and (bare or "praise" in seen.said))


def _chitchat(seen: Impression) -> bool:
    return "chitchat" in seen.said and not seen.placed and seen.rest <= _LITTLE


_RULES = (
    (Kind.OUT_OF_SCOPE, _out_of_scope),
    (Kind.QUERY, _query),
    (Kind.SPAM, _spam),
    (Kind.THANKS, _thanks),
    (Kind.CHITCHAT, _chitchat),
)


def _beside(text: str, hits: Sequence[Hit[str]]) -> int:
    """How many letters of the text belong to none of the words."""
    covered = sum(character.isalpha() for hit in hits for character in hit.word)
    return sum(map(str.isalpha, text)) - covered
