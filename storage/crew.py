"""The processes that work at one store: which of them does what only one may do, and how they call each other.

    crew.number                         # this process among those at the store
    await crew.on_duty("receiver", receive)     # does it while this process is the one whose duty it is
    crew.call()                         # there is something to do: the others look, too

SQLite has one process, kept by its file lock: it does everything and has nobody to call. On PostgreSQL a duty is an
advisory lock of a session that is kept open: whoever dies, or is cut off, loses it at once, and another takes over.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Protocol

DUTIES = ("receiver", "dispatcher", "fetcher", "heartbeat")
"""What only one process at a time may do."""

Work = Callable[[], Awaitable[None]]


class Crew(Protocol):
    """Everybody at the store."""

    @property
    def number(self) -> int:
        """This process, as nobody else is numbered; another number after it was cut off from the store."""

    def has(self, duty: str) -> bool:
        """Whether a duty is this process's now."""

    async def on_duty(self, duty: str, work: Work) -> None:
        """Wait until the duty falls to this process, then do the work; when the duty is lost the work is cancelled.

        Returns when the work does, and raises what it raises.
        """

    def call(self) -> None:
        """Let the others look for something to do."""

    def listen(self, heard: Callable[[], None]) -> None:
        """What to do when another process calls."""

    async def close(self) -> None:
        """Give up every duty."""


class Alone:
    """The one process there can be."""

    number = 0

    def has(self, duty: str) -> bool:
        """See Crew."""
        return duty in DUTIES

    async def on_duty(self, duty: str, work: Work) -> None:
        """See Crew."""
        assert duty in DUTIES  # noqa: S101  a slip of the pen
        await work()

    def call(self) -> None:
        """See Crew."""

    def listen(self, heard: Callable[[], None]) -> None:
        """See Crew."""

    async def close(self) -> None:
        """See Crew."""


class Duty:
    """What falls to this process or does not."""

    def __init__(self) -> None:
        self._ours = asyncio.Event()
        self._lost = asyncio.Event()

    @property
    def ours(self) -> bool:
        """Whether it is this process's."""
        return self._ours.is_set()

    def falls_to_us(self) -> None:
        """From now on it is."""
        self._lost.clear()
        self._ours.set()

    def is_lost(self) -> None:
        """It is no longer, or never was."""
        self._ours.clear()
        self._lost.set()

    async def while_ours(self, work: Work) -> None:
        """See Crew.on_duty."""
        while True:
            await self._ours.wait()
            working = asyncio.ensure_future(work())
            losing = asyncio.ensure_future(self._lost.wait())
            try:
                await asyncio.wait({working, losing}, return_when=asyncio.FIRST_COMPLETED)
                if working.done():
                    return working.result()
            finally:
                losing.cancel()
                await _ended(working)


async def _ended(working: "asyncio.Future[None]") -> None:
    """Until the work has stopped. What it raises after it was told to is nobody's business."""
    if working.done():
        return
    working.cancel()
    with suppress(asyncio.CancelledError, Exception):
        await working


def all_duties() -> dict[str, Duty]:
    """Every duty, none of them ours."""
    return {name: Duty() for name in DUTIES}


def lose(duties: Iterable[Duty]) -> None:
    """None of them is ours any more."""
    for duty in duties:
        duty.is_lost()
