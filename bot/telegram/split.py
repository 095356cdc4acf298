"""One answer of getUpdates, cut into its updates: each as its exact bytes, whatever is in it.

What PTB makes of an update is not what came, so the bytes are kept. The answer is scanned as Latin-1, which has one
character for every byte: positions in the text are positions in the body, and no broken encoding can stop the scan.
"""

import hashlib
import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from bot.channel import Raw

_SCAN = json.JSONDecoder(strict=False).raw_decode
_SPACE = re.compile(r"[ \t\r\n]*")
_BETWEEN = re.compile(r"[ \t\r\n,]*")
_HEAD = re.compile(rb'\{\s*"update_id"\s*:\s*(\d{1,18})\b')
_NO_JSON = (ValueError, RecursionError)


class NotAnAnswer(Exception):
    """The body is not what getUpdates answers with."""


@dataclass(frozen=True, slots=True)
class Update:
    """One update as it came. `id` is None when it has none that could be confirmed."""

    id: int | None
    raw: Raw


@dataclass(frozen=True, slots=True)
class Batch:
    """The updates of one answer, and the bytes behind them that are no JSON: None when there are none."""

    updates: tuple[Update, ...]
    rest: bytes | None = None


def split(body: bytes) -> Batch:
    """Cuts an answer into updates. Raises `NotAnAnswer`."""
    text = body.decode("latin-1")
    updates: list[Update] = []
    at = _first(text)
    while not text.startswith("]", at := _skip(_BETWEEN, text, at)):
        try:
            value, end = _SCAN(text, at)
        except _NO_JSON:
            return Batch(tuple(updates), body[at:])
        updates.append(_update(value, body[at:end]))
        at = end
    return Batch(tuple(updates))


def single(body: bytes) -> Update:
    """The one update that a webhook is posted, whatever is in it: what is no JSON goes by its id, or by its bytes."""
    text = body.decode("latin-1")
    try:
        value, end = _SCAN(text, start := _skip(_SPACE, text, 0))
    except _NO_JSON:
        return salvage(body) or _update(None, body)
    if _skip(_SPACE, text, end) < len(text):
        return salvage(body) or _update(None, body)
    return _update(value, body[start:end])


def salvage(rest: bytes) -> Update | None:
    """The first of the bytes that are no JSON, up to the next update; None when it does not even begin like one."""
    head = _HEAD.match(rest)
    if head is None:
        return None
    following = _HEAD.search(rest, head.end())
    return _update({"update_id": int(head.group(1))}, rest[: following.start() if following else len(rest)])


def chat_of(update: object) -> str | None:
    """The id of the chat an update belongs to, else of the person it comes from: what order is kept in."""
    for names in (("chat",), ("from", "user")):
        for thing in _nested(update):
            for name in names:
                found = thing.get(name)
                if isinstance(found, dict) and type(found.get("id")) is int:
                    return str(found["id"])
    return None


def _first(text: str) -> int:
    """Where the elements of "result" begin."""
    try:
        at = _after("{", text, 0)
        while True:
            key, at = _SCAN(text, at)
            at = _after(":", text, at)
            if key == "result":
                return _after("[", text, at)
            _, at = _SCAN(text, at)
            at = _after(",", text, at)
    except _NO_JSON:
        raise NotAnAnswer("no list of updates") from None


def _after(mark: str, text: str, at: int) -> int:
    at = _skip(_SPACE, text, at)
    if not text.startswith(mark, at):
        raise ValueError(f"no {mark}")
    return _skip(_SPACE, text, at + 1)


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _update(value: object, payload: bytes) -> Update:
    number = value.get("update_id") if isinstance(value, dict) else None
    if type(number) is int and 0 <= number < 1 << 62:
        return Update(number, Raw(str(number), chat_of(value) or f"update:{number}", payload))
    name = hashlib.sha256(payload).hexdigest()[:32]
    return Update(None, Raw(f"sha256:{name}", chat_of(value) or f"update:{name}", payload))


def _nested(update: object) -> Iterator[dict[str, object]]:
    """Every object in the update, the outer before the inner."""
    waiting = deque([update])
    while waiting:
        value = waiting.popleft()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
