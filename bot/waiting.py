"""How the parts that work something off go round: do what is due, then wait for a wake-up call, but not for ever."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from storage.store import StorageError

log = structlog.get_logger(__name__)

LOOK_AGAIN = 5.0  # seconds: the slow poll behind the wake-up call
STORE_WAIT = 1.0  # seconds after the store failed; nobody's message is at fault
_SHORTEST = 0.02  # seconds: what is due but cannot be begun yet must not make us run hot


class Pulse:
    """When a part was last seen at work, in seconds of `time.monotonic`; 0 before it began."""

    def __init__(self) -> None:
        self.last = 0.0

    def beat(self) -> None:
        """It is at work."""
        self.last = time.monotonic()


async def either(event: asyncio.Event, seconds: float) -> None:
    """Until the event is set, at most for some seconds."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


async def go_round(
    turn: Callable[[], Awaitable[float]], wake: asyncio.Event, stopping: Callable[[], bool], trouble: str, pulse: Pulse
) -> None:
    """One turn after the other until `stopping`. A turn returns for how many seconds there is nothing more to do.

    `trouble` is what is logged when the store fails.
    """
    pulse.beat()
    while not stopping():
        wake.clear()
        try:
            wait = await turn()
        except StorageError as error:
            log.error(trouble, why=str(error))
            wait = STORE_WAIT
        pulse.beat()
        await either(wake, wait)


def seconds_until(next_at: datetime | None, now: datetime) -> float:
    """For how long to wait for what is due next."""
    until = (next_at - now).total_seconds() if next_at else LOOK_AGAIN
    return min(max(until, _SHORTEST), LOOK_AGAIN)
