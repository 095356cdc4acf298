"""However an update is bent, parsing gives sound values or says `Unreadable`."""

import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channel import Unreadable
from bot.telegram.parse import parse
from domain.messages import Incoming
from tests.telegram.test_parse import CONTACT, FORWARDED, MESSAGES, SPOT, press
from tests.telegram.updates import ACCOUNT, GROUP, PERSON, PRIVATE, RECEIVED_AT, SENT, US, USERNAME, message, ours

PLAIN: list[Any] = [body for _, body, _ in MESSAGES]
SEEDS: list[dict[str, Any]] = [
    *({"update_id": 1, "message": body} for body in PLAIN),
    *({"update_id": 1, "edited_message": body} for body in PLAIN),
    {"update_id": 1, "callback_query": press(message=ours(chat=GROUP))},
    {"update_id": 1, "message": message(contact=CONTACT, location=SPOT, text="x", **FORWARDED)},
    {
        "update_id": 1,
        "my_chat_member": {
            "chat": PRIVATE,
            "from": PERSON,
            "date": SENT,
            "old_chat_member": {"user": US, "status": "member"},
            "new_chat_member": {"user": US, "status": "kicked", "until_date": 0},
        },
    },
]
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=6)
    | st.sampled_from(["private", "group", "\ud800", "", "/start@", -1, 0, 1e400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything inside."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in inner for place in _places(part, (*path, key)))]


def _bent(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    """A copy with `junk` at the path."""
    if not path:
        return junk
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _bent(value[path[0]], path[1:], junk)
    return copy


def _sound(value: object) -> bool:
    """Nothing but what the neutral words are made of, and all of it can be stored."""
    if is_dataclass(value):
        return all(_sound(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, tuple):
        return all(map(_sound, value))
    if isinstance(value, datetime):
        return value.tzinfo is not None
    if isinstance(value, str):
        return value.encode() is not None and "\x00" not in value
    return value is None or isinstance(value, bool | int | float | Enum)


def _read(payload: bytes) -> Incoming | None:
    try:
        return parse(payload, ACCOUNT, USERNAME, RECEIVED_AT)
    except Unreadable:
        return None


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_bent_update_is_sound_or_unreadable(data: st.DataObject) -> None:
    update: Any = data.draw(st.sampled_from(SEEDS))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(_places(update)))
        update = _bent(update, place, data.draw(JUNK))
    incoming = _read(json.dumps(update).encode())
    assert incoming is None or _sound(incoming)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SEEDS), st.data())
def test_damaged_bytes_are_sound_or_unreadable(seed: dict[str, Any], data: st.DataObject) -> None:
    payload = bytearray(json.dumps(seed, ensure_ascii=False).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    incoming = _read(bytes(payload))
    assert incoming is None or _sound(incoming)


@settings(deadline=None)
@given(st.binary(max_size=100))
def test_any_bytes_at_all(payload: bytes) -> None:
    incoming = _read(payload)
    assert incoming is None or _sound(incoming)
