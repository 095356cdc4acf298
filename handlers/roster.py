"""/people: the office sees who is bound to what, and can end it. Nobody has a name here: a person is their number."""

from dataclasses import dataclass, replace

from domain.district import OFFICE
from domain.errors import NotNow, Outdated
from domain.facts import Facts, millis
from domain.messages import Called, Notice, Style, Toast
from domain.option import Option
from domain.pages import turned_to
from domain.people import demand_office
from handlers import account, listing, unbinding
from handlers.desk import Desk
from handlers.listing import page_facts
from storage import people, roster
from storage.record import dump, restore
from storage.roster import Bond
from storage.tokens import Token


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page of the list, counted from 0, or one bond of it. All of it stands in one message, known by `key`."""

    key: str
    page: int = 0
    bond: Bond | None = None


def list_(desk: Desk, _call: Called) -> None:
    """/people."""
    demand_office(desk.actor)
    _show(desk, _Leaf(f"people:{desk.cause}"))


def turn(desk: Desk, token: Token) -> Toast | None:
    """Another page, or back from one person to the list."""
    demand_office(desk.actor)
    _show(desk, restore(_Leaf, token.argument))
    return None


def open_(desk: Desk, token: Token) -> Toast | None:
    """One person in one role, and what can be done."""
    leaf, bond = _bond(desk, token)
    options = (Option("unbind", token.argument, label="unbind", style=Style.DANGER), _back(leaf, "back"))
    actions = desk.actions(options, person=desk.person_id)
    desk.reply(Notice("person", _facts(desk, bond), actions=actions, key=leaf.key))
    return None


def ask(desk: Desk, token: Token) -> Toast | None:
    """解除绑定 is asked about once more, since only a new invitation undoes it."""
    leaf, bond = _bond(desk, token)
    options = (Option("unbind_yes", token.argument, label="unbind_yes", style=Style.DANGER), _back(leaf, "cancel"))
    actions = desk.actions(options, person=desk.person_id)
    desk.reply(Notice("unbind_sure", _facts(desk, bond), actions=actions, key=leaf.key))
    return None


def unbind(desk: Desk, token: Token) -> Toast:
    """解除绑定, confirmed. The person is told; a unit that has nobody now is reported to the office."""
    leaf, bond = _bond(desk, token)
    role = bond.role
    if role.unit == OFFICE and set(people.officers_of(desk.work, OFFICE)) <= {bond.person}:
        raise NotNow("last_of_office")
    if not unbinding.end(desk, bond, desk.district):
        raise Outdated("is_unbound")
    account.without(desk, (role.unit,) if role.unit else (), (role.area,) if role.area else ())
    if desk.actor.of_office:
        _show(desk, replace(leaf, bond=None))
    else:
        desk.retract(desk.person_id, leaf.key)
    return Toast("unbound")


def _bond(desk: Desk, token: Token) -> tuple[_Leaf, Bond]:
    demand_office(desk.actor)
    leaf = restore(_Leaf, token.argument)
    if leaf.bond is None:
        raise Outdated("old_button")
    if leaf.bond.role not in people.actor(desk.work, leaf.bond.person).roles:
        raise Outdated("is_unbound")
    return leaf, leaf.bond


def _show(desk: Desk, leaf: _Leaf) -> None:
    """A page of the list: who is bound, then who is blocked. The last one when people have gone meanwhile."""
    bound = roster.count(desk.work)
    page = turned_to(leaf.page, bound + roster.count_blocked(desk.work), listing.SIZE)
    leaf = replace(leaf, page=page.number)
    shown = roster.bonds(desk.work, page.size, page.offset)
    blocked = roster.all_blocked(desk.work, page.size - len(shown), max(page.offset - bound, 0))
    options = [
        *(Option("person", dump(replace(leaf, bond=bond)), name=_label(desk, bond)) for bond in shown),
        *(Option("unblock", str(person), label="unblock", name=str(person)) for person in blocked),
        *page.turns("people_page", lambda number: dump(replace(leaf, page=number))),
    ]
    facts: Facts = {
        "people": [_facts(desk, bond) for bond in shown],
        "blocked_people": [str(person) for person in blocked],
        **page_facts(page),
    }
    actions = desk.actions(options, person=desk.person_id)
    desk.reply(Notice("people_list", facts, actions=actions, key=leaf.key))


def _back(leaf: _Leaf, label: str) -> Option:
    return Option("people_page", dump(replace(leaf, bond=None)), label=label)


def _label(desk: Desk, bond: Bond) -> str:
    return f"{desk.unit_name(bond.role.unit) or desk.area_name(bond.role.area)} {bond.person}"


def _facts(desk: Desk, bond: Bond) -> Facts:
    return {
        "role": bond.role.kind.value,
        "id": bond.person,
        "unit": desk.unit_name(bond.role.unit) or bond.role.unit,
        "area": desk.area_name(bond.role.area) or bond.role.area,
        "since_at": millis(bond.since),
        "lost": bond.lost,
    }
