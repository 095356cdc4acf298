"""A message that waited in the database is the message that was put there."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.facts import Facts, instant
from domain.messages import (
    Action,
    Address,
    Ask,
    Attachment,
    Geo,
    Group,
    Notice,
    Peer,
    Picture,
    PictureRole,
    Purpose,
    Send,
    Style,
)
from storage.codec import (
    Json,
    dump_action,
    dump_address,
    dump_geo,
    dump_notice,
    dump_picture,
    dump_send,
    from_text,
    load_action,
    load_address,
    load_geo,
    load_notice,
    load_picture,
    load_send,
    storable,
    to_text,
)

# With lone surrogates: what a person types may be cut in two anywhere.
texts = st.text(st.characters(exclude_categories=()), max_size=8)
maybe = st.none() | texts
plain = st.none() | st.booleans() | st.integers() | texts
facts: st.SearchStrategy[Facts] = st.dictionaries(
    texts, st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))
)
degrees = st.floats(-180, 180)
geos = st.builds(Geo, degrees, degrees, datum=texts, how=texts, name=maybe)
pictures = st.builds(Picture, st.sampled_from(PictureRole), st.lists(st.integers(), max_size=3).map(tuple))
actions = st.builds(Action, texts, texts, facts=facts, style=st.sampled_from(Style), link=maybe)
addresses: st.SearchStrategy[Address] = st.builds(Peer, texts, texts, texts) | st.builds(
    Group, texts, texts, texts, topic=maybe
)
notices = st.builds(
    Notice,
    texts,
    facts=facts,
    pictures=st.lists(pictures, max_size=2).map(tuple),
    actions=st.lists(actions, max_size=2).map(tuple),
    ask=st.none() | st.sampled_from(Ask),
    key=maybe,
    pin=st.none() | geos,
    clip=st.none() | st.integers(),
    attachment=st.none() | st.builds(Attachment, texts, facts),
    language=maybe,
)
instants = st.integers(0, 4_000_000_000_000).map(instant)
sends = st.builds(
    Send,
    addresses,
    notices,
    st.sampled_from(Purpose),
    texts,
    case=st.none() | st.integers(),
    not_before=st.none() | instants,
    not_after=st.none() | instants,
)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_is_stored_comes_back_as_it_was(data: st.DataObject) -> None:
    pairs: list[tuple[Any, Callable[[Any], Json], Callable[[Json], Any]]] = [
        (geos, dump_geo, load_geo),
        (pictures, dump_picture, load_picture),
        (actions, dump_action, load_action),
        (addresses, dump_address, load_address),
        (notices, dump_notice, load_notice),
        (sends, dump_send, load_send),
    ]
    for values, dump, load in pairs:
        value = data.draw(values)
        text = to_text(dump(value))
        assert text.isascii()
        assert "\0" not in text
        assert load(from_text(text)) == value


def test_facts_of_any_mapping_and_sequence_become_plain() -> None:
    notice = Notice("kind", facts={"pair": (1, 2), "deep": ({"a": ("b",)},)})
    assert load_notice(from_text(to_text(dump_notice(notice)))).facts == {"pair": [1, 2], "deep": [{"a": ["b"]}]}


def test_what_an_older_program_did_not_write_has_its_default() -> None:
    assert load_notice({"kind": "k"}) == Notice("k")
    assert load_action({"token": "t", "label": "l"}) == Action("t", "l")
    assert load_geo({"lat": 1.0, "lon": 2.0}) == Geo(1.0, 2.0)


@pytest.mark.parametrize(
    ("text", "error"),
    [("{}", KeyError), ("[]", TypeError), ("", ValueError), ('{"kind": "k", "ask": "dance"}', ValueError)],
)
def test_what_cannot_be_read_says_so(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        load_notice(from_text(text))


def test_a_number_that_json_does_not_have_is_refused_when_it_is_stored() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_text(dump_geo(Geo(float("nan"), 1.0)))


def test_instants_are_milliseconds() -> None:
    send = Send(Peer("c", "a", "1"), Notice("k"), Purpose.REPLY, "d", not_before=datetime(1970, 1, 2, tzinfo=UTC))
    assert dump_send(send)["not_before"] == 86_400_000


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_made_storable(text: str) -> None:
    stored = storable(text, limit=5)
    assert "\0" not in stored
    assert len(stored.encode()) <= 20
