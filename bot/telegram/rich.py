"""Rich messages (Bot API 10.1), which PTB does not know: the words and photos in their nested blocks.

A rich text is a string, a list of rich texts, or an object with `text`; blocks hold texts, captions and more blocks.
"""

from collections.abc import Iterator
from typing import Any

_BLOCKS = ("blocks", "items", "cells", "summary", "text", "caption", "credit")


def words_of(rich: Any) -> str:
    """Everything written in the message, a line for every block."""
    return "\n".join(line for line in _lines(rich) if line.strip())


def photos_of(rich: Any) -> Iterator[list[dict[str, Any]]]:
    """The sizes of each photo in the message, in order."""
    if isinstance(rich, list):
        for part in rich:
            yield from photos_of(part)
    elif isinstance(rich, dict):
        if rich.get("type") == "photo" and isinstance(rich.get("photo"), list):
            yield rich["photo"]
        for name in _BLOCKS:
            yield from photos_of(rich.get(name))


def _lines(block: Any) -> Iterator[str]:
    if isinstance(block, list):
        for part in block:
            yield from _lines(part)
    elif isinstance(block, dict):
        for name in _BLOCKS:
            part = block.get(name)
            if name in ("text", "credit"):
                yield _inline(part)
            elif isinstance(part, str):
                yield part
            else:
                yield from _lines(part)


def _inline(text: Any) -> str:
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(_inline(part) for part in text)
    return _inline(text.get("text")) if isinstance(text, dict) else ""
