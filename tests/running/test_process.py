"""The bot as a process: commands reach it, signals stop it, nothing that was acknowledged or owed is lost with it."""

import asyncio
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from bot.sandbox import Person
from storage import cases
from tests.running.premises import NUMBER, TYRES, XIMING, Premises, mode_of
from tests.stories.said import said

CALLED_ANEW = "区交通运输局（新）"


def renamed(folder: Path) -> Path:
    """The sample district, with another short name for the department that leads tyres."""
    shutil.copytree(XIMING, folder)
    units = folder / "units.csv"
    text = units.read_text("utf-8")
    assert "区交通局" in text
    units.write_text(text.replace("区交通局", CALLED_ANEW), "utf-8")
    return folder


def broken(folder: Path) -> Path:
    """The sample district without a column that must be there."""
    shutil.copytree(XIMING, folder)
    (folder / "points.csv").write_text("code\n", "utf-8")
    return folder


async def files_report(person: Person, premises: Premises, words: str = TYRES) -> str:
    """Somebody reports what needs no question, and presses the button. The number of the case.

    When somebody else reported the like nearby, it is another one.
    """
    person.says(words)
    await premises.settled()
    offered = {label for bubble in person.chat for label in bubble.buttons}
    pressed = person.presses("另报" if "另报" in offered else "提交")
    await premises.world.until(lambda: pressed.answer)
    found = re.search(r"XM-\d{6}-\d{3}", person.toasts[-1].text)
    assert found, person.toasts[-1].text
    await seen(premises, person, found[0])
    return found[0]


async def seen(premises: Premises, person: Person, words: str) -> str:
    """The text of a message that says so, once it is there."""
    bubble = await premises.world.until(lambda: person.sees(words))
    assert bubble is not None
    return bubble.text


async def test_commands_reach_a_bot_that_runs(premises: Premises, tmp_path: Path) -> None:
    """A load and an invitation take effect at once, a broken load has none, a second bot says what is wrong."""
    async with premises.bot() as bot:
        wang = await premises.resident("王阿姨")
        assert mode_of(premises.folder / "bot.sock") == 0o600

        second_run = asyncio.create_task(premises.command("run", "--language", "en"))
        invited, refused = await asyncio.gather(
            premises.command("invite", "D12"), premises.command("load", str(broken(tmp_path / "broken")))
        )
        li = premises.world.person("老李", language="zh-hans")
        li.follows(invited.out.strip())
        await seen(premises, li, "区交通局")
        assert (refused.code, refused.out) == (1, "")
        assert "points.csv" in refused.err
        assert (await premises.command("load", str(renamed(tmp_path / "renamed")))).code == 0
        number = await files_report(wang, premises)
        assert number == NUMBER
        assert CALLED_ANEW in await seen(premises, wang, number)
        assert "【演练】" in await seen(premises, li, number)
        again = await premises.command("load", str(tmp_path / "renamed"))
        assert again.code == 0
        assert CALLED_ANEW not in again.out

        second = await second_run
        assert second.code == 1
        assert f"in use by process {bot.process.pid}" in second.err

        assert await bot.stop() == 0
        assert "Traceback" not in bot.said
        assert not (premises.folder / "bot.sock").exists()
    assert not premises.world.complaints


async def test_a_bot_that_is_stopped_while_telegram_hangs_stops_all_the_same(premises: Premises) -> None:
    """What was on its way arrives after the next start at once. The path is longer than a socket's may be."""
    deep = premises.folder.parent / ("d" * 60) / ("e" * 60)
    shutil.copytree(premises.folder, deep)
    there = premises.with_(DATA_DIR=str(deep))
    async with there.bot() as bot:
        wang = await there.resident("王阿姨")
        there.world.faults.next("sendMessage", "hang", times=50)
        wang.says(TYRES)
        await there.world.until(lambda: there.world.updates.pending == 0)
        assert (await there.command("invite", "D12")).code == 0
        there.world.faults.next("*", "hang", times=50)
        assert await bot.stop() == 0
        assert "cut_off" in bot.said
        there.world.faults.clear()
    async with there.bot() as bot:
        await seen(there, wang, said("notice.draft"))
        assert await bot.stop() == 0


ROUNDS = 3
RESIDENTS = 4


async def test_what_was_acknowledged_or_owed_survives_being_killed(premises: Premises) -> None:
    """Killed in the middle of updates and sends: every effect once, every message at least once, and no long wait."""
    world = premises.world
    people: list[Person] = []
    for round_ in range(ROUNDS):
        tell(people, round_, "a")
        async with premises.bot() as bot:
            people = people or [await premises.resident(f"居民{number}") for number in range(RESIDENTS)]
            world.faults.latency_ms = 30
            tell(people, round_, "b")
            await calls(premises, 2 + 2 * round_)
            await bot.kill()
        world.faults.latency_ms = 0
    async with premises.bot() as bot:
        await premises.settled()
        numbers = [await files_report(person, premises, "还有机油") for person in people]
        await premises.settled()
        assert await bot.stop() == 0
    expected = [f"旧轮胎{round_}{part}号" for round_ in range(ROUNDS) for part in "ab"][1:]
    async with premises.store() as store:
        filed = [await store.read(cases.by_number, number) for number in numbers]
    for person, case in zip(people, filed, strict=True):
        assert re.findall(r"旧轮胎\d[ab]号", case.words) == expected
        thanks = sum(said("notice.answer_thanks") in bubble.text for bubble in person.chat)
        assert ROUNDS <= thanks <= 2 * ROUNDS


def tell(people: Iterable[Person], round_: int, part: str) -> None:
    """Everybody writes what belongs to their report, and later what does not."""
    for person in people:
        person.says(f"长江农贸市场门口有旧轮胎{round_}{part}号")
        if part == "b":
            person.says("谢谢你们，辛苦了")


async def calls(premises: Premises, more: int) -> None:
    """Until the bot has made so many calls more."""
    enough = len(premises.world.calls) + more
    await premises.world.until(lambda: len(premises.world.calls) >= enough)


async def test_a_rehearsal_goes_on_from_where_it_was(premises: Premises) -> None:
    """Product time stands still while the bot is down, whatever a later start says; everything is marked 【演练】."""
    fast = premises.with_(REHEARSAL_SPEED="3600")
    async with fast.bot() as bot:
        wang = await fast.resident("王阿姨")
        first = await files_report(wang, fast)
        assert first == NUMBER
        assert all("【演练】" in bubble.text for bubble in wang.chat if not bubble.mine and bubble.text)
        assert "7200" in (await fast.command("speed", "7200")).out
        assert await bot.stop() == 0
    slow = premises.with_(REHEARSAL_SPEED="1", REHEARSAL_START="2026-06-01T09:00:00+08:00")
    async with slow.anew.bot() as bot:
        zhao = await slow.resident("赵大爷")
        second = await files_report(zhao, slow)
        assert await bot.stop() == 0
    async with slow.store() as store:
        before, after = [await store.read(cases.by_number, number) for number in (first, second)]
    gone = (after.filed_at - before.filed_at).total_seconds()
    assert 0 < gone < 3600 * 60
