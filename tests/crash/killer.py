"""The killer: ends the bot's processes, one after the other, at instants that follow from the seed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.crash import kept
from tests.crash.bots import Bot
from tests.crash.watched import WatchedWorld

IN_FLIGHT = (
    *("sendMessage", "sendMessage", "sendPhoto", "editMessageText", "editMessageMedia", "editMessageCaption"),
    *("getUpdates", "getUpdates", "getFile", "file", "answerCallbackQuery", "deleteMessage"),
)
SOONEST, LATEST = 0.1, 1.5  # seconds a bot lives once it is up
_UP = "getMe"
_START = 30.0  # seconds a bot may take until it is up
_REQUEST = 2.0  # seconds a request is waited for


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: so many seconds after the bot is up (or, `starting`, after it was started).

    `on`: then at the first request of this method, while nobody has answered it.
    """

    after: float
    on: str | None = None
    starting: bool = False


def plan(rng: Random, kills: int) -> list[Moment]:
    """The moments of a run. A third strike while a request is under way, a tenth while the bot starts."""
    return [_moment(rng) for _ in range(kills)]


def _moment(rng: Random) -> Moment:
    after, kind = round(rng.uniform(SOONEST, LATEST), 3), rng.random()
    if kind < 0.1:
        return Moment(after, starting=True)
    return Moment(after / 3, on=rng.choice(IN_FLIGHT)) if kind < 0.45 else Moment(after)


@dataclass
class Killer:
    """Kills, and writes down what was in flight then, or at another misfortune. `killed` is called after each kill."""

    world: WatchedWorld
    bots: Sequence[Bot]
    url: str
    killed: Callable[[int], None]
    in_flight: list[frozenset[int]] = field(default_factory=list)
    in_flight_besides: list[frozenset[int]] = field(default_factory=list)

    async def run(self, moments: Sequence[Moment], besides: Callable[[int], Awaitable[None]]) -> None:
        """Kill at each moment, the bots in turn, and start them again at once; `besides` befalls them after each.

        Raises Ended, TimeoutError.
        """
        for number, moment in enumerate(moments):
            bot = self.bots[number % len(self.bots)]
            await self._come(bot, moment)
            await self._kill(bot)
            await self._up(bot, wait=not self._next_is_early(moments, number))
            self.killed(number + 1)
            await besides(number + 1)

    def _next_is_early(self, moments: Sequence[Moment], number: int) -> bool:
        return len(self.bots) == 1 and number + 1 < len(moments) and moments[number + 1].starting

    async def _up(self, bot: Bot, *, wait: bool) -> None:
        """Start it; unless it is to die before, wait until it has said who it is."""
        up = self._heard(_UP)
        await bot.start()
        if wait:
            async with asyncio.timeout(_START):
                while not up.done():
                    bot.check()
                    await asyncio.wait([up], timeout=0.1)
        up.cancel()

    async def start(self) -> None:
        """Start all of them."""
        for bot in self.bots:
            await self._up(bot, wait=True)

    async def _come(self, bot: Bot, moment: Moment) -> None:
        await asyncio.sleep(moment.after)
        if moment.on is not None:
            heard = self._heard(moment.on, bot.freeze)
            await asyncio.wait([heard], timeout=_REQUEST)
            heard.cancel()

    async def _kill(self, bot: Bot) -> None:
        """What is leased at that instant is in flight: nobody can tell whether it has arrived."""
        if len(self.bots) == 1:
            await bot.kill()
            self.in_flight.append(await self.look())
            return
        bot.freeze()  # or else its heir might take over before we have looked
        before = await self.look()
        await bot.kill()
        self.in_flight.append(before | await self.look())

    async def look(self) -> frozenset[int]:
        """What is leased now."""
        return await asyncio.to_thread(kept.leased, self.url)

    def _heard(self, method: str, then: Callable[[], None] = lambda: None) -> "asyncio.Future[None]":
        """Done when a request of this method arrives; `then` is called in that very moment."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def listen(arrived: str) -> None:
            if arrived == method and not future.done():
                then()
                future.set_result(None)

        self.world.listeners.append(listen)
        future.add_done_callback(lambda _: self.world.listeners.remove(listen))
        return future
