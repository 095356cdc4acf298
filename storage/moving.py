"""A district moves from SQLite to PostgreSQL: every row of every table, in one transaction, compared afterwards.

All of this blocks: it serves a command, while no bot runs at either.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from storage.migrate import check, read_migrations
from storage.postgres import connect
from storage.postgres_migrate import migrate
from storage.sqlite import take_lock
from storage.store import HOME, StorageError

Show = Callable[[int, int], None]
"""Is told how many rows are there, and how many there are in all."""

_A_WHILE = 1000  # rows between two words of progress
_SIZE = 2**64

Rows = Iterable[tuple[Any, ...]]


class NotEmpty(StorageError):
    """The database that is moved to holds something already."""

    def __init__(self, table: str) -> None:
        super().__init__(f"there is something already where this is to be moved: in the table {table}")


@dataclass(frozen=True, slots=True)
class Sum:
    """What a table holds, however it is ordered: the number of its rows and a digest of them all."""

    rows: int = 0
    digest: int = 0

    def __add__(self, row: tuple[Any, ...]) -> "Sum":
        digest = int.from_bytes(hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=8).digest())
        return Sum(self.rows + 1, (self.digest + digest) % _SIZE)


def move(source: Path, target: str, show: Show) -> Mapping[str, int]:
    """Copy the SQLite database at `source` to the empty PostgreSQL database at `target`; the rows of each table.

    All or nothing, and the source stays as it is. Raises NotEmpty; Locked while a bot runs at the source; StorageError,
    also when what arrived is not what left.
    """
    lock = take_lock(source)
    try:
        with closing(_reading(source)) as old, connect(target) as new:
            migrate(new, read_migrations(HOME / "migrations", "postgres"))
            with new.transaction():
                return _all_tables(old, new, show)
    except sqlite3.Error as error:
        raise StorageError(f"cannot read {source}: {error}") from error
    except psycopg.Error as error:
        raise StorageError(f"cannot move there: {error}") from error
    finally:
        os.close(lock)


def _reading(source: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True, isolation_level=None)
    check(connection, read_migrations(HOME / "migrations", "sqlite"))
    connection.execute("BEGIN")
    return connection


def _all_tables(old: sqlite3.Connection, new: psycopg.Connection[dict[str, Any]], show: Show) -> Mapping[str, int]:
    tables = _in_order(old)
    for table in tables:
        if new.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))).fetchone():
            raise NotEmpty(table)
    totals = {table: _count(old, table) for table in tables}
    show_all, there = partial(_show, show, sum(totals.values())), 0
    for table in tables:
        _one_table(old, new, table, partial(show_all, there))
        there += totals[table]
    return totals


def _show(show: Show, total: int, before: int, done: int) -> None:
    show(before + done, total)


def _count(old: sqlite3.Connection, table: str) -> int:
    (count,) = old.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608  its name comes from the schema
    return int(count)


def _one_table(
    old: sqlite3.Connection, new: psycopg.Connection[dict[str, Any]], table: str, show: Callable[[int], None]
) -> None:
    columns = [name for _, name, *_ in old.execute(f"PRAGMA table_info({table})")]
    left = _copied(_rows_of(old, table, columns), new, table, columns, show)
    if left != _arrived(new, table, columns):
        raise StorageError(f"what arrived of {table} is not what left")
    _count_on(new, table)
    show(left.rows)


def _rows_of(old: sqlite3.Connection, table: str, columns: list[str]) -> Rows:
    return old.execute(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608  names come from the schema


def _copied(
    rows: Rows, new: psycopg.Connection[dict[str, Any]], table: str, columns: list[str], show: Callable[[int], None]
) -> Sum:
    found = Sum()
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with new.cursor().copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as copy:
        for row in rows:
            copy.write_row(row)
            found += row
            if found.rows % _A_WHILE == 0:
                show(found.rows)
    return found


def _arrived(new: psycopg.Connection[dict[str, Any]], table: str, columns: list[str]) -> Sum:
    """What is there now, read in pieces."""
    found = Sum()
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with psycopg.ServerCursor(new, "arrived", row_factory=psycopg.rows.tuple_row) as cursor:
        cursor.itersize = _A_WHILE
        for row in cursor.execute(sql.SQL("SELECT {} FROM {}").format(names, sql.Identifier(table))):
            found += row
    return found


def _count_on(new: psycopg.Connection[dict[str, Any]], table: str) -> None:
    """Numbers that a table gives by itself go on after the largest there is."""
    numbered = new.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = %s AND is_identity = 'YES'",
        [table],
    ).fetchall()
    for column in (row["column_name"] for row in numbered):
        new.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), max({})) FROM {}").format(
                table, column, sql.Identifier(column), sql.Identifier(table)
            )
        )


def _in_order(old: sqlite3.Connection) -> list[str]:
    """All tables, those that others refer to before these."""
    names = old.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    tables = [name for (name,) in names if name != "migrations" and not name.startswith("sqlite_")]
    refers = {table: {row[2] for row in old.execute(f"PRAGMA foreign_key_list({table})")} for table in tables}
    ordered: list[str] = []
    while len(ordered) < len(tables):
        ordered += [table for table in tables if table not in ordered and refers[table] <= {*ordered, table}]
    return ordered
