"""Instants in the reader's way of saying them: today 17:30, tomorrow 09:00, Thursday 23 April 17:30."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from bot.texts.catalog import fill

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def say(at: datetime, now: datetime, zone: tzinfo, words: Mapping[str, str]) -> str:
    """An instant as seen from `now`, in the district's time; `words` is the table `time` of a language."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    near = {today: "today", today + timedelta(days=1): "tomorrow", today - timedelta(days=1): "yesterday"}
    key = near.get(local.date(), "this_year" if local.year == today.year else "other_year")
    facts = {
        "clock": f"{local:%H:%M}",
        "year": str(local.year),
        "month": str(local.month),
        "month_name": words.get(f"month_{local.month}", ""),
        "day": str(local.day),
        "weekday": words[_WEEKDAYS[local.weekday()]],
    }
    return fill(words[key], facts)
