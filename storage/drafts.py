"""Reports in the making and the questions that wait for an answer: rows <-> domain values."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.draft import Draft
from domain.facts import instant, millis
from domain.forms import Form
from domain.intake import next_fate
from domain.messages import Peer
from domain.settings import Settings
from storage.record import dump, restore
from storage.store import Row, Work

QUESTION_HOLDS = timedelta(days=1)


def under_way(work: Work, person: int) -> Draft | None:
    """The draft a person is making."""
    row = work.row("draft_under_way", person=person)
    return None if row is None else _draft(row)


def load(work: Work, draft_id: int) -> tuple[Draft, int | None] | None:
    """A draft, also a finished one, with the case it became or joined."""
    row = work.row("draft_by_id", id=draft_id)
    return None if row is None else (_draft(row), row["case_id"])


def add(work: Work, draft: Draft, settings: Settings) -> Draft:
    """Keep a new draft. Returns it with its id."""
    row = work.row(
        "add_draft",
        person=draft.person,
        phase=draft.phase.value,
        next_at=_next_at(draft, settings),
        opened_at=millis(draft.opened_at),
        body=dump(draft),
    )
    if row is None:
        raise RuntimeError("a draft was added and has no id")
    return replace(draft, id=row["id"])


def save(work: Work, draft: Draft, settings: Settings, now: datetime, case_id: int | None = None) -> None:
    """Keep a draft as it stands now. Once it is finished only the case it became is kept of it, no words."""
    done = not draft.under_way
    kept = replace(draft, sentences=(), places=(), named=None, pinned=None, earlier=None) if done else draft
    work.change(
        "save_draft",
        id=draft.id,
        phase=draft.phase.value,
        next_at=_next_at(draft, settings),
        case_id=case_id,
        closed_at=millis(now) if done else None,
        body=dump(kept),
    )


def due(work: Work, now: datetime) -> tuple[int, ...]:
    """The ids of drafts with which something happens by itself now, the most pressing first."""
    return tuple(row["id"] for row in work.rows("drafts_due", now=millis(now)))


def last_filed(work: Work, person: int) -> tuple[int, datetime] | None:
    """The case a person's last finished report became, and when that was. Machine time."""
    row = work.row("last_filed_draft", person=person)
    return None if row is None else (row["case_id"], instant(row["closed_at"]))


@dataclass(frozen=True, slots=True)
class Heard:
    """Where a message went: into a draft, or to a case at once; nowhere when it was no report."""

    draft: int | None
    case: int | None
    digest: str

    def said(self, words: str) -> bool:
        """Whether it went there with just these words."""
        return self.digest == _digest(words)


def hear(
    work: Work,
    peer: Peer,
    handle: str,
    words: str,
    now: datetime,
    *,
    draft: int | None = None,
    case: int | None = None,
) -> None:
    """A message of this chat, or a newer version of one, has gone there with these words."""
    work.change(
        "hear",
        channel=peer.channel,
        account=peer.account,
        peer=peer.id,
        handle=handle,
        draft=draft,
        case_id=case,
        digest=_digest(words),
        now=millis(now),
    )


def heard(work: Work, peer: Peer, handle: str) -> Heard | None:
    """Where a message went; None when that is not known, or not any more."""
    row = work.row("heard", channel=peer.channel, account=peer.account, peer=peer.id, handle=handle)
    return None if row is None else Heard(row["draft_id"], row["case_id"], row["digest"])


def forget_heard(work: Work, before: datetime) -> None:
    """Nobody changes a message any more that is so old. Machine time."""
    work.change("forget_heard", before=millis(before))


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def questions(work: Work, person: int, now: datetime) -> tuple[Form, ...]:
    """The questions a person has not answered yet, first the one that takes the next input.

    After a day nobody remembers being asked.
    """
    row = work.row("questions_of", person=person, since=millis(now - QUESTION_HOLDS))
    forms = () if row is None else _questions(row["body"])
    return tuple(form for form in forms if form.over_until is None or form.over_until > now)


def ever_asked(work: Work, person: int) -> tuple[Form, ...]:
    """As `questions`, with those nobody remembers any more: their messages may still stand in the chat."""
    row = work.row("questions_of", person=person, since=0)
    return () if row is None else _questions(row["body"])


def asked_about(work: Work, case: int, now: datetime) -> tuple[int, ...]:
    """The persons who have been asked about a case, also when that question waits behind another."""
    rows = work.rows("asked_about", about=_about(case), since=millis(now - QUESTION_HOLDS))
    return tuple(row["person_id"] for row in rows)


def keep_questions(work: Work, person: int, forms: tuple[Form, ...], now: datetime) -> None:
    """From now on these are the questions a person has been asked."""
    if forms:
        work.change("save_questions", person=person, case_id=forms[0].case, now=millis(now), body=dump(forms))
    else:
        work.change("drop_questions", person=person)


def _questions(body: str) -> tuple[Form, ...]:
    """A row of an earlier version holds one form by itself."""
    return restore(tuple[Form, ...], body if body.startswith("[") else f"[{body}]")


def erase_forms(work: Work, case_id: int) -> None:
    """Forget questions about a case, with what has been answered so far. What else somebody was asked stays."""
    for row in work.rows("asked_about", about=_about(case_id), since=0):
        person, forms = row["person_id"], _questions(row["body"])
        left = tuple(form for form in forms if form.case != case_id)
        if left:
            work.change("leave_questions", person=person, case_id=left[0].case, body=dump(left))
        else:
            work.change("drop_questions", person=person)


def _about(case: int) -> str:
    """How a body names the case of a question. Nothing that people type does: a quote in it is escaped."""
    return f'%"case":{case},%'


def _next_at(draft: Draft, settings: Settings) -> int | None:
    return millis(next_fate(draft, settings)[0]) if draft.under_way else None


def _draft(row: Row) -> Draft:
    return replace(restore(Draft, row["body"]), id=row["id"])
