"""What the names of a district may mean: places, roads, crossings, communities, villages, streets.

A name can mean several things; each is a Site. Rule 4 of the district's README says what settles what.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from domain.district import Area, AreaLevel, District, KnownPlace, Road
from reading.terms import Terms
from reading.text import squeeze


class Grain(IntEnum):
    """How fine a site is: the finer, the more its name says."""

    STREET = 1
    ROAD = 2
    COMMUNITY = 3
    SPOT = 4


@dataclass(frozen=True, slots=True)
class Site:
    """One thing a name can mean, with the communities it lies in. `type` is that of a known place, else empty."""

    name: str
    grain: Grain
    communities: frozenset[str]
    type: str = ""
    lat: float | None = None
    lon: float | None = None


class Names:
    """Every name of a district with what it may mean; and the crossings of roads, by the two roads' names."""

    def __init__(self, district: District) -> None:
        self._district = district
        self._suffixes = district.words.get("places.suffixes", ())
        self._streets = {name for street in district.streets for name in self._called(street)}
        self.terms: Terms[Site] = Terms(_spelt(self._pairs()))
        self.crossings = dict(self._crossings())

    def _pairs(self) -> Iterator[tuple[str, Site]]:
        """Names and sites. What a street is called means the street, whoever else is called so."""
        for area in self._district.areas.values():
            if area.level is AreaLevel.STREET:
                yield from ((name, self._street(area)) for name in self._called(area))
            elif area.level is AreaLevel.COMMUNITY:
                yield from ((name, _community(area)) for name in self._called(area) if name not in self._streets)
        for road in self._district.roads.values():
            yield from ((name, _road(road)) for name in (road.name, *road.aliases))
        for place in self._district.places.values():
            if place.name not in self._district.roads:
                yield from ((name, _spot(place)) for name in self._names_of(place))

    def _names_of(self, place: KnownPlace) -> Iterator[str]:
        foreign = self._district.words.get(f"places.foreign.{place.name}", ())
        yield from (name for name in (place.name, *place.aliases, *foreign) if name not in self._streets)

    def _called(self, area: Area) -> Iterator[str]:
        """An area's names: its own, those of its unit, and each of them without what all such names end in."""
        unit = self._district.units.get(area.code)
        for name in (area.name, *((unit.name, unit.short_name) if unit else ())):
            yield name
            yield from (name.removesuffix(suffix) for suffix in self._suffixes if name.endswith(suffix))

    def _street(self, area: Area) -> Site:
        communities = frozenset(community.code for community in self._district.communities_of(area.code))
        return Site(area.name, Grain.STREET, communities)

    def _crossings(self) -> Iterator[tuple[frozenset[str], Site]]:
        """Places that are called after two roads."""
        roads = Terms(
            (name, road.name) for road in self._district.roads.values() for name in (road.name, *road.aliases)
        )
        for place in self._district.places.values():
            crossed = frozenset(road for hit in roads.longest(squeeze(place.name)) for road in hit.meanings)
            if len(crossed) == 2:
                yield crossed, _spot(place)


def _community(area: Area) -> Site:
    return Site(area.name, Grain.COMMUNITY, frozenset({area.code}))


def _road(road: Road) -> Site:
    grain = Grain.ROAD if len(road.communities) > 1 else Grain.COMMUNITY
    return Site(road.name, grain, frozenset(road.communities))


def _spot(place: KnownPlace) -> Site:
    """A place that goes on into other communities says no more than a road."""
    if place.also_in:
        return Site(place.name, Grain.ROAD, frozenset({place.community, *place.also_in}), place.type)
    return Site(place.name, Grain.SPOT, frozenset({place.community}), place.type, place.lat, place.lon)


def _spelt(pairs: Iterable[tuple[str, Site]]) -> Iterator[tuple[str, Site]]:
    """Names as they stand, and as they look when numerals are typed as digits."""
    for name, site in pairs:
        yield name, site
        digits = _in_digits(name)
        if len(digits) > 2:  # two characters with a digit stand in many a house number
            yield digits, site


def _in_digits(name: str) -> str:
    values = [unicodedata.numeric(character, 0.0) for character in name]
    spelt = []
    for character, value, following in zip(name, values, [*values[1:], 0.0], strict=True):
        if value == 10 and 1 <= following <= 9:
            spelt.append("1")
        else:
            spelt.append(str(int(value)) if 1 <= value <= 10 else character)
    return "".join(spelt)
