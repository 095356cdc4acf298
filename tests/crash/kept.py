"""What the store has kept, read by the database's own driver and as it stands: rows, table by table."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from psycopg.rows import dict_row

Row = Mapping[str, Any]
T = TypeVar("T")
Ask = Callable[[str], list[Row]]

TABLES = (
    *("inbox", "outbox", "shown", "people", "peers", "cases", "events", "reporters", "cards"),
    *("counters", "drafts", "forms", "photos"),
)

_WAITING = """
SELECT
    (SELECT count(*) FROM inbox WHERE state = 'waiting')
    + (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'leased'))
    + (SELECT count(*) FROM photos WHERE state = 'wanted')
    + (SELECT count(*) FROM drafts WHERE next_at <= {machine})
    + (SELECT count(*) FROM cases WHERE wakes_at <= {product}) AS waiting
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """The tables by name, and the files of the photo folder: their content's hash by the name they have."""

    tables: Mapping[str, tuple[Row, ...]]
    files: Mapping[str, str]

    def __getitem__(self, table: str) -> tuple[Row, ...]:
        return self.tables.get(table, ())

    def chat_of(self, person: int) -> int | None:
        """The chat in which a person is reached."""
        return next((int(row["peer"]) for row in self["peers"] if row["person_id"] == person), None)


def read(url: str, files: Mapping[str, str]) -> Kept:
    """Everything, in one snapshot."""

    def tables(ask: Ask) -> Kept:
        return Kept({name: tuple(ask(f"SELECT * FROM {name}")) for name in TABLES}, files)  # noqa: S608 - ours

    return _asked(url, tables)


def forms_of(row: Row) -> list[Mapping[str, Any]]:
    """The questions in a row of `forms`."""
    forms: list[Mapping[str, Any]] = json.loads(row["body"])
    return forms


def leased(url: str) -> frozenset[int]:
    """What is on its way out just now: ids of the outbox."""
    return _asked(url, lambda ask: frozenset(row["id"] for row in ask("SELECT id FROM outbox WHERE state = 'leased'")))


def waiting(url: str, machine: int, ahead: int) -> int:
    """How much waits, with what becomes due by itself until `machine`, or within `ahead` of product time (ms)."""

    def count(ask: Ask) -> int:
        reached = ask("SELECT value FROM kept WHERE name = 'rehearsal'")
        product = json.loads(reached[0]["value"])["reached"] + ahead if reached else machine
        return int(ask(_WAITING.format(machine=machine, product=product))[0]["waiting"])

    return _asked(url, count)


def cut(url: str) -> int:
    """Break every connection to a PostgreSQL database but our own. Returns how many there were."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return len(found.fetchall())


def _asked(url: str, question: Callable[[Ask], T]) -> T:
    if url.startswith("postgresql:"):
        with psycopg.connect(url, row_factory=dict_row) as postgres:
            postgres.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            return question(lambda sql: list(postgres.execute(sql.encode()).fetchall()))
    file = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)) as sqlite:
        sqlite.row_factory = sqlite3.Row
        sqlite.execute("BEGIN")
        return question(lambda sql: [dict(row) for row in sqlite.execute(sql)])


def hashes(folder: Path, digest: Callable[[bytes], str]) -> Iterator[tuple[str, str]]:
    """Each file below a folder: its name without the ending, and the hash of what is in it."""
    for path in folder.glob("??/??/*"):
        if not path.name.startswith("."):
            yield path.stem, digest(path.read_bytes())
