"""Fetches what people sent, after the transaction that took it in, with retries; cleans it and keeps it by its hash.

A file that cannot be had never blocks a case: the cards go out without it.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.channel import Channel, FetchLater, FetchNever
from bot.clock import Clock
from bot.guide import Guide, Knowledge
from bot.photo_files import PhotoFiles, clean
from bot.photo_pixels import NotAPicture
from bot.waiting import LOOK_AGAIN, STORE_WAIT, Pulse, go_round, seconds_until
from domain.messages import Geo
from handlers import fetched
from handlers.desk import Desk
from storage import photos
from storage.photos import Photo
from storage.store import StorageError, Store, Work

log = structlog.get_logger(__name__)

_SIDE_BY_SIDE = 4
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=1), timedelta(minutes=10)
_TRIES = 150
"""With waits up to ten minutes that is about a day."""


class Fetcher:
    """Fetches until it is stopped. `kept` is called when a file is here: whatever waits for it can go out."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        guide: Guide,
        files: PhotoFiles,
        clock: Clock,
        kept: Callable[[], None],
    ) -> None:
        self._store = store
        self._channels = channels
        self._guide = guide
        self._files = files
        self._clock = clock
        self._kept = kept
        self._fetching: dict[int, asyncio.Task[None]] = {}
        self.pulse = Pulse()
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Something may be to be fetched."""
        self._wake.set()

    def stop(self) -> None:
        """Begin nothing new; what is being fetched is broken off, and fetched another time."""
        self._stopping = True
        for task in self._fetching.values():
            task.cancel()
        self._wake.set()

    async def run(self) -> None:
        """Fetch until `stop`."""
        await go_round(self._begin_wanted, self._wake, lambda: self._stopping, "photos_unreadable", self.pulse)
        await asyncio.gather(*self._fetching.values(), return_exceptions=True)

    async def _begin_wanted(self) -> float:
        """Begin to fetch, as far as there is room. Returns for how many seconds there is nothing more to begin."""
        now, busy = self._clock.wall(), set(self._fetching)
        if len(busy) >= _SIDE_BY_SIDE:
            return LOOK_AGAIN
        # What is being fetched is still wanted, so it can hide no more than its own number.
        wanted, next_at = await self._store.read(_to_fetch, now)
        free = 0 if self._stopping else _SIDE_BY_SIDE - len(busy)
        for photo in [photo for photo in wanted if photo.id not in busy][:free]:
            self._fetching[photo.id] = asyncio.create_task(self._fetch(photo), name=f"photo {photo.id}")
        return seconds_until(next_at, self._clock.wall())

    async def _fetch(self, photo: Photo) -> None:
        """One file from its turn to its mark. An error of the store counts against no file."""
        try:
            await self._bring_or_say_why(photo)
        except StorageError as error:
            log.error("store_failed", why=str(error), photo=photo.id)
            await asyncio.sleep(STORE_WAIT)
        except Exception as error:  # nothing should come this far; if it does, it is not to vanish, nor to run hot
            log.error("fetch_interrupted", photo=photo.id, kind=type(error).__name__, exc_info=error)
            await asyncio.sleep(STORE_WAIT)
        finally:
            del self._fetching[photo.id]
            self._wake.set()

    async def _bring_or_say_why(self, photo: Photo) -> None:
        try:
            await self._bring(photo)
        except StorageError:
            raise
        except FetchNever as error:
            await self._lost(photo, error.why)
        except NotAPicture:
            await self._lost(photo, "not_a_picture")
        except OSError as error:  # our own disk: the file is still to be had
            log.error("photo_not_kept", photo=photo.id, case=photo.case, why=error.strerror)
            await self._later(photo, type(error).__name__)
        except Exception as error:
            if not isinstance(error, FetchLater):
                log.error("fetch_failed", photo=photo.id, kind=type(error).__name__, exc_info=error)
            await self._later_or_lost(photo, type(error).__name__)

    async def _bring(self, photo: Photo) -> None:
        channel = self._channels.get(photo.channel)
        if channel is None:
            raise FetchLater
        data = await channel.fetch(photo.ref)
        position: tuple[float, float] | None = None
        suffix = f".{photo.kind.value}"
        if photo.visible:
            cleaned = await asyncio.to_thread(clean, data)
            data, suffix, position = cleaned.data, cleaned.suffix, cleaned.position
        sha256 = await asyncio.to_thread(self._files.put, data, suffix)

        def keep(work: Work, knowledge: Knowledge) -> None:
            pinned = knowledge.place_at(Geo(*position, how="photo")) if position else None
            fetched.kept(self._desk(work, knowledge, photo), photo.id, sha256, len(data), pinned)

        await self._guide.run(self._store, keep)
        self._kept()

    async def _later_or_lost(self, photo: Photo, why: str) -> None:
        if photo.attempts + 1 >= _TRIES:
            await self._lost(photo, "unknown")
        else:
            await self._later(photo, why)

    async def _later(self, photo: Photo, why: str) -> None:
        wait = min(_FIRST_WAIT * 2 ** min(photo.attempts, 12), _LONGEST_WAIT)
        log.info("fetch_later", photo=photo.id, case=photo.case, why=why, attempts=photo.attempts)
        await self._store.run(photos.later, photo.id, why, self._clock.wall() + wait)

    async def _lost(self, photo: Photo, why: str) -> None:
        log.warning("photo_lost", photo=photo.id, case=photo.case, why=why)

        def lose(work: Work, knowledge: Knowledge) -> None:
            fetched.lost(self._desk(work, knowledge, photo), photo.id, why)

        await self._guide.run(self._store, lose)
        self._kept()

    def _desk(self, work: Work, knowledge: Knowledge, photo: Photo) -> Desk:
        return Desk(
            work, knowledge.district, self._clock.now(), self._clock.wall(), f"photo:{photo.id}:{photo.attempts}"
        )


def _to_fetch(work: Work, now: datetime) -> tuple[tuple[Photo, ...], datetime | None]:
    """What is to be fetched now, and when the next file is, seen at one moment."""
    return photos.wanted(work, now, _SIDE_BY_SIDE), photos.next_fetch(work, now)
