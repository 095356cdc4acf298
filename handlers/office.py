"""The office and the officers: what waits for them, as lists."""

from domain.case import Case
from domain.errors import NotAllowed
from domain.facts import Facts
from domain.life import Verb
from domain.messages import Called, Toast
from domain.pages import Page, turned_to
from domain.people import Actor, may
from handlers import cards, listing
from handlers.desk import Desk
from handlers.faces import facts_of
from storage import cases
from storage.tokens import Token


def todo(desk: Desk, _call: Called) -> None:
    """What an officer's units have to do, the most pressing first."""
    desk.set_aside(desk.person_id, "todo_list")
    _todo(desk, 0)


def todo_page(desk: Desk, token: Token) -> Toast | None:
    """Another page of what is to be done."""
    _todo(desk, int(token.argument))
    return None


def _todo(desk: Desk, number: int) -> None:
    actor = desk.actor
    if not actor.units:
        raise NotAllowed("officers_only")
    count = sum(cases.count_open_of_lead(desk.work, unit) for unit in actor.units)
    page = turned_to(number, count, listing.SIZE)
    shown = _most_pressing(desk, actor, page)
    lines = [facts_of(desk, case, unmasked=actor.of_office) for case in shown]
    listing.list_cases(desk, "todo_list", page, lines, (*listing.opening(shown), *page.turns("todo_page")))


def _most_pressing(desk: Desk, actor: Actor, page: Page) -> list[Case]:
    """Each unit's first ones, of which some are on the page."""
    until = page.offset + page.size
    found = [case for unit in actor.units for case in cases.open_of_lead(desk.work, unit, until)]
    found.sort(key=lambda case: (case.due_at or desk.now, case.id))
    return found[page.offset : until]


def checks(desk: Desk, _call: Called) -> None:
    """What waits to be checked by whoever asks: as paired unit, as volunteer of an area, as the office everything."""
    desk.set_aside(desk.person_id, "checks_list")
    _checks(desk, 0)


def checks_page(desk: Desk, token: Token) -> Toast | None:
    """Another page of what is to be checked."""
    _checks(desk, int(token.argument))
    return None


def _checks(desk: Desk, number: int) -> None:
    """The office's list begins with what nobody else can check, or be reached to check."""
    actor = desk.actor
    if not actor.roles:
        raise NotAllowed("checkers_only")
    found = cases.in_check(desk.work) if actor.of_office else _own_checks(desk, actor)
    able = [case for case in found if may(actor, Verb.PASS, case)]
    alone = {case.id for case in able if actor.of_office and not cards.own_checkers(desk, case)}
    able.sort(key=lambda case: case.id not in alone)
    page = turned_to(number, len(able), listing.SIZE)
    shown = able[page.offset : page.offset + page.size]
    lines: list[Facts] = [
        {**facts_of(desk, case, unmasked=actor.of_office), "alone": case.id in alone} for case in shown
    ]
    listing.list_cases(desk, "checks_list", page, lines, (*listing.opening(shown), *page.turns("checks_page")))


def _own_checks(desk: Desk, actor: Actor) -> tuple[Case, ...]:
    found = [
        *(case for unit in actor.units for case in cases.checks_of_partner(desk.work, unit)),
        *(case for area in actor.areas for case in cases.checks_of_area(desk.work, area)),
    ]
    return tuple({case.id: case for case in found}.values())
