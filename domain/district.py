"""One district as its data files describe it: who is responsible for what, where everything lies, what can be reported.

A District never changes. Loading new files makes another one; whoever keeps one in memory swaps the whole.
Codes are the keys everywhere (`S05` street, `S05C02` community, `S05V06` village of that street, `D17` department).
Degrees are WGS-84. Source: README.md of the sample district.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.category import Category, CategoryGroup
from domain.settings import Settings
from domain.worktime import Calendar

OFFICE = "O01"
"""The office that runs the campaign: it triages, decides, and is paired with every community that has nobody else."""

Geometry = Mapping[str, Any]
"""A GeoJSON Polygon or MultiPolygon: `type`, and `coordinates` as nested tuples of (lon, lat)."""


class UnitKind(StrEnum):
    """What sort of unit it is."""

    OFFICE = "office"
    GROUP = "group"
    STREET = "street"
    DEPARTMENT = "department"
    COMMUNITY = "community"
    VILLAGE = "village"


class AreaLevel(StrEnum):
    """Where an area stands in the district: communities tile streets, streets tile the district."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"


class AreaKind(StrEnum):
    """As the level, but a community (社区) is told from a village (村)."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    VILLAGE = "village"


class Rank(StrEnum):
    """A pairing's rank: the deputy counts on days without a primary."""

    PRIMARY = "primary"
    DEPUTY = "deputy"


@dataclass(frozen=True, slots=True)
class Unit:
    """Somebody who can answer for a case. `parent` and `supervisor_group` are codes, empty where there is none."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent: str = ""
    supervisor_group: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A piece of ground. A street or community has the code of the unit that answers for it."""

    code: str
    name: str
    level: AreaLevel
    kind: AreaKind
    parent: str
    geometry: Geometry


@dataclass(frozen=True, slots=True)
class Road:
    """A named road with its centre line, (lon, lat) after (lon, lat), and the communities it passes."""

    name: str
    aliases: tuple[str, ...]
    communities: tuple[str, ...]
    line: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place people name. The same alias can belong to two; `also_in` are further communities a road passes."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    lon: float
    lat: float
    community: str
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairing:
    """包保: `unit` follows up what happens in `area`, both days included; without `to_date` it is still running."""

    unit: str
    area: str
    rank: Rank
    leader: str
    from_date: date
    to_date: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.from_date <= day and (self.to_date is None or day <= self.to_date)


@dataclass(frozen=True, slots=True)
class Point:
    """点位: a site of the assessment that `responsible_unit` must bring up to standard by `due_date`."""

    id: str
    type: str
    name: str
    place: str
    community: str
    responsible_unit: str
    industry_dept: str
    due_date: date
    check_categories: tuple[str, ...]
    full_score: int


@dataclass(frozen=True, slots=True)
class District:
    """Everything that is known about the district. Mappings are by code (roads by name) and in the order of the files.

    `words` are lists of words by which texts are recognised; a list in a table is found under `table.list`.
    """

    settings: Settings
    units: Mapping[str, Unit]
    areas: Mapping[str, Area]
    roads: Mapping[str, Road]
    places: Mapping[str, KnownPlace]
    categories: Mapping[str, Category]
    pairings: tuple[Pairing, ...]
    points: Mapping[str, Point]
    calendar: Calendar
    words: Mapping[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        """The district's name: as set, else as its area is called."""
        return self.settings.name or self._at(AreaLevel.DISTRICT)[0].name

    @property
    def streets(self) -> tuple[Area, ...]:
        """The streets of the district."""
        return self._at(AreaLevel.STREET)

    @property
    def groups(self) -> tuple[CategoryGroup, ...]:
        """The categories under their headings, both in the order of the file."""
        names = {category.group: category.group_name for category in self.categories.values()}
        return tuple(CategoryGroup(code, name, self._categories_of(code)) for code, name in names.items())

    def unit(self, code: str) -> Unit:
        """The unit with that code. KeyError when there is none, or none any more."""
        return self.units[code]

    def communities_of(self, street: str) -> tuple[Area, ...]:
        """The communities and villages of a street."""
        return tuple(area for area in self._at(AreaLevel.COMMUNITY) if area.parent == street)

    def street_of(self, community: str) -> str | None:
        """The street of a community or village; None when the code is neither."""
        area = self.areas.get(community)
        return area.parent if area and area.level is AreaLevel.COMMUNITY else None

    def places_of(self, community: str) -> tuple[KnownPlace, ...]:
        """The known places that lie in a community."""
        return tuple(place for place in self.places.values() if place.community == community)

    def pairings_of(self, community: str, day: date) -> tuple[Pairing, ...]:
        """The pairings that cover a community on a day, at most one of each role."""
        return tuple(pairing for pairing in self.pairings if pairing.area == community and pairing.covers(day))

    def supervisors(self, unit: str) -> tuple[str, ...]:
        """Who sees and supervises a unit's cases: its working group, for communities and villages their street too.

        Nobody for the office and for a unit that is dissolved.
        """
        found = self.units.get(unit)
        if found is None:
            return ()
        street = found.parent if found.kind in {UnitKind.COMMUNITY, UnitKind.VILLAGE} else ""
        return tuple(filter(None, (found.supervisor_group, street)))

    def _at(self, level: AreaLevel) -> tuple[Area, ...]:
        return tuple(area for area in self.areas.values() if area.level is level)

    def _categories_of(self, group: str) -> tuple[Category, ...]:
        return tuple(category for category in self.categories.values() if category.group == group)
