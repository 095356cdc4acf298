"""Keeping a rehearsal's clock over restarts: product time goes on from where it was reached."""

import json
from datetime import datetime

from bot.clock import Anchor, Clock, MachineClock, RehearsalClock, machine_time
from bot.config import Config
from domain.facts import instant, millis
from storage import districts
from storage.store import Store, Work

_KEPT = "rehearsal"


async def clock_for(config: Config, store: Store) -> Clock:
    """The clock this process goes by. The first process with REHEARSAL_START stores from where a rehearsal counts."""
    if config.rehearsal_start is None:
        return MachineClock()
    start = Anchor(config.rehearsal_start, config.rehearsal_speed)
    reached = await store.run(_reached, start)
    return RehearsalClock(reached)


def _reached(work: Work, start: Anchor) -> Anchor:
    kept = districts.kept(work, _KEPT)
    if kept is None:
        keep(work, start)
        return start
    return Anchor(instant(json.loads(kept)["reached"]), start.speed)


def keep(work: Work, anchor: Anchor) -> None:
    """Keep how far the rehearsal has come."""
    districts.keep(work, _KEPT, json.dumps({"reached": millis(anchor.reached), "speed": anchor.speed}))


async def product_time(config: Config, store: Store) -> datetime:
    """The product's time as a bot started now would have it. Only reads."""
    if config.rehearsal_start is None:
        return machine_time()
    kept = await store.read(districts.kept, _KEPT)
    return instant(json.loads(kept)["reached"]) if kept else config.rehearsal_start
