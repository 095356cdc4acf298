"""What somebody looks for among the cases, understood from free words against the district. Never raises.

Numbers, days, and the names of units, places, categories and states are recognised wherever they stand; what is left
over are words that must stand in the text. The words for states and days are lists of `district.words` under `search`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.case import OPEN, Case, State
from domain.dates import Days, dates_in
from domain.district import AreaLevel, District
from domain.wording import plain, searched

MOST_WORDS = 5
"""Words of the text that are looked for; further ones are passed over."""

_LONGEST_TEXT = 200
_LONGEST_WORD = 40
_BREAKS = re.compile(r"[\s,.;:!?()\[\]\"'“”、。|=]+")
_EDGES = "-~–—/_"


@dataclass(frozen=True, slots=True)
class Search:
    """What a case must be like: of each sort one of those named, and every one of the `words`.

    `number` is the end of a case number. `units`, `areas` and `categories` are codes, also of working groups and of
    groups of categories. `since` and `until` are the days of filing in the district, both included.
    """

    number: str = ""
    units: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    overdue: bool = False
    since: date | None = None
    until: date | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a phrase stands for: one or more values of a field of the search; `days` of both `since` and `until`."""

    field: str
    values: tuple[str, ...] = ()
    days: Days | None = None


def understand(text: str, district: District, today: date) -> Search:
    """The search that some words mean. `today` is the district's date."""
    rest = plain(text)[:_LONGEST_TEXT]
    rest, number = _number(rest, district)
    rest, days = dates_in(rest, district, today)
    rest, found = _named(rest, _meanings(district, today))
    words, units = _left(rest, district)
    days += [meaning.days for meaning in found if meaning.days]

    def values(field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for meaning in found if meaning.field == field for value in meaning.values))

    return Search(
        number=number,
        units=tuple(dict.fromkeys((*values("units"), *units))),
        areas=values("areas"),
        categories=values("categories"),
        states=tuple(map(State, values("states"))),
        overdue=any(meaning.field == "overdue" for meaning in found),
        since=min((first for first, _ in days), default=None),
        until=max((last for _, last in days), default=None),
        words=words,
    )


def searchable(case: Case) -> str:
    """Everything people wrote about a case, as words are looked for in it."""
    return plain("\n".join((case.place.name or "", case.words, case.reply, case.reason, case.note)))


def units_meant(search: Search, district: District) -> tuple[str, ...]:
    """The units' codes; a working group means those it supervises."""
    units = district.units.values()
    under = (unit.code for code in search.units for unit in units if unit.supervisor_group == code)
    return tuple(dict.fromkeys((*search.units, *under)))


def categories_meant(search: Search, district: District) -> tuple[str, ...]:
    """The categories' codes; a group means all of its categories."""
    categories = district.categories.values()
    return tuple(one.code for one in categories if {one.code, one.group} & set(search.categories))


# --- numbers ----------------------------------------------------------------------------------------------------------


def _number(text: str, district: District) -> tuple[str, str]:
    """A number as it stands on a card or as it is said on the telephone: 260421-007, or 007 by itself."""
    prefix = re.escape(plain(district.settings.number_prefix))
    full = re.search(rf"(?<![a-z\d])(?:{prefix}-?)?(\d{{6}})-(\d{{1,4}})(?![a-z\d])", text)
    if full:
        return _without(text, full), f"-{full[1]}-{int(full[2]):03d}"
    short = re.search(r"(?<!\S)-?(\d{3})(?!\S)", text)
    return (_without(text, short), f"-{short[1]}") if short else (text, "")


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


# --- names ------------------------------------------------------------------------------------------------------------


def _meanings(district: District, today: date) -> Mapping[str, _Meaning]:
    """Every phrase with what it means; of two meanings the first counts."""
    meanings: dict[str, _Meaning] = {}
    for phrase, meaning in (*_of_district(district), *_of_words(district, today)):
        meanings.setdefault(plain(phrase), meaning)
    meanings.pop("", None)
    return meanings


def _of_district(district: District) -> Iterator[tuple[str, _Meaning]]:
    """Codes and names. Whatever has ground, a street or a community, means the ground and whoever answers for it."""
    for area in district.areas.values():
        if area.level is not AreaLevel.DISTRICT:
            yield from ((name, _Meaning("areas", (area.code,))) for name in (area.name, area.code))
    for unit in district.units.values():
        field = "areas" if unit.code in district.areas else "units"
        also = searched(district, f"units.{unit.code}")
        yield from ((name, _Meaning(field, (unit.code,))) for name in (unit.code, unit.name, unit.short_name, *also))
    for category in district.categories.values():
        yield from ((name, _Meaning("categories", (category.code,))) for name in (category.code, category.name))
    for group in district.groups:
        yield from ((name, _Meaning("categories", (group.code,))) for name in (group.code, group.name))


def _of_words(district: District, today: date) -> Iterator[tuple[str, _Meaning]]:
    """Words for states and days, and those that mean nothing."""
    for state in State:
        meant = _Meaning("states", (state.value,))
        yield from ((word, meant) for word in (state.value, *searched(district, f"states.{state.value}")))
    monday = today - timedelta(days=today.weekday())
    yesterday = today - timedelta(days=1)
    for name, meaning in {
        "open": _Meaning("states", tuple(state.value for state in State if state in OPEN)),
        "overdue": _Meaning("overdue"),
        "today": _Meaning("days", days=(today, today)),
        "yesterday": _Meaning("days", days=(yesterday, yesterday)),
        "this_week": _Meaning("days", days=(monday, today)),
    }.items():
        yield from ((word, meaning) for word in searched(district, name))


def _named(text: str, meanings: Mapping[str, _Meaning]) -> tuple[str, list[_Meaning]]:
    """The phrases that stand in the text, the longest first at each place, and the text without them."""
    lengths = sorted({len(phrase) for phrase in meanings}, reverse=True)
    found, rest, at = [], "", 0
    while at < len(text):
        phrases = (text[at : at + length] for length in lengths)
        phrase = next((one for one in phrases if one in meanings and _whole(text, at, at + len(one))), None)
        if phrase is None:
            rest, at = rest + text[at], at + 1
        else:
            found.append(meanings[phrase])
            rest, at = rest + " ", at + len(phrase)
    return rest, found


def _whole(text: str, start: int, end: int) -> bool:
    """Letters and digits of the Latin sort are whole words: D02 is not in D021."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return not (_latin(before) and _latin(text[start])) and not (_latin(after) and _latin(text[end - 1]))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _left(text: str, district: District) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is left over: words of the text, and units that are called by the end of their name, 交通局 for 区交通局."""
    nothing = {*searched(district, "to"), *searched(district, "fillers")}
    pieces = (piece.strip(_EDGES)[:_LONGEST_WORD] for piece in _BREAKS.split(text))
    left = [piece for piece in dict.fromkeys(pieces) if piece not in nothing and any(map(str.isalnum, piece))]
    called = {piece: _called(piece, district) for piece in left}
    words = [piece for piece in left if called[piece] is None]
    return tuple(words[:MOST_WORDS]), tuple(code for code in called.values() if code)


def _called(word: str, district: District) -> str | None:
    """The one unit whose name ends so; None for short endings and where there are several."""
    if len(word) < 3:
        return None
    ending = [unit.code for unit in district.units.values() if plain(unit.short_name).endswith(word)]
    return ending[0] if len(ending) == 1 else None
