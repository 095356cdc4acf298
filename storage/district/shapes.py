"""The maps of a district: GeoJSON feature collections of polygons and lines, checked by arithmetic alone.

Coordinates are (longitude, latitude) in degrees WGS-84; an altitude is dropped.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any

from domain.district import Geometry
from storage.district.csv import decoded
from storage.district.faults import Fault, Rule
from storage.district.rows import Cell, Row

Position = tuple[float, float]

_GEOMETRY = "geometry"


@dataclass(slots=True)
class Feature(Row):
    """A row whose cells are the properties of a feature. The geometry is as it came."""

    geometry: object = None


def map_features(file: str, content: bytes, properties: Sequence[str], faults: list[Fault]) -> list[Feature]:
    """The features of a map, numbered from 1, that have these properties."""
    text = decoded(file, content, faults)
    if text is None:
        return []
    try:
        listed = _member(json.loads(text), "features")
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        faults.append(Fault(file, line, None, Rule.BAD_JSON, {"error": str(error)}))
        return []
    if not isinstance(listed, list):
        faults.append(Fault(file, None, None, Rule.NOT_A_COLLECTION))
        return []
    return [_feature(file, number, found, properties, faults) for number, found in enumerate(listed, start=1)]


def area_shape(feature: Feature) -> Geometry:
    """The Polygon or MultiPolygon of a feature."""
    kind, coordinates = _geometry(feature, "Polygon", "MultiPolygon")
    parts = [coordinates] if kind == "Polygon" else coordinates
    polygons = tuple(tuple(_line(feature, ring) for ring in _filled(feature, part)) for part in parts)
    for number, ring in enumerate(chain.from_iterable(polygons), start=1):
        _check_ring(feature, number, ring)
    return MappingProxyType({"type": kind, "coordinates": polygons[0] if kind == "Polygon" else polygons})


def road_line(feature: Feature) -> tuple[Position, ...]:
    """The LineString of a feature."""
    _, coordinates = _geometry(feature, "LineString")
    line = _line(feature, coordinates) if coordinates else ()
    if len(line) == 1:
        feature.fault(_GEOMETRY, Rule.SHORT_LINE)
    return line


def _feature(file: str, number: int, found: object, properties: Sequence[str], faults: list[Fault]) -> Feature:
    named = _member(found, "properties")
    cells = {name: _cell(value) for name, value in named.items()} if isinstance(named, dict) else {}
    feature = Feature(file, number, cells, faults, geometry=_member(found, _GEOMETRY))
    for name in properties:
        if name not in cells:
            feature.fault(name, Rule.MISSING_COLUMN)
    return feature


def _member(found: object, name: str) -> object:
    return found.get(name) if isinstance(found, dict) else None


def _cell(value: object) -> Cell:
    """A property as a cell: a list as a list, nothing as empty, a number in writing."""
    if isinstance(value, list):
        return tuple(str(entry) for entry in value)
    return "" if value is None else str(value)


def _geometry(feature: Feature, *kinds: str) -> tuple[str, list[Any]]:
    """The kind and the coordinates; neither when the fault is already here."""
    kind = _member(feature.geometry, "type")
    if kind not in kinds:
        feature.fault(_GEOMETRY, Rule.BAD_GEOMETRY, expected=" ".join(kinds))
        return "", []
    coordinates = _filled(feature, _member(feature.geometry, "coordinates"))
    return str(kind) if coordinates else "", coordinates


def _filled(feature: Feature, coordinates: object) -> list[Any]:
    """A list that has something in it, at any depth of a geometry."""
    if isinstance(coordinates, list) and coordinates:
        return coordinates
    feature.fault(_GEOMETRY, Rule.BAD_GEOMETRY, expected="coordinates")
    return []


def _line(feature: Feature, coordinates: object) -> tuple[Position, ...]:
    """The positions of a ring or line; none when there is something else among them, of which the first is named."""
    points = _filled(feature, coordinates)
    wrong = [point for point in points if not _is_position(point)]
    if wrong:
        feature.fault(_GEOMETRY, Rule.BAD_COORDINATE, value=json.dumps(wrong[0]))
        return ()
    return tuple((float(lon), float(lat)) for lon, lat, *_ in points)


def _check_ring(feature: Feature, number: int, ring: tuple[Position, ...]) -> None:
    if not ring:
        return  # said already
    if ring[0] != ring[-1]:
        feature.fault(_GEOMETRY, Rule.UNCLOSED_RING, ring=number)
    elif len(set(ring)) < 3:
        feature.fault(_GEOMETRY, Rule.SHORT_RING, ring=number)


def _is_position(point: object) -> bool:
    """Whether it is [longitude, latitude] in degrees; the comparison also turns away NaN."""
    return (
        isinstance(point, list)
        and len(point) in {2, 3}
        and all(isinstance(degrees, int | float) and not isinstance(degrees, bool) for degrees in point)
        and abs(point[0]) <= 180
        and abs(point[1]) <= 90
    )
