"""Buttons: which stand side by side, and what becomes of them when pressed."""

from collections.abc import Callable, Sequence
from unicodedata import east_asian_width

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.messages import Action, Style

WIDEST_ROW = 3
_ROOM = 30
"""What a row holds on a small phone, in half-width characters; all buttons of a row are equally wide."""

Label = Callable[[Action], str]
Entry = Callable[[str], str]
"""A link into our private chat with a scene."""


def inline_keyboard(actions: Sequence[Action], label: Label, entry: Entry) -> InlineKeyboardMarkup | None:
    """The actions as buttons below a message, in their order."""
    if not actions:
        return None
    labels = [label(action) for action in actions]
    buttons = [_button(action, text, entry) for action, text in zip(actions, labels, strict=True)]
    rows = pack([width(text) for text in labels])
    return InlineKeyboardMarkup([[buttons[place] for place in row] for row in rows])


def width(text: str) -> int:
    """Half-width characters: a Chinese character counts 2."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def pack(widths: Sequence[int]) -> list[list[int]]:
    """The places 0, 1, 2 … in rows: as many side by side as fit, the order kept."""
    rows: list[list[int]] = []
    for place in range(len(widths)):
        if rows and _fit([widths[other] for other in rows[-1]] + [widths[place]]):
            rows[-1].append(place)
        else:
            rows.append([place])
    return rows


def _fit(widths: Sequence[int]) -> bool:
    return len(widths) <= WIDEST_ROW and len(widths) * max(widths) <= _ROOM


def _button(action: Action, label: str, entry: Entry) -> InlineKeyboardButton:
    style = None if action.style is Style.PLAIN else str(action.style)
    if action.link is not None:
        return InlineKeyboardButton(label, url=entry(action.link), style=style)
    return InlineKeyboardButton(label, callback_data=action.token, style=style)
