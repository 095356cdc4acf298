"""SQLite behind the store: one connection writes, others read, and what waits to be written shares a commit.

A file lock beside the database keeps other processes from writing.
"""

import asyncio
import fcntl
import os
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from urllib.parse import quote

import aiosqlite

from storage.migrate import Migration, check, migrate, read_migrations
from storage.sqlite_commit import Connection, Outcome, Unit, blamed, hop, read, row_of, write
from storage.store import Locked, Queries, StorageError, Work, load_queries

P = ParamSpec("P")
T = TypeVar("T")

BATCH = 64  # units under one commit: enough to share it, few enough that the first of them waits little for the last
READERS = 2
PATIENCE_S = 5.0  # how long SQLite waits for a lock that a tool outside of this program holds


@dataclass(frozen=True, slots=True)
class Pending:
    """A unit that waits for its transaction, and where its outcome is awaited."""

    unit: Unit
    outcome: "asyncio.Future[Any]"

    def settle(self, outcome: Outcome) -> None:
        """Hand the outcome over, unless nobody waits for it any more."""
        if self.outcome.done():
            return
        if outcome.error is not None:
            self.outcome.set_exception(blamed(outcome.error))
        else:
            self.outcome.set_result(outcome.answer)


class Writer:
    """The one connection that writes, and the line of units before it."""

    def __init__(self, connection: aiosqlite.Connection, queries: Queries) -> None:
        self._connection = connection
        self._queries = queries
        self._line: deque[Pending] = deque()
        self._task: asyncio.Task[None] | None = None

    async def run(self, unit: Callable[[Work], T]) -> T:
        """Take a place in the line; returns after the commit."""
        outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._line.append(Pending(unit, outcome))
        if self._task is None:
            self._task = asyncio.create_task(self._work_off())
        return await outcome

    async def close(self) -> None:
        """Finish the line, move the log into the database, close."""
        if self._task is not None:
            await self._task
        try:
            await self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.Error as error:
            raise blamed(error) from error
        finally:
            await self._connection.close()

    async def _work_off(self) -> None:
        try:
            while self._line:
                taken = [self._line.popleft() for _ in range(min(BATCH, len(self._line)))]
                # Whoever was cancelled while waiting has not been run, and will not be.
                await self._commit([pending for pending in taken if not pending.outcome.done()])
        finally:
            self._task = None

    async def _commit(self, batch: Sequence[Pending]) -> None:
        units = [pending.unit for pending in batch]
        try:
            outcomes = await hop(self._connection, lambda inner: write(inner, self._queries, units))
        except Exception as error:
            outcomes = [Outcome(error=error)] * len(batch)
        for pending, outcome in zip(batch, outcomes, strict=True):
            pending.settle(outcome)


class Readers:
    """Connections that cannot write. Each serves one unit at a time."""

    def __init__(self, connections: Sequence[aiosqlite.Connection], queries: Queries) -> None:
        self._free: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        self._queries = queries
        for connection in connections:
            self._free.put_nowait(connection)

    async def run(self, unit: Callable[[Work], T]) -> T:
        """Run a unit on the next connection that is free."""
        connection = await self._free.get()
        try:
            outcome = await hop(connection, lambda inner: read(inner, self._queries, unit))
        finally:
            self._free.put_nowait(connection)
        if outcome.error is not None:
            raise blamed(outcome.error)
        return cast("T", outcome.answer)


class SqliteStore:
    """The database as a store. Without a writer it is for reading only. `opened` is what closing undoes."""

    def __init__(self, readers: Readers, writer: Writer | None, opened: AsyncExitStack) -> None:
        self._readers = readers
        self._writer = writer
        self._opened = opened
        self._closed = False

    @property
    def engine(self) -> str:
        """See Store."""
        return f"SQLite {sqlite3.sqlite_version}"

    async def run(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See Store."""
        self._refuse_when_closed()
        if self._writer is None:
            raise StorageError("the database is opened for reading only")
        return await self._writer.run(lambda work: unit(work, *args, **kwargs))

    async def read(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See Store."""
        self._refuse_when_closed()
        return await self._readers.run(lambda work: unit(work, *args, **kwargs))

    async def close(self) -> None:
        """See Store."""
        self._closed = True
        await self._opened.aclose()

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise StorageError("the database is closed")


async def open_sqlite(path: Path, *, read_only: bool, home: Path) -> SqliteStore:
    """Open the file at `path`, see `engines.open_store`."""
    queries = load_queries(home / "sql", "sqlite")
    migrations = read_migrations(home / "migrations", "sqlite")
    # Asked first: a connection that fails leaves its thread to a loop that may be closed by then.
    if read_only and not await asyncio.to_thread(path.is_file):
        raise StorageError(f"cannot open the database {path}: there is none")
    # What is opened last is closed first: the writer outlives the readers and alone may move the log into the database.
    async with AsyncExitStack() as opened:
        writer = None
        if not read_only:
            opened.callback(os.close, _take_lock(path))
            writer = Writer(await _connect(path, "rwc", lambda inner: _prepare_writer(inner, migrations)), queries)
            opened.push_async_callback(writer.close)
        readers = []
        for _ in range(READERS):
            readers.append(await _connect(path, "ro", lambda inner: _prepare_reader(inner, migrations)))
            opened.push_async_callback(readers[-1].close)
        return SqliteStore(Readers(readers, queries), writer, opened.pop_all())


async def _connect(path: Path, mode: str, prepare: Callable[[Connection], None]) -> aiosqlite.Connection:
    uri = f"file:{quote(str(path))}?mode={mode}"
    try:
        connection = await aiosqlite.connect(
            uri, uri=True, factory=Connection, isolation_level=None, timeout=PATIENCE_S
        )
        try:
            await hop(connection, prepare)
        except BaseException:
            await connection.close()
            raise
    except sqlite3.Error as error:
        raise StorageError(f"cannot open the database {path}: {error}") from error
    return connection


def _prepare_writer(connection: Connection, migrations: Sequence[Migration]) -> None:
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise StorageError(f"the database cannot keep a write-ahead log where it lies (it answers {mode!r})")
    connection.execute("PRAGMA synchronous = FULL")
    # What is erased is overwritten, not left in free pages.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA foreign_keys = OFF")
    migrate(connection, migrations)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.row_factory = row_of


def _prepare_reader(connection: Connection, migrations: Sequence[Migration]) -> None:
    connection.execute("PRAGMA query_only = ON")
    check(connection, migrations)
    connection.row_factory = row_of


def _take_lock(path: Path) -> int:
    """Keep other processes out for as long as the descriptor that is returned stays open."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise StorageError(f"cannot open the database {path}: {error}") from error
    return take_lock(path)


def take_lock(path: Path) -> int:
    """Keep other processes out of a database, whether it is there or not, until the descriptor is closed.

    Raises Locked, and StorageError when the lock cannot be made.
    """
    try:
        lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StorageError(f"cannot open the database {path}: {error}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(lock, 20).decode()
        os.close(lock)
        raise Locked(f"the database {path} is in use by process {holder}: end that one first") from None
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    return lock
