"""What people typed, as short as a card needs it."""

from domain.case import Case

BRIEF = 300
"""Characters of what a person typed that stand on a card, so that the due time is never cut off."""


def brief(text: str) -> str:
    """As much of a text as a card has room for; 更多 shows the whole."""
    return text if len(text) <= BRIEF else f"{text[:BRIEF]}…"


def cut_short(case: Case) -> tuple[str, ...]:
    """The texts of which a card shows only a part."""
    wish = case.request.reason if case.request else ""
    texts = dict.fromkeys((case.words, case.reply, case.reason, case.note, case.rework_reason, wish))
    return tuple(text for text in texts if len(text) > BRIEF)
