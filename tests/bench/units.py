"""A unit of work: many that wait share one commit, against a plain loop that commits each.

The work is what comes with every message: take it into the inbox, find it as the head of its chat.
"""

import asyncio
import itertools
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg

from bot.clock import machine_time
from domain.facts import millis
from storage import inbox
from storage.engines import open_store
from storage.inbox import Arrived
from storage.store import HOME, Queries, Store, Work, load_queries
from tests.bench.rounds import Ratio, Way, side_by_side
from tests.postgres import server

WAITING = 32
UNITS = 960
ROUNDS = 7
PAYLOAD = b'{"update_id":1,"message":{"text":"' + bytes(400) + b'"}}'


class Arrivals:
    """What comes in, each in a chat of its own."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._numbers: Iterator[int] = itertools.count()

    def next(self) -> Arrived:
        """The next one."""
        number = f"{self._name}-{next(self._numbers)}"
        return Arrived(number, number, PAYLOAD)


def unit(work: Work, arrived: Arrived) -> None:
    """What the bot does in one."""
    now = machine_time()
    inbox.take(work, "telegram", [arrived], now)
    inbox.next_of(work, "telegram", arrived.chat, now)


def ours(store: Store, arrivals: Arrivals) -> Way:
    """Units a second when so many always wait."""

    async def one_after_the_other(count: int) -> None:
        for _ in range(count):
            await store.run(unit, arrivals.next())

    async def way() -> float:
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(WAITING):
                group.create_task(one_after_the_other(UNITS // WAITING))
        return UNITS / (time.perf_counter() - began)

    return way


def plain(transact: Callable[[Arrived], None], arrivals: Arrivals) -> Way:
    """Units a second in a loop that waits for every commit."""

    async def way() -> float:
        began = time.perf_counter()
        for _ in range(UNITS // 4):
            transact(arrivals.next())
        return UNITS // 4 / (time.perf_counter() - began)

    return way


def _do(ask: Callable[[str, dict[str, object]], object], queries: Queries, arrived: Arrived) -> None:
    """The same two statements, without anything of ours around them."""
    now = millis(machine_time())
    chat = {"channel": "telegram", "chat": arrived.chat, "now": now}
    taken = {**chat, "external_id": arrived.external_id, "payload": arrived.payload}
    ask(queries["inbox_take"].sql, taken)
    ask(queries["inbox_next"].sql, {**chat, "owner": 0})


def plain_sqlite(connection: sqlite3.Connection) -> Callable[[Arrived], None]:
    """A transaction of `sqlite3` a unit."""
    queries = load_queries(HOME / "sql", "sqlite")

    def transact(arrived: Arrived) -> None:
        connection.execute("BEGIN IMMEDIATE")
        _do(lambda sql, given: connection.execute(sql, given).fetchall(), queries, arrived)
        connection.execute("COMMIT")

    return transact


def plain_postgres(connection: psycopg.Connection) -> Callable[[Arrived], None]:
    """A transaction of `psycopg` a unit."""
    queries = load_queries(HOME / "sql", "postgres")

    def transact(arrived: Arrived) -> None:
        with connection.transaction():
            _do(lambda sql, given: connection.execute(sql.encode(), given), queries, arrived)

    return transact


async def on_sqlite() -> Ratio:
    """Both on the same disk, both synchronized at every commit."""
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder) / "plain.db"
        await (await open_store(f"sqlite:///{beside}")).close()
        store = await open_store(f"sqlite:///{Path(folder) / 'ours.db'}")
        try:
            with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
                for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
                    connection.execute(f"PRAGMA {setting}")
                ways = {
                    "ours": ours(store, Arrivals("ours")),
                    "plain": plain(plain_sqlite(connection), Arrivals("plain")),
                }
                found = await side_by_side("units on SQLite", ways, ROUNDS)
        finally:
            await store.close()
    what = f"unit of work, SQLite FULL, {WAITING} waiting : one commit each"
    return Ratio(what, found["ours"], found["plain"], "/s", wanted=2.5)


async def on_postgres() -> Ratio:
    """The server writes nothing to a disk, so a commit costs the plain loop next to nothing here."""
    with server(os.environ.get("BENCH_DATABASE_URL")) as known:
        url, beside = known.create(durable=True), known.create(durable=True)
        await (await open_store(beside)).close()
        store = await open_store(url)
        try:
            with psycopg.connect(beside, autocommit=True) as connection:
                ways = {
                    "ours": ours(store, Arrivals("ours")),
                    "plain": plain(plain_postgres(connection), Arrivals("plain")),
                }
                found = await side_by_side("units on PostgreSQL", ways, ROUNDS)
        finally:
            await store.close()
            known.drop(url)
            known.drop(beside)
    what = f"unit of work, PostgreSQL, {WAITING} waiting : one commit each"
    return Ratio(what, found["ours"], found["plain"], "/s")


async def measure() -> list[Ratio]:
    """Both stores."""
    return [await on_sqlite(), await on_postgres()]
