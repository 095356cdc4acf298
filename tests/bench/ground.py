"""In which community a position lies: the tree of the atlas, against looking at one polygon after the other."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from domain.district import Area, AreaKind, AreaLevel, District
from domain.routing import Atlas
from storage.district.files import parse, read
from tests.bench.rounds import Ratio, Way, side_by_side
from tests.running.premises import XIMING

FEW, MANY = 100, 10_000
ROUNDS = 7
SECONDS = 0.3
SIDE = 0.005
"""Degrees from one side of a community to the other."""

Position = tuple[float, float]


def tiled(district: District, count: int) -> District:
    """A square city of so many square communities."""
    return replace(district, areas={area.code: area for area in (_tile(n, round(count**0.5)) for n in range(count))})


def _tile(number: int, side: int) -> Area:
    row, column = divmod(number, side)
    south, west = 41 + row * SIDE, 123 + column * SIDE
    north, east = south + SIDE, west + SIDE
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    geometry = {"type": "Polygon", "coordinates": (ring,)}
    return Area(f"C{number}", f"社区{number}", AreaLevel.COMMUNITY, AreaKind.COMMUNITY, "S01", geometry)


def looking(find: Callable[[float, float], object], count: int) -> Way:
    """Positions a second, each somewhere in a city of so many communities."""
    width = SIDE * count**0.5
    chance = random.Random(count)
    positions = [(41 + chance.random() * width, 123 + chance.random() * width) for _ in range(1000)]

    async def way() -> float:
        began, done = time.perf_counter(), 0
        while (took := time.perf_counter() - began) < SECONDS:
            find(*positions[done % len(positions)])
            done += 1
        return done / took

    return way


def one_after_the_other(polygons: Sequence[BaseGeometry]) -> Callable[[float, float], object]:
    """Every polygon is asked: two may cover a position on their border."""

    def find(lat: float, lon: float) -> object:
        point = Point(lon, lat)
        return [index for index, polygon in enumerate(polygons) if polygon.covers(point)]

    return find


async def measure() -> list[Ratio]:
    """Against the scan, and against ourselves in a small city."""
    district = parse(read(XIMING))
    city, village = tiled(district, MANY), tiled(district, FEW)
    scan = one_after_the_other([shape(dict(area.geometry)) for area in city.areas.values()])
    ways = {
        "many": looking(Atlas(city).locate, MANY),
        "few": looking(Atlas(village).locate, FEW),
        "scan": looking(scan, MANY),
    }
    found = await side_by_side("positions", ways, ROUNDS)
    many, few = 1e6 / found["many"], 1e6 / found["few"]
    return [
        Ratio("where a position lies, 10,000 polygons : linear scan", found["many"], found["scan"], "/s", wanted=15),
        Ratio("time for a position, 10,000 polygons : 100", many, few, "µs", wanted=2, at_most=True),
    ]
