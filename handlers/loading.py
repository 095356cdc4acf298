"""The district's data has changed: open cases of units that are gone come back to the office."""

from domain.act import NO_INPUTS
from domain.life import Verb
from domain.people import CLOCK
from handlers import acting
from handlers.desk import Desk
from storage import cases


def dissolve(desk: Desk) -> int:
    """Cases whose lead no longer exists go to triage, their clock stands still. Returns how many."""
    orphans = [case for case in cases.led(desk.work) if case.lead not in desk.district.units]
    for case in orphans:
        acting.perform(desk, case, Verb.DISSOLVE, CLOCK, NO_INPUTS)
    return len(orphans)
