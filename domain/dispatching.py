"""Who gets a case and until when: routing it, starting its clock, stopping it, ending it."""

from dataclasses import replace
from datetime import datetime

from domain import deadlines
from domain.case import Case, State
from domain.district import District
from domain.errors import Missing
from domain.routing import route


def is_urgent(category: str | None, district: District) -> bool:
    """A category of urgency 紧急 makes a case urgent by itself."""
    known = district.categories.get(category or "")
    return known is not None and known.urgent


def routed(case: Case, district: District) -> Case:
    """The units that follow from category and place. The paired unit is that of the day of receipt and stays, as long
    as there is one.

    A category that is urgent makes the case so; a danger told in the words is not taken back by another category.
    """
    day = case.received_at.astimezone(district.settings.zone).date()
    routing = route(district, case.category, case.place.street, case.place.community, day)
    stays = case.partner in district.units and case.place.community
    partner = case.partner if stays else routing.partner
    return replace(
        case,
        urgent=case.urgent or is_urgent(case.category, district),
        lead=routing.lead,
        by_hand=False,
        partner=partner,
        overseer=routing.overseer,
        supervisors=routing.supervisors,
    )


def dispatched(case: Case, district: District, now: datetime, *, before: str | None = None) -> Case:
    """派遣 to `case.lead`: a new due time from the category's limit, as if nobody had had it before.

    `before` is the unit that had it until now. Its result, and what was said of it, are no longer those of the case;
    its reworks and extensions are counted on only when the case comes to the same unit again.
    """
    category = district.categories.get(case.category or "")
    if category is None:
        raise Missing("missing", need="category")
    round_ = case.round + (case.first_dispatched_at is not None)
    if before != case.lead:
        case = replace(case, rework=0, extensions=0, ratings=())
    return replace(
        without_result(case),
        earlier_rounds=round_ - case.rework,
        state=State.DISPATCHED,
        limit=category.limit,
        dispatched_at=now,
        first_dispatched_at=case.first_dispatched_at or now,
        due_at=deadlines.due(now, category.limit, district.calendar),
        left=None,
        returned=False,
        asked=False,
        acknowledged_at=None,
        acknowledged_by=None,
        request=None,
        redo_at=None,
        suspended_until=None,
    )


def without_result(case: Case) -> Case:
    """There is no reply any more, and nothing to be checked: whoever has the case next replies anew."""
    return replace(case, replied_at=None, replied_by=None, reply="", check_due_at=None, opinions=())


def stopped(case: Case, at: datetime, district: District) -> Case:
    """The clock stands still from `at`; what is left is kept."""
    if case.due_at is None or case.limit is None:
        return case
    left = deadlines.left(at, case.due_at, case.limit.unit, district.calendar)
    return replace(case, left=left, due_at=None)


def ended(case: Case) -> Case:
    """Over without a result: no clock runs on, and nobody waits for anything."""
    return replace(
        case,
        due_at=None,
        left=None,
        redo_at=None,
        check_due_at=None,
        suspended_until=None,
        request=None,
        returned=False,
        asked=False,
    )
