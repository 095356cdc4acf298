"""What is known of the district while the bot runs: its data, its map, and the reading of what people write.

`load` swaps the whole at once, so nobody ever sees half of a new district.
"""

from dataclasses import dataclass, replace

from bot.texts.vocabulary import with_vocabulary
from domain.district import District
from domain.gist import NOTHING, Gist, Place
from domain.messages import Geo, Incoming, Said
from domain.routing import Atlas
from reading import Reader


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One district as loaded: `version` is that of the load."""

    version: int
    district: District
    atlas: Atlas
    reader: Reader

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

    @property
    def district(self) -> District:
        """The district as loaded last."""
        return self.knowledge.district
