"""`backup` and `restore`: everything the bot keeps as one file, and back again. All of this blocks."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.archive import DATABASE, Manifest, pack, unpack
from bot.clock import machine_time
from bot.config import Config
from bot.photo_files import PhotoFiles
from storage import backup
from storage.backup import Progress
from storage.engines import file_of
from storage.sqlite import take_lock

Show = Callable[[str], AbstractContextManager[Progress]]
"""Shows how far a step of this name has come."""


class AlreadyThere(Exception):
    """What would be written over: the path."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup: what is in it, and how many photos were gone from the disk when it was made."""

    manifest: Manifest
    missing: int


def make(config: Config, target: Path, show: Show) -> Made:
    """Copy everything into one archive, while the bot runs or not. It stands there whole or not at all.

    Raises AlreadyThere, StorageError and OSError.
    """
    if target.exists():
        raise AlreadyThere(target)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as beside:
        database, archive = Path(beside, DATABASE), Path(beside, "archive")
        with show("database") as progress:
            backup.copy(file_of(config.store_url), database, progress)
        kept = backup.kept_photos(database)
        with show("photos") as progress:
            manifest = pack(archive, _entries(database, PhotoFiles(config.photos), kept, progress), machine_time())
        _publish(archive, target)
    return Made(manifest, len(kept) - manifest.photos)


def _entries(database: Path, photos: PhotoFiles, kept: list[str], progress: Progress) -> Iterator[tuple[str, Path]]:
    """The database, and the photos it speaks of: others would stay for ever where this is restored."""
    yield DATABASE, database
    for done, sha256 in enumerate(kept):
        progress(done, len(kept))
        path = photos.path(sha256)
        if path is not None:
            yield f"photos/{sha256[:2]}/{sha256[2:4]}/{path.name}", path


def _publish(archive: Path, target: Path) -> None:
    archive.replace(target)
    _sync(target.parent)


def restore(config: Config, archive: Path, show: Show) -> Manifest:
    """Put what an archive holds where the configuration wants it, all of it or nothing.

    Raises AlreadyThere when something stands there, Locked while somebody holds the database, BrokenArchive,
    SchemaError when a newer program has written it, StorageError and OSError.
    """
    database, photos = file_of(config.store_url), config.photos
    if Path(f"{database}.lock").exists():
        with _held(database):
            pass
    _refuse_to_overwrite(database, photos)
    with ExitStack() as stack:
        new = _Beside(stack.enter_context(_folder_beside(database)), stack.enter_context(_folder_beside(photos)))
        with show("unpacking") as progress:
            manifest = unpack(archive, new.place, progress)
        backup.examine(new.database)
        backup.understand(new.database)
        with _held(database):
            _refuse_to_overwrite(database, photos)
            new.take_place(database, photos)
    return manifest


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is unpacked, on the file systems where it is to stand: from there it takes its place in one step."""

    beside_database: Path
    beside_photos: Path

    @property
    def database(self) -> Path:
        return self.beside_database / DATABASE

    @property
    def photos(self) -> Path:
        return self.beside_photos / "photos"

    def place(self, name: str) -> Path:
        return self.database if name == DATABASE else self.beside_photos / name

    def take_place(self, database: Path, photos: Path) -> None:
        """The database comes last: as long as it is not there, nothing is."""
        self.photos.mkdir(exist_ok=True)
        self.photos.chmod(0o700)
        os.sync()
        for log in (f"{database}-wal", f"{database}-shm"):  # of an empty database that was there
            Path(log).unlink(missing_ok=True)
        shutil.rmtree(photos, ignore_errors=True)  # at most empty folders
        self.photos.rename(photos)
        try:
            self.database.replace(database)
        except OSError:
            photos.rename(self.photos)
            raise
        _sync(database.parent)
        _sync(photos.parent)


def _refuse_to_overwrite(database: Path, photos: Path) -> None:
    if backup.holds_something(database):
        raise AlreadyThere(database if database.exists() else Path(f"{database}-wal"))
    if any(path.is_file() for path in photos.rglob("*")):
        raise AlreadyThere(photos)


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """A folder on the same file system, gone afterwards with all that is still in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=path.parent) as folder:
        yield Path(folder)


@contextmanager
def _held(database: Path) -> Iterator[None]:
    """Nobody else has the database meanwhile. Raises Locked."""
    lock = take_lock(database)
    try:
        yield
    finally:
        os.close(lock)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
