"""The one file a backup is: a tar of the database and the photos, and behind them a manifest with counts and hashes.

The manifest stands last: everything goes through once, and an archive that breaks off has none.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

DATABASE: Final = "bot.db"
MANIFEST: Final = "manifest.json"
FORMAT: Final = 1

_PHOTO: Final = re.compile(r"photos/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]{1,8}")
_PIECE: Final = 1 << 20
_MOST_MANIFEST: Final = 1 << 30


class BrokenArchive(Exception):
    """The file is no archive of ours, or not all of it is there as it was written."""


@dataclass(frozen=True, slots=True)
class Content:
    """One file in an archive: how many bytes, and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds, by name, and when it was made (ISO, UTC)."""

    made_at: str
    files: dict[str, Content]

    @property
    def photos(self) -> int:
        """How many photos."""
        return len(self.files) - (DATABASE in self.files)

    @property
    def size(self) -> int:
        """Bytes of everything in it."""
        return sum(content.size for content in self.files.values())


def pack(target: Path, entries: Iterable[tuple[str, Path]], made_at: datetime) -> Manifest:
    """Write an archive of files under their names, for the owner only; a file that is gone by then is left out.

    It is on the disk when this returns. Raises OSError.
    """
    files: dict[str, Content] = {}
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        with tarfile.open(fileobj=out, mode="w|") as tar:
            for name, path in entries:
                with suppress(FileNotFoundError), path.open("rb") as file:
                    files[name] = _add(tar, name, file, os.fstat(file.fileno()).st_size)
            manifest = Manifest(made_at.isoformat(), files)
            text = json.dumps({"format": FORMAT, "photos": manifest.photos, **asdict(manifest)}, indent=1).encode()
            _add(tar, MANIFEST, io.BytesIO(text), len(text))
        out.flush()
        os.fsync(out.fileno())
    return manifest


def unpack(archive: Path, place: Callable[[str], Path], progress: Callable[[int, int], None]) -> Manifest:
    """Unpack each file to its place, and hold all of them against the manifest.

    Raises BrokenArchive, and OSError when the disk will not. Then some of it may lie there.
    """
    found: dict[str, Content] = {}
    said: Manifest | None = None
    total = archive.stat().st_size
    with archive.open("rb") as packed, _broken_if_unreadable(), tarfile.open(fileobj=packed, mode="r|") as tar:
        for name, content in _entries(tar):
            if said is not None:
                raise BrokenArchive("something stands behind the manifest")
            if name == MANIFEST:
                said = _manifest(content)
            elif name in found:
                raise BrokenArchive(f"{name} stands in it twice")
            else:
                found[name] = _write(content, place(_ours(name)))
            progress(packed.tell(), total)
    return _agreed(said, found)


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> Content:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    hashing = _Hashing(content)
    tar.addfile(entry, hashing)
    return Content(size, hashing.sha256)


class _Hashing(io.RawIOBase):
    """What is read through it is hashed on the way."""

    def __init__(self, content: IO[bytes]) -> None:
        super().__init__()
        self._content = content
        self._hash = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        piece = self._content.read(size)
        self._hash.update(piece)
        return piece

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def _entries(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    """The files of a tar in turn. Raises BrokenArchive for an entry that is no plain file."""
    for entry in tar:
        content = tar.extractfile(entry) if entry.isreg() else None
        if content is None:
            raise BrokenArchive(f"{entry.name[:100]!r} is no plain file")
        yield entry.name, content


@contextmanager
def _broken_if_unreadable() -> Iterator[None]:
    """Whatever is no tar, or not all of one."""
    try:
        yield
    except (tarfile.TarError, EOFError) as error:
        raise BrokenArchive(f"it cannot be read to its end: {error}") from error


def _ours(name: str) -> str:
    """The name, if it is one we give: no other is believed, wherever it would lead."""
    if name != DATABASE and not _PHOTO.fullmatch(name):
        raise BrokenArchive(f"it holds what is not ours: {name[:100]!r}")
    return name


def _write(content: IO[bytes], path: Path) -> Content:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    hashing, size = _Hashing(content), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := hashing.read(_PIECE):
            size += file.write(piece)
    return Content(size, hashing.sha256)


def _manifest(content: IO[bytes]) -> Manifest:
    try:
        said = json.loads(content.read(_MOST_MANIFEST))
        if said["format"] != FORMAT:
            raise BrokenArchive("a newer program has made it")
        files = {str(name): Content(int(one["size"]), str(one["sha256"])) for name, one in said["files"].items()}
        return Manifest(str(said["made_at"]), files)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise BrokenArchive("its manifest cannot be read") from error


def _agreed(said: Manifest | None, found: dict[str, Content]) -> Manifest:
    """The manifest, when everything is as it says."""
    if said is None:
        raise BrokenArchive("its end is missing")
    if DATABASE not in said.files:
        raise BrokenArchive("it holds no database")
    wrong = sorted({name for name, _ in said.files.items() ^ found.items()})
    if wrong:
        raise BrokenArchive(f"{wrong[0]} is not as it was written ({len(wrong)} in all)")
    return said
