"""One run: a town on one store, from the first report to the account."""

import asyncio
import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from random import Random

from bot.clock import machine_time
from bot.config import inherited
from bot.sandbox import Person, Sandbox
from domain.facts import millis
from tests.crash import account, kept
from tests.crash.bots import ROOT, Bot, command
from tests.crash.killer import Killer, plan
from tests.crash.misfortune import Misfortune
from tests.crash.people import Life
from tests.crash.report import Progress, Result
from tests.crash.watched import WatchedWorld
from tests.crash.words import Supply

OFFICERS = ("D12", "D12", "D17", "D02", "D01", "D03", "D04", "O01")
"""The units somebody is bound to: those that most reports go to, some of the paired ones, the office. D12 has two."""

AREA = "S01C01"
START = "2026-04-21T09:00:00+08:00"
SPEED = "3600"
"""An hour of the product's time a second, so that what is suspended goes on within a run."""

PACE_OFFICERS, PACE_RESIDENTS = (0.2, 0.8), (0.5, 2.0)
LATENCY = 15.0  # ms that a request takes, so that there is something in flight

_SETTINGS = {
    'draft_files_after = "10 min"': 'draft_files_after = "1 min"',
    "reports_a_day_resident = 20\n": "reports_a_day_resident = 9999\n",
    "reports_a_day_volunteer = 200\n": "reports_a_day_volunteer = 9999\n",
}
_SOON = 75 * 1000  # ms of machine time, and of the product's: what is due by then is waited for at the end
_TOMORROW = 40 * 3600 * 1000
_CALM, _LOOK = 900.0, 0.25  # seconds until nothing waits any more, and between two looks


@dataclass
class Run:
    """What is asked for, and the town that comes of it."""

    url: str
    seed: int
    kills: int
    people: int
    folder: Path
    misfortune: Misfortune
    processes: int
    _world: WatchedWorld = field(default_factory=WatchedWorld)
    _supply: Supply = field(default_factory=Supply)

    async def go(self) -> Result:
        """The run. Raises Ended when a bot ends by itself, TimeoutError when it does not come up."""
        progress = Progress(self.kills)
        async with Sandbox(self._world) as sandbox:
            links = await self._found(sandbox)
            environment = self._environment(sandbox)
            bots = [Bot(environment, self.folder / f"bot-{number}.log") for number in range(self.processes)]
            killer = Killer(self._world, bots, self.url, lambda killed: progress.show(killed, self._said()))
            self.misfortune.befalls(self._world, killer)
            try:
                await killer.start()
                lives = await self._people(links)
                await self._live(lives, killer)
                progress.show(self.kills, "coming to rest")
                restless = await self._rest()
                codes = [await bot.stop() for bot in bots]
            finally:
                await _end(bots)
                progress.end()
        return self._result(progress.seconds, killer, codes, restless)

    # --- before -------------------------------------------------------------------------------------------------------

    async def _found(self, sandbox: Sandbox) -> list[str]:
        """Load the district and invite the officers and the volunteer; the links."""
        files = self.folder / "district"
        shutil.copytree(ROOT / "districts" / "ximing", files)
        settings = (files / "district.toml").read_text("utf-8")
        for usual, ours in _SETTINGS.items():
            assert usual in settings
            settings = settings.replace(usual, ours)
        (files / "district.toml").write_text(settings, "utf-8")
        await command(self._environment(sandbox), "load", str(files))
        invited = [(unit,) for unit in OFFICERS] + [(AREA, "--role", "volunteer")]
        return [(await command(self._environment(sandbox), "invite", *words)).strip() for words in invited]

    def _environment(self, sandbox: Sandbox) -> dict[str, str]:
        return inherited(
            BOT_TOKEN=sandbox.token,
            BOT_API_URL=sandbox.url,
            DATA_DIR=str(self.folder),
            DATABASE_URL=self.url,
            REHEARSAL_START=START,
            REHEARSAL_SPEED=SPEED,
        )

    async def _people(self, links: Sequence[str]) -> list[Life]:
        """Bring everybody in; each has heard from the bot before it is killed for the first time."""
        lives = [self._life(f"officer {number}", PACE_OFFICERS) for number in range(len(links))]
        for life, link, unit in zip_longest(lives, links, OFFICERS):
            life.person.follows(link)
            if unit is not None:
                self._world.units[life.person.id] = unit
        residents = [self._life(f"resident {index}", PACE_RESIDENTS) for index in range(self.people)]
        for life in residents:
            life.resident = True
            life.person.start()
        residents[0].fickle = True
        self._world.fickle.add(residents[0].person.id)
        people = [*lives, *residents]
        await self._world.until(lambda: all(life.person.last for life in people), timeout=30)
        self._world.faults.latency_ms = LATENCY
        return people

    def _life(self, name: str, pace: tuple[float, float]) -> Life:
        person: Person = self._world.person(name, language="zh-hans")
        return Life(self._world, person, Random(f"{self.seed}/{name}"), self._supply, pace)

    # --- during -------------------------------------------------------------------------------------------------------

    async def _live(self, lives: Sequence[Life], killer: Killer) -> None:
        """Everybody lives, and the killer kills, until that is done."""
        end = asyncio.Event()
        async with asyncio.TaskGroup() as together:
            for life in lives:
                together.create_task(life.live(end))
            together.create_task(self._kill(killer, end))

    async def _kill(self, killer: Killer, end: asyncio.Event) -> None:
        try:
            await killer.run(plan(Random(f"{self.seed}/killer"), self.kills), self.misfortune.after)
        finally:
            end.set()

    def _said(self) -> str:
        return f"{len(self._world.updates_told)} updates, {len(self._world.messages)} messages"

    async def _rest(self) -> int:
        """Until nothing waits, and nothing becomes due by itself for a while. What waits for too long."""
        self._world.faults.latency_ms = 0
        until = millis(machine_time()) + _SOON
        for _ in range(int(_CALM / _LOOK)):
            if not await self._waiting(until):
                return 0
            await asyncio.sleep(_LOOK)
        return await self._waiting(until)

    async def _waiting(self, until: int) -> int:
        waiting = await asyncio.to_thread(kept.waiting, self.url, until, _TOMORROW)
        return self._world.updates.pending + waiting

    # --- after --------------------------------------------------------------------------------------------------------

    def _result(self, seconds: float, killer: Killer, codes: Sequence[int], restless: int) -> Result:
        found = kept.read(self.url, dict(kept.hashes(self.folder / "photos", _sha256)))
        known = self._world.known
        wrong = [f"bot {number} stopped with code {code}" for number, code in enumerate(codes) if code]
        wrong += [f"{restless} things still wait after {_CALM:.0f} s"] if restless else []
        in_flight = [*killer.in_flight, *killer.in_flight_besides]
        bound = sum(map(len, in_flight))
        if (count := len(account.repeats(known, found))) > bound:
            wrong.append(f"{count} messages came twice, and only {bound} were in flight")
        wrong += [f"complaint: {complaint}" for complaint in sorted(set(self._world.complaints))]
        return Result(
            store=self.url.partition(":")[0],
            seed=self.seed,
            kills=len(killer.in_flight),
            besides=self.misfortune.told,
            seconds=seconds,
            known=known,
            kept=found,
            in_flight=in_flight,
            wrong=[*account.wrong(known, found), *wrong],
        )


async def _end(bots: Sequence[Bot]) -> None:
    """No bot outlives the run."""
    for bot in bots:
        if bot.process is not None and bot.process.returncode is None:
            await bot.kill()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
