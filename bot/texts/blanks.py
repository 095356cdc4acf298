"""What fills the blanks of a text: a derived value where there is one, else the fact itself, already escaped.

A blank without a value is empty.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo

from bot.texts.catalog import Catalog, fill
from bot.texts.times import say
from domain.facts import Fact, instant

Entry = Callable[[str, bool], str]
"""A link that brings somebody into our private chat, or us into a group chat, with a scene."""


class Derive(Mapping[str, str]):
    """Blank -> text, for one notice in one language."""

    def __init__(
        self,
        derived: Mapping[str, Callable[["Derive"], str]],
        words: Catalog,
        facts: Mapping[str, Fact],
        now: datetime,
        zone: tzinfo,
        escape: Callable[[str], str],
        entry: Entry,
    ) -> None:
        self.derived = derived
        self.words = words
        self.facts = facts
        self.now = now
        self.zone = zone
        self.escape = escape
        self.entry = entry

    def __getitem__(self, blank: str) -> str:
        derived = self.derived.get(blank)
        if derived is not None:
            return derived(self)
        if f"{blank}_at" in self.facts:
            return self.time(f"{blank}_at")
        return self.plain(blank)

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    def plain(self, name: str) -> str:
        """A fact as text, escaped; nothing, no and zero are empty."""
        value = self.facts.get(name)
        if value in (None, False, 0, ""):
            return ""
        if isinstance(value, list | tuple):
            return self.words["phrase"]["list"].join(self.escape(str(item)) for item in value)
        return self.escape(str(value))

    def word(self, table: str, name: str) -> str:
        """The word for a fact that names something of ours, such as a state; nothing when the fact is empty."""
        value = str(self.facts.get(name) or "")
        return self.words[table].get(value, self.escape(value))

    def time(self, name: str) -> str:
        """An instant in the reader's way; nothing when there is none."""
        value = self.facts.get(name)
        return say(instant(value), self.now, self.zone, self.words["time"]) if isinstance(value, int) else ""

    def notice(self, name: str) -> str:
        """A part of a notice that has a template of its own."""
        return fill(self.words["notice"][name], self)

    def inner(self, facts: Mapping[str, Fact]) -> "Derive":
        """The same for facts inside these."""
        return Derive(self.derived, self.words, facts, self.now, self.zone, self.escape, self.entry)
