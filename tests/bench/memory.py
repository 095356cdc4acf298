"""What a bot holds in memory, and how soon it answers, with a million cases in its store and with a thousand.

One report is filed as anybody files one. What became of it is then repeated by SQL, as cases that were closed.
"""

import os
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bot.sandbox import NO_LIMITS, Sandbox, World
from bot.sandbox.stage import Memory
from tests.bench.crowd import Crowd, Residents
from tests.bench.pipeline import OURS, process
from tests.bench.presses import used_by
from tests.bench.rounds import Ratio, Way, progress, side_by_side
from tests.running.premises import load

FEW, MANY = 1_000, 1_000_000
ROUNDS = 3
SECONDS = 5.0
BOT = ("tests.bench.unhurried",)

CASES = """
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :count)
INSERT INTO cases (number, state, category, street, community, lead, partner, due_at, wakes_at, filed_at,
    ended_at, erased, version, body, lat_e6, lon_e6, said)
SELECT 'XM-250101-' || n, 'closed', category, street, community, lead, partner, due_at, NULL, filed_at,
    filed_at, erased, version, replace(body, '"state":"dispatched"', '"state":"closed"'), lat_e6 + n % 1000 * 100,
    lon_e6 + n / 1000 * 100, said
FROM n CROSS JOIN (SELECT * FROM cases LIMIT 1)
"""
EVENTS = """
INSERT INTO events (case_id, seq, at, verb, part, person_id, unit, state, due_at, detail)
SELECT cases.id, seq, at, verb, part, person_id, unit, 'closed', e.due_at, detail
FROM cases CROSS JOIN (SELECT * FROM events LIMIT 1) AS e WHERE cases.number LIKE 'XM-250101-%'
"""


@asynccontextmanager
async def bot(sandbox: Sandbox, folder: Path) -> AsyncIterator[tuple[int, float]]:
    """A bot over a folder: its process, and in how many seconds its first answer stood in a chat."""
    person = sandbox.world.person("第一个", language="zh-hans")
    person.start()
    began = time.monotonic()
    async with process(BOT, sandbox, folder) as number:
        await sandbox.world.until(lambda: person.last, timeout=60)
        yield number, time.monotonic() - began


async def report(world: World) -> None:
    """Some people report."""
    crowd = Crowd(world, OURS, Residents(world))
    await crowd.gather(8)
    await crowd.report(SECONDS)


async def filled(sandbox: Sandbox, folder: Path, count: int) -> Path:
    """A data folder with so many cases."""
    progress(f"memory: {count:,} cases")
    await load(folder)
    async with bot(sandbox, folder):
        await report(sandbox.world)
    with closing(sqlite3.connect(folder / "bot.db")) as connection, connection:
        connection.execute(CASES, {"count": count})
        connection.execute(EVENTS)
    return folder


def resident_set(process_id: int) -> float:
    """Megabytes that a process holds in memory. Linux tells."""
    pages = int(Path(f"/proc/{process_id}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@dataclass(slots=True)
class Starts:
    """Seconds until the first answer, by the clock and of a core, start by start."""

    clock: list[float] = field(default_factory=list)
    core: list[float] = field(default_factory=list)


def working(sandbox: Sandbox, folder: Path, starts: Starts) -> Way:
    """Megabytes after a bot was started, answered, and took some reports."""

    async def way() -> float:
        async with bot(sandbox, folder) as (number, seconds):
            starts.clock.append(seconds)
            starts.core.append(used_by(number))
            await report(sandbox.world)
            return resident_set(number)

    return way


async def measure() -> list[Ratio]:
    """A thousand and a million, in turn. One Telegram for all: its updates are numbered on, as in real life."""
    starts = {FEW: Starts(), MANY: Starts()}
    with tempfile.TemporaryDirectory() as name:
        async with Sandbox(World(limits=NO_LIMITS, memory=Memory(calls=100))) as sandbox:
            folders = {count: await filled(sandbox, Path(name) / str(count), count) for count in starts}
            ways = {f"{count:,}": working(sandbox, folders[count], starts[count]) for count in starts}
            found = await side_by_side("memory", ways, ROUNDS)
    clock, core = median(starts[MANY].clock), median(starts[MANY].core)
    what = "resident set, 1,000,000 cases : 1,000"
    return [
        Ratio(what, found[f"{MANY:,}"], found[f"{FEW:,}"], "MB", wanted=1.2, at_most=True),
        Ratio("start to first answer, 1,000,000 cases : 2 s", clock, 2, "s", wanted=1, at_most=True),
        Ratio("start to first answer, 1,000,000 cases : 1,000", clock, median(starts[FEW].clock), "s"),
        Ratio("the same, of a core", core, median(starts[FEW].core), "s"),
    ]
