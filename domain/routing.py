"""Who gets a case, and in which community a position lies.

`route` is the decision tables of the district's README (rules 1–3), row by row. `Atlas` answers where a position lies;
it is built once for a District. Degrees are WGS-84, distances are metres.
"""

from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt

from shapely import STRtree
from shapely.geometry import Point, shape

from domain.category import Category, LeadMode
from domain.district import OFFICE, Area, AreaLevel, District, Rank

_EARTH_RADIUS = 6_371_008.8  # metres, the mean radius of IUGG


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a position lies. On a shared border the community is open, and the street unless both lie in it.

    `outside`: in no community of the district, be it beyond its border or on ground left out of it.
    """

    street: str | None = None
    community: str | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Routing:
    """Codes of the units a case goes to. `lead` is None when nothing follows: then the office decides.

    `partner` is the paired unit; `overseer` sees the case but does not lead; `supervisors` get what is overdue.
    """

    lead: str | None = None
    partner: str | None = None
    overseer: str | None = None
    supervisors: tuple[str, ...] = ()


NOWHERE = Routing()
"""What follows without a category: nothing yet."""


class Atlas:
    """The communities of a district, found by position."""

    def __init__(self, district: District) -> None:
        self._communities: tuple[Area, ...] = tuple(
            area for area in district.areas.values() if area.level is AreaLevel.COMMUNITY
        )
        self._tree = STRtree([shape(dict(area.geometry)) for area in self._communities])

    def locate(self, lat: float, lon: float) -> Spot:
        """The street and community that cover a position."""
        covering = [self._communities[i] for i in self._tree.query(Point(lon, lat), predicate="covered_by")]
        streets = {area.parent for area in covering}
        return Spot(
            street=streets.pop() if len(streets) == 1 else None,
            community=covering[0].code if len(covering) == 1 else None,
            outside=not covering,
        )


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres between two positions, along a great circle."""
    phi, other_phi = radians(lat), radians(other_lat)
    sides = sin((other_phi - phi) / 2) ** 2
    sides += cos(phi) * cos(other_phi) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_RADIUS * asin(sqrt(sides))


def route(
    district: District, category: str | None, street: str | None, community: str | None, received_day: date
) -> Routing:
    """Lead, partner, overseer and supervisors by the district's decision tables.

    `received_day` is the date in the district on which the message came in. A known community brings its street with
    it. Codes the district no longer has count as unknown.
    """
    problem = district.categories.get(category or "")
    if problem is None:
        return NOWHERE
    community, street = _known_place(district, street, community)
    lead = _lead(problem, street, community)
    return Routing(
        lead=lead,
        partner=_partner(district, community, received_day) if community else None,
        overseer=None if problem.lead_mode is LeadMode.INDUSTRY else problem.industry_dept,
        supervisors=district.supervisors(lead) if lead else (),
    )


def _known_place(district: District, street: str | None, community: str | None) -> tuple[str | None, str | None]:
    its_street = district.street_of(community) if community else None
    if its_street:
        return community, its_street
    return None, street if street in district.units else None


def _lead(problem: Category, street: str | None, community: str | None) -> str | None:
    if problem.lead_mode is LeadMode.INDUSTRY:
        return problem.industry_dept
    if problem.lead_mode is LeadMode.STREET:
        return street
    return community or street


def _partner(district: District, community: str, day: date) -> str:
    paired = {pairing.rank: pairing.unit for pairing in district.pairings_of(community, day)}
    return paired.get(Rank.PRIMARY) or paired.get(Rank.DEPUTY) or OFFICE
