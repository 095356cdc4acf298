"""What loading a district's files would change, to be shown before or after it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from domain.district import District
from storage.district.forms import AREAS, CALENDAR, CATEGORIES, PAIRINGS, PLACES, POINTS, ROADS, UNITS
from storage.district.settings import SETTINGS, WORDS


@dataclass(frozen=True, slots=True)
class Difference:
    """The rows of one file that were added, changed or removed, by code, name, date or key."""

    file: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def differences(old: District | None, new: District) -> list[Difference]:
    """What is different in the new district, file by file; nothing when both say the same."""
    found = [_difference(file, rows(old) if old else {}, rows(new)) for file, rows in _ROWS.items()]
    return [difference for difference in found if difference.added or difference.changed or difference.removed]


def _difference(file: str, old: Mapping[str, object], new: Mapping[str, object]) -> Difference:
    return Difference(
        file,
        added=tuple(key for key in new if key not in old),
        changed=tuple(key for key in new if key in old and new[key] != old[key]),
        removed=tuple(key for key in old if key not in new),
    )


def _settings(district: District) -> Mapping[str, object]:
    return {field.name: getattr(district.settings, field.name) for field in fields(district.settings)}


def _pairings(district: District) -> Mapping[str, object]:
    """A pairing is named by what does not change while it runs: its end, or its leader, may."""
    return {f"{each.unit} {each.area} {each.rank} {each.from_date}": each for each in district.pairings}


def _days(district: District) -> Mapping[str, object]:
    return {day.isoformat(): kind for day, kind in district.calendar.days.items()}


_ROWS: Mapping[str, Callable[[District], Mapping[str, object]]] = {
    SETTINGS: _settings,
    UNITS: lambda district: district.units,
    AREAS: lambda district: district.areas,
    ROADS: lambda district: district.roads,
    PLACES: lambda district: district.places,
    CATEGORIES: lambda district: district.categories,
    PAIRINGS: _pairings,
    POINTS: lambda district: district.points,
    CALENDAR: _days,
    WORDS: lambda district: district.words,
}
