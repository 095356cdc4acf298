"""查看报送人: the office sees who reported for a reason that is recorded, and can block them there."""

from domain.case import Case
from domain.errors import NotAllowed, NotNow, Outdated
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
    options = [_toggle(person, blocked=roster.blocked(desk.work, person)) for person in case.people]
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


def block(desk: Desk, token: Token) -> Toast:
    """屏蔽: nothing more is taken from this person. Only a reporter of the case, and nobody who is bound."""
    case = cases.load(desk.work, token.case or 0)
    demand(desk.actor, Verb.LOOK, case)
    person = int(token.argument)
    if person not in case.people:
        raise Outdated("old_button")
    if people.actor(desk.work, person).roles:
        raise NotNow("is_bound", id=person)
    _set(desk, person, case.id, blocked=True)
    return Toast("blocked")


def unblock(desk: Desk, token: Token) -> Toast:
    """解除屏蔽: from the case, or from the list of those who are blocked."""
    if not desk.actor.of_office:
        raise NotAllowed("office_only")
    _set(desk, int(token.argument), token.case, blocked=False)
    return Toast("unblocked")


def _set(desk: Desk, person: int, case: int | None, *, blocked: bool) -> None:
    """And leave a way back: with the case it leads to blocking again."""
    roster.set_blocked(desk.work, person, blocked=blocked)
    options = [_toggle(person, blocked=blocked)] if blocked or case else []
    actions = desk.actions(options, case=case, person=desk.person_id)
    notice = Notice(
        "person_blocked" if blocked else "person_unblocked", {"id": person}, actions=actions, key=f"block:{person}"
    )
    desk.reply(notice)


def _toggle(person: int, *, blocked: bool) -> Option:
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
