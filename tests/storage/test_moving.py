"""A district moves from SQLite to PostgreSQL: everything, or nothing."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.moving import NotEmpty, move
from storage.store import Locked, StorageError
from tests.postgres import Server
from tests.storage.conftest import opened

WORDS = "路边堆了轮胎 \\N \t\n 'quoted' \U0001f6b2"


@pytest.fixture
def lived_in(migrated: Path, tmp_path: Path) -> Path:
    """A database with something in tables that refer to each other, and in bytes, texts and nothings."""
    path = tmp_path / "bot.db"
    shutil.copy(migrated, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO people (id, language, created_at) VALUES (0, '', 0), (41, 'zh', 5)")
        connection.execute("INSERT INTO peers (channel, account, peer, person_id) VALUES ('t', 'b', '7', 41)")
        connection.execute(
            "INSERT INTO inbox (channel, external_id, chat, payload, state, head, received_at)"
            " VALUES ('t', '1', 'c', ?, 'waiting', 1, ?)",
            (bytes(range(256)), 2**53),
        )
        connection.execute("INSERT INTO kept (name, value) VALUES ('words', ?)", (WORDS,))
    return path


@pytest.fixture
def empty_postgres(postgres: Server) -> Iterator[str]:
    """A database with nothing in it."""
    url = postgres.create()
    yield url
    postgres.drop(url)


async def test_everything_arrives_and_numbers_go_on(lived_in: Path, empty_postgres: str) -> None:
    steps: list[tuple[int, int]] = []
    counts = move(lived_in, empty_postgres, lambda *step: steps.append(step))
    assert {table: count for table, count in counts.items() if count} == {
        "people": 2,
        "peers": 1,
        "inbox": 1,
        "kept": 1,
    }
    assert steps[-1] == (5, 5)
    async with opened(empty_postgres) as store:
        assert await store.read(lambda work: work.row("kept", name="words")) == {"value": WORDS}
        (waiting,) = await store.run(lambda work: work.rows("inbox_heads", now=0, limit=5, owner=0))
        assert waiting["payload"] == bytes(range(256))
        assert await store.run(lambda work: work.row("add_person", language="en", now=1)) == {"id": 42}


def test_what_is_there_already_stays_alone(lived_in: Path, empty_postgres: str) -> None:
    move(lived_in, empty_postgres, lambda *_: None)
    with pytest.raises(NotEmpty):
        move(lived_in, empty_postgres, lambda *_: None)


async def test_nobody_may_write_to_it_meanwhile(lived_in: Path, empty_postgres: str) -> None:
    async with opened(f"sqlite:///{lived_in}"):
        with pytest.raises(Locked):
            move(lived_in, empty_postgres, lambda *_: None)


async def test_what_cannot_arrive_moves_nothing(lived_in: Path, empty_postgres: str) -> None:
    with closing(sqlite3.connect(lived_in)) as connection, connection:
        connection.execute("INSERT INTO kept (name, value) VALUES ('nul', ?)", ("a\0b",))
    with pytest.raises(StorageError, match="cannot move there"):
        move(lived_in, empty_postgres, lambda *_: None)
    async with opened(empty_postgres) as store:
        assert await store.read(lambda work: work.row("kept", name="words")) is None


def test_a_server_that_is_not_there_is_said(lived_in: Path) -> None:
    with pytest.raises(StorageError, match="cannot move there"):
        move(lived_in, "postgresql://127.0.0.1:1/bot", lambda *_: None)
