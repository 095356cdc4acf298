"""The account of what is said: whoever must know was told, nothing waits, and hardly anything was said twice."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from domain.life import Verb
from tests.crash.kept import Kept, forms_of
from tests.crash.known import Known
from tests.stories.said import said


def everybody_told(known: Known, kept: Kept) -> Iterator[str]:
    """Whoever must know of a case has seen its number; its reporters hear what matters, each time."""
    numbers = {row["id"]: row["number"] for row in kept["cases"]}
    for row in kept["reporters"]:
        chat, number = kept.chat_of(row["person_id"]), numbers.get(row["case_id"], "")
        if chat is not None and not known.saw(chat, number):
            yield f"{chat} reported {number} and never saw it"
    for row in kept["events"]:
        number, detail = numbers.get(row["case_id"], ""), json.loads(row["detail"])
        if row["verb"] in (Verb.FILE.value, Verb.DISPATCH.value):
            yield from _units_untold(known, number, (detail.get("lead"), detail.get("partner")))
    yield from _news_untold(known, kept, numbers)


def _units_untold(known: Known, number: str, units: tuple[str | None, str | None]) -> Iterator[str]:
    """A unit with nobody to tell never swallows a case: the office stands in; so it does where no lead follows."""
    lead, partner = units
    for unit in (lead, *((partner,) if partner else ())):
        chats = [chat for chat, of in known.units.items() if of == unit]
        for chat in chats or [chat for chat, of in known.units.items() if of == OFFICE]:
            if not known.saw(chat, number):
                yield f"{chat} ({unit or OFFICE}) never saw {number}"


OFFICE = "O01"
_REWORK = said("notice.reporter_rework")
_NEWS = {Verb.ACKNOWLEDGE: said("notice.reporter_acknowledged"), Verb.FAIL: _REWORK, Verb.REOPEN: _REWORK}


def _news_untold(known: Known, kept: Kept, numbers: Mapping[int, str]) -> Iterator[str]:
    """A reporter from the beginning has heard each piece of news as often as there was occasion."""
    first = {row["case_id"]: row["person_id"] for row in kept["events"] if row["verb"] == Verb.FILE.value}
    due: Counter[tuple[int, str]] = Counter()
    for row in kept["events"]:
        words = _NEWS.get(Verb(row["verb"]))
        if words is not None:
            due[row["case_id"], words] += 1
    for (case, words), count in due.items():
        chat = kept.chat_of(first.get(case, 0))
        heard = known.saw(chat, numbers[case], words) if chat is not None else count
        if heard < count:
            yield f"{chat} heard {words!r} of {numbers[case]} {heard} times; it was so {count} times"


# --- messages ---------------------------------------------------------------------------------------------------------


def owed_and_sent(known: Known, kept: Kept) -> Iterator[str]:
    """Nothing waits; what was sent came to stand in its chat; what counts as standing there stands."""
    for row in kept["outbox"]:
        if row["state"] in ("waiting", "leased", "refused", "unreachable"):
            yield f"message {row['id']} ({row['kind']}) to {row['chat']} is {row['state']}: {row['why']}"
        elif row["state"] == "sent" and row["handle"] and (int(row["chat"]), int(row["handle"])) not in known.messages:
            yield f"message {row['id']} ({row['kind']}) never stood in {row['chat']}"
    for row in kept["shown"]:
        if (int(row["chat"]), int(row["handle"])) not in known.standing:
            yield f"{row['key']} does not stand in {row['chat']}"


def questions_stand(_known: Known, kept: Kept) -> Iterator[str]:
    """Every open question stands in its chat, and every question that stands there is open, or says that it is over."""
    shown = {(int(row["chat"]), row["key"]) for row in kept["shown"] if row["key"].startswith("form:")}
    asked: set[tuple[int, str]] = set()
    over: set[tuple[int, str]] = set()
    for row in kept["forms"]:
        chat = kept.chat_of(row["person_id"]) or 0
        for form in forms_of(row):
            (over if form.get("over_until") else asked).add((chat, _key(form)))
    for chat, key in sorted(shown - asked - over):
        yield f"{key} stands in {chat} and is not asked"
    for chat, key in sorted(asked - shown):
        yield f"{key} is asked and does not stand in {chat}"


def _key(form: Mapping[str, Any]) -> str:
    return f"form:{form['case']}:{form.get('begun') or form['verb']}"


def repeats(known: Known, kept: Kept) -> frozenset[tuple[int, int]]:
    """The messages that no row of the outbox accounts for: sent, and sent again because nobody knew of it."""
    sent = {(int(row["chat"]), int(row["handle"])) for row in kept["outbox"] if row["handle"]}
    return frozenset(known.messages - sent)
