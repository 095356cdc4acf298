"""The places a text mentions, and which of them it means.

Four things are looked at here, each with its list of words under `places.` in `words.toml`: everyday words that are
names only near a word of place; common names that belong to part of something else; two roads that make a crossing;
and what the person takes back ("not A, B").
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reading.names import Grain, Names, Site
from reading.terms import Hit, Terms
from reading.text import squeeze

_CORNER_WITHIN = 6  # characters after the second road
_NAMED = 48  # names looked at: a text with more of them is a list, and comparing all with all would take long


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text, from `start` to `end`, with what it may mean.

    `common`: other things of the sort bear the name too. `aside`: rather where the person lives or is going than where
    the problem is. `beside`: what is near the problem.
    """

    start: int
    end: int
    sites: tuple[Site, ...]
    common: bool = False
    aside: bool = False
    beside: bool = False

    @property
    def grain(self) -> Grain:
        """The finest it may mean."""
        return max(site.grain for site in self.sites)

    @property
    def communities(self) -> frozenset[str]:
        """Where it may lie."""
        return frozenset().union(*(site.communities for site in self.sites))


class Mentions:
    """Finds what a text mentions."""

    def __init__(self, names: Names, words: Mapping[str, tuple[str, ...]]) -> None:
        self._names = names
        self._lists = {key: tuple(map(squeeze, found)) for key, found in words.items() if key.startswith("places.")}
        self._everyday, self._common = frozenset(self._listed("everyday")), frozenset(self._listed("common"))
        taken_back = [(word, True) for word in self._listed("not")]
        self._not = Terms([*taken_back, *((word, False) for word in self._listed("not_mute"))])

    def _listed(self, name: str) -> tuple[str, ...]:
        return self._lists.get(f"places.{name}", ())

    def _before(self, at: int, name: str, text: str) -> bool:
        """Whether a word of that list ends right before a position."""
        return text.endswith(self._listed(name), 0, at)

    def _after(self, at: int, name: str, text: str) -> bool:
        """Whether a word of that list begins at a position."""
        return text.startswith(self._listed(name), at)

    def find(self, text: str) -> list[Mention]:
        """The mentions that stand, from left to right."""
        hits = [hit for hit in self._names.terms.longest(text) if self._is_name(hit, text)][:_NAMED]
        mentions = self._crossed([self._mention(hit, text) for hit in hits], text)
        return self._standing(mentions, text)

    def _is_name(self, hit: Hit[Site], text: str) -> bool:
        if hit.word in self._common:
            return not self._before(hit.start, "part_of", text)
        return hit.word not in self._everyday or self._placed(hit, text)

    def _placed(self, hit: Hit[Site], text: str) -> bool:
        """Whether an everyday word is used as a name: alone in its clause, or next to a word of place."""
        alone = not text[hit.start - 1 : hit.start].isalnum() and not text[hit.end : hit.end + 1].isalnum()
        return alone or self._before(hit.start, "at", text) or self._after(hit.end, "there", text)

    def _mention(self, hit: Hit[Site], text: str) -> Mention:
        return Mention(
            hit.start,
            hit.end,
            hit.meanings,
            common=hit.word in self._common,
            aside=self._before(hit.start, "aside", text),
            beside=self._after(hit.end, "beside", text),
        )

    def _crossed(self, mentions: list[Mention], text: str) -> list[Mention]:
        """Two roads named together are their crossing, where they have one and nothing is named more exactly."""
        crossed: list[Mention] = []
        for mention in mentions:
            crossing = self._crossing(crossed[-1], mention, text) if crossed else None
            if crossing:
                crossed[-1] = replace(mention, start=crossed[-1].start, sites=(crossing,), beside=True)
            else:
                crossed.append(mention)
        return crossed

    def _crossing(self, one: Mention, other: Mention, text: str) -> Site | None:
        if not self._joined(text[one.end : other.start], other.end, text):
            return None
        pairs = (frozenset({a.name, b.name}) for a in one.sites for b in other.sites)
        return next((self._names.crossings[pair] for pair in pairs if pair in self._names.crossings), None)

    def _joined(self, joint: str, end: int, text: str) -> bool:
        """Whether two roads, with `joint` between them, are named as a pair up to `end`."""
        if any(corner in text[end : end + _CORNER_WITHIN] for corner in self._listed("corners")):
            return joint in ("", *self._listed("joints"))
        return not joint and not self._after(end, "between", text)

    def _standing(self, mentions: list[Mention], text: str) -> list[Mention]:
        """Without what is taken back, as long as something remains."""
        standing = mentions
        for no in self._not.longest(text)[:_NAMED]:
            if True in no.meanings:
                standing = self._without(standing, no, text) or standing
        return standing

    def _without(self, mentions: list[Mention], no: Hit[bool], text: str) -> list[Mention]:
        """A "not" right before a name takes that one back; a "no" by itself takes back what stands before it."""
        denied = [m for m in mentions if m.start >= no.end and text[no.end : m.start] in ("", *self._listed("leads"))]
        if denied:
            return [mention for mention in mentions if mention not in denied]
        by_itself = not text[no.end : no.end + 1].isalnum() or self._after(no.end, "rather", text)
        return [m for m in mentions if m.start >= no.end] if by_itself else mentions
