"""Instants as the reader says them, seen from a now, in the district's time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import LANGUAGES
from bot.texts.catalog import load
from bot.texts.times import say

SHANGHAI = ZoneInfo("Asia/Shanghai")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
WORDS = {language: load(language)["time"] for language in LANGUAGES}

NOON = datetime(2026, 4, 21, 12, 0, tzinfo=SHANGHAI)
NEW_YEARS_EVE = datetime(2026, 12, 31, 12, 0, tzinfo=SHANGHAI)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, *, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "instant", "zh", "en"),
    [
        pytest.param(NOON, at(2026, 4, 21, 17, 30), "今天 17:30", "today 17:30", id="later today"),
        pytest.param(NOON, at(2026, 4, 21), "今天 00:00", "today 00:00", id="today's first minute"),
        pytest.param(NOON, at(2026, 4, 21, 23, 59), "今天 23:59", "today 23:59", id="today's last minute"),
        pytest.param(NOON, at(2026, 4, 22), "明天 00:00", "tomorrow 00:00", id="midnight is tomorrow's"),
        pytest.param(NOON, at(2026, 4, 22, 9, 5), "明天 09:05", "tomorrow 09:05", id="tomorrow"),
        pytest.param(NOON, at(2026, 4, 20, 8), "昨天 08:00", "yesterday 08:00", id="yesterday"),
        pytest.param(NOON, at(2026, 4, 23, 17, 30), "4月23日（周四）17:30", "Thu 23 Apr, 17:30", id="in two days"),
        pytest.param(NOON, at(2026, 4, 19, 9), "4月19日（周日）09:00", "Sun 19 Apr, 09:00", id="two days ago"),
        pytest.param(NOON, at(2026, 12, 31, 9), "12月31日（周四）09:00", "Thu 31 Dec, 09:00", id="end of this year"),
        pytest.param(NOON, at(2027, 1, 1, 9), "2027年1月1日 09:00", "1 Jan 2027, 09:00", id="next year"),
        pytest.param(NOON, at(2025, 4, 21, 9), "2025年4月21日 09:00", "21 Apr 2025, 09:00", id="last year"),
        pytest.param(NEW_YEARS_EVE, at(2027, 1, 1, 9), "明天 09:00", "tomorrow 09:00", id="new year's day is tomorrow"),
        pytest.param(
            at(2027, 1, 1, 9), NEW_YEARS_EVE, "昨天 12:00", "yesterday 12:00", id="new year's eve was yesterday"
        ),
        pytest.param(
            NEW_YEARS_EVE, at(2027, 1, 2, 9), "2027年1月2日 09:00", "2 Jan 2027, 09:00", id="then the year is told"
        ),
        pytest.param(at(2028, 2, 28, 9), at(2028, 2, 29, 9), "明天 09:00", "tomorrow 09:00", id="leap day"),
    ],
)
def test_an_instant_is_said_as_people_say_it(now: datetime, instant: datetime, zh: str, en: str) -> None:
    assert say(instant, now, SHANGHAI, WORDS["zh"]) == zh
    assert say(instant.astimezone(UTC), now.astimezone(UTC), SHANGHAI, WORDS["en"]) == en


AFTERNOON = (datetime(2026, 4, 21, 14, 0, tzinfo=UTC), datetime(2026, 4, 21, 17, 0, tzinfo=UTC))
NIGHT = (datetime(2026, 4, 22, 3, 0, tzinfo=UTC), datetime(2026, 4, 22, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("now_and_then", "zone", "said"),
    [
        pytest.param(AFTERNOON, SHANGHAI, "tomorrow 01:00", id="past midnight in the east"),
        pytest.param(AFTERNOON, LOS_ANGELES, "today 10:00", id="one morning in the west"),
        pytest.param(AFTERNOON, KATHMANDU, "today 22:45", id="three quarters of an hour off"),
        pytest.param(NIGHT, SHANGHAI, "today 16:00", id="one day in the east"),
        pytest.param(NIGHT, LOS_ANGELES, "tomorrow 01:00", id="past midnight in the west"),
    ],
)
def test_the_day_is_that_of_the_district_wherever_the_machine_stands(
    now_and_then: tuple[datetime, datetime], zone: ZoneInfo, said: str
) -> None:
    now, instant = now_and_then
    assert say(instant, now, zone, WORDS["en"]) == said


def test_days_are_counted_by_the_calendar_where_clocks_are_put_forward() -> None:
    """8 March 2026 has 23 hours in Los Angeles: 24 hours after 23:30 it is the day after tomorrow."""
    now = at(2026, 3, 7, 23, 30, zone=LOS_ANGELES)
    next_night = now.astimezone(UTC) + timedelta(hours=24)
    assert say(next_night, now, LOS_ANGELES, WORDS["en"]) == "Mon 9 Mar, 00:30"
    assert say(now.astimezone(UTC) + timedelta(hours=23), now, LOS_ANGELES, WORDS["en"]) == "tomorrow 23:30"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_and_weekday_has_its_name(language: str, month: int) -> None:
    said = {
        say(at(2026, month, day, 9), at(2026, (month + 5) % 12 + 1, 15), SHANGHAI, WORDS[language])
        for day in range(1, 8)
    }
    assert len(said) == 7
    assert all("{" not in one and " ," not in one and "（）" not in one for one in said)


INSTANTS = st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 — bounds of aware ones


@given(
    INSTANTS, st.timedeltas(timedelta(days=-4), timedelta(days=4)), st.sampled_from([SHANGHAI, LOS_ANGELES, KATHMANDU])
)
def test_today_is_said_of_today_and_of_no_other_day(now: datetime, ahead: timedelta, zone: ZoneInfo) -> None:
    instant = now + ahead
    said = say(instant, now, zone, WORDS["en"])
    assert said.endswith(f"{instant.astimezone(zone):%H:%M}")
    assert said.startswith("today") == (instant.astimezone(zone).date() == now.astimezone(zone).date())
