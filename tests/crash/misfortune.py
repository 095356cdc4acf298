"""What befalls the bots besides being killed: an update that comes twice, a cut connection, a server that restarts."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.crash import kept
from tests.crash.killer import Killer
from tests.crash.watched import WatchedWorld

_TWICE_EVERY = 5
_CUTS = 4


@dataclass
class Misfortune:
    """`url`: of a PostgreSQL, whose connections are cut; `restart` restarts it. Both None where there is none."""

    rng: Random
    kills: int
    url: str | None = None
    restart: Callable[[], None] | None = None
    counts: dict[str, int] = field(default_factory=dict)
    _world: WatchedWorld | None = None
    _killer: Killer | None = None

    def befalls(self, world: WatchedWorld, killer: Killer) -> None:
        """These it befalls."""
        self._world, self._killer = world, killer

    async def after(self, killed: int) -> None:
        """What comes after so many kills."""
        if killed % _TWICE_EVERY == 0:
            self._deliver_again()
        if self.url is None:
            return
        if self.restart is not None and killed == max(self.kills // 2, 1):
            await self._in_flight("server restarts", self.restart)
        elif killed % max(self.kills // (_CUTS + 1), 1) == 0:
            url = self.url
            await self._in_flight("cuts", lambda: kept.cut(url))

    def _deliver_again(self) -> None:
        if self._world is not None and self._world.updates.confirmed:
            self._world.redeliver(self.rng.choice(self._world.updates.confirmed).id)
            self._count("updates twice")

    async def _in_flight(self, name: str, misfortune: Callable[[], object]) -> None:
        """Whoever is cut off may lose what it was about to send to another, who sends it again."""
        if self._killer is None:
            return
        await asyncio.sleep(self.rng.uniform(0, 0.5))
        before = await self._killer.look()
        await asyncio.to_thread(misfortune)
        self._killer.in_flight_besides.append(before | await self._killer.look())
        self._count(name)

    def _count(self, name: str) -> None:
        self.counts[name] = self.counts.get(name, 0) + 1

    @property
    def told(self) -> str:
        """What there was of it, to be shown behind the kills."""
        return "".join(f", {count} {name}" for name, count in sorted(self.counts.items()))
