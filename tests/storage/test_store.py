"""What a store promises to those who hand it units of work, whichever engine stands behind it."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.engines import open_store
from storage.store import HOME, Query, StorageError, Store, UnknownQuery, Work, load_queries
from tests.storage.conftest import Gate, opened, write, written


class UnhappyError(Exception):
    """What a unit raises here."""


def write_and_fail(work: Work, *words: str) -> None:
    """Write notes, then raise."""
    write(work, *words)
    raise UnhappyError(words)


async def test_what_a_unit_returns_comes_back_and_what_it_wrote_stays(notes: Store) -> None:
    assert await notes.run(write, "one", "two") == 2
    assert await notes.read(written) == ["one", "two"]


async def test_keyword_arguments_reach_the_unit(notes: Store) -> None:
    def greet(work: Work, *, name: str) -> str:
        write(work, name)
        return f"hello {name}"

    assert await notes.run(greet, name="one") == "hello one"


async def test_a_unit_that_raises_leaves_nothing_and_its_error_reaches_its_caller(notes: Store) -> None:
    with pytest.raises(UnhappyError):
        await notes.run(write_and_fail, "one", "two")
    assert await notes.read(written) == []


async def test_a_unit_that_raises_undoes_none_of_those_that_share_its_commit(notes: Store) -> None:
    units = [notes.run(write_and_fail if n % 3 == 0 else write, f"{n}") for n in range(60)]
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    assert [isinstance(outcome, UnhappyError) for outcome in outcomes] == [n % 3 == 0 for n in range(60)]
    assert sorted(await notes.read(written)) == sorted(f"{n}" for n in range(60) if n % 3)


async def test_200_units_at_once_run_as_if_one_after_the_other(notes: Store) -> None:
    counts = await asyncio.gather(*(notes.run(write, f"{n}") for n in range(200)))
    assert sorted(counts) == list(range(1, 201))
    in_order = [f"{counts.index(n)}" for n in range(1, 201)]
    assert await notes.read(written) == in_order


async def test_a_row_answers_by_name_and_is_none_where_there_is_nothing(notes: Store) -> None:
    def note_at(work: Work, place: int) -> dict[str, object] | None:
        row = work.row("note_at", place=place)
        return None if row is None else dict(row)

    await notes.run(write, "one")
    assert await notes.read(note_at, 0) == {"place": 0, "words": "one"}
    assert await notes.read(note_at, 1) is None


async def test_readers_do_not_wait_for_the_writer_and_do_not_see_what_is_not_committed(notes: Store) -> None:
    gate = Gate()
    writing = asyncio.create_task(notes.run(gate, "one"))
    await gate.entered.wait()
    assert await notes.read(written) == []
    gate.open()
    await writing
    assert await notes.read(written) == ["one"]


async def test_two_readings_go_side_by_side(notes: Store) -> None:
    both = threading.Barrier(2, timeout=10)
    await asyncio.gather(*(notes.read(lambda _work: both.wait()) for _ in range(2)))


async def test_a_unit_that_reads_cannot_write(notes: Store) -> None:
    with pytest.raises(StorageError):
        await notes.read(write, "one")
    assert await notes.run(written) == []


async def test_who_is_cancelled_while_running_has_been_run_whole(notes: Store) -> None:
    gate = Gate()
    cancelled = asyncio.create_task(notes.run(gate, "one", "two"))
    await gate.entered.wait()
    cancelled.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    gate.open()
    assert await notes.run(written) == ["one", "two"]


async def test_a_reader_that_is_cancelled_leaves_the_others_readable(notes: Store) -> None:
    for _ in range(5):
        reading = asyncio.create_task(notes.read(written))
        await asyncio.sleep(0)
        reading.cancel()
    assert await notes.read(written) == []


async def test_closing_finishes_what_waits_and_then_refuses(url: str, home: Path) -> None:
    store = await open_store(url, home=home)
    waiting = [asyncio.create_task(store.run(write, f"{n}")) for n in range(100)]
    await asyncio.sleep(0)
    await store.close()
    await store.close()
    assert sorted(await asyncio.gather(*waiting)) == list(range(1, 101))
    for refused in (store.run, store.read):
        with pytest.raises(StorageError, match="closed"):
            await refused(written)
    async with opened(url, home) as again:
        assert len(await again.read(written)) == 100


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda work: work.row("nothing"), UnknownQuery),
        (lambda work: work.row("notes"), UnknownQuery),
        (lambda work: work.rows("note_at", place=1), UnknownQuery),
        (lambda work: work.change("notes"), UnknownQuery),
        (lambda work: work.row("note_at"), TypeError),
        (lambda work: work.row("note_at", place=1, words="too many"), TypeError),
    ],
)
async def test_a_query_asked_in_the_wrong_way_says_so(
    notes: Store, ask: Callable[[Work], object], answer: type[Exception]
) -> None:
    with pytest.raises(answer, match="not"):
        await notes.read(ask)


def test_two_files_cannot_use_one_name(home: Path) -> None:
    (home / "sql" / "more.sql").write_text("-- name: note!\n-- Again.\nDELETE FROM notes;\n")
    with pytest.raises(ValueError, match=r"notes\.sql uses names .*note"):
        load_queries(home / "sql", "sqlite")


@pytest.mark.parametrize(("name", "query"), load_queries(HOME / "sql", "sqlite").items())
def test_every_query_has_a_sentence_that_says_what_it_is_for(name: str, query: Query) -> None:
    assert query.sentence.strip().endswith("."), name


@pytest.mark.parametrize(
    "url",
    [
        "",
        "bot.db",
        "mysql://bot:secret@host/bot",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite://bot.db",
    ],
)
async def test_a_url_that_names_no_store_is_answered_with_a_sentence(url: str) -> None:
    with pytest.raises(ValueError, match="a database URL") as refusal:
        async with opened(url):
            pass
    assert "secret" not in str(refusal.value)


async def test_a_relative_path_begins_where_the_program_was_started(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened("sqlite:///var/bot%20data.db", home):
        pass
    assert (tmp_path / "var" / "bot data.db").exists()
