"""People who report, step by step: as soon as somebody sees what came of a step they take the next one.

Whoever has filed a report makes room for somebody who has not reported yet.
"""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.sandbox import Person, World

LOOK = 0.005
"""Seconds from one look at all chats to the next."""
FEW = 130
"""At least so many residents are there when a round begins."""
PATIENCE = 60.0
"""Seconds after which a step that has had no effect ends the measurement."""


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does, and by what they see that it has had its effect."""

    act: Callable[[Person], object]
    seen: Callable[[Person], object]


def sees(words: str) -> Callable[[Person], object]:
    """The bot says so in some message."""
    return lambda person: person.sees(words)


@dataclass(slots=True)
class Reporter:
    """Somebody at a step of a report."""

    person: Person
    step: int = 0
    screen: tuple[int, ...] = ()
    since: float = field(default_factory=time.monotonic)

    def sees(self, step: Step) -> bool:
        """Whether the step has had its effect. Looks only at what has changed since the last look."""
        screen = _screen(self.person)
        if screen == self.screen:
            return False
        self.screen = screen
        return bool(step.seen(self.person))


class Residents:
    """People who have pressed START and have not reported yet."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._numbers = itertools.count()
        self._there: deque[Person] = deque()
        self._taken = 0

    async def come(self) -> None:
        """Somewhat more than were needed since they came last."""
        missing = self._taken * 3 // 2 + FEW - len(self._there)
        self._taken = 0
        for _ in range(missing):
            self._there.append(self._new())
            self._there[-1].start()
        await self._world.quiet(timeout=120, pause=1.0)

    def next(self) -> Person:
        """One of them; when nobody is left, somebody who has not even pressed START."""
        self._taken += 1
        return self._there.popleft() if self._there else self._new()

    def _new(self) -> Person:
        return self._world.person(f"居民{next(self._numbers)}", language="zh-hans")


@dataclass
class Crowd:
    """Those who report at the same time, and those who will."""

    world: World
    steps: Sequence[Step]
    residents: Residents
    reporters: list[Reporter] = field(default_factory=list)
    waits: list[Reporter] = field(default_factory=list)

    async def gather(self, count: int) -> None:
        """So many will begin a report each."""
        await self.residents.come()
        self.reporters = [Reporter(self.residents.next()) for _ in range(count)]
        self.waits = list(self.reporters)

    async def report(self, seconds: float) -> float:
        """Everybody goes on for so long, then rests. Returns reports a second: steps that had their effect, by six."""
        done, began = 0, time.monotonic()
        for one in self.waits:
            self._act(one)
        self.waits.clear()
        while (now := time.monotonic()) - began < seconds:
            for one in self.reporters:
                if one.sees(self.steps[one.step]):
                    done += 1
                    self._go_on(one)
                elif now - one.since > PATIENCE:
                    raise TimeoutError(f"step {one.step} had no effect:\n{one.person.last}\n{self.world.story()}")
            await asyncio.sleep(LOOK)
        rate = done / len(self.steps) / (time.monotonic() - began)
        await self._rest()
        return rate

    async def _rest(self) -> None:
        """What is under way comes to its end; the next step is taken in the next round."""
        under_way = list(self.reporters)
        async with asyncio.timeout(PATIENCE):
            while under_way:
                done = [one for one in under_way if one.sees(self.steps[one.step])]
                for one in done:
                    self._turn(one)
                self.waits += done
                under_way = [one for one in under_way if one not in done]
                await asyncio.sleep(LOOK)

    def _go_on(self, one: Reporter) -> None:
        self._turn(one)
        self._act(one)

    def _turn(self, one: Reporter) -> None:
        """To the next step, which may be somebody else's first."""
        one.step += 1
        if one.step == len(self.steps):
            one.person, one.step = self.residents.next(), 0

    def _act(self, one: Reporter) -> None:
        one.since = time.monotonic()
        one.screen = ()
        self.steps[one.step].act(one.person)


def _screen(person: Person) -> tuple[int, ...]:
    messages = person.room.messages.values()
    return len(messages), person.room.last_id, sum(message.edits for message in messages)
