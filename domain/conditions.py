"""The conditions some edges of the life table stand under, beyond state and right.

Each raises `NotNow` with its sentence.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from domain.case import Case, Wish
from domain.district import District
from domain.errors import NotNow, Outdated
from domain.life import Verb

Condition = Callable[[Case, datetime, District], None]


def _alone_and_untouched(case: Case, _now: datetime, _district: District) -> None:
    if len(case.reporters) > 1:
        raise NotNow("others_joined", number=case.number)
    if case.acknowledged_at is not None:  # a case sent back to its unit stands dispatched again
        raise Outdated("not_now", verb=Verb.WITHDRAW.value, number=case.number, state=case.state.value)


def _asked(case: Case, _now: datetime, _district: District) -> None:
    if not case.asked:
        raise NotNow("nothing_asked", number=case.number)


def _was_returned(case: Case, _now: datetime, district: District) -> None:
    if not case.returned or case.left is None or case.lead not in district.units:
        raise NotNow("not_returned", number=case.number)


def _before_due(case: Case, now: datetime, _district: District) -> None:
    if case.request is not None:
        raise NotNow("request_open", number=case.number)
    if case.due_at is None or now >= case.due_at:
        raise NotNow("already_due", number=case.number)


def _extensions_left(case: Case, now: datetime, district: District) -> None:
    _before_due(case, now, district)
    if case.extensions >= district.settings.extensions:
        raise NotNow("no_more_extensions", number=case.number, most=district.settings.extensions)


def _rateable(case: Case, now: datetime, district: District) -> None:
    _closed_within(district.settings.rate_within, case, now)


def _closed_within(window: timedelta, case: Case, now: datetime) -> None:
    if case.closed_at is None or now > case.closed_at + window:
        raise NotNow("too_late", number=case.number, days=window.days)


def _rework_askable(case: Case, now: datetime, district: District) -> None:
    """A resident does not wait for what the unit asked for: their wish takes its place (a reopened clock is new)."""
    _closed_within(district.settings.rework_within, case, now)
    if case.request is not None and case.request.wish is Wish.REWORK:
        raise NotNow("request_open", number=case.number)


def _wished(*wishes: Wish) -> Condition:
    def condition(case: Case, _now: datetime, _district: District) -> None:
        if case.request is None or case.request.wish not in wishes:  # as a rule because it has been decided
            raise Outdated("nothing_asked", number=case.number)

    return condition


CONDITIONS: Mapping[Verb, Condition] = {
    Verb.WITHDRAW: _alone_and_untouched,
    Verb.ANSWER: _asked,
    Verb.SEND_BACK: _was_returned,
    Verb.ASK_EXTENSION: _extensions_left,
    Verb.ASK_SUSPENSION: _before_due,
    Verb.EXTEND: _wished(Wish.EXTENSION),
    Verb.SUSPEND: _wished(Wish.SUSPENSION),
    Verb.DECLINE: _wished(Wish.EXTENSION, Wish.SUSPENSION),
    Verb.RATE: _rateable,
    Verb.ASK_REWORK: _rework_askable,
    Verb.REOPEN: _wished(Wish.REWORK),
    Verb.UPHOLD: _wished(Wish.REWORK),
}
