"""Misfortune to order: what a network and a server can do to a bot."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from bot.sandbox.errors import RefusedError, failed

Mishap = Literal["hang", "silence", "cut", "lost", "garbage"]
"""`hang`: nothing is done, no answer comes. `silence`: it is done, no answer comes. `cut`: nothing is done, the
connection breaks. `lost`: it is done, then the connection breaks. `garbage`: an answer that is no JSON."""

MISHAPS: Final = ("hang", "silence", "cut", "lost", "garbage")
EVERY_METHOD: Final = "*"
FILES: Final = "file"


@dataclass(slots=True)
class Fault:
    """One ordered misfortune: an error to answer with, a mishap, or the very bytes of the answer."""

    what: RefusedError | Mishap | bytes
    times: int


class Faults:
    """Orders are served in the order given, method by method; `*` means whichever call comes next."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self.latency_ms = 0.0
        self.is_down = False
        self._orders: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._over = asyncio.Event()

    def next(self, method: str, what: int | RefusedError | Mishap | bytes, *, times: int = 1) -> None:
        """The next `times` calls of `method` (or downloads, for `file`) go wrong in this way."""
        if isinstance(what, str) and what not in MISHAPS:
            raise ValueError(f"unknown mishap {what!r}; there are {', '.join(MISHAPS)}")
        self._orders[method.lower()].append(Fault(failed(what) if isinstance(what, int) else what, times))

    def take(self, method: str) -> RefusedError | Mishap | bytes | None:
        """What befalls this call, if anything."""
        for name in (method.lower(), EVERY_METHOD):
            orders = self._orders.get(name)
            if orders:
                orders[0].times -= 1
                return orders.popleft().what if orders[0].times <= 0 else orders[0].what
        return None

    def down(self) -> None:
        """From now on every connection breaks."""
        self.is_down = True

    def up(self) -> None:
        """Telegram can be reached again, and reaches others: webhooks go on."""
        self.is_down = False
        self._wake()

    def clear(self) -> None:
        """Forgets every order; hanging calls break off."""
        self._orders.clear()
        self.latency_ms = 0.0
        self.release()
        self.up()

    def release(self) -> None:
        """Breaks off the calls that hang."""
        self._over.set()
        self._over = asyncio.Event()

    async def hang(self) -> None:
        """Waits until released, or until the caller goes away."""
        await self._over.wait()

    async def delay(self) -> None:
        """The ordered latency."""
        if self.latency_ms:
            await asyncio.sleep(self.latency_ms / 1000)
