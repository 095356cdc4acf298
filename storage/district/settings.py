"""`district.toml` and `words.toml`: the numbers a district sets for itself, the words by which texts are recognised.

Amounts of time are written with their unit: `10 min`, `24 h`, `7 d` by the clock; `4 wh`, `1 wd` as limits.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Any, get_type_hints

from domain.category import Urgency
from domain.settings import Settings
from domain.worktime import Hours
from storage.district.csv import decoded
from storage.district.faults import Fault, Rule
from storage.district.sheets import Files
from storage.district.values import READERS

SETTINGS, WORDS = "district.toml", "words.toml"

_TYPES = get_type_hints(Settings)
_UNKNOWN = ("", "", "")
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,7}")
_LINE = re.compile(r"at line ([0-9]+)")


def read_settings(files: Files, faults: list[Fault]) -> Settings:
    """The settings of a district; what its file leaves out is as in product.md."""
    content = files.get(SETTINGS)
    if content is None:
        faults.append(Fault(SETTINGS, None, None, Rule.MISSING_FILE))
    table = None if content is None else _table(SETTINGS, content, faults)
    if table is None:
        return Settings(urgencies=_UNKNOWN)
    values = {key: _value(key, entry, faults) for key, entry in table.items()}
    settings = Settings(**{key: value for key, value in values.items() if value is not None})
    faults.extend(_broken_rules(settings))
    return settings


def urgency_words(settings: Settings) -> Mapping[str, Urgency] | None:
    """What the words for urgency in `categories.csv` mean; None when the settings do not tell."""
    if settings.urgencies == _UNKNOWN:
        return None
    return dict(zip(settings.urgencies, Urgency, strict=True))


def read_words(files: Files, faults: list[Fault]) -> Mapping[str, tuple[str, ...]]:
    """The lists of words, those of a table under `table.list`. A district without the file has none."""
    table = _table(WORDS, files[WORDS], faults) if WORDS in files else None
    return MappingProxyType(dict(_lists(table or {}, "", faults)))


def _table(file: str, content: bytes, faults: list[Fault]) -> dict[str, Any] | None:
    text = decoded(file, content, faults)
    try:
        return None if text is None else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = _LINE.search(str(error))
        faults.append(Fault(file, int(line[1]) if line else None, None, Rule.BAD_TOML, {"error": str(error)}))
        return None


def _value(key: str, entry: object, faults: list[Fault]) -> Any:
    """The entry as its setting wants it; None, and a fault, when it is not."""
    if key not in _TYPES:
        faults.append(Fault(SETTINGS, key, None, Rule.UNKNOWN_KEY))
        return None
    read, rule = READERS[_TYPES[key]]
    try:
        return read(entry)
    except ValueError:
        faults.append(Fault(SETTINGS, key, None, rule, {"value": str(entry)}))
        return _UNKNOWN if key == "urgencies" else None


def _broken_rules(settings: Settings) -> Iterator[Fault]:
    if not _PREFIX.fullmatch(settings.number_prefix):
        yield Fault(SETTINGS, "number_prefix", None, Rule.BAD_PREFIX, {"value": settings.number_prefix})
    shifts = settings.working_hours
    if any(later < earlier for earlier, later in pairwise(chain.from_iterable(shifts))):
        yield Fault(SETTINGS, "working_hours", None, Rule.HOURS_OUT_OF_ORDER)
    elif sum(_minutes(shift) for shift in shifts) != 8 * 60:
        yield Fault(SETTINGS, "working_hours", None, Rule.HOURS_NOT_EIGHT)


def _minutes(shift: Hours) -> int:
    opens, closes = shift
    return (closes.hour - opens.hour) * 60 + closes.minute - opens.minute


def _lists(table: Mapping[str, Any], prefix: str, faults: list[Fault]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, entry in table.items():
        if isinstance(entry, dict):
            yield from _lists(entry, f"{prefix}{name}.", faults)
        elif isinstance(entry, list) and all(isinstance(word, str) and word.strip() for word in entry):
            yield prefix + name, tuple(entry)
        else:
            faults.append(Fault(WORDS, prefix + name, None, Rule.BAD_WORDS))
