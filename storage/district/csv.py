"""The tables of a district: CSV as offices save it, with or without a byte order mark, with any line ends."""

import csv
from collections.abc import Sequence
from io import StringIO

from storage.district.faults import Fault, Rule
from storage.district.rows import Row

Record = tuple[int, list[str]]
"""The line a record begins on, as an editor counts, and its cells."""


def decoded(file: str, content: bytes, faults: list[Fault]) -> str | None:
    """The text of a file; None when it is not UTF-8 (spreadsheets like to save GBK)."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault(file, line, None, Rule.NOT_UTF8))
        return None


def table_rows(file: str, content: bytes, columns: Sequence[str], faults: list[Fault]) -> list[Row]:
    """The rows of a table that has these columns; further columns are left alone."""
    text = decoded(file, content, faults)
    if text is None:
        return []
    records = _records(file, text, faults)
    if not records:
        faults.append(Fault(file, None, None, Rule.EMPTY_TABLE))
        return []
    header = _header(file, records[0], columns, faults)
    return [_row(file, record, header, faults) for record in records[1:]]


def _records(file: str, text: str, faults: list[Fault]) -> list[Record]:
    """All records that are not empty, up to the first that is no CSV."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    records: list[Record] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(file, line, None, Rule.BAD_CSV, {"error": str(error)}))
    return records


def _header(file: str, record: Record, columns: Sequence[str], faults: list[Fault]) -> list[str]:
    """The names of the columns. One that stands there twice is left nameless: nobody can tell which is meant."""
    line, cells = record
    header = [cell.strip() for cell in cells]
    for column in columns:
        if column not in header:
            faults.append(Fault(file, line, column, Rule.MISSING_COLUMN))
        elif header.count(column) > 1:
            faults.append(Fault(file, line, column, Rule.DUPLICATE_COLUMN))
    return [name if header.count(name) == 1 else "" for name in header]


def _row(file: str, record: Record, header: list[str], faults: list[Fault]) -> Row:
    line, cells = record
    row = Row(file, line, dict(zip(header, cells, strict=False)), faults)
    if len(cells) < len(header):
        row.fault(None, Rule.TOO_FEW_CELLS, cells=len(cells), columns=len(header))
    elif any(cell.strip() for cell in cells[len(header) :]):
        row.fault(None, Rule.TOO_MANY_CELLS, cells=len(cells), columns=len(header))
    return row
