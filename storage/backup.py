"""A copy of the database while others write to it, and a look at a copy before it takes a database's place.

All of this blocks, and works on files: it serves commands, which have no loop to keep free.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from storage.migrate import not_newer, read_migrations
from storage.store import HOME, StorageError

PAGES = 1000  # at a time: enough to be quick, few enough that one sees it go on

Progress = Callable[[int, int], None]
"""How much is done, and how much there is in all."""


def copy(source: Path, target: Path, progress: Progress) -> None:
    """Copy the database as it stands at one moment, into one file without a log. Nobody who writes to it waits.

    The copy is found sound. Raises StorageError.
    """
    try:
        with closing(_opened(source, "ro")) as original, closing(_opened(target, "rwc")) as made:
            # From here on it sees one snapshot. Without, every commit of somebody else would make it begin anew.
            original.execute("BEGIN")
            original.execute("SELECT count(*) FROM sqlite_master").fetchone()
            original.backup(made, pages=PAGES, progress=lambda _, left, total: progress(total - left, total))
            made.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise StorageError(f"cannot copy the database {source}: {error}") from error
    examine(target)


def examine(database: Path) -> None:
    """Raise StorageError unless the file is a sound database."""
    try:
        with closing(_opened(database, "ro")) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise StorageError(f"the database is damaged: {error}") from error
    if found != "ok":
        raise StorageError(f"the database is damaged: {found}")


def understand(database: Path) -> None:
    """Raise SchemaError when a newer program has written the file, or one of another kind."""
    with closing(_opened(database, "ro")) as connection:
        not_newer(connection, read_migrations(HOME / "migrations", "sqlite"))


def kept_photos(database: Path) -> list[str]:
    """The hashes of all photos that a sound database says are kept, whichever program wrote it."""
    with closing(_opened(database, "ro")) as connection:
        rows = connection.execute("SELECT DISTINCT sha256 FROM photos WHERE state = 'kept' ORDER BY sha256")
        return [sha256 for (sha256,) in rows]


def holds_something(database: Path) -> bool:
    """Whether there is anything in a database that would be missed; in one that cannot be read there may be."""
    if not database.exists():
        return Path(f"{database}-wal").exists()
    try:
        with closing(_opened(database, "ro")) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'migrations'")
            return any(_has_rows(connection, name) for (name,) in tables.fetchall())
    except sqlite3.Error:
        return True


def _has_rows(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is not None  # noqa: S608 - a name of ours


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True, isolation_level=None)
