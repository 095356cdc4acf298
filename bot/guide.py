"""What is known of the district while the bot runs: its data, its map, and the reading of what people write.

A load swaps the whole at once, so nobody ever sees half of a new district. The store is asked first in every unit of
work: one that begins after a load has been committed is done with what was loaded, and never with what was before.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot import commands
from bot.texts.vocabulary import with_vocabulary
from domain.district import District
from domain.gist import NOTHING, Gist, Place
from domain.messages import Geo, Incoming, Said
from domain.routing import Atlas
from reading import Reader
from storage import districts
from storage.store import Store, Work

T = TypeVar("T")


class Behind(Exception):
    """A newer district has been loaded than the one a unit of work was to be done with."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One district as loaded: `version` is that of the load."""

    version: int
    district: District
    atlas: Atlas
    reader: Reader

    def confirm(self, work: Work) -> None:
        """Raises Behind when this is no longer the district that counts."""
        if districts.version(work) > self.version:
            raise Behind

    def place_at(self, geo: Geo) -> Place:
        """The place at a position."""
        spot = self.atlas.locate(geo.lat, geo.lon)
        return Place(geo.name, spot.street, spot.community, geo.lat, geo.lon, "position", outside=spot.outside)

    def understand(self, incoming: Incoming) -> tuple[Gist, Place | None]:
        """What a message says, and the place of the position it carries: looked up before its unit of work begins."""
        if not isinstance(incoming, Said):
            return NOTHING, None
        gist = self.reader.read(incoming.text) if incoming.text else NOTHING
        return gist, self.place_at(incoming.geo) if incoming.geo else None


def know(version: int, district: District) -> Knowledge:
    """Everything that follows from a district's data."""
    district = replace(district, words=with_vocabulary(district.words))
    atlas = Atlas(district)
    return Knowledge(version, district, atlas, Reader(district, atlas))


class Guide:
    """The knowledge that counts now."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._learning = asyncio.Lock()

    @property
    def district(self) -> District:
        """The district as loaded last."""
        return self.knowledge.district

    async def learn(self, store: Store) -> None:
        """From now on the newest load counts. Raises StorageError."""
        async with self._learning:
            version, district = await store.read(commands.current)
            if version > self.knowledge.version:
                self.knowledge = await asyncio.to_thread(know, version, district)

    async def run(self, store: Store, unit: Callable[[Work, Knowledge], T]) -> T:
        """Run a unit of work with what counts; again when something newer has been loaded meanwhile."""
        while True:
            knowledge = self.knowledge

            def knowing(work: Work, knowledge: Knowledge = knowledge) -> T:
                knowledge.confirm(work)
                return unit(work, knowledge)

            try:
                return await store.run(knowing)
            except Behind:
                await self.learn(store)
