"""The stage: a Telegram at home on loopback, and the real bot as a process of its own, as anybody would run it."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.config import inherited
from bot.sandbox import Sandbox, World

DISTRICT = Path(__file__).parents[2] / "districts" / "ximing"
START = "2026-04-21T09:00:00+08:00"
_STOP = 12.0  # seconds a bot may take to stop


class CommandFailed(Exception):
    """A command of the bot did not do what the story needs; the text is what it printed."""


@dataclass(frozen=True, slots=True)
class Theatre:
    """The sandbox, and the environment in which commands of the bot run."""

    sandbox: Sandbox
    environment: dict[str, str]

    @property
    def world(self) -> World:
        """The people and chats."""
        return self.sandbox.world

    async def command(self, *words: str) -> str:
        """Run `python -m bot …` to its end. Returns what it printed. Raises CommandFailed."""
        process = await self._start(*words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
        printed, complaints = await process.communicate()
        if process.returncode != 0:
            raise CommandFailed(complaints.decode().strip() or printed.decode().strip())
        return printed.decode().strip()

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """The bot, running; stopped by SIGTERM at the end."""
        process = await self._start("run")
        try:
            yield process
        finally:
            if process.returncode is None:
                process.terminate()
            async with asyncio.timeout(_STOP):
                await process.wait()

    async def _start(
        self, *words: str, stdout: int | None = None, stderr: int | None = None
    ) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, env=self.environment, stdout=stdout, stderr=stderr
        )


@asynccontextmanager
async def theatre() -> AsyncIterator[Theatre]:
    """A stage with nothing on it yet; everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bot-demo-") as folder:
        async with Sandbox() as sandbox:
            yield Theatre(
                sandbox,
                inherited(
                    BOT_TOKEN=sandbox.token,
                    BOT_API_URL=sandbox.url,
                    DATA_DIR=folder,
                    REHEARSAL_START=START,
                    LOG_LEVEL="WARNING",
                ),
            )
