"""Printed codes: a poster at a known place carries a scene that says where whoever scans it stands."""

import re

from domain.district import District, KnownPlace
from domain.gist import Place

_PREFIX = "loc_"
_PRINTABLE = re.compile(r"[A-Za-z0-9_-]{1,60}")
"""What a link into a chat can carry, behind the prefix."""


def is_printed(scene: str) -> bool:
    """Whether somebody comes by a printed code."""
    return scene.startswith(_PREFIX)


def scene_of(place: KnownPlace) -> str:
    """The scene that a place's code carries."""
    return f"{_PREFIX}{place.id}"


def printable(place: KnownPlace) -> bool:
    """Whether a code there is of use: it settles the community, and a link can carry it."""
    return not place.also_in and _PRINTABLE.fullmatch(place.id) is not None


def place_of(district: District, scene: str) -> Place | None:
    """Where a code hangs; None when the district knows no such place.

    What goes on into other communities says no more than a road: its name, and the street if all of it lies in one.
    """
    known = district.places.get(scene.removeprefix(_PREFIX))
    if known is None:
        return None
    if not known.also_in:
        street = district.street_of(known.community)
        return Place(known.name, street, known.community, known.lat, known.lon, how="code")
    streets = {district.street_of(community) for community in (known.community, *known.also_in)}
    return Place(known.name, streets.pop() if len(streets) == 1 else None, how="code")
