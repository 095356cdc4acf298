"""Runs the sweeps the heartbeat asks for, and what belongs to them outside the store: files, the rehearsal's clock."""

import asyncio
import secrets
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot import rehearsal
from bot.clock import Clock, RehearsalClock
from bot.guide import Guide
from bot.photo_files import PhotoFiles
from bot.waiting import Pulse, either
from handlers.desk import Desk
from handlers.sweeps import BATCH, Sweep, records_fade
from storage import photos
from storage.store import StorageError, Store, Work

log = structlog.get_logger(__name__)

_PAIRS_KEPT = timedelta(days=7)
"""Before-and-after pictures can be drawn again at any time."""

_KEEP_EVERY = 1.0  # seconds


class Sweeper:
    """One sweep after the other, each batch in a unit of its own."""

    def __init__(
        self,
        store: Store,
        guide: Guide,
        clock: Clock,
        files: PhotoFiles,
        pairs: PhotoFiles,
        owed: Callable[[], None],
    ) -> None:
        self._store = store
        self._guide = guide
        self._clock = clock
        self._files = files
        self._pairs = pairs
        self._owed = owed
        self.pulse = Pulse()
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopped.set()

    async def sweep(self, sweep: Sweep) -> None:
        """Do what is due, batch after batch. What fails is tried again at the next beat."""
        try:
            while not self._stopped.is_set() and await self._batch(sweep) >= BATCH:
                pass
            if sweep is records_fade:
                await self._remove_files()
        except (StorageError, OSError) as error:
            log.error("sweep_failed", sweep=sweep.__name__, why=str(error))
        except Exception as error:  # ours: the other sweeps go on
            log.error("sweep_failed", sweep=sweep.__name__, kind=type(error).__name__, exc_info=error)
        self.pulse.beat()

    async def _batch(self, sweep: Sweep) -> int:
        cause = f"sweep:{sweep.__name__}:{secrets.token_hex(8)}"

        def unit(work: Work) -> int:
            return sweep(Desk(work, self._guide.district, self._clock.now(), self._clock.wall(), cause))

        done = await self._store.run(unit)
        if done:
            self._owed()
        return done

    async def _remove_files(self) -> None:
        """Files go after the rows that named them: a crash between leaves a file to be removed next time."""
        for sha256 in await self._store.read(photos.files_to_remove, BATCH):
            await asyncio.to_thread(self._files.remove, sha256)
            await self._store.run(photos.file_removed, sha256)
        await asyncio.to_thread(self._pairs.remove_older, self._clock.wall() - _PAIRS_KEPT)

    async def keep_rehearsal(self, clock: RehearsalClock) -> None:
        """Keep every second how far the rehearsal has come, and once more at the end."""
        while not self._stopped.is_set():
            await self._keep(clock)
            await either(self._stopped, _KEEP_EVERY)
        await self._keep(clock)

    async def _keep(self, clock: RehearsalClock) -> None:
        try:
            await self._store.run(rehearsal.keep, clock.anchor)
        except StorageError as error:
            log.error("rehearsal_not_kept", why=str(error))
