"""A copy of a database that others write to meanwhile."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.backup import PAGES, copy, examine, holds_something
from storage.store import StorageError

SEVERAL_ROUNDS = PAGES * 4096 * 3


def filled(path: Path) -> sqlite3.Connection:
    """A database of some megabytes, open for more."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, content BLOB)")
    connection.execute("INSERT INTO things (content) VALUES (zeroblob(?))", (SEVERAL_ROUNDS,))
    return connection


def test_a_copy_is_of_one_moment_and_comes_to_its_end_however_much_is_written(tmp_path: Path) -> None:
    seen: list[int] = []
    with closing(filled(tmp_path / "bot.db")) as busy:

        def write(done: int, _total: int) -> None:
            seen.append(done)
            busy.execute("INSERT INTO things (content) VALUES (zeroblob(10000))")

        copy(tmp_path / "bot.db", tmp_path / "copy.db", write)
    assert len(seen) > 3
    assert seen == sorted(seen)
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copied:
        assert copied.execute("SELECT count(*) FROM things").fetchone() == (1,)
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]


def test_a_damaged_database_is_not_taken_for_a_sound_one(tmp_path: Path) -> None:
    filled(tmp_path / "bot.db").close()
    examine(tmp_path / "bot.db")
    content = bytearray((tmp_path / "bot.db").read_bytes())
    content[4096:8192] = b"\xff" * 4096
    (tmp_path / "bot.db").write_bytes(content)
    with pytest.raises(StorageError, match="damaged"):
        examine(tmp_path / "bot.db")


def test_what_would_be_missed_is_seen(tmp_path: Path) -> None:
    """Also rows that stand only in the log, and what cannot be read at all."""
    path = tmp_path / "bot.db"
    assert not holds_something(path)
    path.touch()
    assert not holds_something(path)
    with closing(filled(path)) as connection:
        assert holds_something(path)
        connection.execute("DELETE FROM things")
        assert not holds_something(path)
    path.write_bytes(b"no database" * 1000)
    assert holds_something(path)
    path.unlink()
    (tmp_path / "bot.db-wal").write_bytes(b"left behind")
    assert holds_something(path)
