"""A file of a district as a sheet of values, every value next to the row it was read from.

Sheets are what rows are checked on against each other; see `district_checks`.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from storage.district.csv import table_rows
from storage.district.faults import Fault, Rule
from storage.district.rows import Row
from storage.district.shapes import Feature, map_features

T = TypeVar("T")
R = TypeVar("R", bound=Row)

Files = Mapping[str, bytes]
"""The content of a district's files by name."""

_SPOILING = {Rule.MISSING_FILE, Rule.NOT_UTF8, Rule.BAD_CSV, Rule.BAD_JSON, Rule.EMPTY_TABLE, Rule.NOT_A_COLLECTION}


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """The values of one file, in its order and by code (of two with one code, the first).

    If it is not `whole`, the file could not be read to its end and may hold any further code.
    """

    file: str
    entries: tuple[tuple[Row, T], ...]
    by_code: Mapping[str, tuple[Row, T]]
    whole: bool

    def __contains__(self, code: object) -> bool:
        return not self.whole or code in self.by_code

    def __iter__(self) -> Iterator[tuple[Row, T]]:
        return iter(self.entries)

    @property
    def values(self) -> Mapping[str, T]:
        """The values by code, as a District keeps them."""
        return MappingProxyType({code: value for code, (_, value) in self.by_code.items()})

    def codes(self, column: str, wanted: Callable[[T], bool]) -> Container[str]:
        """The codes of the values that are wanted, and of those whose `column` does not tell."""
        if not self.whole:
            return self
        return {code for code, (row, value) in self.by_code.items() if wanted(value) or not row.sound(column)}


@dataclass(frozen=True, slots=True)
class Form(Generic[R, T]):
    """How a file is read: its header, what a row becomes, the column that names it, whether it must have rows."""

    file: str
    header: str
    make: Callable[[R], T]
    key: str | None = None
    filled: bool = False


def table(form: Form[Row, T], files: Files, faults: list[Fault]) -> Sheet[T]:
    """The sheet of a CSV file."""
    return _sheet(form, table_rows, files, faults)


def chart(form: Form[Feature, T], files: Files, faults: list[Fault]) -> Sheet[T]:
    """The sheet of a GeoJSON file."""
    return _sheet(form, map_features, files, faults)


def _sheet(
    form: Form[R, T],
    read: Callable[[str, bytes, Sequence[str], list[Fault]], Sequence[R]],
    files: Files,
    faults: list[Fault],
) -> Sheet[T]:
    told_before = len(faults)
    content = files.get(form.file)
    if content is None:
        faults.append(Fault(form.file, None, None, Rule.MISSING_FILE))
    rows = [] if content is None else read(form.file, content, form.header.split(","), faults)
    if form.filled and not rows and len(faults) == told_before:
        faults.append(Fault(form.file, None, None, Rule.EMPTY_TABLE))
    entries = tuple((row, form.make(row)) for row in rows)
    by_code = _by_code(entries, form.key) if form.key else {}
    whole = not any(_spoils(fault, form.key) for fault in faults[told_before:])
    return Sheet(form.file, entries, by_code, whole)


def _by_code(entries: Sequence[tuple[Row, T]], key: str) -> dict[str, tuple[Row, T]]:
    by_code: dict[str, tuple[Row, T]] = {}
    for row, value in entries:
        code = row.maybe(key)
        first_row, _ = by_code.setdefault(code, (row, value)) if code else (row, value)
        if first_row is not row:
            row.fault(key, Rule.DUPLICATE_CODE, code=code, first_row=first_row.number)
    return by_code


def _spoils(fault: Fault, key: str | None) -> bool:
    keyless = fault.rule in {Rule.MISSING_COLUMN, Rule.DUPLICATE_COLUMN} and fault.column == key
    return keyless or fault.rule in _SPOILING
