"""A store under a machine of hypothesis: each run of it has a fresh database and a clock of its own."""

import asyncio
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine

from storage.engines import open_store
from storage.store import Work

P = ParamSpec("P")
T = TypeVar("T")

# These runs commit thousands of times, and the disk is not what they look at.
MEMORY = Path("/dev/shm")  # noqa: S108  a fresh folder is made in it
SETTINGS = settings(
    max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


class StoreMachine(RuleBasedStateMachine):
    """The store, a clock that only the rules move, and a model beside it in the class that inherits."""

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        self._store = self._runner.run(open_store(f"sqlite:///{Path(self._folder.name) / 'bot.db'}"))
        self.now = datetime(2026, 4, 21, 9, tzinfo=UTC)

    def run(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One unit of work."""
        return self._runner.run(self._store.run(unit, *args, **kwargs))

    def wait(self, seconds: int) -> None:
        """Time passes."""
        self.now += timedelta(seconds=seconds)

    def teardown(self) -> None:
        self._runner.run(self._store.close())
        self._runner.close()
        self._folder.cleanup()
