"""Each check of the account can fail: a sound run is doctored, and the check that is meant says so."""

import pytest

from tests.crash import account
from tests.crash.known import Picture, Pressed, Text
from tests.crash.sound import (
    LEAD,
    NUMBER,
    RESIDENT,
    Doctored,
    both,
    changed,
    kept,
    knowing,
    known,
    twice,
    unfiled,
    unheard,
    without,
)

ELSEWHERE = '{"sentences": [{"words": "旧轮胎，记000001"}]}'
WITHOUT_WORDS = '{"state": "rectifying", "version": 2, "reporters": [{"person": 1}]}'
TWICE_SAID = '{"state": "rectifying", "version": 2, "words": "记000001 记000001", "reporters": [{"person": 1}]}'


def test_a_sound_run_has_nothing_wrong() -> None:
    assert account.wrong(known(), kept()) == []
    assert account.repeats(known(), kept()) == frozenset()


@pytest.mark.parametrize(
    ("check", "doctored"),
    [
        ("updates_once", without("inbox", 1)),
        ("updates_once", twice("inbox", 1, external_id="9")),
        ("updates_once", changed("inbox", 1, state="parked", error="KeyError")),
        ("updates_once", changed("inbox", 1, state="waiting")),
        ("texts_once", twice("drafts", 0, id=2, phase="open", case_id=None, body=ELSEWHERE)),
        ("texts_once", changed("cases", 0, body=TWICE_SAID)),
        ("texts_once", both(*(changed("events", event, detail='{"words": "记000009"}') for event in (0, 1)))),
        ("nothing_lost", changed("cases", 0, body=WITHOUT_WORDS)),
        ("nothing_lost", changed("forms", 0, body="[]")),
        ("nothing_lost", without("photos", 0)),
        ("pictures_whole", twice("photos", 0, id=3)),
        ("pictures_whole", changed("photos", 0, state="lost", why="unknown")),
        ("pictures_whole", changed("photos", 0, sha256="bb")),
        ("pictures_whole", unfiled("aa", None)),
        ("pictures_whole", unfiled("aa", "a0")),
        ("presses_once", changed("events", 1, verb="return")),
        ("presses_once", twice("events", 1, seq=3)),
        ("events_in_order", changed("events", 1, seq=3)),
        ("events_in_order", changed("cases", 0, version=3)),
        ("events_in_order", changed("cases", 0, state="checking")),
        ("events_in_order", changed("events", 1, verb="pass")),
        ("events_in_order", without("events", 0)),
        ("events_in_order", twice("events", 1, case_id=5)),
        ("cases_whole", without("reporters", 0)),
        ("cases_whole", changed("drafts", 0, phase="joined")),
        ("cases_whole", twice("drafts", 0, id=2)),
        ("cases_whole", changed("counters", 0, value=2)),
        ("everybody_told", both(unheard("📋"), unheard("请发整改"))),
        ("everybody_told", unheard("已经接单")),
        ("everybody_told", changed("events", 0, detail='{"lead": "D17"}')),
        ("everybody_told", knowing(said=())),
        ("owed_and_sent", changed("outbox", 0, state="leased")),
        ("owed_and_sent", changed("outbox", 0, state="refused", why="Bad Request")),
        ("owed_and_sent", changed("outbox", 0, handle="99")),
        ("owed_and_sent", changed("shown", 0, handle="99")),
        ("questions_stand", without("shown", 2)),
        ("questions_stand", without("forms", 0)),
        ("swept_once", twice("events", 1, seq=3, verb="resume")),
        ("swept_once", twice("events", 1, seq=3, verb="suspend", state="suspended")),
        ("swept_once", changed("cases", 0, state="suspended")),
    ],
)
def test_what_is_wrong_is_said(check: str, doctored: Doctored) -> None:
    """By the check it is meant for; others may complain as well."""
    wrong = account.wrong(*doctored(known(), kept()))
    assert any(sentence.startswith(f"{check}: ") for sentence in wrong), wrong


def test_what_was_refused_with_a_sentence_is_not_lost() -> None:
    sentence = (LEAD, f"{NUMBER} 现在是“待核查”，您发的没有收进去。")
    refused = knowing(texts=(*known().texts, Text("记000002", LEAD)), said=(*known().said, sentence))
    assert account.wrong(*refused(known(), kept())) == []


def test_whoever_gives_up_what_they_began_may_lose_it() -> None:
    given_up = knowing(texts=(*known().texts, Text("记000002", RESIDENT)), fickle=frozenset({RESIDENT}))
    assert account.wrong(*given_up(known(), kept())) == []


def test_a_press_that_nobody_answered_may_have_had_its_effect() -> None:
    presses = (Pressed(LEAD, "接单", NUMBER, None), Pressed(LEAD, "接单", NUMBER, ""))
    assert account.wrong(*knowing(presses=presses)(known(), kept())) == []


def test_a_message_that_no_row_accounts_for_is_a_repeat() -> None:
    again = knowing(messages=known().messages | {(RESIDENT, 9)})
    assert account.repeats(*again(known(), kept())) == {(RESIDENT, 9)}


def test_an_album_counts_as_one_thing_that_was_sent() -> None:
    pieces = (*known().pictures, *(Picture(f"late {one}", "cc", LEAD, "album") for one in range(3)))
    sentence = (LEAD, f"{NUMBER} 现在是“待核查”，您发的没有收进去。")
    refused = knowing(pictures=pieces, said=(*known().said, sentence))
    assert account.wrong(*refused(known(), kept())) == []
