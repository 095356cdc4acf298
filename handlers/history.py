"""经过: what has become of a case, step by step, for the office; looks at who reported stand among them."""

from datetime import datetime

from domain.brief import brief
from domain.case import Case, Event
from domain.district import OFFICE
from domain.facts import Fact, Facts, millis
from domain.life import Verb
from domain.messages import Notice, Toast
from domain.people import demand_office
from handlers.desk import Desk
from storage import cases, looks
from storage.events import events_of
from storage.looks import Look
from storage.tokens import Token

_MOST = 20


def show(desk: Desk, token: Token) -> Toast | None:
    """The newest steps first, so that the oldest are those that find no room."""
    demand_office(desk.actor)
    case = cases.load(desk.work, token.case or 0)
    desk.reply(Notice("history", {"number": case.number, "steps": _steps(desk, case)}), case.id)
    return None


def _steps(desk: Desk, case: Case) -> list[Fact]:
    steps: list[tuple[datetime, Facts]] = [
        *((event.at, _event(desk, event)) for event in events_of(desk.work, case.id)),
        *((look.at, _look(desk, look)) for look in looks.of_case(desk.work, case.id)),
    ]
    newest = sorted(steps, key=lambda step: step[0])[-_MOST:]
    return [facts for _, facts in reversed(newest)]


def _event(desk: Desk, event: Event) -> Facts:
    reason, words = (str(event.detail.get(name) or "") for name in ("reason", "words"))
    return {
        "last": event.verb,
        "done_at": millis(event.at),
        "unit": desk.unit_name(event.unit),
        "said_reason": brief(reason),
        "said_words": brief(words),
        "note": brief(words) if reason else "",
    }


def _look(desk: Desk, look: Look) -> Facts:
    return {
        "last": Verb.LOOK.value,
        "done_at": millis(look.at),
        "unit": f"{desk.unit_name(OFFICE)} {look.by}",
        "said_reason": "",
        "said_words": brief(look.reason),
        "note": "",
    }
