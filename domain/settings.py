"""The numbers a district sets for itself in `district.toml`. The defaults are those of product.md.

A `timedelta` runs by the clock, a `Limit` in its own kind of time; times of the day are wall time in `zone`.
Waits for a person at the keyboard (`draft_…`, `addition_within`, `patrol_ends_after`) run on machine time, also in a
rehearsal.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NewType
from zoneinfo import ZoneInfo

from domain.limits import Limit, LimitUnit
from domain.worktime import Hours

Percent = NewType("Percent", int)

_CHINA = ZoneInfo("Asia/Shanghai")
_TWO_WH, _FOUR_WH, _EIGHT_WH = (Limit(hours, LimitUnit.WORKING_HOURS) for hours in (2, 4, 8))
_ONE_WD = Limit(1, LimitUnit.WORKING_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One district's settings; `district.toml` has a comment for each. Empty `name`: that of the district's area.

    `urgencies` are the words for urgency in `categories.csv`, from mild to urgent.
    """

    name: str = ""
    number_prefix: str = "XM"
    zone: ZoneInfo = _CHINA
    working_hours: tuple[Hours, ...] = ((time(8, 30), time(12, 0)), (time(13, 0), time(17, 30)))
    quiet_hours: Hours = (time(21, 0), time(7, 30))
    urgencies: tuple[str, str, str] = ("normal", "pressing", "urgent")
    next_assessment: date | None = None

    draft_files_after: timedelta = timedelta(minutes=10)
    danger_files_after: timedelta = timedelta(minutes=2)
    draft_asked_after: timedelta = timedelta(hours=1)
    draft_to_triage_after: timedelta = timedelta(hours=24)
    addition_within: timedelta = timedelta(minutes=10)
    patrol_ends_after: timedelta = timedelta(hours=3)
    suggestions: int = 3
    nearby_metres: int = 100
    nearby_closed_within: timedelta = timedelta(days=7)
    reports_a_day_resident: int = 20
    reports_a_day_volunteer: int = 200

    acknowledge_within: Limit = _TWO_WH
    acknowledge_urgent_within: timedelta = timedelta(minutes=30)
    green_percent: Percent = Percent(80)
    remind_percents: tuple[Percent, ...] = (Percent(50), Percent(80))
    office_after: Limit = _ONE_WD
    check_within: Limit = _EIGHT_WH
    check_remind_after: Limit = _FOUR_WH
    redo_within: Limit = _FOUR_WH
    send_back_at_least: Limit = _FOUR_WH
    reopen_at_least: Limit = _EIGHT_WH
    rate_within: timedelta = timedelta(days=7)
    rework_within: timedelta = timedelta(days=7)
    extensions: int = 2
    decide_within: Limit = _FOUR_WH

    digest_at: time = time(8, 30)
    digest_lines: int = 10
    pushes_a_day: int = 6
    invitation_valid: timedelta = timedelta(days=7)
    parked_kept: timedelta = timedelta(days=30)
    photos_kept: timedelta = timedelta(days=180)

    ranked_from_cases: int = 3
    red_list_percent: Percent = Percent(90)
    yellow_list_percent: Percent = Percent(80)
    listed_at_most: int = 3
    preview_at: time = time(9, 0)
    objection_until: time = time(14, 0)
    bulletin_at: time = time(16, 0)
