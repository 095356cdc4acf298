"""Files as Telegram keeps them: opaque ids, links that live an hour, a 20 MB limit on what a bot may fetch."""

import itertools
import mimetypes
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import PurePath
from typing import Any, Final

from bot.sandbox.errors import bad
from bot.sandbox.photos import renditions
from bot.sandbox.shapes import Json, Now

MOST_FETCHED: Final = 20 * 1024 * 1024
LINK_SECONDS: Final = 3600
KINDS: Final = ("photo", "document", "voice", "video", "audio", "animation", "video_note")
_FOLDERS: Final = {"photo": "photos", "document": "documents", "voice": "voice", "video": "videos"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file. `size` is what Telegram says it is; a test may claim more than there is."""

    id: str
    unique: str
    kind: str
    path: str
    data: bytes
    size: int
    name: str = ""
    mime: str = ""
    width: int = 0
    height: int = 0

    def as_json(self) -> Json:
        """The fields every file object has."""
        return {"file_id": self.id, "file_unique_id": self.unique, "file_size": self.size}


@dataclass(frozen=True, slots=True)
class Media:
    """What hangs on a message: one file, or the sizes of one photo (smallest first)."""

    kind: str
    files: tuple[StoredFile, ...]
    facts: Json = field(default_factory=dict)

    @property
    def best(self) -> StoredFile:
        """The file a person would save."""
        return self.files[-1]

    def as_json(self) -> Any:
        """The object under the field `kind` of a message."""
        if self.kind == "photo":
            return [{**file.as_json(), "width": file.width, "height": file.height} for file in self.files]
        named: Json = {"file_name": self.best.name} if self.best.name and self.kind in ("document", "video") else {}
        typed: Json = {"mime_type": self.best.mime} if self.best.mime else {}
        return {**self.facts, **named, **typed, **self.best.as_json()}


class Files:
    """All files of the world. With `keep`, only the newest ones stay, so that a benchmark does not fill the memory."""

    def __init__(self, now: Now, keep: int | None = None) -> None:
        self._now = now
        self._keep = keep
        self._numbers = itertools.count(1)
        self._media: dict[str, Media] = {}
        self._links: dict[str, tuple[StoredFile, float]] = {}

    def photo(self, data: bytes, *, size: int | None = None) -> Media:
        """A picture sent as a photo. `size` claims a file size for the biggest rendition."""
        files = [
            self._store("photo", one.data, mime="image/jpeg", width=one.width, height=one.height)
            for one in renditions(data)
        ]
        if size is not None:
            files[-1] = replace(files[-1], size=size)
        return self._keep_media(Media("photo", tuple(files)))

    def other(
        self, kind: str, data: bytes, name: str, mime: str, facts: Json | None = None, size: int | None = None
    ) -> Media:
        """A document, voice message, video …, kept byte for byte."""
        mime = mime or mimetypes.guess_type(name)[0] or ""
        stored = self._store(kind, data, name=name, mime=mime)
        if size is not None:
            stored = replace(stored, size=size)
        return self._keep_media(Media(kind, (stored,), facts or {}))

    def find(self, file_id: str) -> Media | None:
        """The media a file id belongs to."""
        return self._media.get(file_id)

    def file(self, file_id: str) -> StoredFile | None:
        """Exactly the file with this id."""
        media = self._media.get(file_id)
        return next((file for file in media.files if file.id == file_id), None) if media else None

    def by_unique(self, unique: str) -> StoredFile | None:
        """For the people's side, which needs no links."""
        files = (file for media in self._media.values() for file in media.files)
        return next((file for file in files if file.unique == unique), None)

    def link(self, file: StoredFile) -> str:
        """A path below `/file/bot<token>/`, good for an hour. Raises 400 for files over 20 MB."""
        if file.size > MOST_FETCHED:
            raise bad("file is too big")
        self._links[file.path] = file, self._now() + LINK_SECONDS
        return file.path

    def fetch(self, path: str) -> StoredFile | None:
        """What a link leads to; None when it has expired or never was."""
        file, until = self._links.get(path, (None, 0))
        return file if until > self._now() else None

    def _store(
        self,
        kind: str,
        data: bytes,
        *,
        name: str = "",
        mime: str = "",
        width: int = 0,
        height: int = 0,
    ) -> StoredFile:
        number = next(self._numbers)
        digest = blake2b(f"{kind}:{number}".encode(), digest_size=27).digest()
        ending = PurePath(name).suffix or mimetypes.guess_extension(mime) or ".bin"
        return StoredFile(
            id="AgACAg" + urlsafe_b64encode(digest).decode(),
            unique="AQAD" + urlsafe_b64encode(digest[:8]).decode().rstrip("="),
            kind=kind,
            path=f"{_FOLDERS.get(kind, kind)}/file_{number}{ending}",
            data=data,
            size=len(data),
            name=name,
            mime=mime,
            width=width,
            height=height,
        )

    def _keep_media(self, media: Media) -> Media:
        self._media |= {file.id: media for file in media.files}
        while self._keep is not None and len(self._media) > self._keep:
            forgotten = self._media.pop(next(iter(self._media)))
            for file in forgotten.files:
                self._links.pop(file.path, None)
        return media
