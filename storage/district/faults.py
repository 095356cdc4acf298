"""What can be wrong with a district's files. All faults are collected, so that one look mends them all.

A fault says where it is and which rule is broken; the sentence for each rule stands with the other words of the bot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

FaultFacts = Mapping[str, str | int]


class Rule(StrEnum):
    """The rules, each with the facts its sentence may name (besides file, row and column)."""

    # the file as such
    NO_DIRECTORY = "no_directory"
    MISSING_FILE = "missing_file"
    NOT_UTF8 = "not_utf8"
    BAD_CSV = "bad_csv"  # error
    BAD_JSON = "bad_json"  # error
    BAD_TOML = "bad_toml"  # error
    EMPTY_TABLE = "empty_table"
    MISSING_COLUMN = "missing_column"
    DUPLICATE_COLUMN = "duplicate_column"
    TOO_MANY_CELLS = "too_many_cells"  # cells, columns
    TOO_FEW_CELLS = "too_few_cells"  # cells, columns
    NOT_A_COLLECTION = "not_a_collection"

    # one value
    MISSING_CELL = "missing_cell"
    BAD_TEXT = "bad_text"
    BAD_NUMBER = "bad_number"  # value
    BAD_DATE = "bad_date"  # value
    BAD_CHOICE = "bad_choice"  # value, choices
    BAD_COORDINATE = "bad_coordinate"  # value
    BAD_GEOMETRY = "bad_geometry"  # expected
    SHORT_RING = "short_ring"  # ring
    UNCLOSED_RING = "unclosed_ring"  # ring
    SHORT_LINE = "short_line"
    BAD_WORDS = "bad_words"

    # settings
    UNKNOWN_KEY = "unknown_key"
    BAD_PERCENT = "bad_percent"  # value
    BAD_DURATION = "bad_duration"  # value
    BAD_LIMIT = "bad_limit"  # value
    BAD_TIME = "bad_time"  # value
    BAD_HOURS = "bad_hours"  # value
    BAD_ZONE = "bad_zone"  # value
    BAD_PREFIX = "bad_prefix"  # value
    BAD_URGENCIES = "bad_urgencies"
    HOURS_OUT_OF_ORDER = "hours_out_of_order"
    HOURS_NOT_EIGHT = "hours_not_eight"

    # one row against another
    DUPLICATE_CODE = "duplicate_code"  # code, first_row
    UNKNOWN_UNIT = "unknown_unit"  # code
    UNKNOWN_COMMUNITY = "unknown_community"  # code
    UNKNOWN_PLACE = "unknown_place"  # code
    UNKNOWN_CATEGORY = "unknown_category"  # code
    NOT_A_GROUP = "not_a_group"  # code
    NOT_A_STREET = "not_a_street"  # code
    NOT_THE_DISTRICT = "not_the_district"  # code
    MISSING_OFFICE = "missing_office"  # code
    MISSING_DISTRICT = "missing_district"
    SECOND_DISTRICT = "second_district"  # first_row
    UNIT_WITHOUT_AREA = "unit_without_area"  # code
    AREA_WITHOUT_UNIT = "area_without_unit"  # code
    KIND_DIFFERS = "kind_differs"  # kind, expected
    PARENT_DIFFERS = "parent_differs"  # parent, expected
    GROUP_NAME_DIFFERS = "group_name_differs"  # name, expected
    OUTSIDE_DISTRICT = "outside_district"
    NOT_A_WEEKEND = "not_a_weekend"  # value
    DATES_REVERSED = "dates_reversed"
    OVERLAPPING_PRIMARY = "overlapping_primary"  # area, other_row
    OVERLAPPING_DEPUTY = "overlapping_deputy"  # area, other_row


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to be mended.

    `row` is the line an editor shows (1 = the header) for CSV and for text that cannot be parsed, the number of the
    feature (from 1) for GeoJSON, the key for TOML; None for the file as a whole.
    """

    file: str
    row: int | str | None
    column: str | None
    rule: Rule
    facts: FaultFacts = field(default_factory=dict)


class DistrictFaults(Exception):
    """The files describe no district. Nothing was loaded; `faults` has everything there is to mend."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.file}:{fault.row}:{fault.column} {fault.rule}" for fault in faults))
        self.faults = tuple(faults)
