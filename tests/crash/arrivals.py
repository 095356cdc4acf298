"""The account of what came: every update taken in once, every word and every picture in its one place."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.crash.kept import Kept, Row, forms_of
from tests.crash.known import Known
from tests.crash.words import MARK
from tests.stories.said import said


def updates_once(known: Known, kept: Kept) -> Iterator[str]:
    """Every update was taken in once and worked off; none was set aside."""
    rows = Counter(int(row["external_id"]) for row in kept["inbox"])
    for update in sorted(known.updates - rows.keys()):
        yield f"update {update} is lost"
    for update in sorted(rows.keys() - known.updates):
        yield f"update {update} was never sent"
    for row in kept["inbox"]:
        if row["state"] != "done":
            yield f"update {row['external_id']} is {row['state']}: {row['error']}"


# --- words ------------------------------------------------------------------------------------------------------------


def homes_of_texts(kept: Kept) -> dict[str, list[str]]:
    """Where each mark stands: drafts, questions, cases."""
    homes: dict[str, list[str]] = defaultdict(list)
    for row in kept["drafts"]:
        _note(homes, row["body"], f"draft {row['id']}")
    for row in kept["forms"]:
        _note(homes, row["body"], f"question to person {row['person_id']}")
    for row in kept["cases"]:
        _note(homes, row["body"], f"case {row['number']}")
    numbers = {row["id"]: row["number"] for row in kept["cases"]}
    for row in kept["events"]:
        _note(homes, row["detail"], f"case {numbers.get(row['case_id'])}")
    return homes


def _note(homes: dict[str, list[str]], text: str, home: str) -> None:
    for mark in set(MARK.findall(text)):
        if home not in homes[mark]:
            homes[mark].append(home)


def texts_once(known: Known, kept: Kept) -> Iterator[str]:
    """What somebody wrote is in one place: a draft, a question that is open, a case. There it stands once."""
    homes = homes_of_texts(kept)
    for text in known.texts:
        if len(homes.get(text.mark, ())) > 1:
            yield f"{text.mark} of {text.chat} is in several places: {', '.join(homes[text.mark])}"
    yield from _said_twice(kept)


def _said_twice(kept: Kept) -> Iterator[str]:
    for row in kept["cases"]:
        words = Counter(MARK.findall(json.loads(row["body"]).get("words", "")))
        for mark, count in words.items():
            if count > 1:
                yield f"{mark} stands {count} times in case {row['number']}"
    told = Counter(mark for row in kept["events"] for mark in set(MARK.findall(row["detail"])))
    for mark, count in told.items():
        if count > 1:
            yield f"{mark} stands in {count} events"


def nothing_lost(known: Known, kept: Kept) -> Iterator[str]:
    """What is in no place was refused with a sentence, or belonged to what its sender gave up."""
    homes, pictures = homes_of_texts(kept), _homes_of_pictures(kept)
    lost: dict[int, set[str]] = defaultdict(set)
    for text in known.texts:
        if not homes.get(text.mark):
            lost[text.chat].add(text.mark)
    for picture in known.pictures:
        if not pictures.get(picture.ref):
            lost[picture.chat].add(picture.sending)
    for chat, what in lost.items():
        if chat not in known.fickle and len(what) > excuses(known, chat):
            yield f"{chat} was refused {excuses(known, chat)} things, but of theirs are lost: {', '.join(sorted(what))}"


def excuses(known: Known, chat: int) -> int:
    """How much of what somebody sent was refused, as they were told.

    Of an answer to a question that somebody else made void, a first piece may have been taken before.
    """
    told = [text for where, text in known.said if where == chat]
    states = [found[1] for text in told if (found := _STATE.match(text))]
    others = sum(any(words in text for words in _REFUSALS) for text in told)
    return len(states) + len(set(states)) + others + 2 * sum(_OVERTAKEN in text for text in told)


_STATE = re.compile(r"(?:【演练】)?(XM-\d{6}-\d{3}) 现在是“")
"""How those refusals begin that say what has become of the case."""

_REFUSALS = tuple(
    said(key)
    for key in (
        *("refused.missing", "refused.place_unknown", "refused.request_open", "refused.already_due"),
        *("refused.no_more_extensions", "refused.too_late", "refused.nothing_asked", "refused.not_allowed"),
        *("refused.own_work", "refused.others_joined", "notice.words_too_late"),
    )
)
_OVERTAKEN = said("notice.question_over")


# --- pictures ---------------------------------------------------------------------------------------------------------


def _homes_of_pictures(kept: Kept) -> dict[str, list[str]]:
    asked = {photo for row in kept["forms"] for form in forms_of(row) for photo in form.get("photos", ())}
    homes: dict[str, list[str]] = defaultdict(list)
    for row in kept["photos"]:
        if row["case_id"] is not None:
            homes[row["ref"]].append(f"case {row['case_id']}")
        elif row["draft_id"] is not None:
            homes[row["ref"]].append(f"draft {row['draft_id']}")
        elif row["id"] in asked:
            homes[row["ref"]].append(f"question to person {row['person_id']}")
    return homes


def pictures_whole(known: Known, kept: Kept) -> Iterator[str]:
    """A picture was taken in once, and is here as it was sent."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in kept["photos"]:
        rows[row["ref"]].append(row)
    for picture in known.pictures:
        found = rows.get(picture.ref, [])
        if len(found) > 1:
            yield f"picture {picture.ref} of {picture.chat} was taken in {len(found)} times"
        for row in found:
            yield from _wrong_with(row, picture.sha256, kept)


def _wrong_with(row: Row, sha256: str, kept: Kept) -> Iterator[str]:
    if row["state"] != "kept":
        yield f"picture {row['id']} is {row['state']}: {row['why']}"
    elif row["sha256"] != sha256:
        yield f"picture {row['id']} is another one than was sent"
    elif kept.files.get(sha256) != sha256:
        yield f"picture {row['id']}: its file is {'broken' if sha256 in kept.files else 'not there'}"
