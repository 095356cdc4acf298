"""From limits to instants: when something is due, how much time is left, which light it shows.

Every instant that goes in is aware, every instant that comes out is in UTC. Numbers come from the district's settings.
Source: product.md, "The life of a case" and "Time".
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from domain.limits import Limit, LimitUnit, Span
from domain.settings import Percent, Settings
from domain.worktime import Calendar

__all__ = [  # limits are handed on: who computes with deadlines finds them here
    "Light",
    "Limit",
    "LimitUnit",
    "Span",
    "acknowledge_by",
    "at_least",
    "check_due",
    "check_reminder",
    "decide_by",
    "due",
    "half",
    "left",
    "light",
    "redo_by",
    "resume",
    "share_gone_at",
]


class Light(StrEnum):
    """How a case stands against its limit."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


def due(start: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """When something begun at `start` must be done."""
    return resume(start, limit.span, calendar)


def resume(at: datetime, span: Span, calendar: Calendar) -> datetime:
    """When a clock that goes on at `at` with that much time left runs out."""
    return calendar.add(at, span.amount) if span.working else (at + span.amount).astimezone(UTC)


def left(at: datetime, due_at: datetime, unit: LimitUnit, calendar: Calendar) -> Span:
    """The time left at `at`, to be given back by `resume`; nothing once it is overdue."""
    return Span(max(_elapsed(at, due_at, unit, calendar), timedelta(0)), unit.working)


def at_least(span: Span, floor: Limit) -> Span:
    """What a case gets that is sent back to its unit: what was left, or as many hours as the floor has.

    They are hours in the span's own kind of time. A limit that runs day and night goes on doing so: counted as
    working hours, the floor would put off a gas leak sent back on Friday evening to Monday noon.
    """
    return Span(max(span.amount, floor.span.amount), span.working)


def half(limit: Limit, floor: Limit) -> Span:
    """What a reopened case gets: half its limit, at least the floor."""
    return at_least(limit.half, floor)


def share_gone_at(
    share: Percent, dispatched_at: datetime, due_at: datetime, unit: LimitUnit, calendar: Calendar
) -> datetime:
    """When that share of the time until `due_at` has gone by."""
    whole = _elapsed(dispatched_at, due_at, unit, calendar)
    return resume(dispatched_at, Span(max(whole, timedelta(0)) * share / 100, unit.working), calendar)


def light(
    dispatched_at: datetime, due_at: datetime, now: datetime, unit: LimitUnit, calendar: Calendar, *, settings: Settings
) -> Light:
    """Green up to 80 % of the time, yellow up to the due instant itself, red after it."""
    if now > due_at:
        return Light.RED
    gone = _elapsed(dispatched_at, now, unit, calendar)
    whole = _elapsed(dispatched_at, due_at, unit, calendar)
    return Light.YELLOW if gone * 100 > whole * settings.green_percent else Light.GREEN


def acknowledge_by(
    dispatched_at: datetime, limit: Limit, urgent: bool, calendar: Calendar, settings: Settings
) -> datetime:
    """When the lead must have taken the case: after 2 wh or half the limit, whichever is less; urgent in 30 minutes."""
    if urgent:
        return (dispatched_at + settings.acknowledge_urgent_within).astimezone(UTC)
    half_gone = resume(dispatched_at, limit.half, calendar)
    return min(half_gone, due(dispatched_at, settings.acknowledge_within, calendar))


def check_due(replied_at: datetime, calendar: Calendar, settings: Settings) -> datetime:
    """When the result must have been checked."""
    return due(replied_at, settings.check_within, calendar)


def check_reminder(replied_at: datetime, calendar: Calendar, settings: Settings) -> datetime:
    """When the checkers are reminded of it."""
    return due(replied_at, settings.check_remind_after, calendar)


def redo_by(failed_at: datetime, calendar: Calendar, settings: Settings) -> datetime:
    """The redo time after a failed check: it runs the reminders and moves no due time."""
    return due(failed_at, settings.redo_within, calendar)


def decide_by(asked_at: datetime, calendar: Calendar, settings: Settings) -> datetime:
    """When a request has waited too long for the office."""
    return due(asked_at, settings.decide_within, calendar)


def _elapsed(start: datetime, end: datetime, unit: LimitUnit, calendar: Calendar) -> timedelta:
    return calendar.between(start, end) if unit.working else end - start
