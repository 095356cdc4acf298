"""PostgreSQL behind the store: a few connections write, a few read, and other processes may do the same.

Units are written as if they were alone. So that they may be, each runs as a serializable transaction; where two of
them got in each other's way, PostgreSQL ends one of them, and it is run again, as any unit may be.
"""

import asyncio
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import psycopg
from psycopg import errors
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row

from storage.migrate import read_migrations
from storage.postgres_migrate import check, migrate
from storage.store import Queries, StorageError, Work, load_queries

P = ParamSpec("P")
T = TypeVar("T")

Connection = psycopg.Connection[DictRow]

WRITERS = 4
READERS = 2
TRIES = 30
"""Of two units in each other's way one always goes through, so this many in a row mean that something else is wrong."""

_WRITE = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_PAUSE = 0.002  # seconds, at most, before the second try; twice as long before each further one
_LONGEST_PAUSE = 0.25

# A whole table is looked through only where no index helps: all that was looked at counts as read, and every write of
# somebody else to it would be in the way.
_OPTIONS = "-c enable_seqscan=off -c timezone=UTC"

_FAULTS_OF_THE_UNIT = (psycopg.ProgrammingError, psycopg.IntegrityError, psycopg.DataError, psycopg.NotSupportedError)
_IN_THE_WAY = (errors.SerializationFailure, errors.DeadlockDetected)


class Seats:
    """Threads with a connection each, opened when it is first needed and anew after it broke."""

    def __init__(self, url: str, queries: Queries, begin: str, count: int, name: str) -> None:
        self._url = url
        self._queries = queries
        self._begin = begin
        self._own = threading.local()
        self._opened: set[Connection] = set()
        self._threads = ThreadPoolExecutor(count, thread_name_prefix=name)

    async def run(self, unit: Callable[[Work], T]) -> T:
        """Run a unit as a transaction. Raises what it raised; a driver's error as `blamed` says."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._transact, unit)

    async def close(self) -> None:
        """Finish what waits, then close."""
        await asyncio.to_thread(self._threads.shutdown)
        for connection in self._opened:
            connection.close()

    def _transact(self, unit: Callable[[Work], T]) -> T:
        try:
            connection = self._connection()
            connection.execute(self._begin)
        except psycopg.Error as error:  # nothing of the unit has been run: whatever it is, it is not the unit's fault
            raise StorageError(_said(error)) from error
        work = Work(connection, self._queries, lambda: connection.info.transaction_status is TransactionStatus.INTRANS)
        try:
            answer = unit(work)
            _commit(connection)
        except BaseException as error:
            _roll_back(connection)
            raise blamed(error) from error
        return answer

    def _connection(self) -> Connection:
        """The connection of this thread."""
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None or connection.closed:
            if connection is not None:
                self._opened.discard(connection)
            connection = self._own.connection = connect(self._url)
            self._opened.add(connection)
        return connection


class PostgresStore:
    """The database as a store. Without writers it is for reading only."""

    def __init__(self, url: str, queries: Queries, version: str, *, read_only: bool) -> None:
        self._readers = Seats(url, queries, _READ, READERS, "reader")
        self._writers = None if read_only else Seats(url, queries, _WRITE, WRITERS, "writer")
        self._version = version
        self._closed = False
        self._under_way = 0
        self._at_rest = asyncio.Event()
        self._at_rest.set()

    @property
    def engine(self) -> str:
        """See Store."""
        return f"PostgreSQL {self._version}"

    async def run(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See Store."""
        self._refuse_when_closed()
        if self._writers is None:
            raise StorageError("the database is opened for reading only")
        self._under_way += 1
        self._at_rest.clear()
        try:
            return await _until_through(self._writers, lambda work: unit(work, *args, **kwargs))
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._at_rest.set()

    async def read(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See Store."""
        self._refuse_when_closed()
        return await self._readers.run(lambda work: unit(work, *args, **kwargs))

    async def close(self) -> None:
        """See Store."""
        self._closed = True
        await self._at_rest.wait()
        if self._writers is not None:
            await self._writers.close()
        await self._readers.close()

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise StorageError("the database is closed")


async def _until_through(seats: Seats, unit: Callable[[Work], T]) -> T:
    """Run a unit, again where another one was in its way."""
    for tries in range(TRIES):
        try:
            return await seats.run(unit)
        except InTheWay:
            await asyncio.sleep(random.uniform(0, min(_PAUSE * 2**tries, _LONGEST_PAUSE)))  # noqa: S311  no secret
    raise StorageError(f"others were in the way {TRIES} times in a row")


class InTheWay(StorageError):
    """Another unit was in the way, and this one is to run again."""


async def open_postgres(url: str, *, read_only: bool, home: Path) -> PostgresStore:
    """Open the database at `url`, see `open_store`."""
    queries = load_queries(home / "sql", "postgres")
    version = await asyncio.to_thread(_prepare, url, home / "migrations", read_only=read_only)
    return PostgresStore(url, queries, version, read_only=read_only)


def connect(url: str) -> Connection:
    """A connection on which nothing is under way. Raises psycopg.Error."""
    return psycopg.connect(session(url), autocommit=True, row_factory=dict_row)


def session(url: str) -> str:
    """How a session at `url` is opened: one that is cut off is noticed within half a minute."""
    return make_conninfo(
        url,
        application_name="suishoupai",
        connect_timeout=5,
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=3,
        tcp_user_timeout=20_000,
        options=_OPTIONS,
    )


def _prepare(url: str, migrations: Path, *, read_only: bool) -> str:
    """Bring the database up to date, or see that it is; the version of the server."""
    steps = read_migrations(migrations, "postgres")
    try:
        with connect(url) as connection:
            (check if read_only else migrate)(connection, steps)
            return str(connection.execute("SHOW server_version").fetchone()["server_version"])  # type: ignore[index]
    except psycopg.OperationalError as error:
        raise StorageError(f"cannot open the database: {error}") from error


def blamed(error: BaseException) -> BaseException:
    """The error as its caller is to see it: a StorageError where the database is at fault."""
    if not isinstance(error, psycopg.Error) or isinstance(error, _FAULTS_OF_THE_UNIT):
        return error
    kind = InTheWay if isinstance(error, _IN_THE_WAY) else StorageError
    return kind(_said(error))


def _said(error: psycopg.Error) -> str:
    return f"{str(error).strip() or type(error).__name__} ({error.sqlstate or 'no connection'})"


def _commit(connection: Connection) -> None:
    if connection.info.transaction_status is not TransactionStatus.INTRANS:
        raise StorageError("the transaction was lost")
    connection.execute("COMMIT")


def _roll_back(connection: Connection) -> None:
    """Undo it. A connection on which that cannot be done is given up, which undoes it as well."""
    with suppress(psycopg.Error):
        if connection.info.transaction_status is not TransactionStatus.IDLE:
            connection.execute("ROLLBACK")
        return
    connection.close()
