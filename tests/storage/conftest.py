"""A little database of notes, so that the store itself can be looked at without the trade."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage.engines import open_store
from storage.store import HOME, Store, Work

SCHEMA = """
CREATE TABLE notes (place INTEGER NOT NULL UNIQUE, words TEXT NOT NULL UNIQUE);
CREATE TABLE remarks (words TEXT NOT NULL REFERENCES notes (words) DEFERRABLE INITIALLY DEFERRED);
"""

QUERIES = """
-- name: note!
-- Write a note behind all others.
INSERT INTO notes (place, words) VALUES ((SELECT COUNT(*) FROM notes), :words);

-- name: notes
-- All notes in the order in which they were written.
SELECT words FROM notes ORDER BY place;

-- name: note_at^
-- The note at a place.
SELECT place, words FROM notes WHERE place = :place;

-- name: remark!
-- A remark on a note, which must be there at the commit.
INSERT INTO remarks (words) VALUES (:words);
"""

TIGHT = """
-- name: shrink^
-- From now on the disk is full at forty pages.
PRAGMA max_page_count = 40;

-- name: forbid^
-- From now on nothing can be written.
PRAGMA query_only = 1;

-- name: hurry^
-- From now on nothing waits for a lock.
PRAGMA busy_timeout = 0;
"""

TIGHT_SERVER = """
-- name: only_read!
-- Nothing can be written in what is under way.
SET TRANSACTION READ ONLY;
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of the little database's queries and migrations."""
    home = tmp_path / "home"
    for name, text in {
        "migrations/0001_notes.sql": SCHEMA,
        "sql/notes.sql": QUERIES,
        "sql/tight.sqlite.sql": TIGHT,
        "sql/tight.postgres.sql": TIGHT_SERVER,
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    return home


@asynccontextmanager
async def opened(url: str, home: Path = HOME, *, read_only: bool = False) -> AsyncIterator[Store]:
    """A store that is closed whatever happens: an open one would keep the test run alive for ever."""
    store = await open_store(url, home=home, read_only=read_only)
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
async def notes(url: str, home: Path) -> AsyncIterator[Store]:
    """The little database, empty."""
    async with opened(url, home) as store:
        yield store


class Gate:
    """A unit that stands in the line until it is let go, so that others gather behind it."""

    def __init__(self) -> None:
        self.entered = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._open = threading.Event()

    def __call__(self, work: Work, *words: str) -> None:
        self._loop.call_soon_threadsafe(self.entered.set)
        self._open.wait(timeout=10)
        write(work, *words)

    def open(self) -> None:
        self._open.set()


def write(work: Work, *words: str) -> int:
    """Write notes; returns how many there are now."""
    for word in words:
        work.change("note", words=word)
    return len(work.rows("notes"))


def written(work: Work) -> list[str]:
    """All notes in order."""
    return [row["words"] for row in work.rows("notes")]
