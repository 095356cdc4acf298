"""The office and the officers: what waits for them, as lists."""

from collections.abc import Container

from domain.case import Case
from domain.errors import NotAllowed
from domain.life import Verb
from domain.messages import Called, Notice
from domain.option import Option
from domain.people import Actor, may
from handlers import cards
from handlers.desk import Desk
from handlers.faces import facts_of
from storage import cases

_LIST = 8

_MOST = 500
"""So many are looked through for those that come first."""


def triage(desk: Desk, _call: Called) -> None:
    """What waits for the office, the oldest first."""
    if not desk.actor.of_office:
        raise NotAllowed("office_only")
    _list(desk, "triage_list", cases.in_triage(desk.work, _LIST))


def todo(desk: Desk, _call: Called) -> None:
    """What an officer's units have to do, the most pressing first."""
    units = desk.actor.units
    if not units:
        raise NotAllowed("officers_only")
    found = [case for unit in units for case in cases.open_of_lead(desk.work, unit, _LIST)]
    _list(desk, "todo_list", tuple(found[:_LIST]))


def checks(desk: Desk, _call: Called) -> None:
    """What waits to be checked by whoever asks: as paired unit, as volunteer of an area, as the office everything.

    The office's list begins with what nobody else can check, or be reached to check.
    """
    actor = desk.actor
    if not actor.roles:
        raise NotAllowed("checkers_only")
    found = cases.checks_waiting(desk.work, _MOST) if actor.of_office else _own_checks(desk, actor)
    able = [case for case in found if may(actor, Verb.PASS, case)]
    alone = {case.id for case in able if actor.of_office and not cards.own_checkers(desk, case)}
    able.sort(key=lambda case: case.id not in alone)
    _list(desk, "checks_list", tuple(able[:_LIST]), alone)


def _own_checks(desk: Desk, actor: Actor) -> tuple[Case, ...]:
    found = [
        *(case for unit in actor.units for case in cases.checks_of_partner(desk.work, unit, _MOST)),
        *(case for area in actor.areas for case in cases.checks_of_area(desk.work, area, _MOST)),
    ]
    return tuple({case.id: case for case in found}.values())


def _list(desk: Desk, kind: str, found: tuple[Case, ...], alone: Container[int] = ()) -> None:
    """The cases with a button each; `alone` are those that nobody but the office can check."""
    unmasked = desk.actor.of_office
    lines = [{**facts_of(desk, case, unmasked=unmasked), "alone": case.id in alone} for case in found]
    options = [Option("open_case", str(case.id), name=case.number) for case in found]
    actions = desk.actions(options, person=desk.person_id)
    desk.set_aside(desk.person_id, kind)
    desk.reply(Notice(kind if found else f"{kind}_none", {"cases": lines}, actions=actions, key=kind))
