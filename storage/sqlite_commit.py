"""What happens in the thread of a SQLite connection: units of work under one commit, or each under its own.

Group commit: the units run one after the other, a savepoint each. What one of them raises undoes that one alone.
When the transaction itself is lost (a full disk takes the savepoints with it) they are run again, each in a
transaction of its own, and an error goes to whoever it belongs to.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import aiosqlite

from storage.store import Queries, Row, StorageError, Work

T = TypeVar("T")

Unit = Callable[[Work], Any]

# Primary result codes by which SQLite blames the statement; any other is the fault of the disk, the file or a lock.
_FAULTS_OF_THE_UNIT = frozenset(
    {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_MISUSE,
        sqlite3.SQLITE_RANGE,
        sqlite3.SQLITE_TOOBIG,
    }
)


class Connection(sqlite3.Connection):
    """A connection whose `execute` takes a function too, so that aiosqlite carries a whole batch over in one hop."""

    def execute(self, sql: str | Callable[["Connection"], object], parameters: Any = (), /) -> sqlite3.Cursor:
        if isinstance(sql, str):
            return super().execute(sql, parameters)
        sql(self)
        return self.cursor()


async def hop(connection: aiosqlite.Connection, task: Callable[[Connection], T]) -> T:
    """Do something with the connection in its thread."""
    answers: list[T] = []
    await connection.execute(cast("str", lambda inner: answers.append(task(inner))))
    return answers[0]


def row_of(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> Row:
    """A row by the names of its columns."""
    return {column[0]: value for column, value in zip(cursor.description, values, strict=True)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a unit: what it returned, or what it raised."""

    answer: Any = None
    error: BaseException | None = None


def write(connection: Connection, queries: Queries, units: Sequence[Unit]) -> list[Outcome]:
    """Run units that write. Raises sqlite3.Error when no transaction can even begin; then none of them was run."""
    work = _work(connection, queries)
    if len(units) > 1 and (outcomes := _together(connection, work, units)) is not None:
        return outcomes
    return [_alone(connection, work, unit, "BEGIN IMMEDIATE") for unit in units]


def read(connection: Connection, queries: Queries, unit: Unit) -> Outcome:
    """Run a unit that reads, on one snapshot."""
    return _alone(connection, _work(connection, queries), unit, "BEGIN")


def blamed(error: BaseException) -> BaseException:
    """The error as its caller is to see it: a StorageError where the database is at fault."""
    if not isinstance(error, sqlite3.Error):
        return error
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code & 0xFF in _FAULTS_OF_THE_UNIT:
        return error
    wrapped = StorageError(f"{error} ({error.sqlite_errorname})")
    wrapped.__cause__ = error
    return wrapped


def _work(connection: Connection, queries: Queries) -> Work:
    return Work(connection, queries, lambda: connection.in_transaction)


def _together(connection: Connection, work: Work, units: Sequence[Unit]) -> list[Outcome] | None:
    """Run all units under one commit; None when the transaction was lost and nothing of it remains."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        outcomes = [_in_savepoint(connection, work, unit) for unit in units]
        _commit(connection)
    except (sqlite3.Error, StorageError):
        _roll_back(connection)
        return None
    return outcomes


def _in_savepoint(connection: Connection, work: Work, unit: Unit) -> Outcome:
    """Run a unit so that what it raises undoes it alone. Raises sqlite3.Error when the savepoint is gone."""
    connection.execute("SAVEPOINT unit")
    try:
        outcome = Outcome(answer=unit(work))
    except BaseException as error:
        connection.execute("ROLLBACK TO unit")
        outcome = Outcome(error=error)
    connection.execute("RELEASE unit")
    return outcome


def _alone(connection: Connection, work: Work, unit: Unit, begin: str) -> Outcome:
    """Run a unit in a transaction of its own."""
    try:
        connection.execute(begin)
        answer = unit(work)
        _commit(connection)
    except BaseException as error:
        _roll_back(connection)
        return Outcome(error=error)
    return Outcome(answer=answer)


def _commit(connection: Connection) -> None:
    if not connection.in_transaction:
        raise StorageError("the transaction was lost")
    connection.execute("COMMIT")


def _roll_back(connection: Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
