"""What somebody looks for among the cases, understood from free words against the district. Never raises.

Numbers, days, and the names of units, places, categories and states are recognised wherever they stand; what is left
over are words that must stand in the text. The words for states and days are lists of `district.words` under `search`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.case import OPEN, Case, State
from domain.district import AreaLevel, District

MOST_WORDS = 5
"""Words of the text that are looked for; further ones are passed over."""

_LONGEST_TEXT = 200
_LONGEST_WORD = 40
_YEARS = range(2000, 2101)
_BREAKS = re.compile(r"[\s,.;:!?()\[\]\"'“”、。|=]+")
_EDGES = "-~–—/_"

Days = tuple[date, date]


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
    rest, days = _dates(rest, district, today)
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


def plain(text: str) -> str:
    """The text in one width and case, with single spaces: so it is kept to be searched, and so it is looked for."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


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


# --- days -------------------------------------------------------------------------------------------------------------


def _dates(text: str, district: District, today: date) -> tuple[str, list[Days]]:
    """Every date in the text: 2026-04-21, 4月21日, 4月1日-21日, 21 Apr. Several together are the days between them."""
    found: list[Days] = []

    def taken(match: re.Match[str]) -> str:
        days = [day for day in _days_of(match.groupdict(), months, today) if day]
        found.extend((day, day) for day in days)
        return " " if days else match[0]

    months = _words(district, "months")
    for pattern in _date_patterns(district, months):
        text = pattern.sub(taken, text)
    return text, found


def _date_patterns(district: District, months: tuple[str, ...]) -> Iterator[re.Pattern[str]]:
    month, day = _either(_words(district, "month")), _either(_words(district, "day"))
    to, name = _either((*"-~–—", *_words(district, "to"))), _either(months)
    yield re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")
    yield re.compile(
        rf"(?:(?P<year>\d{{4}})[^\W\d])?(?<!\d)(?P<month>\d{{1,2}}) ?{month} ?(?P<day>\d{{1,2}})(?!\d)(?: ?{day})?"
        rf"(?: ?{to} ?(?P<last>\d{{1,2}}) ?{day})?"
    )
    yield re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:{day})? ?(?P<name>{name})[a-z]*\.?(?: (?P<year>\d{{4}})(?!\d))?")
    yield re.compile(rf"(?<![a-z])(?P<name>{name})[a-z]*\.? ?(?P<day>\d{{1,2}})(?!\d)(?:{day})?")


def _days_of(groups: Mapping[str, str | None], months: tuple[str, ...], today: date) -> Iterator[date | None]:
    name = groups.get("name")
    month = months.index(name) + 1 if name else int(groups.get("month") or 0)
    for day in filter(None, (groups.get("day"), groups.get("last"))):
        yield _day(int(groups.get("year") or 0), month, int(day), today)


def _day(year: int, month: int, day: int, today: date) -> date | None:
    """A date; without a year the last one that has come. None when there is no such day."""
    try:
        found = date(year or today.year, month, day)
        if not year and found > today:
            found = date(today.year - 1, month, day)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


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
        also = _words(district, f"units.{unit.code}")
        yield from ((name, _Meaning(field, (unit.code,))) for name in (unit.code, unit.name, unit.short_name, *also))
    for category in district.categories.values():
        yield from ((name, _Meaning("categories", (category.code,))) for name in (category.code, category.name))
    for group in district.groups:
        yield from ((name, _Meaning("categories", (group.code,))) for name in (group.code, group.name))


def _of_words(district: District, today: date) -> Iterator[tuple[str, _Meaning]]:
    """Words for states and days, and those that mean nothing."""
    for state in State:
        meant = _Meaning("states", (state.value,))
        yield from ((word, meant) for word in (state.value, *_words(district, f"states.{state.value}")))
    monday = today - timedelta(days=today.weekday())
    yesterday = today - timedelta(days=1)
    for name, meaning in {
        "open": _Meaning("states", tuple(state.value for state in State if state in OPEN)),
        "overdue": _Meaning("overdue"),
        "today": _Meaning("days", days=(today, today)),
        "yesterday": _Meaning("days", days=(yesterday, yesterday)),
        "this_week": _Meaning("days", days=(monday, today)),
    }.items():
        yield from ((word, meaning) for word in _words(district, name))


def _words(district: District, name: str) -> tuple[str, ...]:
    return tuple(map(plain, district.words.get(f"search.{name}", ())))


def _either(words: Iterable[str]) -> str:
    """A pattern for any of the words; one that is found nowhere when there is none."""
    return "(?:" + ("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)") + ")"


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
    nothing = {*_words(district, "to"), *_words(district, "fillers")}
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
