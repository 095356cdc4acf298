"""What a person typed, without what only a machine or a joker puts into it."""

import re

MOST_CHARACTERS = 4096
"""The longest text Telegram lets anybody send."""

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but newline and tab
    r"\u202a-\u202e\u2066-\u2069"  # they turn the reading direction, of our own words behind them too
    r"\ud800-\udfff]"  # half a character: no database and no network takes it
)


def clean(text: object) -> str:
    """The text as it can be kept and shown. Raises `TypeError` for what is no text."""
    if not isinstance(text, str):
        raise TypeError("no text")
    return _UNSEEN.sub("", text)[:MOST_CHARACTERS]
