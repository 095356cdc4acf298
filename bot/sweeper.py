"""Runs the sweeps the heartbeat asks for, and what belongs to them outside the store: files, the rehearsal's clock."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot import rehearsal
from bot.clock import Clock, RehearsalClock
from bot.guide import Guide, Knowledge
from bot.photo_files import PhotoFiles
from bot.waiting import Pulse, either
from handlers.desk import Desk
from handlers.sweeps import Sweep, records_fade, suspensions_end
from storage import cases, photos
from storage.store import StorageError, Store, Work

log = structlog.get_logger(__name__)

_PAIRS_KEPT = timedelta(days=7)
"""Before-and-after pictures can be drawn again at any time."""

_KEEP_EVERY = 1.0  # seconds

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)

T = TypeVar("T", int, str)


@dataclass(frozen=True, slots=True)
class _Failure:
    """What could not be done is left alone `until` then (machine time), each time for twice as long."""

    until: datetime
    wait: timedelta

    @classmethod
    def after(cls, earlier: "_Failure | None", now: datetime) -> "_Failure":
        wait = min(earlier.wait * 2, _LONGEST_WAIT) if earlier else _FIRST_WAIT
        return cls(now + wait, wait)


class Sweeper:
    """One sweep after the other, all that is due of it one by one.

    Where one fails, the others go on: it is logged, passed over for a while, then tried again. An error of the store
    is nobody's fault and ends the round.
    """

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
        self._failed: dict[tuple[str, int | str], _Failure] = {}
        self.pulse = Pulse()
        self._stopped = asyncio.Event()
        self._done = asyncio.Event()

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopped.set()
        self._done.set()

    async def stopped(self) -> None:
        """Until `stop`."""
        await self._stopped.wait()

    async def sweep(self, sweep: Sweep) -> None:
        """Do what is due. What fails is tried again another time."""
        try:
            due = await self._store.read(lambda work: sweep.due(self._desk(work, self._guide.knowledge, sweep)))
            await self._each(sweep.name, due, lambda item: self._do(sweep, item))
            if sweep.besides is not None:
                await self._besides(sweep, sweep.besides)
            if sweep is records_fade:
                await self._remove_files()
        except (StorageError, OSError) as error:
            log.error("sweep_failed", sweep=sweep.name, why=str(error))
        except Exception as error:  # ours: the other sweeps go on
            log.error("sweep_failed", sweep=sweep.name, kind=type(error).__name__, exc_info=error)
        self.pulse.beat()

    async def _each(self, name: str, due: Sequence[T], do: Callable[[T], Awaitable[None]]) -> None:
        """One after the other; what failed before is left alone until its time has come again."""
        for item in due:
            failure = self._failed.get((name, item))
            if self._stopped.is_set():
                return
            if failure is not None and failure.until > self._clock.wall():
                continue
            try:
                await do(item)
            except StorageError:
                raise
            except Exception as error:  # ours, or this one's alone: those behind it go on
                log.error("not_swept", sweep=name, item=item, kind=type(error).__name__, exc_info=error)
                self._failed[name, item] = _Failure.after(failure, self._clock.wall())
            else:
                self._failed.pop((name, item), None)

    async def _do(self, sweep: Sweep, item: int) -> None:
        await self._run(sweep, lambda desk: sweep.do(desk, item))
        self._owed()

    async def _besides(self, sweep: Sweep, besides: Callable[[Desk], None]) -> None:
        await self._run(sweep, besides)

    async def _run(self, sweep: Sweep, do: Callable[[Desk], None]) -> None:
        await self._guide.run(self._store, lambda work, knowledge: do(self._desk(work, knowledge, sweep)))

    def _desk(self, work: Work, knowledge: Knowledge, sweep: Sweep) -> Desk:
        cause = f"sweep:{sweep.name}:{secrets.token_hex(8)}"
        return Desk(work, knowledge.district, self._clock.now(), self._clock.wall(), cause)

    async def _remove_files(self) -> None:
        """Files go after the rows that named them: a crash between leaves a file to be removed next time."""
        await self._each("files", await self._store.read(photos.files_to_remove), self._remove_file)
        await asyncio.to_thread(self._pairs.remove_older, self._clock.wall() - _PAIRS_KEPT)

    async def _remove_file(self, sha256: str) -> None:
        await asyncio.to_thread(self._files.remove, sha256)
        await self._store.run(photos.file_removed, sha256)

    async def keep_rehearsal(self, clock: RehearsalClock) -> None:
        """Keep every second how far the rehearsal has come, and once more at the end."""
        while not self._stopped.is_set():
            await self._keep(clock)
            await either(self._stopped, _KEEP_EVERY)
        await self._keep(clock)

    async def pace_rehearsal(self, clock: RehearsalClock) -> None:
        """Let fast time stand still at each due instant until its sweep has been done. What fails there is passed over.

        Something can become due earlier than what was waited for, so it is looked again whenever something was done.
        """
        passed = clock.now()
        while not self._stopped.is_set():
            due = await self._next_due(passed)
            clock.stop_at(due)
            self._done.clear()
            if due is not None and due <= clock.now():
                await self.sweep(suspensions_end)
                passed = due
                continue
            await either(self._done, min(clock.until(due), _KEEP_EVERY) if due else _KEEP_EVERY)

    async def _next_due(self, after: datetime) -> datetime | None:
        try:
            return await self._store.read(cases.next_waking, after)
        except StorageError as error:
            log.error("rehearsal_not_paced", why=str(error))
            return None

    def wake(self) -> None:
        """Something was done: it may have made something due."""
        self._done.set()

    async def _keep(self, clock: RehearsalClock) -> None:
        try:
            await self._store.run(rehearsal.keep, clock.anchor)
        except StorageError as error:
            log.error("rehearsal_not_kept", why=str(error))
