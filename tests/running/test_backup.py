"""`backup` and `restore` as processes: a busy bot's backup goes on elsewhere, and a broken one changes nothing."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import State
from storage import cases
from tests.running.premises import NUMBER, TYRES, Premises, mode_of


def moved(premises: Premises, folder: Path) -> Premises:
    """The same bot with another data folder."""
    return replace(premises.with_(DATA_DIR=str(folder)), folder=folder)


def photos(folder: Path) -> dict[str, bytes]:
    """Every photo, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (folder / "photos").rglob("*")
        if path.is_file()
    }


def contents(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder, except for what keeps others out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".lock", ".db-shm"}
    }


def unfinished(folder: Path) -> list[Path]:
    """What a backup that did not come to its end would leave there."""
    return list(folder.glob(".bot*"))


@asynccontextmanager
async def busy(premises: Premises) -> AsyncIterator[list[str]]:
    """Somebody writes and writes meanwhile, as fast as the bot takes it. What was taken."""
    taken: list[str] = []
    person = await premises.resident("话多的人")

    async def talk() -> None:
        while True:
            person.says("谢谢你们")
            await premises.world.until(lambda: premises.world.updates.pending == 0)
            taken.append("谢谢你们")

    talking = asyncio.create_task(talk())
    try:
        yield taken
    finally:
        talking.cancel()
        await asyncio.wait([talking])


async def officer(premises: Premises, name: str, unit: str) -> Person:
    """Somebody bound by an invitation of the command line."""
    invited = await premises.command("invite", unit)
    person = premises.world.person(name, language="zh-hans")
    person.follows(invited.out.strip())
    await premises.world.until(lambda: person.last)
    return person


async def reports_with_photo(premises: Premises, person: Person) -> None:
    """A case with a picture from before."""
    person.sends_photo(picture("tyres"), caption=TYRES)
    await premises.world.until(lambda: any("提交" in bubble.buttons for bubble in person.chat))
    person.presses("提交")
    await premises.world.until(lambda: person.sees(NUMBER))
    await premises.settled()


async def test_what_was_backed_up_while_people_wrote_goes_on_elsewhere(premises: Premises, tmp_path: Path) -> None:
    archive = tmp_path / "bot.tar"
    async with premises.bot() as bot:
        li = await officer(premises, "老李", "D12")
        wang = await premises.resident("王阿姨")
        await reports_with_photo(premises, wang)
        async with busy(premises) as taken:
            made = await premises.command("backup", str(archive), "--language", "en")
            assert taken
        assert (made.code, made.err) == (0, "")
        assert "photos: 1" in made.out
        assert await bot.stop() == 0
    assert mode_of(archive) == 0o600
    assert not unfinished(tmp_path)

    there = moved(premises, tmp_path / "elsewhere")
    restored = await there.command("restore", str(archive), "--language", "en")
    assert (restored.code, restored.err) == (0, "")
    assert photos(there.folder) == photos(premises.folder) != {}
    assert mode_of(there.folder / "bot.db") == 0o600
    async with there.bot() as bot:
        pressed = li.presses("接单")
        await there.world.until(lambda: pressed.answer and wang.sees("接单"))
        assert await bot.stop() == 0
    async with there.store() as store:
        assert (await store.read(cases.by_number, NUMBER)).state is State.RECTIFYING


async def test_nothing_is_written_over(premises: Premises, tmp_path: Path) -> None:
    """Neither a file by a backup, nor a database or photos by a restoration."""
    archive, other = tmp_path / "bot.tar", tmp_path / "other.tar"
    assert (await premises.command("backup", str(archive))).code == 0
    other.write_bytes(b"precious")
    before = contents(premises.folder)
    again, over = await asyncio.gather(
        premises.command("backup", str(other)), premises.command("restore", str(archive))
    )
    assert (again.code, over.code) == (1, 1)
    assert str(other) in again.err
    assert "bot.db" in over.err
    assert other.read_bytes() == b"precious"
    assert contents(premises.folder) == before

    left = moved(premises, tmp_path / "left")
    (left.folder / "photos").mkdir(parents=True)
    (left.folder / "photos" / "picture.jpg").write_bytes(b"precious")
    assert str(left.folder / "photos") in (await left.command("restore", str(archive))).err
    assert contents(left.folder) == {"photos/picture.jpg": b"precious"}


async def test_nothing_is_restored_where_a_bot_runs(premises: Premises, tmp_path: Path) -> None:
    archive = tmp_path / "bot.tar"
    async with premises.bot() as bot:
        assert (await premises.command("backup", str(archive))).code == 0
        refused = await premises.command("restore", str(archive), "--language", "en")
        assert refused.code == 1
        assert f"in use by process {bot.process.pid}" in refused.err
        assert await bot.stop() == 0


async def test_a_broken_archive_changes_nothing_and_says_why(premises: Premises, tmp_path: Path) -> None:
    archive = tmp_path / "bot.tar"
    assert (await premises.command("backup", str(archive))).code == 0
    whole = archive.read_bytes()
    archive.write_bytes(whole[:40_000] + bytes([whole[40_000] ^ 1]) + whole[40_001:])
    there = moved(premises, tmp_path / "there")
    ran = await there.command("restore", str(archive), "--language", "en")
    assert ran.code == 1
    assert "bot.db is not as it was written" in ran.err
    assert contents(there.folder) == {}
    archive.write_bytes(whole)
    assert (await there.command("restore", str(archive))).code == 0


async def test_photos_that_are_gone_are_counted_and_break_no_backup(premises: Premises, tmp_path: Path) -> None:
    async with premises.bot() as bot:
        wang = await premises.resident("王阿姨")
        await reports_with_photo(premises, wang)
        assert await bot.stop() == 0
    shutil.rmtree(premises.folder / "photos")
    made = await premises.command("backup", str(tmp_path / "bot.tar"), "--language", "en")
    assert made.code == 0
    assert "not in the backup: 1" in made.err
    assert "photos: 0" in made.out


@pytest.mark.parametrize("command", ["backup", "restore"])
async def test_where_nothing_is_nothing_can_be_kept_or_brought_back(
    empty: Premises, tmp_path: Path, command: str
) -> None:
    ran = await empty.command(command, str(tmp_path / "none.tar"))
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert not (tmp_path / "none.tar").exists()
