"""What others reported close by: shown on the card of a complete draft, before it becomes one more case."""

from dataclasses import replace

from domain.case import Case
from domain.draft import Draft, Phase, gaps
from domain.messages import Picture, PictureRole
from domain.nearby import Near, around, nearest
from handlers.desk import Desk
from handlers.pictures import of_problem
from storage import cases, patrols, photos

_OFFERED = 6
"""So many other cases are offered at most when one is to be merged."""


def look(desk: Desk, draft: Draft) -> Draft:
    """The draft with the case it may be about, as soon as its category and its place are known."""
    near = _near(desk, draft) if draft.phase is Phase.OPEN and not gaps(draft) else None
    if near is None:
        return replace(draft, near=None, near_metres=0, near_own=False)
    own = near.case.open and draft.person in near.case.people
    return replace(draft, near=near.case.id, near_metres=near.metres, near_own=own)


def _near(desk: Desk, draft: Draft) -> Near | None:
    """Not what the person said that it is not about, nor what they reported on the patrol they are on."""
    settings = desk.district.settings
    box = around(draft.place, settings.nearby_metres) if draft.place else None
    if draft.place is None or box is None or draft.category is None:
        return None
    found = cases.nearby(desk.work, draft.category, box, desk.now - settings.nearby_closed_within)
    walk = patrols.under_way(desk.work, draft.person)
    known = {draft.apart, *(walk.cases if walk else ())}
    others = (case for case in found if case.id not in known)
    return nearest(draft.place, others, settings.nearby_metres)


def likely(desk: Desk, case: Case) -> tuple[str, ...]:
    """The numbers of open cases of the same kind close to this one, the newest first."""
    box = around(case.place, desk.district.settings.nearby_metres)
    if box is None or case.category is None:
        return ()
    found = cases.nearby(desk.work, case.category, box, desk.now)
    return tuple(other.number for other in found if other.open and other.id != case.id)[:_OFFERED]


def pictures(desk: Desk, draft: Draft) -> tuple[Picture, ...]:
    """The photo of that case; only once an officer has seen it, so that nobody's picture is passed on unseen."""
    case = cases.load(desk.work, draft.near) if draft.near else None
    first = of_problem(photos.of_case(desk.work, case.id)) if case and case.acknowledged_at else None
    return (Picture(PictureRole.SINGLE, (first,)),) if first is not None else ()
