"""The account of the cases: what was pressed was done once, in an order that the table of a case's life allows."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from domain.case import State
from domain.life import Verb, verbs_from
from tests.crash.kept import Kept, Row
from tests.crash.known import Known
from tests.crash.words import TOAST

_AT_ONCE = frozenset({Verb.ACKNOWLEDGE, Verb.SEND_BACK, Verb.EXTEND, Verb.SUSPEND, Verb.REOPEN, Verb.WITHDRAW})
_AT_ONCE_OF_REPORTERS = frozenset({Verb.SOLVED, Verb.UNSOLVED, Verb.RATE})
"""Verbs that are done by a press and by nothing else."""


# --- presses ----------------------------------------------------------------------------------------------------------


def presses_once(known: Known, kept: Kept) -> Iterator[str]:
    """A press that was answered with success made one event; without success, or a press, there is none.

    An answer without words says nothing: it stops the waiting when nobody knows yet what will come of the press.
    """
    succeeded: Counter[tuple[int, str, str]] = Counter()
    unanswered: Counter[tuple[int, str]] = Counter()
    for press in known.presses:
        if not press.toast:
            unanswered[press.chat, press.number] += 1
        elif press.number:
            succeeded[press.chat, press.number, press.toast] += 1
    made = _events_by_toast(kept)
    for key, count in succeeded.items():
        if key[2] in _SUCCESSES and made[key] < count:
            yield f"{key[0]} was told {key[2]!r} about {key[1]} {count} times; there are {made[key]} events"
    for key, count in made.items():
        chat, number, toast = key
        most = succeeded[key] + unanswered[chat, number] + unanswered[chat, ""]
        if toast in _ONLY_BY_PRESS and count > most:
            yield f"{count} events of {chat} on {number} ({toast!r}), but no more than {most} presses"


_SUCCESSES = frozenset(text for name, text in TOAST.items() if name.startswith("done_"))
_ONLY_BY_PRESS = frozenset(TOAST[f"done_{verb.value}"] for verb in _AT_ONCE | _AT_ONCE_OF_REPORTERS)


def _events_by_toast(kept: Kept) -> Counter[tuple[int, str, str]]:
    numbers = {row["id"]: row["number"] for row in kept["cases"]}
    chats = {row["id"]: kept.chat_of(row["id"]) for row in kept["people"]}
    made: Counter[tuple[int, str, str]] = Counter()
    for row in kept["events"]:
        toast = TOAST.get(f"done_{row['verb']}")
        chat = chats.get(row["person_id"])
        if toast and chat is not None:
            made[chat, numbers.get(row["case_id"], ""), toast] += 1
    return made


# --- cases ------------------------------------------------------------------------------------------------------------


def events_in_order(_known: Known, kept: Kept) -> Iterator[str]:
    """The events of a case are numbered without a gap, as many as its version; each may follow the one before."""
    by_case: dict[int, list[Row]] = defaultdict(list)
    for row in kept["events"]:
        by_case[row["case_id"]].append(row)
    for case in kept["cases"]:
        events = sorted(by_case.pop(case["id"], []), key=lambda row: int(row["seq"]))
        yield from _wrong_order(case, events)
    for case_id in by_case:
        yield f"events of a case that is not there: {case_id}"


def _wrong_order(case: Row, events: list[Row]) -> Iterator[str]:
    number, body = case["number"], json.loads(case["body"])
    if [row["seq"] for row in events] != list(range(1, case["version"] + 1)):
        yield f"case {number} has version {case['version']} and the events {[row['seq'] for row in events]}"
    if not events or events[0]["verb"] != Verb.FILE.value:
        yield f"case {number} does not begin with its filing"
        return
    if {case["state"], body["state"]} != {events[-1]["state"]} or body.get("version") != case["version"]:
        yield f"case {number} is not as its last event left it"
    for before, after in pairwise(events):
        if Verb(after["verb"]) not in verbs_from(State(before["state"])):
            yield f"case {number}: {after['verb']} cannot follow on {before['state']} (event {after['seq']})"


def cases_whole(_known: Known, kept: Kept) -> Iterator[str]:
    """A case has a number of its day without gaps, a reporter, and the one draft it was made of."""
    reporters: dict[int, set[int]] = defaultdict(set)
    for row in kept["reporters"]:
        reporters[row["case_id"]].add(row["person_id"])
    drafts = Counter(row["case_id"] for row in kept["drafts"] if row["phase"] == "filed")
    for case in kept["cases"]:
        people = {one["person"] for one in json.loads(case["body"]).get("reporters", ())}
        if not people or people != reporters[case["id"]]:
            yield f"case {case['number']} is reported by {sorted(people)}, and found by {sorted(reporters[case['id']])}"
        if drafts[case["id"]] != 1:
            yield f"case {case['number']} was made of {drafts[case['id']]} drafts"
    yield from _gaps(kept)


def _gaps(kept: Kept) -> Iterator[str]:
    used: dict[str, list[int]] = defaultdict(list)
    for case in kept["cases"]:
        day, _, count = case["number"].rpartition("-")
        used[day].append(int(count))
    counted = {row["name"]: row["value"] for row in kept["counters"]}
    for day, counts in used.items():
        if sorted(counts) != list(range(1, counted.get(day, 0) + 1)):
            yield f"the numbers of {day} have gaps: {sorted(counts)} of {counted.get(day)}"


def swept_once(_known: Known, kept: Kept) -> Iterator[str]:
    """A suspension ended by itself once; a report that filed itself said so once."""
    rounds: Counter[int] = Counter()
    for row in kept["events"]:
        if row["state"] == State.SUSPENDED.value and row["verb"] == Verb.SUSPEND.value:
            rounds[row["case_id"]] += 1
        if row["verb"] == Verb.RESUME.value:
            rounds[row["case_id"]] -= 1
    suspended = {row["id"] for row in kept["cases"] if row["state"] == State.SUSPENDED.value}
    for case in sorted(rounds.keys() | suspended):
        if rounds[case] != (case in suspended):
            yield f"case {case} was suspended {rounds[case]} times more than it went on"
    filed = Counter(row["case_id"] for row in kept["outbox"] if row["kind"] == "filed_by_itself")
    for case, count in filed.items():
        if count > 1:
            yield f"case {case} filed itself {count} times"
