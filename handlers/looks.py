"""查看报送人: the office sees who reported for a reason that is recorded, and can block them there."""

from domain.case import Case
from domain.facts import Facts
from domain.life import Verb
from domain.messages import Notice, Style, Toast
from domain.option import Option
from domain.people import demand
from handlers.desk import Desk
from storage import cases, looks, people, roster
from storage.tokens import Token


def look(desk: Desk, case: Case, reason: str) -> Toast:
    """Record the look, then show who reported, as it is now: this message is never brought up to date."""
    demand(desk.actor, Verb.LOOK, case)
    looked = looks.add(desk.work, case.id, desk.person_id, reason, desk.now)
    key = f"look:{looked}"
    options = [toggle(person, blocked=roster.blocked(desk.work, person)) for person in case.people]
    options.append(Option("put_away", key, label="put_away"))
    facts: Facts = {
        "number": case.number,
        "reporters": [_reporter(desk, person) for person in case.people],
        "full_words": case.words,
        "look_reason": reason,
    }
    actions = desk.actions(options, case=case.id, person=desk.person_id)
    desk.reply(Notice("reporters", facts, actions=actions, key=key), case.id)
    return Toast("done_look")


def put_away(desk: Desk, token: Token) -> Toast | None:
    """收起: the message goes."""
    desk.retract(desk.person_id, token.argument)
    return None


def toggle(person: int, *, blocked: bool) -> Option:
    """屏蔽 or 解除屏蔽, whichever it is the time for."""
    if blocked:
        return Option("unblock", str(person), label="unblock", name=str(person))
    return Option("block", str(person), label="block", name=str(person), style=Style.DANGER)


def _reporter(desk: Desk, person: int) -> Facts:
    actor = people.actor(desk.work, person)
    return {
        "id": person,
        "count": cases.count_of_reporter(desk.work, person),
        "language": roster.language(desk.work, person),
        "blocked": roster.blocked(desk.work, person),
        "units": [desk.unit_name(unit) for unit in actor.units],
        "areas": [desk.area_name(area) for area in actor.areas],
    }
