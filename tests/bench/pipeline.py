"""Whole reports, from a photo to the press on 提交, by our bot and by that of the tutorial.

Both are processes of their own; the people and the Telegram at home are in this one. A report is the same six updates:
photo, text, position, the groups of problems, the problem, 提交.
"""

import asyncio
import os
import random
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bot.sandbox import NO_LIMITS, Person, Sandbox, World
from bot.sandbox.pictures import picture
from bot.sandbox.stage import Memory
from tests.bench import peer
from tests.bench.crowd import Crowd, Residents, Step, sees
from tests.bench.presses import used_by
from tests.bench.rounds import Ratio, side_by_side
from tests.running.premises import load
from tests.running.warm import ROOT

SECONDS = 6.0
ROUNDS = 3
CHATS = {0: 32, 30: 128}
"""How many report at once, by the milliseconds that Telegram takes for an answer."""
TILES = ((41.3300, 41.3480), (123.7420, 123.7700))
"""Ground of the district: latitudes and longitudes."""
WORDS = "楼道里堆了很多东西"
CORRIDOR = "楼道堆物"


def somewhere() -> tuple[float, float]:
    """A position in the district."""
    return random.uniform(*TILES[0]), random.uniform(*TILES[1])


def _has(person: Person, label: str) -> bool:
    return any(label in bubble.buttons for bubble in person.chat if not bubble.mine)


def _submits(person: Person) -> None:
    person.presses("另报" if _has(person, "另报") else "提交")


PHOTO = Step(lambda person: person.sends_photo(picture("bins")), sees("照片 1 张"))
OURS = (
    PHOTO,
    Step(lambda person: person.says(WORDS), sees(f"💬 {WORDS}")),
    Step(lambda person: person.sends_location(*somewhere()), lambda person: person.sees(f"🏷 {CORRIDOR}")),
    Step(lambda person: person.presses("改类别"), lambda person: _has(person, "返回")),
    Step(lambda person: person.presses(CORRIDOR), lambda person: _has(person, "改地点")),
    Step(_submits, sees("XM-")),
)
THEIRS = (
    Step(PHOTO.act, sees(peer.ASKED_WORDS)),
    Step(lambda person: person.says(WORDS), sees(peer.ASKED_PLACE)),
    Step(lambda person: person.sends_location(*somewhere()), sees(peer.ASKED_GROUP)),
    Step(lambda person: person.presses(peer.ENVIRONMENT), sees(peer.ASKED_PROBLEM)),
    Step(lambda person: person.presses(peer.CORRIDOR), sees(peer.COMPLETE)),
    Step(lambda person: person.presses(peer.SUBMITS), sees(peer.FILED)),
)


@dataclass(slots=True)
class Bot:
    """A bot that runs, with the people who talk to it. `used`: milliseconds of a core a report, round by round."""

    process: int
    crowd: Crowd
    used: list[float] = field(default_factory=list)

    async def report(self) -> float:
        """One round: reports a second."""
        await self.crowd.residents.come()
        before = used_by(self.process)
        rate = await self.crowd.report(SECONDS)
        self.used.append(1000 * (used_by(self.process) - before) / (rate * SECONDS))
        return rate


@dataclass(frozen=True, slots=True)
class Found:
    """Medians of a bot: reports a second, milliseconds of a core a report."""

    rate: float
    used: float


@asynccontextmanager
async def process(module: Sequence[str], sandbox: Sandbox, folder: Path) -> AsyncIterator[int]:
    """A bot in a process of its own, told where everything is by its environment; its id."""
    environment = os.environ | {"BOT_TOKEN": sandbox.token, "BOT_API_URL": sandbox.url, "DATA_DIR": str(folder)}
    started = await asyncio.create_subprocess_exec(sys.executable, "-m", *module, env=environment, cwd=ROOT)
    try:
        yield started.pid
    finally:
        started.terminate()
        await started.wait()


@asynccontextmanager
async def running(module: Sequence[str], steps: Sequence[Step], latency: int, folder: Path) -> AsyncIterator[Bot]:
    """A bot and its own Telegram at home, with everybody at their first step."""
    world = World(limits=NO_LIMITS, memory=Memory(calls=100, files=2000))
    async with Sandbox(world) as sandbox, process(module, sandbox, folder) as number:
        await world.until(lambda: world.updates.is_polled, timeout=60)
        crowd = Crowd(world, steps, Residents(world))
        await crowd.gather(CHATS[latency])
        world.faults.latency_ms = latency
        yield Bot(number, crowd)


async def compared(latency: int, *, our_transport: bool = False) -> dict[str, Found]:
    """What the bots do, with so many milliseconds for each answer of Telegram."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        await load(folder)
        modules: dict[str, tuple[tuple[str, ...], Sequence[Step]]] = {
            "ours": (("tests.bench.unhurried",), OURS),
            "PTB": (("tests.bench.peer", str(folder / "plain.pickle")), THEIRS),
        }
        if our_transport:
            module = ("tests.bench.peer", str(folder / "ours.pickle"), "--our-transport")
            modules["PTB with our transport"] = (module, THEIRS)
        bots = {
            name: await stack.enter_async_context(running(module, steps, latency, folder))
            for name, (module, steps) in modules.items()
        }
        rates = await side_by_side(f"reports, {latency} ms", {name: bot.report for name, bot in bots.items()}, ROUNDS)
        return {name: Found(rates[name], median(bot.used[1:])) for name, bot in bots.items()}


async def measure() -> list[Ratio]:
    """Without and with latency."""
    near, far = await compared(0, our_transport=True), await compared(30)
    ours, plain, faster = near["ours"], near["PTB"], near["PTB with our transport"]
    return [
        Ratio("report, 0 ms : ConversationHandler", ours.rate, plain.rate, "/s", wanted=2.5),
        Ratio("report, 0 ms : the same with our transport", ours.rate, faster.rate, "/s", wanted=0.9),
        Ratio("report, 0 ms, of a core : ConversationHandler", ours.used, plain.used, "ms"),
        Ratio("report, 0 ms, of a core : the same with our transport", ours.used, faster.used, "ms"),
        Ratio("report, 30 ms, 128 chats : ConversationHandler", far["ours"].rate, far["PTB"].rate, "/s", wanted=25),
    ]
