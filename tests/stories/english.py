"""Chinese words of ours in English: for stories, which ask for buttons and words in Chinese, told with `--reading en`.

A `Reading` is a text as an English reader sees it. It says, or is, some Chinese words when it says what `bot/texts` has
for them in English, under the same key and with the same blanks. What people typed stays as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from typing import Any, SupportsIndex

from bot.texts.catalog import load

_BLANK = re.compile(r"\{(\w+)\}")
_TAG = re.compile(r"</?\w+>")
_UNKNOWN = "\0"
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a text in both languages: literals at even places, names of blanks at odd ones."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    alone: bool


@cache
def _lines() -> tuple[_Line, ...]:
    zh, en = load("zh"), load("en")
    return tuple(line for table in zh for key in zh[table] for line in _pairs(zh[table][key], en[table][key]))


def _pairs(zh: str, en: str) -> Iterator[_Line]:
    """Line by line where both have as many; else any Chinese line stands for the first line in English."""
    ours, theirs = (text.strip("\n").split("\n") for text in (zh, en))
    theirs = theirs if len(ours) == len(theirs) else theirs[:1] * len(ours)
    for one, other in zip(ours, theirs, strict=True):
        if one:
            yield _Line(_cut(one), _cut(other), alone=len(ours) == 1)


def _cut(line: str) -> tuple[str, ...]:
    return tuple(_BLANK.split(_TAG.sub("", line.removeprefix("? "))))


@cache
def same(words: str) -> tuple[str, ...]:
    """What stands in English for what is exactly these Chinese words; themselves first, since they may be typed."""
    found = [words]
    if not _CHINESE.search(words):
        return (words,)
    for line in _lines():
        pattern = "".join(re.escape(part) if at % 2 == 0 else "(.+)" for at, part in enumerate(line.zh))
        match = re.fullmatch(pattern, words) if line.alone and any(line.zh[::2]) else None
        if match is not None:
            found += _filled(line, dict(zip(line.zh[1::2], match.groups(), strict=True)))
    return tuple(dict.fromkeys(found))


def _filled(line: _Line, values: dict[str, str]) -> list[str]:
    """The English line with the blanks filled, in every way the values can be said; cut where one is not known."""
    ways = [""]
    for at, part in enumerate(line.en):
        said = (part,) if at % 2 == 0 else same(values[part]) if part in values else (_UNKNOWN,)
        ways = [way + one for way in ways for one in said]
    return ways


@cache
def pieces(words: str) -> tuple[tuple[str, ...], ...]:
    """What an English text has to say all of, in one of these ways, to say these Chinese words."""
    if not _CHINESE.search(words):
        return ((words,),)
    if "\n" in words:
        each = [pieces(line) for line in words.split("\n") if line]
        return tuple(tuple(chain.from_iterable(ways)) for ways in product(*each))
    ways: list[tuple[str, ...]] = [(way,) for way in same(words)]
    for line in _lines():
        for values in _within(words, line.zh):
            ways += [_needed(way, values) for way in _filled(line, values)]
    return tuple(dict.fromkeys(way for way in ways if way[0]))


def _needed(way: str, values: dict[str, str]) -> tuple[str, ...]:
    """The longest piece that is always said, and those that hold a value."""
    cut = [piece.strip() for piece in way.split(_UNKNOWN)]
    longest = max(cut, key=len)
    return (longest, *(piece for piece in cut if piece != longest and any(v in piece for v in values.values())))


def _within(words: str, parts: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The blanks' values with which the words stand in a line; none for a line in which they do not."""
    for at, literal in enumerate(parts[::2]):
        if words in literal:
            yield {}
        for length in range(min(len(literal), len(words) - 1) + 1):
            if literal.endswith(words[:length]) and 2 * at + 1 < len(parts):
                yield from _rest(words[length:], parts[2 * at + 1 :], length)


def _rest(words: str, parts: tuple[str, ...], ours: int) -> Iterator[dict[str, str]]:
    """`parts` begins with a blank; so many characters of ours stood before it. Some have to stand somewhere."""
    name, literal, after = parts[0], parts[1], parts[2:]
    if ours:
        yield {name: words}
    for end in range(1, len(words)):
        rest = words[end:]
        if literal.startswith(rest):
            yield {name: words[:end]}
        elif literal and rest.startswith(literal) and after:
            for more in _rest(rest[len(literal) :], after, ours + len(literal)):
                yield {name: words[:end], **more}


@cache
def _only_chinese() -> frozenset[str]:
    """What we say in Chinese and never in English."""
    said = {part for line in _lines() for part in line.zh[::2] if len(part) > 5 and _CHINESE.search(part)}
    return frozenset(part for part in said if not any(part in other for line in _lines() for other in line.en))


@cache
def _unread(text: str) -> bool:
    """Whether a text has words of ours in Chinese, which are not for an English reader."""
    return any(part in text for part in _only_chinese())


class Reading(str):
    """A text as an English reader sees it, to be asked about in Chinese."""

    __slots__ = ()

    def __contains__(self, words: object) -> bool:
        if not isinstance(words, str) or _unread(str(self)):
            return False
        return any(all(str.__contains__(self, one) for one in way) for way in pieces(words))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and any(str.__eq__(self, one) for one in same(str(other)))

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__

    def startswith(self, words: str | tuple[str, ...], *_: Any) -> bool:
        """Whether it begins by saying so."""
        begins = words if isinstance(words, tuple) else (words,)
        return any(str.startswith(self, way) for one in begins for way in same(one))

    def count(self, words: str, *_: Any) -> int:
        """How often it says so."""
        return max(str.count(self, way[0]) for way in pieces(words))

    def strip(self, chars: str | None = None) -> str:
        """The same without blanks around it."""
        return Reading(super().strip(chars))

    def splitlines(self, keepends: bool = False) -> list[str]:
        """Its lines, to be asked about alike."""
        return [Reading(line) for line in super().splitlines(keepends)]

    def split(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> list[str]:
        """Its parts, to be asked about alike."""
        return [Reading(part) for part in super().split(sep, maxsplit)]
