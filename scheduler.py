"""APScheduler is the heartbeat, the database is the schedule: a list of (sweep, interval). Decides and stores nothing.

A beat that comes late, twice or never harms nothing: a sweep does what is due, whenever it is asked.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from handlers.sweeps import (
    Sweep,
    buttons_fade,
    drafts_age,
    forgetme_ends,
    menus_fit,
    patrols_end,
    records_fade,
    suspensions_end,
    traces_fade,
)

HEARTBEAT: tuple[tuple[Sweep, timedelta], ...] = (
    (drafts_age, timedelta(seconds=2)),
    (suspensions_end, timedelta(seconds=2)),
    (patrols_end, timedelta(minutes=1)),
    (forgetme_ends, timedelta(minutes=1)),
    (menus_fit, timedelta(hours=1)),
    (buttons_fade, timedelta(hours=1)),
    (records_fade, timedelta(hours=1)),
    (traces_fade, timedelta(hours=1)),
)


def heartbeat(beat: Callable[[Sweep], Awaitable[None]]) -> AsyncIOScheduler:
    """A scheduler, not started yet, that calls `beat` with each sweep at its interval, one beat of it at a time."""
    scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    for sweep, interval in HEARTBEAT:
        trigger = IntervalTrigger(seconds=int(interval.total_seconds()))
        scheduler.add_job(beat, trigger, args=[sweep], id=sweep.name)
    return scheduler
