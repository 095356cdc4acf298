"""/find: the office looks for cases by number, unit, place, category, state, day and words, all in free text."""

from dataclasses import dataclass, replace

from domain.facts import Fact
from domain.messages import Called, Notice, Toast
from domain.pages import turned_to
from domain.people import demand_office
from domain.search import Search, understand
from handlers import listing
from handlers.desk import Desk
from handlers.faces import facts_of
from handlers.listing import page_facts
from storage import cases
from storage.record import dump, restore
from storage.tokens import Token


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One page of what was found, counted from 0; all pages of a search stand in one message, known by `key`."""

    search: Search
    key: str
    page: int = 0


def find(desk: Desk, call: Called) -> None:
    """/find WORDS. Without any, or with none that say something: how to search."""
    demand_office(desk.actor)
    search = understand(call.argument, desk.district, desk.district.calendar.local_date(desk.now))
    if search == Search():
        desk.reply(Notice("find_how"))
    else:
        _show(desk, _Leaf(search, f"find:{desk.cause}"))


def turn(desk: Desk, token: Token) -> Toast | None:
    """Another page of the same search."""
    demand_office(desk.actor)
    _show(desk, restore(_Leaf, token.argument))
    return None


def _show(desk: Desk, leaf: _Leaf) -> None:
    found = cases.found(desk.work, leaf.search, desk.district, desk.now)
    page = turned_to(leaf.page, len(found), listing.SIZE)
    shown = [cases.load(desk.work, case) for case in found[page.offset : page.offset + page.size]]
    options = (*listing.opening(shown), *page.turns("find_page", lambda number: dump(replace(leaf, page=number))))
    facts: dict[str, Fact] = {
        **_understood(desk, leaf.search),
        "cases": [facts_of(desk, case, unmasked=True) for case in shown],
        **page_facts(page),
    }
    actions = desk.actions(options, person=desk.person_id)
    desk.reply(Notice("find_list" if found else "find_none", facts, actions=actions, key=leaf.key))


def _understood(desk: Desk, search: Search) -> dict[str, Fact]:
    """What is looked for, by the names the district has for it."""
    groups = {group.code: group.name for group in desk.district.groups}
    days = dict.fromkeys(day.isoformat() for day in (search.since, search.until) if day)
    return {
        "number": search.number.removeprefix("-"),
        "units": [desk.unit_name(code) for code in search.units],
        "areas": [desk.area_name(code) for code in search.areas],
        "categories": [groups.get(code) or desk.category_name(code) for code in search.categories],
        "states": [state.value for state in search.states],
        "overdue": search.overdue,
        "days": " – ".join(days),
        "said_words": list(search.words),
    }
