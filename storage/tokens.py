"""Buttons as rows: what a press does, to what, as which version, for whom, until when."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.facts import instant, millis
from storage.store import Work


@dataclass(frozen=True, slots=True)
class Token:
    """A button. `person` None: whoever presses it, their own rights decide. `version` is that of the case or draft."""

    verb: str
    argument: str = ""
    case: int | None = None
    draft: int | None = None
    version: int = 0
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A button that was pressed, and until when it holds."""

    token: Token
    expires_at: datetime


def issue(work: Work, token: Token, expires_at: datetime) -> str:
    """Keep a button and name it: short enough for every channel, and not to be guessed."""
    name = secrets.token_urlsafe(9)
    work.change(
        "add_token",
        token=name,
        verb=token.verb,
        argument=token.argument,
        case_id=token.case,
        draft_id=token.draft,
        version=token.version,
        person=token.person,
        expires_at=millis(expires_at),
    )
    return name


def find(work: Work, name: str) -> Found | None:
    """What a button does; None when it was never ours or is long gone."""
    row = work.row("token", token=name)
    if row is None:
        return None
    token = Token(row["verb"], row["argument"], row["case_id"], row["draft_id"], row["version"], row["person_id"])
    return Found(token, instant(row["expires_at"]))


def purge(work: Work, now: datetime) -> int:
    """Forget buttons that are out of date."""
    return work.change("purge_tokens", now=millis(now))


def run_out(work: Work, verb: str, hold: timedelta, now: datetime) -> tuple[int, ...]:
    """The persons whose newest button of this kind, which holds for so long, is out of date."""
    rows = work.rows("tokens_run_out", verb=verb, now=millis(now), latest=millis(now + hold))
    return tuple(row["person_id"] for row in rows)


def drop(work: Work, verb: str, person: int, now: datetime) -> None:
    """Forget a person's buttons of this kind that are out of date."""
    work.change("drop_tokens", verb=verb, person=person, now=millis(now))
