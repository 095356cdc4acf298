"""How a database comes to stand where the program stands, and what happens when the two do not fit."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.migrate import check, migrate, read_migrations
from storage.store import HOME, SchemaError
from tests.storage.conftest import opened, write, written

ROOT = Path(__file__).parents[2]
OURS = read_migrations(HOME / "migrations", "sqlite")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database with nothing in it."""
    connection = sqlite3.connect(tmp_path / "empty.db", isolation_level=None)
    yield connection
    connection.close()


def put(folder: Path, **files: str) -> Path:
    """Write migrations into a folder; the names are given without what Python does not allow in one."""
    folder.mkdir(exist_ok=True)
    for name, sql in files.items():
        (folder / f"{name.lstrip('_').replace('__', '.')}.sql").write_text(sql)
    return folder


def tables(connection: sqlite3.Connection) -> set[str]:
    """The names of all tables but that of the records."""
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE name <> 'migrations'")}


def schema(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Everything that the database is made of, and which steps made it."""
    shape = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    return shape + connection.execute("SELECT number, name, sha256 FROM migrations").fetchall()


@pytest.mark.parametrize("steps", range(len(OURS)))
def test_a_migrated_database_equals_a_fresh_one(connection: sqlite3.Connection, steps: int) -> None:
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    migrate(fresh, OURS)
    migrate(connection, OURS[:steps])
    migrate(connection, OURS)
    assert schema(connection) == schema(fresh)


async def test_a_database_is_brought_up_to_date_when_it_is_opened(url: str, home: Path) -> None:
    put(home / "sql", more="-- name: more!\n-- More.\nUPDATE notes SET more = 'two';")
    async with opened(url, home) as store:
        await store.run(write, "one")
    put(home / "migrations", _0002_more="ALTER TABLE notes ADD COLUMN more TEXT; ")
    async with opened(url, home) as store:
        assert await store.run(lambda work: work.change("more")) == 1
        assert await store.read(written) == ["one"]


def test_a_step_that_fails_leaves_nothing_behind_and_those_before_it_stay(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    folder = put(
        tmp_path / "m",
        _0001_first="CREATE TABLE first (a);",
        _0002_second="CREATE TABLE second (a);\nINSERT INTO first VALUES (1);\nINSERT INTO nowhere VALUES (1);\n",
    )
    for _ in range(2):
        with pytest.raises(SchemaError, match="0002_second failed and left nothing behind: no such table: nowhere"):
            migrate(connection, read_migrations(folder, "sqlite"))
        assert tables(connection) == {"first"}
        assert connection.execute("SELECT COUNT(*) FROM first").fetchone() == (0,)
    put(folder, _0002_second="CREATE TABLE second (a);")
    migrate(connection, read_migrations(folder, "sqlite"))
    assert tables(connection) == {"first", "second"}


async def test_a_step_in_which_the_process_is_killed_leaves_nothing_behind_and_is_run_again(tmp_path: Path) -> None:
    folder = put(tmp_path / "m", _0001_first="CREATE TABLE first (a);\nINSERT INTO first VALUES (1);")
    step = "CREATE TABLE second (a);\nDELETE FROM first;\n"
    put(folder, _0002_second=f"{step}SELECT die();")
    died = await asyncio.create_subprocess_exec(sys.executable, "-c", DYING, tmp_path / "bot.db", folder, cwd=ROOT)
    assert await died.wait() == -signal.SIGKILL
    connection = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    assert tables(connection) == {"first"}
    assert connection.execute("SELECT COUNT(*) FROM first").fetchone() == (1,)
    migrate(connection, read_migrations(put(folder, _0002_second=step), "sqlite"))
    assert tables(connection) == {"first", "second"}
    connection.close()


DYING = """
import os, signal, sqlite3, sys
from pathlib import Path
from storage.migrate import migrate, read_migrations

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("PRAGMA cache_size = 1")
connection.create_function("die", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
migrate(connection, read_migrations(Path(sys.argv[2]), "sqlite"))
"""


def test_a_step_that_tears_rows_from_what_they_refer_to_fails(connection: sqlite3.Connection, tmp_path: Path) -> None:
    folder = put(
        tmp_path / "m",
        _0001_pair="CREATE TABLE a (id INTEGER PRIMARY KEY);\nCREATE TABLE b (a INTEGER REFERENCES a (id));\n"
        "INSERT INTO a VALUES (1);\nINSERT INTO b VALUES (1);",
        _0002_tear="DELETE FROM a;",
    )
    with pytest.raises(SchemaError, match="rows of b refer to rows of a"):
        migrate(connection, read_migrations(folder, "sqlite"))
    assert connection.execute("SELECT COUNT(*) FROM a").fetchone() == (1,)


async def test_a_table_can_be_rebuilt_without_losing_those_that_refer_to_it(tmp_path: Path, home: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    put(home / "sql", more="-- name: remarks^\n-- How many remarks there are.\nSELECT COUNT(*) AS n FROM remarks;")
    async with opened(url, home) as store:
        await store.run(write, "one")
        await store.run(lambda work: work.change("remark", words="one"))
    put(
        home / "migrations",
        _0002_rebuild="CREATE TABLE other (place INTEGER, words TEXT UNIQUE);\nINSERT INTO other SELECT * FROM notes;\n"
        "DROP TABLE notes;\nALTER TABLE other RENAME TO notes;",
    )
    async with opened(url, home) as store:
        assert await store.read(lambda work: work.row("remarks")) == {"n": 1}


def test_statements_end_where_sql_ends_them(connection: sqlite3.Connection, tmp_path: Path) -> None:
    text = """-- A comment; with a semicolon.
    CREATE TABLE a (
        words TEXT DEFAULT 'x;
y'  -- ;
    );
    CREATE TRIGGER t AFTER INSERT ON a BEGIN
        UPDATE a SET words = 'z;';
        DELETE FROM a WHERE words = 'none';
    END;
    INSERT INTO a DEFAULT VALUES
    """
    migrate(connection, read_migrations(put(tmp_path / "m", _0001_words=text), "sqlite"))
    assert connection.execute("SELECT words FROM a").fetchall() == [("z;",)]


def test_a_step_that_was_run_is_not_changed_afterwards(connection: sqlite3.Connection, tmp_path: Path) -> None:
    folder = put(tmp_path / "m", _0001_first="CREATE TABLE first (a);")
    migrate(connection, read_migrations(folder, "sqlite"))
    put(folder, _0001_first="CREATE TABLE first (a, b);")
    for look in (migrate, check):
        with pytest.raises(SchemaError, match="0001_first has been run on this database and was changed"):
            look(connection, read_migrations(folder, "sqlite"))


def test_a_database_that_is_newer_than_the_program_is_left_alone(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    folder = put(tmp_path / "m", _0001_first="CREATE TABLE first (a);", _0002_second="CREATE TABLE second (a);")
    migrations = read_migrations(folder, "sqlite")
    migrate(connection, migrations)
    for look in (migrate, check):
        with pytest.raises(SchemaError, match="newer than the program: it stands at 0002_second"):
            look(connection, migrations[:1])


def test_an_older_database_is_noticed_by_who_only_reads(connection: sqlite3.Connection) -> None:
    with pytest.raises(SchemaError, match="older than the program, which needs 0001_messages"):
        check(connection, OURS)
    migrate(connection, OURS)
    check(connection, OURS)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"_0001_a": "", "_0003_c": ""}, "0002 is missing"),
        ({"_0002_b": ""}, "0001 is missing"),
        ({"_0001_a": "", "_0001_b": ""}, "0001_a and 0001_b have the same number"),
        ({"_1_a": ""}, r"1_a\.sql is no migration"),
        ({"notes": ""}, r"notes\.sql is no migration"),
    ],
)
def test_files_that_make_no_row_are_refused(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    with pytest.raises(SchemaError, match=sentence):
        read_migrations(put(tmp_path / "m", **files), "sqlite")


def test_a_dialects_own_file_takes_the_place_of_the_common_one(tmp_path: Path) -> None:
    folder = put(
        tmp_path / "m", _0001_a="common", _0002_b="common", _0002_b__sqlite="SQLite's", _0002_b__postgres="PostgreSQL's"
    )
    assert [step.sql for step in read_migrations(folder, "sqlite")] == ["common", "SQLite's"]
    assert [step.sql for step in read_migrations(folder, "postgres")] == ["common", "PostgreSQL's"]
