"""SQLite behind the store: the shared commit, the full disk, the process that is killed, the one that comes second."""

import asyncio
import re
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import inbox
from storage.migrate import migrate, read_migrations
from storage.store import HOME, Locked, Query, SchemaError, StorageError, Store, Work, load_queries
from tests.storage.conftest import Gate, opened, write, written
from tests.storage.owing import lease, owe

pytestmark = pytest.mark.engine("sqlite")

ROOT = Path(__file__).parents[2]
LARGE = "x" * 200_000  # more than forty pages


def files_of(folder: Path) -> list[Path]:
    """The database, its log, what its readers share, and the lock."""
    return sorted(folder.glob("bot.db*"))


@dataclass(frozen=True)
class Other:
    """Another process of ours."""

    process: asyncio.subprocess.Process

    @property
    def pid(self) -> int:
        return self.process.pid

    async def readline(self) -> str:
        assert self.process.stdout is not None
        return (await self.process.stdout.readline()).decode().strip()

    async def kill(self) -> set[str]:
        """End it without warning; returns the lines it had still written, but not one that was cut off."""
        self.process.kill()
        rest, _ = await self.process.communicate()
        return set(rest.decode().split("\n")[:-1])


async def start(program: str, url: str, home: Path) -> Other:
    """Run a program in a process of its own."""
    command = [sys.executable, "-c", program, url, str(home)]
    return Other(await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE))


def commits(database: Path) -> int:
    """How many transactions the write-ahead log holds: the frames that end one tell the size of the database."""
    log = Path(f"{database}-wal").read_bytes()
    frame = 24 + int.from_bytes(log[8:12])
    return sum(log[at + 4 : at + 8] != bytes(4) for at in range(32, len(log), frame))


async def test_units_that_wait_together_share_a_commit(notes: Store, tmp_path: Path) -> None:
    before = commits(tmp_path / "bot.db")
    await asyncio.gather(*(notes.run(write, f"{n}") for n in range(32)))
    assert commits(tmp_path / "bot.db") - before == 1


async def test_who_is_cancelled_in_the_line_has_not_been_run_and_harms_nobody(notes: Store) -> None:
    gate = Gate()
    standing = asyncio.create_task(notes.run(gate, "gate"))
    await gate.entered.wait()
    before, cancelled, after = (asyncio.create_task(notes.run(write, word)) for word in ("before", "gone", "after"))
    await asyncio.sleep(0)
    cancelled.cancel()
    gate.open()
    await asyncio.gather(standing, before, after)
    assert cancelled.cancelled()
    assert await notes.read(written) == ["gate", "before", "after"]


async def test_units_run_in_the_order_in_which_they_were_handed_in(notes: Store) -> None:
    assert await asyncio.gather(*(notes.run(write, f"{n}") for n in range(200))) == list(range(1, 201))


async def test_the_number_of_units_under_one_commit_is_bounded(notes: Store, tmp_path: Path) -> None:
    before = commits(tmp_path / "bot.db")
    await asyncio.gather(*(notes.run(write, f"{n}") for n in range(200)))
    assert commits(tmp_path / "bot.db") - before == 4


async def test_a_full_disk_is_the_storages_fault_and_hits_only_the_unit_that_needs_room(notes: Store) -> None:
    await notes.run(lambda work: work.row("shrink"))
    words = ["one", "two", LARGE, "three"]
    outcomes = await asyncio.gather(*(notes.run(write, word) for word in words), return_exceptions=True)
    assert isinstance(outcomes.pop(2), StorageError)
    assert outcomes == [1, 2, 3]
    assert await notes.read(written) == ["one", "two", "three"]


async def test_a_unit_that_swallows_the_loss_of_its_transaction_cannot_go_on_half_done(notes: Store) -> None:
    def stubborn(work: Work) -> None:
        write(work, "before")
        with pytest.raises(sqlite3.OperationalError):
            write(work, LARGE)
        write(work, "after")

    def blind(work: Work) -> None:
        with pytest.raises(sqlite3.OperationalError):
            write(work, "before", LARGE)

    await notes.run(lambda work: work.row("shrink"))
    for unit in (stubborn, blind):
        with pytest.raises(StorageError, match="lost"):
            await notes.run(unit)
        outcomes = await asyncio.gather(notes.run(unit), notes.run(written), return_exceptions=True)
        assert isinstance(outcomes[0], StorageError)
        assert outcomes[1] == []


async def test_what_only_the_commit_refuses_is_told_to_whom_it_belongs(notes: Store) -> None:
    def remark(work: Work, words: str) -> int:
        return work.change("remark", words=words)

    units = [notes.run(write, "one"), notes.run(remark, "nothing"), notes.run(remark, "one")]
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    assert isinstance(outcomes.pop(1), sqlite3.IntegrityError)
    assert outcomes == [1, 1]


