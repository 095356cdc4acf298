"""Pictures of ours made ready to be shown: by the channel's own reference, as the cleaned copy, or two as one.

Voice messages, in which nothing is to be cleaned, are made ready to be heard.
"""

import asyncio
from pathlib import Path

import structlog

from bot.bulletin.side_by_side import side_by_side
from bot.channel import ClipFile, PictureFile
from bot.photo_files import PhotoFiles
from bot.photo_pixels import NotAPicture
from bot.texts import Words
from domain.messages import MediaKind, Picture, PictureRole
from storage import photos
from storage.photos import Photo
from storage.store import Store, Work

log = structlog.get_logger(__name__)


_REMEMBERED = 500
"""Pairs of which it is known that they have been drawn: enough for whoever looks at what was closed lately."""


class NotYet(Exception):
    """A picture is still on its way; it is worth waiting a moment."""


class Gallery:
    """Finds what is to be shown under the photos' ids."""

    def __init__(self, store: Store, files: PhotoFiles, pairs: PhotoFiles, words: Words) -> None:
        self._store = store
        self._files = files
        self._pairs = pairs
        self._words = words
        self._drawn: dict[tuple[Path, Path, str], str] = {}
        self._drawing = asyncio.Lock()

    async def ready(self, picture: Picture, account: str, language: str, *, patient: bool) -> PictureFile | None:
        """The picture as a file or reference; None when it can never be shown. Raises NotYet as long as `patient`."""
        found = await self._store.read(_load, picture.photos)
        if any(_coming(photo, picture, account) for photo in found) and patient:
            raise NotYet
        if picture.role is PictureRole.PAIR and len(found) == 2:
            pair = await self._pair(found[0], found[1], language)
            return pair or self._single(found[1], account)
        return self._single(found[0], account) if found else None

    async def clip(self, photo_id: int, account: str, *, patient: bool) -> ClipFile | None:
        """A voice message or a video; None when it can never be had. Raises NotYet as long as `patient`."""
        clip = await self._store.read(photos.load, photo_id)
        if clip is None or not clip.can_be_had:
            return None
        ref, path = clip.ref if clip.account == account else None, self._path(clip)
        if not ref and not path and patient:
            raise NotYet
        return ClipFile(clip.kind, ref, path)

    async def _pair(self, before: Photo, after: Photo, language: str) -> PictureFile | None:
        """Before and after in one picture, None when it cannot be drawn. The same two photos give the same file."""
        first, second = self._path(before), self._path(after)
        if first is None or second is None:
            return None
        try:
            return PictureFile(None, await self._drawn_once(first, second, language))
        except (OSError, NotAPicture) as error:
            log.error("pair_not_drawn", before=before.id, after=after.id, kind=type(error).__name__)
            return None

    async def _drawn_once(self, first: Path, second: Path, language: str) -> Path | None:
        """One pair at a time: the news of a closing goes to several people at once, and all see the same."""
        pair = first, second, language
        async with self._drawing:
            known = self._drawn.get(pair)
            if known is None or self._pairs.path(known) is None:
                labels = (self._words.phrase("before", language), self._words.phrase("after", language))
                drawn = await asyncio.to_thread(side_by_side, first, second, labels)
                known = await asyncio.to_thread(self._pairs.put, drawn, ".jpg")
                self._remember(pair, known)
            return self._pairs.path(known)

    def _remember(self, pair: tuple[Path, Path, str], sha256: str) -> None:
        self._drawn[pair] = sha256
        if len(self._drawn) > _REMEMBERED:
            del self._drawn[next(iter(self._drawn))]

    def _single(self, photo: Photo, account: str) -> PictureFile | None:
        """Only what the channel re-encoded itself goes on by its reference; files go on as the cleaned copy."""
        ref = photo.ref if photo.kind is MediaKind.PHOTO and photo.account == account else None
        path = self._path(photo)
        return PictureFile(ref, path) if ref or path else None

    def _path(self, photo: Photo) -> Path | None:
        return self._files.path(photo.sha256) if photo.sha256 else None


def _load(work: Work, photo_ids: tuple[int, ...]) -> tuple[Photo, ...]:
    found = (photos.load(work, photo_id) for photo_id in photo_ids)
    return tuple(photo for photo in found if photo is not None)


def _coming(photo: Photo, picture: Picture, account: str) -> bool:
    by_reference = picture.role is PictureRole.SINGLE and photo.kind is MediaKind.PHOTO and photo.account == account
    return photo.state == "wanted" and not by_reference
