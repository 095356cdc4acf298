"""Whether the bot does its work: what goes round was seen lately, and the store keeps what it is given."""

import asyncio
import time
from collections.abc import Callable, Mapping

from bot.channel import Channel
from bot.waiting import Pulse
from storage import districts
from storage.store import StorageError, Store

_RECEIVED, _SEEN = 150.0, 60.0
"""Seconds without which the receiver, and what goes round, is not alive; a single poll may take one of them."""

_STORE_ANSWERS = 5.0  # seconds


class Health:
    """Looks at every part. What is another process's, as `ours` tells, is no concern of this one.

    `seconds` is a clock that never goes back, that of `time.monotonic`.
    """

    def __init__(
        self,
        store: Store,
        channel: Channel,
        pulses: Mapping[str, Pulse],
        ours: Callable[[str], bool],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._channel = channel
        self._pulses = pulses
        self._ours = ours
        self._seconds = seconds

    async def look(self) -> Mapping[str, bool]:
        """Every part by its name, and whether it is alive."""
        seen = {"receiver": self._lately(self._channel.last_good, _RECEIVED)}
        seen |= {name: self._lately(pulse.last, _SEEN) for name, pulse in self._pulses.items()}
        elsewhere = {name for name in seen if not self._ours(name)}
        return {name: alive or name in elsewhere for name, alive in seen.items()} | {"store": await self._store_keeps()}

    def _lately(self, last: float, patience: float) -> bool:
        return last > 0 and self._seconds() - last < patience

    async def _store_keeps(self) -> bool:
        """Something small is written: on a full disk a store still answers."""
        try:
            async with asyncio.timeout(_STORE_ANSWERS):
                await self._store.run(districts.keep, "health", str(self._seconds()))
        except (StorageError, TimeoutError):
            return False
        return True
