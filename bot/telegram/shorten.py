"""Making a text fit: Telegram counts UTF-16 units of what is seen, tags and entities do not count as written."""

import html
import re
from collections.abc import Iterator, Sequence

ELLIPSIS = "…"
_TOKEN = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|.""", re.DOTALL)
_SENTENCE_ENDS = frozenset("\n。！？；.!?;")
_WORD_ENDS = frozenset(" \t，、,：:")
_LOOK_BACK = 80
"""A cut may give up so many units to end where a sentence, a line or at least a word ends."""


def units(text: str) -> int:
    """The length of plain text in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def visible(rendered: str) -> str:
    """What is seen of Telegram's HTML."""
    return "".join(_seen(token) for token in _tokens(rendered))


def shorten(rendered: str, limit: int) -> str:
    """The HTML unchanged if it fits into `limit` units, else cut at a sensible place with "…", every tag closed."""
    if units(rendered) <= limit:  # what is seen is never longer than what is written
        return rendered
    tokens = list(_tokens(rendered))
    if sum(units(_seen(token)) for token in tokens) <= limit:
        return rendered
    kept = tokens[: _cut(tokens, limit - units(ELLIPSIS))]
    return "".join(kept) + ELLIPSIS + "".join(f"</{name}>" for name in reversed(_opened(kept)))


def _tokens(rendered: str) -> Iterator[str]:
    """Tags, entities and single characters."""
    return (match.group() for match in _TOKEN.finditer(rendered))


def _is_tag(token: str) -> bool:
    return len(token) > 1 and token[0] == "<"


def _seen(token: str) -> str:
    return "" if _is_tag(token) else html.unescape(token)


def _cut(tokens: Sequence[str], room: int) -> int:
    """How many tokens to keep: as many as fit, then back to the last good end, without spaces before the "…"."""
    most, used = 0, 0
    for token in tokens:
        used += units(_seen(token))
        if used > room:
            break
        most += 1
    end = _back_to(_SENTENCE_ENDS, tokens, most) or _back_to(_WORD_ENDS, tokens, most) or most
    while end and not _is_tag(tokens[end - 1]) and _seen(tokens[end - 1]).isspace():
        end -= 1
    return end


def _back_to(ends: frozenset[str], tokens: Sequence[str], most: int) -> int:
    """The place behind the last such end within reach, 0 when there is none."""
    for place in range(most, max(0, most - _LOOK_BACK), -1):
        if tokens[place - 1] in ends:
            return place
    return 0


def _opened(tokens: Sequence[str]) -> list[str]:
    """The names of the tags that are still open, the outermost first."""
    names: list[str] = []
    for token in filter(_is_tag, tokens):
        if not token.startswith("</"):
            names.append(re.split(r"[\s>/]", token[1:], maxsplit=1)[0])
        elif names:
            names.pop()
    return names
