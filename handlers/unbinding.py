"""A role ends, by the office or because its unit is gone: whoever held it is told, and what came with it goes."""

from domain.district import District
from domain.facts import Facts
from domain.messages import Notice
from handlers import cards, menus, patrol, questions
from handlers.desk import Desk
from storage import roster
from storage.roster import Bond


def end(desk: Desk, bond: Bond, district: District) -> bool:
    """A person holds a role no longer; `district` knows what it was called. False when it had ended before.

    What they cannot do any more they are asked about no longer, nor does their menu offer it; their cards of it come to
    rest. What follows for others is done by `account`.
    """
    if not roster.unbind(desk.work, bond, desk.wall):
        return False
    questions.unbound(desk, bond.person)
    patrol.unbound(desk, bond.person)
    unit, area = district.units.get(bond.role.unit or ""), district.areas.get(bond.role.area or "")
    facts: Facts = {"unit": unit.short_name if unit else "", "area": area.name if area else ""}
    desk.tell(bond.person, Notice(f"unbound_{bond.role.kind.value}", facts))
    menus.show(desk, bond.person)
    cards.rest(desk, bond.person)
    return True
