"""Which store the stories stand on: SQLite, or PostgreSQL with `pytest --engine postgres`.

A district is loaded once for all the towns of a process; each town has a copy of that database.
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from bot import commands
from bot.guide import Knowledge, know
from storage.district.files import Files
from storage.engines import open_store
from tests.postgres import Server, name_of

_District = frozenset[tuple[str, bytes]]


@dataclass
class _Ground:
    """Where towns are founded. Without a server each has a file in its folder."""

    server: Server | None = None
    files: dict[_District, tuple[bytes, Knowledge]] = field(default_factory=dict)
    templates: dict[_District, tuple[str, Knowledge]] = field(default_factory=dict)
    of_folder: dict[Path, str] = field(default_factory=dict)


_GROUND = _Ground()


def stand_on(server: Server) -> None:
    """From now on towns are founded in databases of this server."""
    _GROUND.server = server


def clear() -> None:
    """The databases of towns that are gone go, too."""
    while _GROUND.of_folder and _GROUND.server:
        _, url = _GROUND.of_folder.popitem()
        _GROUND.server.drop(url)


async def found(folder: Path, files: Files, now: datetime) -> tuple[str, Knowledge]:
    """The URL of a database with the district loaded; one that was founded in this folder before stays as it is."""
    key = frozenset(files.items())
    if _GROUND.server is None:
        if key not in _GROUND.files:
            _GROUND.files[key] = await _written(files, now)
        content, knowledge = _GROUND.files[key]
        return _put(folder, content), knowledge
    if key not in _GROUND.templates:
        template = _GROUND.server.create()
        _GROUND.templates[key] = template, await _load(template, files, now)
    template, knowledge = _GROUND.templates[key]
    if folder not in _GROUND.of_folder:
        _GROUND.of_folder[folder] = _GROUND.server.create(name_of(template))
    return _GROUND.of_folder[folder], knowledge


async def _written(files: Files, now: datetime) -> tuple[bytes, Knowledge]:
    with tempfile.TemporaryDirectory() as scratch:
        knowledge = await _load(f"sqlite:///{scratch}/bot.db", files, now)
        return await asyncio.to_thread(Path(scratch, "bot.db").read_bytes), knowledge


def _put(folder: Path, content: bytes) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "bot.db").exists():
        (folder / "bot.db").write_bytes(content)
    return f"sqlite:///{folder / 'bot.db'}"


async def _load(url: str, files: Files, now: datetime) -> Knowledge:
    store = await open_store(url)
    try:
        await store.run(commands.load, files, now, now)
        return know(*await store.read(commands.current))
    finally:
        await store.close()


class Look:
    """The database of a town, as it stands, past all of our own code."""

    def __init__(self, folder: Path) -> None:
        self._url = _GROUND.of_folder.get(folder)
        self._folder = folder

    @contextmanager
    def open(self) -> Iterator[Any]:
        """A connection, of whichever driver."""
        if self._url is not None:
            with psycopg.connect(self._url, autocommit=True) as connection:
                yield connection
        else:
            with closing(sqlite3.connect(self._folder / "bot.db", isolation_level=None)) as file:
                yield file

    @property
    def tables(self) -> str:
        """What asks for the names of all tables."""
        if self._url is None:
            return "SELECT name FROM sqlite_master WHERE type = 'table'"
        return "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"

    @property
    def renumber(self) -> str:
        """What makes the next person the one after a number."""
        if self._url is None:
            return "INSERT INTO people (id, language, created_at) VALUES ({number} - 1, 'zh', 0)"
        return "ALTER TABLE people ALTER COLUMN id RESTART WITH {number}"


def values(folder: Path) -> Iterator[tuple[str, str, object]]:
    """Every value in every column of every table."""
    look = Look(folder)
    with look.open() as connection:
        for (table,) in connection.execute(look.tables).fetchall():
            rows = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name out of the schema
            columns = [column[0] for column in rows.description]
            yield from ((table, column, value) for row in rows for column, value in zip(columns, row, strict=True))


def number_people_from(folder: Path, number: int) -> None:
    """Whoever comes next gets this number."""
    look = Look(folder)
    with look.open() as connection:
        connection.execute(look.renumber.format(number=number))
