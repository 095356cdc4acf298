"""What the clock asks: drafts that age, suspensions that end, and what has been kept long enough.

A sweep names what is due, by id; each of it is done in a unit of its own, which looks again whether it is still due.
So what cannot be done stands in nobody's way, and swept twice, nothing is due any more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.act import NO_INPUTS
from domain.life import Verb
from domain.people import CLOCK
from handlers import acting, ageing, forgetting, menus, patrol
from handlers.desk import Desk
from storage import cases, drafts, inbox, outbox, photos, tokens

DELIVERIES_KEPT = timedelta(days=30)
"""For how long it is remembered what came in and went out: nothing is delivered to us twice after so long a time."""


def _nothing(_desk: Desk) -> Sequence[int]:
    return ()


def _leave(_desk: Desk, _item: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Sweep:
    """One thing the clock asks: `due` only reads the ids of what is due, `do` does one of them.

    `besides` is done in one unit at the end of each round, whatever was due.
    """

    name: str
    due: Callable[[Desk], Sequence[int]] = _nothing
    do: Callable[[Desk, int], None] = _leave
    besides: Callable[[Desk], None] | None = None


# --- drafts -----------------------------------------------------------------------------------------------------------


def _drafts_due(desk: Desk) -> Sequence[int]:
    return drafts.due(desk.work, desk.wall)


def _age(desk: Desk, draft_id: int) -> None:
    found = drafts.load(desk.work, draft_id)
    if found is not None and found[0].under_way:
        ageing.age(desk, found[0])


drafts_age = Sweep("drafts_age", _drafts_due, _age)
"""Complete drafts file themselves, others are asked after once and go to triage in the end."""


# --- patrols ----------------------------------------------------------------------------------------------------------

patrols_end = Sweep("patrols_end", patrol.due, patrol.end_due)
"""A patrol left alone for hours ends with its summary."""


# --- suspensions ------------------------------------------------------------------------------------------------------


def _waking(desk: Desk) -> Sequence[int]:
    return cases.waking(desk.work, desk.now)


def _resume(desk: Desk, case_id: int) -> None:
    case = cases.load(desk.work, case_id)
    if case.suspended_until is not None and case.suspended_until <= desk.now:
        acting.perform(desk, case, Verb.RESUME, CLOCK, NO_INPUTS)


suspensions_end = Sweep("suspensions_end", _waking, _resume)
"""挂账 ends at its date: the clock goes on by itself."""


# --- menus ------------------------------------------------------------------------------------------------------------

menus_fit = Sweep("menus_fit", menus.outdated, menus.show)
"""Whoever is shown other commands than they should be gets them anew: after an update, or when they were not taken."""


# --- /forgetme --------------------------------------------------------------------------------------------------------

forgetme_ends = Sweep("forgetme_ends", forgetting.run_out, forgetting.take_back)
"""Whether to forget somebody is asked no longer than its button holds."""


# --- what has been kept long enough -----------------------------------------------------------------------------------


def _to_erase(desk: Desk) -> Sequence[int]:
    return cases.to_erase(desk.work, desk.now - desk.district.settings.photos_kept)


def _erase(desk: Desk, case_id: int) -> None:
    case = cases.load(desk.work, case_id)
    if not case.open:
        cases.erase(desk.work, case)
        drafts.erase_forms(desk.work, case.id)
        photos.erase_of_case(desk.work, case.id)


def _erase_strays(desk: Desk) -> None:
    photos.erase_stray(desk.work, desk.wall - drafts.QUESTION_HOLDS * 2)


records_fade = Sweep("records_fade", _to_erase, _erase, _erase_strays)
"""Texts and photos of ended cases are deleted after 180 days; the numbers stay."""


def _purge_buttons(desk: Desk) -> None:
    for person in forgetting.run_out(desk):
        forgetting.take_back(desk, person)
    tokens.purge(desk.work, desk.wall)


buttons_fade = Sweep("buttons_fade", besides=_purge_buttons)
"""Buttons that are out of date are forgotten."""


def _purge_traces(desk: Desk) -> None:
    before = desk.wall - DELIVERIES_KEPT
    inbox.purge(desk.work, before)
    outbox.purge(desk.work, before)
    drafts.forget_heard(desk.work, before)
    inbox.erase_parked(desk.work, desk.wall - desk.district.settings.parked_kept)


traces_fade = Sweep("traces_fade", besides=_purge_traces)
"""What came in and went out is forgotten after a month, and so are messages that were set aside."""
