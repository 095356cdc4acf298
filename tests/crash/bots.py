"""The bot as processes: started, killed, started again."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
STOP = 15.0
"""Seconds a bot may take to stop."""


class Ended(Exception):
    """A bot ended by itself."""


async def command(environment: Mapping[str, str], *words: str) -> str:
    """Run one of the bot's commands to its end; what it says. Raises Ended when it fails."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words), env=environment, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    if process.returncode:
        raise Ended(f"{words[0]} ended with code {process.returncode}")
    return said.decode()


@dataclass
class Bot:
    """One of the processes. Its log goes on over its lives."""

    environment: Mapping[str, str]
    log: Path
    lives: int = 0
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Begin a life."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"), env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )
        self.lives += 1

    def freeze(self) -> None:
        """From this moment on it does nothing more."""
        self._signal(signal.SIGSTOP)

    async def kill(self) -> None:
        """SIGKILL: it gets to know of nothing."""
        self._signal(signal.SIGKILL)
        if self.process is not None:
            await self.process.wait()

    async def stop(self) -> int:
        """Ask it to end. Its exit code."""
        if self.process is None:
            return 0
        self._signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP):
                return await self.process.wait()
        except TimeoutError:
            await self.kill()
            return -signal.SIGKILL

    def check(self) -> None:
        """Raises Ended when it is not alive any more though nobody killed it."""
        if self.process is not None and self.process.returncode is not None:
            raise Ended(f"a bot ended by itself with code {self.process.returncode}, see {self.log}")

    def _signal(self, number: signal.Signals) -> None:
        self.check()
        if self.process is not None:
            os.kill(self.process.pid, number)