async def test_a_constraint_that_says_no_is_the_units_fault(notes: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await notes.run(write, "one", "one")


async def test_a_tool_that_holds_the_database_is_nobodys_fault(notes: Store, tmp_path: Path) -> None:
    await notes.run(lambda work: work.row("hurry"))
    tool = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    tool.execute("BEGIN IMMEDIATE")
    outcomes = await asyncio.gather(*(notes.run(write, f"{n}") for n in range(3)), return_exceptions=True)
    tool.close()
    assert all(isinstance(outcome, StorageError) for outcome in outcomes)
    assert await notes.run(write, "one") == 1


async def test_a_database_that_can_only_be_read_is_nobodys_fault(notes: Store, url: str, home: Path) -> None:
    def forbidden(work: Work) -> None:
        work.row("forbid")
        write(work, "one")

    for unit in (forbidden, write):
        with pytest.raises(StorageError, match="readonly"):
            await notes.run(unit)
    await notes.close()
    async with opened(url, home) as again:
        assert await again.run(write, "one") == 1


async def test_a_second_process_is_told_who_holds_the_database(notes: Store, url: str, home: Path) -> None:
    with pytest.raises(Locked, match=r"in use by process \d+"):
        async with opened(url, home):
            pass
    await notes.close()
    other = await start(HOLDER, url, home)
    assert await other.readline() == "held"
    with pytest.raises(Locked, match=f"process {other.pid}"):
        async with opened(url, home):
            pass
    async with opened(url, home, read_only=True) as reader:
        assert await reader.read(written) == ["one"]
    await other.kill()
    async with opened(url, home) as again:
        assert await again.read(written) == ["one"]


HOLDER = """
import asyncio, sys, time
from pathlib import Path
from storage.engines import open_store

async def main():
    store = await open_store(sys.argv[1], home=Path(sys.argv[2]))
    await store.run(lambda work: work.change("note", words="one"))
    print("held", flush=True)
    time.sleep(60)

asyncio.run(main())
"""


@pytest.mark.parametrize("acknowledged", [1, 40, 200])
async def test_what_was_acknowledged_survives_a_kill(url: str, home: Path, acknowledged: int) -> None:
    process = await start(BUSY, url, home)
    promised = {await process.readline() for _ in range(acknowledged)} | await process.kill()
    async with opened(url, home) as store:
        kept = await store.read(written)
    assert promised <= set(kept)
    assert [word for word in kept if word.endswith("a")] == [f"{word[:-1]}a" for word in kept if word.endswith("b")]


BUSY = """
import asyncio, itertools, sys
from pathlib import Path
from storage.engines import open_store

def write(work, number):
    work.change("note", words=f"{number}a")
    work.change("note", words=f"{number}b")

async def keep_writing(store, numbers):
    for number in numbers:
        await store.run(write, number)
        print(f"{number}a", flush=True)

async def main():
    store = await open_store(sys.argv[1], home=Path(sys.argv[2]))
    numbers = itertools.count()
    await asyncio.gather(*(keep_writing(store, numbers) for _ in range(8)))

asyncio.run(main())
"""


async def test_who_opens_for_reading_only_reads_beside_the_writer(notes: Store, url: str, home: Path) -> None:
    async with opened(url, home, read_only=True) as reader:
        await notes.run(write, "one")
        assert await reader.read(written) == ["one"]
        with pytest.raises(StorageError, match="reading only"):
            await reader.run(write, "two")


async def test_reading_only_makes_no_database_and_no_migration(tmp_path: Path, url: str, home: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot open the database .*bot\.db"):
        async with opened(url, home, read_only=True):
            pass
    sqlite3.connect(tmp_path / "bot.db").execute("VACUUM").connection.close()
    with pytest.raises(SchemaError, match="older than the program"):
        async with opened(url, home, read_only=True):
            pass


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, url: str) -> None:
    (tmp_path / "bot.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(StorageError, match="not a database"):
        async with opened(url):
            pass
    assert (tmp_path / "bot.db").read_bytes().startswith(b"no database")
    with pytest.raises(StorageError, match="not a database"):
        async with opened(url):
            pass


async def test_the_database_is_for_its_owner_alone(notes: Store, tmp_path: Path) -> None:
    await notes.run(write, "one")
    assert [file.stat().st_mode & 0o777 for file in files_of(tmp_path)] == [0o600] * 4


async def test_what_is_erased_is_not_left_on_the_disk(store: Store, tmp_path: Path) -> None:
    now = datetime(2026, 4, 21, tzinfo=UTC)
    await store.run(inbox.take, "telegram", [inbox.Arrived("1", "7", b"a telephone number" * 9)], now)
    (head,) = await store.run(inbox.heads, now, set(), 1)
    await store.run(inbox.done, head.id, now)
    await store.close()
    assert b"a telephone number" not in b"".join(file.read_bytes() for file in files_of(tmp_path))


async def test_a_notice_of_another_program_stands_in_nobodys_way(store: Store, tmp_path: Path) -> None:
    await owe(store, "one")
    await owe(store, "two")
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as tool:
        tool.execute("""UPDATE outbox SET notice = '{"kind": "one", "ask": "dance"}' WHERE dedupe = 'one'""")
    assert [owed.notice.kind for owed in await lease(store)] == ["two"]
    with closing(sqlite3.connect(tmp_path / "bot.db")) as tool:
        ((state, why),) = tool.execute("SELECT state, why FROM outbox WHERE dedupe = 'one'")
    assert state == "refused"
    assert "dance" in why


@pytest.fixture(scope="module")
def schema() -> sqlite3.Connection:
    """A connection to an empty database with the whole schema."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, read_migrations(HOME / "migrations", "sqlite"))
    return connection


@pytest.mark.parametrize(("name", "query"), load_queries(HOME / "sql", "sqlite").items())
def test_every_query_fits_the_schema(schema: sqlite3.Connection, name: str, query: Query) -> None:
    schema.execute(f"EXPLAIN {query.sql}", dict.fromkeys(query.parameters))
    # What only SQLite understands stands in a file of its own.
    assert not re.search(r"\b(INSERT OR|AUTOINCREMENT|rowid|GLOB|IFNULL|strftime)\b", query.sql, re.IGNORECASE), name
