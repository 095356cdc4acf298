"""The bot as anybody runs it: `python -m bot …` as a process of its own, told everything by its environment.

Most processes are split off from one that has read the program already, see `Warm`.
"""

import asyncio
import stat
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from bot import commands
from bot.clock import machine_time
from bot.config import Config
from bot.sandbox import Person, Sandbox, World
from storage.backlog import backlog
from storage.district.files import read
from storage.engines import open_store
from storage.store import Store
from tests.running.warm import ROOT, Split, Warm

XIMING = ROOT / "districts" / "ximing"
TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"
STOP = 10.0
"""Seconds a bot may take to stop."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str


@dataclass
class Running:
    """A bot that runs."""

    process: asyncio.subprocess.Process | Split
    log: Path

    @property
    def said(self) -> str:
        """Its log so far."""
        return self.log.read_text(encoding="utf-8")

    async def stop(self) -> int:
        """Ask it to end. Its exit code."""
        self.process.terminate()
        async with asyncio.timeout(STOP):
            return await self.process.wait()

    async def kill(self) -> None:
        """End it without a word, as a power cut would."""
        self.process.kill()
        await self.process.wait()


@dataclass(frozen=True)
class Premises:
    """Where a bot runs: its data folder, its environment, and the Telegram at home.

    Without `warm` every process is started anew and reads the whole program.
    """

    folder: Path
    sandbox: Sandbox
    environment: dict[str, str]
    warm: Warm | None
    logs: list[Path] = field(default_factory=list)

    @property
    def world(self) -> World:
        """The people and chats."""
        return self.sandbox.world

    def with_(self, **environment: str) -> "Premises":
        """The same with other variables; an empty one is as good as none."""
        return replace(self, environment=self.environment | environment)

    @property
    def anew(self) -> "Premises":
        """The same, where every process is started anew."""
        return replace(self, warm=None)

    async def command(self, *words: str) -> Ran:
        """Run a command to its end."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = await self._start(*words, out=out.fileno(), err=err.fileno())
            async with asyncio.timeout(30):
                code = await process.wait()
            return Ran(code, _whole(out), _whole(err))

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[Running]:
        """The bot, once it receives; gone at the end. Its log gives away neither the token nor what anybody typed."""
        log = self.folder.parent / f"log-{len(self.logs)}.txt"
        self.logs.append(log)
        with log.open("wb") as file:
            process = await self._start("run", out=file.fileno(), err=file.fileno())
        running = Running(process, log)
        try:
            await self.world.until(self._is_received, timeout=20)
            yield running
        finally:
            if process.returncode is None:
                await running.kill()
            secrets = {self.sandbox.token.partition(":")[2], *self._typed()}
            assert not {secret for secret in secrets if secret in running.said}

    def _is_received(self) -> bool:
        return bool(self.world.hook) if "WEBHOOK_URL" in self.environment else self.world.updates.is_polled

    def _typed(self) -> Iterator[str]:
        for person in self.world.people.values():
            yield from (bubble.text for bubble in person.chat if bubble.mine and not bubble.text.startswith("/"))

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """What the bot has stored, to be looked at."""
        url = self.environment.get("DATABASE_URL") or f"sqlite:///{self.folder / 'bot.db'}"
        store = await open_store(url, read_only=True)
        try:
            yield store
        finally:
            await store.close()

    async def settled(self) -> None:
        """Until everything that was sent has had its effect and everything owed has arrived."""
        async with asyncio.timeout(STOP), self.store() as store:
            await self.world.quiet()
            while not (await store.read(backlog)).empty:  # noqa: ASYNC110 - another process's store wakes nobody
                await asyncio.sleep(0.02)

    async def resident(self, name: str) -> Person:
        """Somebody who has pressed START and read the notice."""
        person = self.world.person(name, language="zh-hans")
        person.start()
        await self.world.until(lambda: person.last)
        return person

    async def _start(self, *words: str, out: int, err: int) -> asyncio.subprocess.Process | Split:
        if self.warm is not None:
            return await self.warm.split(words, self.environment, out, err)
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, env=self.environment, cwd=ROOT, stdout=out, stderr=err
        )


def _whole(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


async def load(folder: Path) -> None:
    """Load the sample district into a data folder."""
    store = await open_store(Config(data_dir=folder).store_url)
    try:
        await store.run(commands.load, read(XIMING), machine_time(), machine_time())
    finally:
        await store.close()


def lines(text: str) -> list[str]:
    """Its lines, without those that say nothing."""
    return [line for line in text.splitlines() if line.strip()]


def mode_of(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)
