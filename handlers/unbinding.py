"""A role ends, by the office or because its unit is gone: whoever held it is told, and what came with it goes."""

from domain.facts import Facts
from domain.messages import Notice
from handlers import cards, menus, patrol, questions
from handlers.desk import Desk
from storage import roster
from storage.roster import Bond


def end(desk: Desk, bond: Bond, unit: str) -> bool:
    """A person holds a role no longer; `unit` is how its unit is called. False when it had ended before.

    What they cannot do any more they are asked about no longer, nor does their menu offer it; their cards of it come to
    rest. What follows for others is done by `account.without`.
    """
    if not roster.unbind(desk.work, bond, desk.wall):
        return False
    questions.unbound(desk, bond.person)
    patrol.unbound(desk, bond.person)
    facts: Facts = {"unit": unit, "area": desk.area_name(bond.role.area)}
    desk.tell(bond.person, Notice(f"unbound_{bond.role.kind.value}", facts))
    menus.show(desk, bond.person)
    cards.rest(desk, bond.person)
    return True
