"""Premises to run a bot on."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.sandbox import NO_LIMITS, Sandbox, World
from tests.running.premises import Premises, load
from tests.running.warm import Warm


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """What the processes of all premises are split off from."""
    warm = Warm.start()
    yield warm
    warm.stop()


@pytest.fixture
async def empty(tmp_path: Path, warm: Warm) -> AsyncIterator[Premises]:
    """Nothing but the environment. It is a rehearsal, so that the day is known."""
    async with Sandbox(World(limits=NO_LIMITS)) as sandbox:
        folder = tmp_path / "var"
        yield Premises(
            folder,
            sandbox,
            {
                "BOT_TOKEN": sandbox.token,
                "BOT_API_URL": sandbox.url,
                "DATA_DIR": str(folder),
                "LOG_LEVEL": "DEBUG",
                "REHEARSAL_START": "2026-04-21T09:00:00+08:00",
            },
            warm,
        )


@pytest.fixture
async def premises(empty: Premises) -> Premises:
    """With the sample district loaded."""
    await load(empty.folder)
    return empty
