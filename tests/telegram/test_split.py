"""Cutting an answer of getUpdates into its updates."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.split import NotAnAnswer, chat_of, salvage, split

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def answer(*raw: bytes) -> bytes:
    return b'{"ok":true,"result":[' + b" ,\n ".join(raw) + b"]}"


def test_every_update_keeps_its_very_bytes() -> None:
    odd = b'{ "update_id" :5,"message":{"chat":{"id":-3},"text":"\\ud83d\\ude00 \xe4\xbd\xa0","date":1.0} }'
    plain = b'{"update_id":6,"message":{"chat":{"id":4}}}'
    batch = split(answer(odd, plain))
    assert [update.raw.payload for update in batch.updates] == [odd, plain]
    assert [update.id for update in batch.updates] == [5, 6]
    assert [update.raw.external_id for update in batch.updates] == ["5", "6"]
    assert [update.raw.chat for update in batch.updates] == ["-3", "4"]
    assert batch.rest is None


@pytest.mark.parametrize(
    "body",
    [
        b'{"result":[{"update_id":1}],"ok":true}',
        b' {"ok" : true , "x":{"result":[7]}, "result" : [ {"update_id":1} ] } ',
        b'{"ok":true,"result":[{"update_id":1}]}\ntrailing',
    ],
)
def test_the_list_is_found_wherever_it_stands(body: bytes) -> None:
    assert [update.raw.payload for update in split(body).updates] == [b'{"update_id":1}']


def test_a_line_break_where_json_allows_none_is_no_damage() -> None:
    raw = b'{"update_id":5,"message":{"chat":{"id":3},"text":"a\nb"}}'
    assert [update.raw.payload for update in split(answer(raw)).updates] == [raw]


def test_an_empty_answer_holds_nothing() -> None:
    assert split(b'{"ok":true,"result":[]}') == split(b'{"ok":true,"result": [ ] }')
    assert split(b'{"ok":true,"result":[]}').updates == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>502</html>",
        b"[]",
        b'"result"',
        b"{}",
        b'{"ok":true}',
        b'{"ok":false,"error_code":409,"description":"Conflict"}',
        b'{"ok":true,"result":true}',
        b'{"ok":true,"result":{"update_id":1}}',
        b'{"ok":true,"resu',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
def test_what_is_no_answer_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        split(body)


def test_what_stands_before_the_damage_is_kept() -> None:
    batch = split(b'{"ok":true,"result":[{"update_id":1},{"update_id":2,"message":{"te')
    assert [update.id for update in batch.updates] == [1]
    assert batch.rest == b'{"update_id":2,"message":{"te'


def test_a_list_that_does_not_end_is_damaged_too() -> None:
    assert split(b'{"ok":true,"result":[').rest == b""


def test_damage_deeper_than_the_parser_can_dive_is_still_only_damage() -> None:
    deep = b'{"update_id":2,"x":' + b"[" * 100_000
    batch = split(answer(b'{"update_id":1}', deep))
    assert [update.id for update in batch.updates] == [1]
    assert batch.rest is not None
    assert batch.rest.startswith(deep)


def test_a_damaged_update_is_taken_up_to_the_next() -> None:
    rest = b'{"update_id":2,"message":{"text":"x\x00"broken},{"update_id":3,"message":{}}]}'
    found = salvage(rest)
    assert found is not None
    assert (found.id, found.raw.external_id, found.raw.chat) == (2, "2", "update:2")
    assert found.raw.payload == b'{"update_id":2,"message":{"text":"x\x00"broken},'


def test_what_does_not_begin_like_an_update_cannot_be_taken_up() -> None:
    assert salvage(b"<html>") is None
    assert salvage(b'{"message":{},"update_id":2}') is None
    assert salvage(b'{"update_id":99999999999999999999999999}') is None


@pytest.mark.parametrize(
    "raw", [b'{"message":{}}', b"7", b"null", b'"x"', b'{"update_id":"5"}', b'{"update_id":true}', b'{"update_id":-1}']
)
def test_an_update_without_a_usable_id_is_named_by_its_bytes(raw: bytes) -> None:
    (update,) = split(answer(raw)).updates
    assert update.id is None
    assert update.raw.payload == raw
    assert update.raw.external_id.startswith("sha256:")
    (again,) = split(answer(raw)).updates
    assert again.raw.external_id == update.raw.external_id


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"message": {"chat": {"id": 3}, "reply_to_message": {"chat": {"id": 9}}}}, "3"),
        ({"message": {"reply_to_message": {"chat": {"id": 9}}, "from": {"id": 8}, "chat": {"id": 3}}}, "3"),
        ({"edited_message": {"chat": {"id": -3}}}, "-3"),
        ({"callback_query": {"from": {"id": 8}, "message": {"chat": {"id": 3}}}}, "3"),
        ({"callback_query": {"from": {"id": 8}, "inline_message_id": "x"}}, "8"),
        ({"my_chat_member": {"chat": {"id": 3}, "from": {"id": 8}}}, "3"),
        ({"something_new": {"deeper": {"chat": {"id": 3}}}}, "3"),
        ({"poll_answer": {"user": {"id": 8}}}, "8"),
        ({"message": {"chat": {"id": "3"}}}, None),
        ({"message": {"chat": True}}, None),
        ({"message": None}, None),
        ([], None),
        (None, None),
    ],
)
def test_the_chat_of_an_update_is_found_in_whatever_it_is(update: object, chat: str | None) -> None:
    assert chat_of(update) == chat


@settings(deadline=None)
@given(st.lists(VALUES, max_size=4))
def test_any_values_come_apart_again(values: list[object]) -> None:
    raw = [json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass") for value in values]
    batch = split(answer(*raw))
    assert [update.raw.payload for update in batch.updates] == raw
    assert batch.rest is None


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(body: bytes) -> None:
    for candidate in (body, b'{"ok":true,"result":[' + body):
        try:
            batch = split(candidate)
        except NotAnAnswer:
            continue
        salvage(batch.rest or b"")
