"""What was reported close by: the case a new report may be about.

Near is a case of the same category within the district's `nearby_metres`, open at any age, or closed not longer ago
than `nearby_closed_within`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from domain.case import Case
from domain.gist import Place
from domain.routing import distance

_METRES_PER_DEGREE = 111_000
"""Of latitude; a little less than it is anywhere, so that a box is never too small."""


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of ground, in degrees."""

    south: float
    north: float
    west: float
    east: float


@dataclass(frozen=True, slots=True)
class Near:
    """A case close by, and how many metres away it is."""

    case: Case
    metres: int


def around(place: Place, metres: int) -> Box | None:
    """A box that holds everything within so many metres; None for a place without a position."""
    if place.lat is None or place.lon is None:
        return None
    high = metres / _METRES_PER_DEGREE
    wide = high / max(cos(radians(place.lat)), 0.01)
    return Box(place.lat - high, place.lat + high, place.lon - wide, place.lon + wide)


def nearest(place: Place, cases: Iterable[Case], metres: int) -> Near | None:
    """Of the cases within so many metres the likeliest to be meant: open ones before closed ones, then the nearest."""
    found = [near for near in (_near(place, case) for case in cases) if near is not None and near.metres <= metres]
    return min(found, key=lambda near: (not near.case.open, near.metres, -near.case.id), default=None)


def _near(place: Place, case: Case) -> Near | None:
    here, there = (place.lat, place.lon), (case.place.lat, case.place.lon)
    if here[0] is None or here[1] is None or there[0] is None or there[1] is None:
        return None
    return Near(case, round(distance(here[0], here[1], there[0], there[1])))
