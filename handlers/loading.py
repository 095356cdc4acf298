"""The district's data has changed: units and areas may be gone, and with them who answered for their cases."""

from domain.act import NO_INPUTS
from domain.district import District
from domain.life import Verb
from domain.people import CLOCK
from handlers import account, acting, unbinding
from handlers.desk import Desk
from storage import cases, roster


def dissolve(desk: Desk, before: District | None) -> int:
    """Cases whose lead no longer exists go to triage, their clock stands still. Returns how many.

    Whoever was bound to what is gone is so no longer, and their checks go to others. `before` still knows its name.
    """
    orphans = [case for case in cases.led(desk.work) if case.lead not in desk.district.units]
    for case in orphans:
        acting.perform(desk, case, Verb.DISSOLVE, CLOCK, NO_INPUTS)
    _unbind(desk, before)
    return len(orphans)


def _unbind(desk: Desk, before: District | None) -> None:
    gone = [bond for bond in roster.bonds(desk.work, roster.count(desk.work)) if not desk.knows(bond.role)]
    for bond in gone:
        unbinding.end(desk, bond, before or desk.district)
    units = dict.fromkeys(bond.role.unit for bond in gone if bond.role.unit)
    areas = dict.fromkeys(bond.role.area for bond in gone if bond.role.area)
    account.pass_on_checks(desk, tuple(units), tuple(areas))
