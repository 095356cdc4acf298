"""What the Telegram at home knows of a run: plain values, whatever the bot has written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """Words somebody sent. `mark` stands in them and in no others."""

    mark: str
    chat: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or a voice message somebody sent. What was sent together shares its `sending`."""

    ref: str
    sha256: str
    chat: int
    sending: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press: by whom, on which label, under a message about which case ("" for none), and how it was answered.

    `toast` is None when no answer came.
    """

    chat: int
    label: str
    number: str
    toast: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """A person is known by their chat. `messages` were sent by the bot, `standing` stand at the end (whosesoever).

    `said` has every text the bot made stand in a chat, edits as well. `fickle` are those who give up what they have
    begun; what they sent may come to nothing. `units` says for which unit somebody acts.
    """

    updates: frozenset[int] = frozenset()
    texts: tuple[Text, ...] = ()
    pictures: tuple[Picture, ...] = ()
    presses: tuple[Pressed, ...] = ()
    messages: frozenset[tuple[int, int]] = frozenset()
    standing: frozenset[tuple[int, int]] = frozenset()
    said: tuple[tuple[int, str], ...] = ()
    fickle: frozenset[int] = frozenset()
    units: Mapping[int, str] = field(default_factory=dict)

    def saw(self, chat: int, *words: str) -> int:
        """How often a text with all these words came to stand in a chat."""
        return sum(1 for where, text in self.said if where == chat and all(word in text for word in words))
