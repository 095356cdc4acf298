"""How long people wait who press buttons at once: `python -m tests.bench.presses`.

The bot runs as a process of its own against a Telegram at home that answers at once. Residents leaf through the choices
on a complete draft's card; officers acknowledge, begin to return or to ask for time, and think better of it. Whoever
has seen what came of a press presses the next button, at once if nothing else is said: then all of them wait all the
time.

Two times are taken of each press, both from its arrival at Telegram: until it is answered, and until something has
changed in the presser's chat.
"""

import argparse
import asyncio
import itertools
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from bot import commands
from bot.clock import machine_time
from bot.config import Config
from bot.sandbox import NO_LIMITS, Person, Press, Sandbox, World
from bot.sandbox.stage import Memory
from domain.district import AreaLevel, District
from storage.engines import open_store
from tests.running.premises import load
from tests.running.warm import ROOT

RESIDENT = ("改类别", "返回", "改地点", "返回")
OFFICER = ("接单", "退回", "取消", "申请延期", "取消")
TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
OFFICERS_OF_A_UNIT = 2
LOOK = 0.005
"""Seconds from one look at all chats to the next: so exact are the times."""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds from a press to its answer, and to the first change in the chat."""

    answer: float
    change: float


@dataclass(slots=True)
class Presser:
    """Somebody who presses one button after the other."""

    person: Person
    labels: Iterator[str]
    press: Press | None = None
    seen: tuple[int, ...] = ()
    answered: float | None = None
    changed: float | None = None
    pauses_until: float = 0.0

    def begin(self) -> None:
        """Press the next button that is there."""
        self.seen, self.answered, self.changed, self.press = self._screen(), None, None, None
        for label in itertools.islice(self.labels, len(OFFICER)):
            try:
                self.press = self.person.presses(label)
            except LookupError:
                continue
            return

    def look(self, now: float) -> Took | None:
        """What the press took, once it has been answered and the chat has changed."""
        if self.press is None:
            return None
        if self.answered is None and self.press.answer is not None:
            self.answered = now - self.press.at
        if self.changed is None and self._screen() != self.seen:
            self.changed = now - self.press.at
        if self.answered is None or self.changed is None:
            return None
        return Took(self.answered, self.changed)

    def _screen(self) -> tuple[int, ...]:
        messages = self.person.room.messages.values()
        return len(messages), self.person.room.last_id, sum(message.edits for message in messages)


@dataclass
class Crowd:
    """Everybody who presses."""

    pressers: Sequence[Presser]
    pause: float
    took: list[Took] = field(default_factory=list)

    async def presses(self, seconds: float) -> float:
        """All of them press for so long. Returns how long it was."""
        began = time.time()
        while time.time() - began < seconds:
            for one in self.pressers:
                self._go_on(one, time.time())
            await asyncio.sleep(LOOK)
        return time.time() - began

    def _go_on(self, one: Presser, now: float) -> None:
        took = one.look(now)
        if took is not None:
            self.took.append(took)
            one.press, one.pauses_until = None, now + self.pause
        if one.press is None and now >= one.pauses_until:
            one.begin()

    @property
    def waiting(self) -> list[float]:
        """For how long those wait who have no answer yet."""
        now = time.time()
        return [now - one.press.at for one in self.pressers if one.press is not None and one.answered is None]


def figures(name: str, seconds: Sequence[float]) -> str:
    """One line of the table, in milliseconds."""
    p95 = quantiles(seconds, n=20)[-1]
    numbers = (median(seconds), p95, max(seconds))
    return f"{name:<10}" + "".join(f"{1000 * number:>10.0f}" for number in numbers)


async def settled(world: World) -> None:
    """Until the bot has dealt with everything."""
    await world.quiet(timeout=120, pause=1.0)


async def residents(world: World, count: int) -> list[Presser]:
    """Residents with a complete draft."""
    people = [world.person(f"居民{number}", language="zh-hans") for number in range(count)]
    for one in people:
        one.start()
    await settled(world)
    for one in people:
        one.says(TYRES)
    await settled(world)
    return [Presser(one, itertools.cycle(RESIDENT)) for one in people]


async def officers(world: World, bound: Iterable[tuple[str, str]]) -> list[Presser]:
    """Officers of units with a case each, filed by residents. `bound`: a token, the words of a report."""
    people: list[Person] = []
    said: set[str] = set()
    for number, (token, words) in enumerate(bound):
        people.append(world.person(f"联络员{number}", language="zh-hans"))
        people[-1].start(token)
        said.add(words)
    reporters = [world.person(f"报送人{number}", language="zh-hans") for number in range(len(said))]
    for one in reporters:
        one.start()
    await settled(world)
    for one, words in zip(reporters, said, strict=True):
        one.says(words)
    await settled(world)
    for one in reporters:
        one.presses("提交")
    await settled(world)
    return [Presser(one, itertools.cycle(OFFICER)) for one in people]


async def invitations(folder: Path, count: int) -> list[tuple[str, str]]:
    """A token for each officer, and what is reported to their unit."""
    store = await open_store(Config(data_dir=folder).store_url)
    try:
        _, district = await store.read(commands.current)
        now = machine_time()
        found = []
        for unit, words in itertools.islice(_reports(district), count // OFFICERS_OF_A_UNIT):
            for _ in range(OFFICERS_OF_A_UNIT):
                token, _ = await store.run(commands.invitation, district, unit, "officer", None, now, now)
                found.append((token, words))
        return found
    finally:
        await store.close()


def _reports(district: District) -> Iterator[tuple[str, str]]:
    """Communities, each with words that report something there to it."""
    for area in district.areas.values():
        if area.level is AreaLevel.COMMUNITY:
            yield area.code, f"{area.name}楼道里堆满杂物，楼道走不了人"


@asynccontextmanager
async def running(sandbox: Sandbox, folder: Path, module: Sequence[str]) -> AsyncIterator[int]:
    """The bot in a process of its own, by its id."""
    environment = os.environ | {"BOT_TOKEN": sandbox.token, "BOT_API_URL": sandbox.url, "DATA_DIR": str(folder)}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *module, env=environment, cwd=ROOT)
    try:
        await sandbox.world.until(lambda: sandbox.world.updates.is_polled, timeout=30)
        yield process.pid
    finally:
        process.terminate()
        await process.wait()


async def measure(people: int, seconds: float, pause: float, module: Sequence[str]) -> None:
    """Let them press, and print what it took."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "var"
        await load(folder)
        invited = await invitations(folder, people // 5)
        async with (
            Sandbox(World(limits=NO_LIMITS, memory=Memory(calls=10))) as sandbox,
            running(sandbox, folder, module) as bot,
        ):
            at_work = await officers(sandbox.world, invited)
            crowd = Crowd([*at_work, *await residents(sandbox.world, people - len(invited))], pause)
            ours, theirs = time.process_time(), used_by(bot)
            lasted = await crowd.presses(seconds)
            ours, theirs = time.process_time() - ours, used_by(bot) - theirs
            sys.stdout.write(table(crowd, lasted, ours, theirs))


def used_by(process: int) -> float:
    """Seconds of a core that a process has used. Linux tells."""
    words = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def table(crowd: Crowd, lasted: float, ours: float, theirs: float) -> str:
    """What is printed. `ours` and `theirs`: seconds of a core used by the Telegram at home and by the bot."""
    done = len(crowd.took)
    cores, busy = os.cpu_count(), os.getloadavg()[0]
    lines = (
        f"{len(crowd.pressers)} people, {done} presses in {lasted:.1f} s, {done / lasted:.0f} a second",
        f"{cores} cores, load {busy:.1f}; of one core the bot used {theirs / lasted:.0%}, Telegram {ours / lasted:.0%}",
        f"a press took the bot {1000 * theirs / done:.1f} ms of a core",
        f"{'ms':<10}{'median':>10}{'p95':>10}{'max':>10}",
        figures("answered", [one.answer for one in crowd.took]),
        figures("changed", [one.change for one in crowd.took]),
        f"not answered at the end: {len(crowd.waiting)}, the longest for {1000 * max(crowd.waiting, default=0):.0f} ms",
    )
    return "\n".join(lines) + "\n"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.presses", description=__doc__)
    parser.add_argument("--people", type=int, default=200, help="a fifth of them officers (default: 200)")
    parser.add_argument("--seconds", type=float, default=20, help="how long they press (default: 20)")
    parser.add_argument("--pause", type=float, default=0, help="seconds to look at what came before the next press")
    parser.add_argument(
        "--rates", action="store_true", help="with Telegram's rates, as in real life: 30 messages a second"
    )
    options = parser.parse_args()
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    module = ("bot", "run") if options.rates else ("tests.bench.unhurried",)
    asyncio.run(measure(options.people, options.seconds, options.pause, module))


if __name__ == "__main__":
    main()
