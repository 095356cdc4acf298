"""`/healthz` and `/metrics`: what an operator asks."""

import json
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from structlog.typing import EventDict

from bot import app
from bot.sandbox import NO_LIMITS, Person, World, forbidden
from handlers.sweeps import drafts_age
from storage.district.files import Files
from tests.stories.test_files_and_disk import full_disk
from tests.stories.town import town
from tests.stories.weather import logged, weathered
from tests.web.conftest import Door, listening

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
PARTS = {"receiver", "pump", "dispatcher", "fetcher", "heartbeat", "store"}


async def alive(door: Door) -> Mapping[str, bool]:
    """What /healthz says once every part has had its first turn."""
    await door.town.sweep(drafts_age)
    await door.town.settled()
    answer = await door.get("/healthz")
    said: Mapping[str, bool] = json.loads(answer.text)
    assert (answer.status == 200) == all(said.values())
    return said


async def test_a_bot_that_works_is_healthy(door: Door) -> None:
    assert await alive(door) == dict.fromkeys(PARTS, True)


@pytest.mark.engine("sqlite")
async def test_a_full_disk_is_named(door: Door) -> None:
    with full_disk():
        said = await alive(door)
    assert [part for part, ok in said.items() if not ok] == ["store"]


async def test_whatever_has_not_been_seen_for_long_is_named(door: Door) -> None:
    await alive(door)
    later = app.health(door.town.house, lambda: time.monotonic() + 100)
    assert [part for part, ok in (await later.look()).items() if not ok] == [
        "pump",
        "dispatcher",
        "fetcher",
        "heartbeat",
    ]
    much_later = app.health(door.town.house, lambda: time.monotonic() + 1000)
    assert [part for part, ok in (await much_later.look()).items() if ok] == ["store"]


async def test_a_bot_that_cannot_reach_its_channel_is_not_healthy(
    tmp_path: Path, ximing: Files, logs: list[EventDict]
) -> None:
    world = World(limits=NO_LIMITS)
    world.faults.down()
    async with town(tmp_path / "var", ximing, world=world, settings=listening()) as place:
        await logged(logs, "channel_unreachable")
        answer = await Door(place).get("/healthz")
    assert answer.status == 503
    assert not json.loads(answer.text)["receiver"]


async def measured(door: Door) -> Mapping[str, float]:
    """Every number that /metrics gives, by its name and labels."""
    answer = await door.get("/metrics")
    assert answer.status == 200
    return {
        " ".join([sample.name.removeprefix("suishoupai_"), *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_what_comes_in_and_goes_out_is_counted(door: Door, wang: Person) -> None:
    place = door.town
    before = await measured(door)
    await place.reports(wang, TYRES)
    place.world.push_raw(b'{"update_id": 799999999, "message": 7}')
    place.world.faults.next("sendMessage", 502)
    place.world.faults.next("sendMessage", forbidden("bot was blocked by the user"))
    wang.says("/my")
    wang.says("/help")
    await weathered(place)
    after = await measured(door)
    gone = {name: value - before[name] for name, value in after.items()}
    assert gone["updates_taken_total"] == 5
    assert gone["updates_done_total"] == 4
    assert gone["updates_parked_total"] == 1
    assert gone["handling_seconds_count"] == 4
    assert gone["outbox_total later"] >= 1
    assert gone["outbox_total unreachable"] == 1
    assert gone["outbox_total refused"] == 0
    assert gone["cases dispatched"] + gone["cases triage"] == 1
    assert after["inbox_waiting"] == after["inbox_oldest_seconds"] == after["outbox_waiting"] == 0


async def test_what_waits_is_measured(door: Door, wang: Person) -> None:
    place = door.town
    place.world.faults.next("sendMessage", 502, times=1000)
    wang.says("/help")
    await place.world.quiet()
    place.clock.advance(timedelta(minutes=5))
    waiting = await measured(door)
    assert waiting["outbox_waiting"] == 1
    assert 300 <= waiting["outbox_oldest_seconds"] < 400


async def test_nothing_in_the_metrics_says_who_or_what(door: Door, wang: Person) -> None:
    await door.town.reports(wang, TYRES)
    page = (await door.get("/metrics")).text
    assert str(wang.id) not in page
    assert TYRES not in page
