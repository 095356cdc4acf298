"""How many reports a person may file on one day of the district. A danger is never counted out."""

from datetime import datetime, time, timedelta

from domain.draft import Draft
from domain.people import Actor
from domain.settings import Settings
from domain.worktime import Calendar


def reports_a_day(actor: Actor, settings: Settings) -> int:
    """Whoever has a role walks the streets for it and reports more than a resident."""
    return settings.reports_a_day_volunteer if actor.roles else settings.reports_a_day_resident


def limited(draft: Draft) -> bool:
    """Whether the allowance holds for this report at all: not where there is danger."""
    return not (draft.urgent or draft.numbers)


def day_of(now: datetime, calendar: Calendar) -> tuple[datetime, datetime]:
    """The beginning of the district's day, and of the next one. Product time."""
    today = calendar.local_date(now)
    return calendar.at(today, time()), calendar.at(today + timedelta(days=1), time())
