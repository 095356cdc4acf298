"""Faults that come in numbers or from below: storms, doubles, poison, clocks and servers. Nothing is lost."""

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from structlog.typing import EventDict

from bot.sandbox import Person, too_many
from bot.sandbox.errors import conflict
from storage import inbox
from tests.postgres import Server
from tests.stories.said import said
from tests.stories.stores import Look
from tests.stories.test_faults import NUMBER, TYRES, break_draft
from tests.stories.town import Town
from tests.stories.weather import events, logged, says_at_once, times, weathered

# --- from Telegram ----------------------------------------------------------------------------------------------------


async def test_a_storm_of_refusals_is_waited_out_and_everybody_gets_everything_once(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    for method in ("sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates"):
        town.world.faults.next(method, too_many(1), times=2)
    wang.presses("提交")
    await weathered(town)
    assert (times(wang, NUMBER), times(lead, NUMBER)) == (1, 1)
    assert not town.world.complaints


async def test_a_second_bot_with_the_token_takes_nothing_away(
    ximing_town: Town, wang: Person, logs: list[EventDict]
) -> None:
    town = ximing_town
    town.world.faults.next("getUpdates", conflict("terminated by other getUpdates request"), times=3)
    await town.says(wang, TYRES)
    assert times(wang, said("notice.draft")) == 1
    assert "another_bot_polls" in events(logs)


async def test_what_comes_twice_has_its_effect_once(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    town.world.updates.redeliver()
    await town.press(wang, "提交")
    town.world.updates.redeliver()
    await town.settled()
    assert (times(wang, NUMBER), times(lead, NUMBER)) == (1, 1)
    await town.says(wang, "/my")
    assert "XM-260421-002" not in town.seen(wang, said("notice.my_cases"))


MANY = 300


async def test_poison_among_many_stands_in_nobodys_way(ximing_town: Town, wang: Person, lead: Person) -> None:
    """What cannot be read is set aside at once, what we fail at after a minute; everybody else is answered before."""
    town = ximing_town
    await town.says(wang, TYRES)
    await break_draft(town)
    crowd = [town.world.person(f"居民{number}", language="zh-hans") for number in range(MANY // 10)]
    for number in range(MANY):
        one = crowd[number % len(crowd)]
        if number % 7 == 0:
            town.world.push_raw({"message": {"chat": {"id": one.id}, "from": "nobody", "date": "never"}})
        one.says("👍")
    wang.says("还有一堆")
    for one in crowd:
        one.says("/help")
    await town.world.until(lambda: all(one.sees(said("notice.help")) for one in crowd), timeout=20)
    await says_at_once(town, lead, "/help")
    unreadable = await town.house.store.read(inbox.list_parked, MANY)
    assert len(unreadable) == len(range(0, MANY, 7))
    assert all(one.error.startswith("unreadable") for one in unreadable)
    town.clock.advance(timedelta(seconds=61))
    await says_at_once(town, lead, "/help")
    await town.world.until(lambda: wang.sees(said("notice.parked_yours")))


# --- the clock --------------------------------------------------------------------------------------------------------

BACK = timedelta(hours=1)


async def test_a_clock_that_is_set_back_holds_no_chat_for_longer_than_a_minute(
    ximing_town: Town, wang: Person, lead: Person, logs: list[EventDict]
) -> None:
    """What backs off would else be tried again an hour later, and all that its chat says would wait behind it."""
    town = ximing_town
    await town.says(wang, TYRES)
    await break_draft(town)
    wang.says("还有一堆")
    await logged(logs, "handler_failed")
    town.clock.ahead -= BACK
    for span in (timedelta(seconds=6), timedelta(seconds=61)):
        town.clock.advance(span)
        await says_at_once(town, lead, "/help")
    await town.world.until(lambda: wang.sees(said("notice.parked_yours")))


async def test_a_clock_that_is_set_back_holds_no_message_back(ximing_town: Town, wang: Person, lead: Person) -> None:
    """Neither one that is to be tried again nor a card that waits a moment for further changes."""
    town = ximing_town
    await town.says(wang, TYRES)
    town.world.faults.next("sendMessage", 502)
    wang.presses("提交")
    await town.world.until(lambda: wang.sees(NUMBER))
    await town.world.quiet()
    town.clock.ahead -= BACK
    town.house.wake()
    await weathered(town, lambda: lead.sees(NUMBER))
    assert BACK + town.clock.ahead <= timedelta(minutes=2)


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


@pytest.mark.engine("postgres")
async def test_connections_that_are_cut_lose_nothing(
    ximing_town: Town, wang: Person, lead: Person, tmp_path: Path, logs: list[EventDict]
) -> None:
    town = ximing_town
    for number in range(5):
        with Look(tmp_path / "var").open() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'suishoupai' AND datname = current_database()"
            )
        wang.says(f"{TYRES}，第{number}堆")
    await weathered(town)
    assert all(f"第{number}堆" in town.seen(wang, said("notice.draft")) for number in range(5))
    await town.press(wang, "提交")
    await weathered(town)
    assert (times(wang, NUMBER), times(lead, NUMBER)) == (1, 1)
    assert not {"parked", "handler_failed"} & events(logs)


@pytest.mark.engine("postgres")
async def test_a_server_that_is_restarted_is_waited_for(
    ximing_town: Town, wang: Person, lead: Person, postgres: Server, logs: list[EventDict]
) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    if postgres.restart is None:
        pytest.skip("the server is not ours to restart")
    wang.presses("提交")
    postgres.restart()
    await weathered(town)
    assert (times(wang, NUMBER), times(lead, NUMBER)) == (1, 1)
    assert not {"parked", "handler_failed"} & events(logs)
