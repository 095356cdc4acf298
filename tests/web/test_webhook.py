"""Posted to by Telegram: the same story as by polling, 200 only for what is committed, and nobody else gets in."""

import hashlib
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.typing import EventDict

from bot.sandbox import NO_LIMITS, Person, World
from bot.sandbox.pictures import picture
from domain.case import State
from storage import inbox
from storage.district.files import Files
from tests.stories.said import said
from tests.stories.test_files_and_disk import full_disk
from tests.stories.town import Town, town
from tests.stories.weather import events, logged, times
from tests.web.conftest import HEADER, SECRET, Door, hooked

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
DEEP = b"[" * 100_000
NUMBER = "XM-260421-001"


async def story(place: Town) -> list[str]:
    """From a report to its end. What everybody has seen then."""
    lead, partner = await place.officer("老李", "D12"), await place.officer("小赵", "D02")
    wang = await place.resident("王阿姨")
    await place.reports(wang, TYRES, jpeg=picture("tyres"))
    await place.press(lead, "接单", "整改完成")
    await place.photo(lead, picture("tyres", "after"), "清了")
    await place.press(partner, "通过", "现场")
    assert (await place.case(NUMBER)).state is State.CLOSED
    return [person.last.text for person in (lead, partner, wang) if person.last]


async def test_the_same_story_by_webhook_as_by_polling(tmp_path: Path, ximing: Files) -> None:
    async with town(tmp_path / "polling", ximing) as place:
        by_polling = await story(place)
        assert place.world.hook is None
    async with town(tmp_path / "webhook", ximing, settings=hooked()) as place:
        by_webhook = await story(place)
        assert place.world.hook
        assert place.world.called("getUpdates") == []
    assert by_polling == by_webhook
    assert len(by_polling) == 3


async def test_a_bot_goes_from_one_to_the_other_and_back(tmp_path: Path, ximing: Files) -> None:
    world = World(limits=NO_LIMITS)
    wang = world.person("王阿姨", language="zh-hans")
    for settings in ({}, hooked(), {}):
        wang.says("/help")
        async with town(tmp_path / "var", ximing, world=world, settings=settings) as place:
            await place.settled()
            assert bool(world.hook) == bool(settings)
    assert times(wang, said("notice.help")) == 3


async def test_what_is_posted_twice_has_one_effect(door: Door, wang: Person) -> None:
    await door.town.says(wang, TYRES)
    before = [bubble.text for bubble in wang.chat]
    door.town.world.redeliver()
    await door.town.settled()
    assert [bubble.text for bubble in wang.chat] == before


@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: SECRET[:-1]}, {HEADER: "秘密" * 8}], ids=str)
async def test_who_does_not_know_the_secret_is_refused(
    door: Door, headers: dict[str, str], logs: list[EventDict]
) -> None:
    answer = await door.post(b'{"update_id": 1}', headers)
    assert answer.status == 403
    assert await door.town.house.store.read(inbox.waiting_count) == 0
    assert "post_refused" in events(logs)


async def test_a_body_over_one_megabyte_is_refused(door: Door) -> None:
    """Whether it says how long it is or not."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(2048):
            yield b" " * 1024

    assert (await door.post(io.BytesIO(b" " * ((1 << 20) + 1)))).status == 413
    assert (await door.post(pieces())).status == 413
    assert (await door.post(b'{"update_id": 1}' + b" " * 1000)).status == 200


@pytest.mark.parametrize(
    ("body", "external_id"),
    [
        (b'{"update_id": 799, "message": {"text": "', "799"),
        (b'{"update_id": 799} and more', "799"),
        (b'{"update_id": 799, "message": "\xff\xfe"}', "799"),
        (b"<html>", f"sha256:{hashlib.sha256(b'<html>').hexdigest()[:32]}"),
        (b"", f"sha256:{hashlib.sha256(b'').hexdigest()[:32]}"),
        (DEEP, f"sha256:{hashlib.sha256(DEEP).hexdigest()[:32]}"),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_what_cannot_be_read_is_kept_and_set_aside(door: Door, body: bytes, external_id: str) -> None:
    """As the polling receiver keeps it: Telegram would send it for ever."""
    assert (await door.post(body)).status == 200
    await door.town.settled()
    (parked,) = await door.town.house.store.read(inbox.list_parked)
    assert parked.payload == body
    assert parked.external_id == external_id


@pytest.mark.engine("sqlite")
async def test_what_cannot_be_stored_is_not_confirmed_and_comes_again(
    door: Door, wang: Person, logs: list[EventDict]
) -> None:
    world = door.town.world
    with full_disk():
        wang.says(TYRES)
        await logged(logs, "not_stored")
        assert (await door.post(b'{"update_id": 1}')).status == 503
        assert world.updates.pending == 1
        assert world.hook
        assert "503" in world.hook.error
    await door.town.settled()
    assert times(wang, said("notice.draft")) == 1
    assert "parked" not in events(logs)


@pytest.mark.parametrize(("path", "status"), [("/", 404), ("/hook/", 404), ("/healthz", 405), ("/metrics", 405)])
async def test_nothing_else_is_posted_to(door: Door, path: str, status: int) -> None:
    assert (await door.post(b"{}", path=path)).status == status
