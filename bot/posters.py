"""Posters for the places of a district: which ones, what stands on each, and all of them as pictures and one PDF."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from bot.bulletin.letters import first_drawable, missing
from bot.bulletin.pdf import PictureBook
from bot.bulletin.poster import DPI, Line, Poster, draw
from bot.texts import Words
from domain.district import District, KnownPlace
from domain.errors import NotFound
from domain.printed import printable, scene_of

log = structlog.get_logger(__name__)

BOOK = "posters.pdf"
STEPS = ("scan", "send", "told")


def places_in(district: District, area: str | None) -> tuple[KnownPlace, ...]:
    """The places of a street or community, without one of the whole district. Raises NotFound."""
    if area is not None and area not in district.areas:
        raise NotFound("no_such_area", code=area)
    return tuple(place for place in district.places.values() if area in (None, *_areas_of(district, place)))


def worth_printing(places: Iterable[KnownPlace]) -> tuple[KnownPlace, ...]:
    """Those at which a code settles the community."""
    return tuple(place for place in places if printable(place))


def poster_of(place: KnownPlace, district: District, words: Words, entry: Callable[[str], str]) -> Poster:
    """What stands on a place's poster. What the font cannot draw is called otherwise, and logged."""
    link = entry(scene_of(place))
    parts = urlsplit(link)
    street, community = _areas_of(district, place)[:2]
    areas = [_drawable(place.id, district.areas[code].name, code) for code in (street, community)]
    title = _line(words, "title")
    return Poster(
        link=link,
        title=replace(title, zh=_drawable(place.id, district.name) + title.zh),
        place=_drawable(place.id, place.name, *place.aliases, f"{areas[1]} {place.id}"),
        area=" · ".join(areas),
        steps=[_line(words, step) for step in STEPS],
        foot=(_line(words, "danger"), Line(place.id, f"{parts.netloc}{parts.path}")),
    )


def print_all(folder: Path, posters: Sequence[tuple[str, Poster]]) -> Iterator[str]:
    """Write each as a picture of its own and all of them as one PDF; yields the name of each when it is done.

    The PDF takes its place when all is drawn. Blocks; raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    making = folder / f"{BOOK}.part"
    try:
        with making.open("wb") as file, PictureBook(file, DPI) as book:
            for name, poster in posters:
                page = draw(poster)
                page.save(folder / f"{name}.png", dpi=(DPI, DPI))
                book.add(page)
                yield name
        making.replace(folder / BOOK)
    finally:
        making.unlink(missing_ok=True)


def _areas_of(district: District, place: KnownPlace) -> tuple[str, ...]:
    """Street, community, and the district around them."""
    street = district.street_of(place.community) or ""
    around = district.areas[street].parent if street in district.areas else ""
    return street, place.community, around


def _drawable(place: str, *names: str) -> str:
    """The first of these names that can be drawn; nothing when none can. What cannot is logged by its code points."""
    lacking = missing(names[0])
    if lacking:
        points = " ".join(f"U+{ord(character):04X}" for character in lacking)
        log.error("not_in_font", place=place, characters=points)
    return first_drawable(names)


def _line(words: Words, key: str) -> Line:
    return Line(words.phrase(f"poster.{key}", "zh"), words.phrase(f"poster.{key}", "en"))
