"""Brings a database up to date: numbered files, each run once, in order, in one transaction with its record.

`0007_words.sql` holds for every dialect; where one needs other words, `0007_words.sqlite.sql` takes its place there.
A file that has been run is never changed: its hash is compared. Every mismatch is a SchemaError with a sentence.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.store import SchemaError

_FILE = re.compile(r"(?P<number>\d{4})_(?P<name>\w+)(?:\.(?P<dialect>\w+))?\.sql")
_RECORDS = """
    CREATE TABLE IF NOT EXISTS migrations (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL
    )
"""
_RECORD = "INSERT INTO migrations (number, name, sha256, applied_at) VALUES (?, ?, ?, unixepoch() * 1000)"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()

    def __str__(self) -> str:
        return f"{self.number:04d}_{self.name}"


def read_migrations(folder: Path, dialect: str) -> tuple[Migration, ...]:
    """The steps of a folder for a dialect, numbered from 1 without a gap."""
    plain: dict[int, Migration] = {}
    special: dict[int, Migration] = {}
    for file in sorted(folder.glob("*.sql")):
        match = _FILE.fullmatch(file.name)
        if match is None:
            raise SchemaError(f"{file.name} is no migration: they are called 0007_words.sql")
        if match["dialect"] in (None, dialect):
            into = special if match["dialect"] else plain
            _put(into, Migration(int(match["number"]), match["name"], file.read_text("utf-8")))
    steps = plain | special
    if missing := set(range(1, len(steps) + 1)) - steps.keys():
        raise SchemaError(f"migrations are numbered without a gap, and {min(missing):04d} is missing")
    return tuple(steps[number] for number in sorted(steps))


def _put(into: dict[int, Migration], migration: Migration) -> None:
    if migration.number in into:
        raise SchemaError(f"{into[migration.number]} and {migration} have the same number")
    into[migration.number] = migration


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Run what has not been run yet. A step that fails leaves nothing behind, and those before it stay done.

    Foreign keys must be off on this connection, or rebuilding a table would empty those that refer to it;
    each step is checked for them instead.
    """
    connection.execute(_RECORDS)
    for migration in pending(_records(connection), migrations):
        _run(connection, migration)


def check(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Raise SchemaError unless everything has been run already."""
    if waiting := pending(_records(connection), migrations):
        raise SchemaError(f"the database is older than the program, which needs {waiting[0]}: open it for writing once")


def not_newer(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Raise SchemaError when a newer program, or one with other steps, has been at the database."""
    pending(_records(connection), migrations)


def _records(connection: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone():
        return {}
    rows = connection.execute("SELECT number, name, sha256 FROM migrations")
    return {number: (name, sha256) for number, name, sha256 in rows}


def pending(records: Mapping[int, tuple[str, str]], migrations: Sequence[Migration]) -> list[Migration]:
    """What is still to be run, given number, name and hash of what was. Raises SchemaError where the two do not fit."""
    known = {migration.number: migration for migration in migrations}
    newest = max(records, default=0)
    if newest > len(known):
        stands = f"{newest:04d}_{records[newest][0]}"
        raise SchemaError(f"the database is newer than the program: it stands at {stands}, beyond {len(known):04d}")
    for number, (_, sha256) in records.items():
        if known[number].sha256 != sha256:
            raise SchemaError(f"{known[number]} has been run on this database and was changed afterwards")
    return [migration for migration in migrations if migration.number > newest]


def _run(connection: sqlite3.Connection, migration: Migration) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements(migration.sql):
            connection.execute(statement)
        _check_references(connection)
        connection.execute(_RECORD, (migration.number, migration.name, migration.sha256))
        connection.execute("COMMIT")
    except Exception as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise SchemaError(f"{migration} failed and left nothing behind: {error}") from error


def _check_references(connection: sqlite3.Connection) -> None:
    if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
        raise SchemaError(f"rows of {broken[0]} refer to rows of {broken[2]} that are gone")


def statements(sql: str) -> Iterator[str]:
    """The statements of a text, each of which ends with its line."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
