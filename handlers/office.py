"""The office and the officers: what waits for them, as lists."""

from domain.case import Case
from domain.errors import NotAllowed
from domain.messages import Called, Notice
from domain.option import Option
from handlers.desk import Desk
from handlers.faces import facts_of
from storage import cases

_LIST = 8


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
    """What waits to be checked by whoever asks: as paired unit, as volunteer of an area."""
    actor = desk.actor
    if not actor.roles:
        raise NotAllowed("checkers_only")
    found = [
        *(case for unit in actor.units for case in cases.checks_of_partner(desk.work, unit, _LIST)),
        *(case for area in actor.areas for case in cases.checks_of_area(desk.work, area, _LIST)),
    ]
    _list(desk, "checks_list", tuple({case.id: case for case in found}.values())[:_LIST])


def _list(desk: Desk, kind: str, found: tuple[Case, ...]) -> None:
    lines = [facts_of(desk, case, unmasked=desk.actor.of_office) for case in found]
    options = [Option("open_case", str(case.id), name=case.number) for case in found]
    actions = desk.actions(options, person=desk.person_id)
    desk.reply(Notice(kind if found else f"{kind}_none", {"cases": lines}, actions=actions, key=kind))
