"""Waiting for something to happen, woken by what happens and never by looking again and again."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class NothingHappenedError(AssertionError):
    """What a test or the demo waited for did not come within its time."""


class Activity:
    """Every change in the world stirs it; whoever waits looks again."""

    def __init__(self) -> None:
        self.count = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def stir(self) -> None:
        """Something has changed."""
        self.count += 1
        self.wake()

    def wake(self) -> None:
        """Whoever waits looks again, though nothing was done: a poll began or ended."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def next(self) -> None:
        """Until something happens."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)

    async def until(self, happened: Callable[[], Found], timeout: float, story: Callable[[], str]) -> Found:  # noqa: ASYNC109 - the timeout is the failure
        """The first truthy value of `happened`; after `timeout` seconds NothingHappenedError, with the `story`."""
        try:
            async with asyncio.timeout(timeout):
                while not (found := happened()):
                    await self.next()
                return found
        except TimeoutError:
            raise NothingHappenedError(f"waited {timeout} s in vain\n{story()}") from None

    async def calm(self, settled: Callable[[], bool], pause: float, timeout: float, story: Callable[[], str]) -> None:  # noqa: ASYNC109 - as in until
        """Until `settled` is true and nothing has changed for `pause` seconds on end."""
        try:
            async with asyncio.timeout(timeout):
                while not (settled() and await self._still(pause) and settled()):
                    if not settled():
                        await self.next()
        except TimeoutError:
            raise NothingHappenedError(f"no quiet within {timeout} s\n{story()}") from None

    async def _still(self, pause: float) -> bool:
        before = self.count
        try:
            async with asyncio.timeout(pause):
                while self.count == before:
                    await self.next()
        except TimeoutError:
            return True
        return False
