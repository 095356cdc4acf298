"""Getting what somebody sent."""

from typing import Any

import pytest

from bot.channel import FetchLater, FetchNever
from bot.sandbox.errors import bad
from bot.sandbox.world import World
from bot.telegram.channel import TelegramChannel
from domain.messages import Said
from tests.telegram.conftest import channel_at, picture
from tests.telegram.updates import RECEIVED_AT
from tests.telegram.wire import Wire, success


def sent_file(world: World, data: bytes, size: int | None = None) -> str:
    message = world.person("王").sends_file(data, "IMG_1.jpg", "image/jpeg", size=size)
    assert message.content.media
    return message.content.media.best.id


async def test_a_file_comes_back_byte_for_byte(channel: TelegramChannel, world: World) -> None:
    data = picture("red")
    assert await channel.fetch(sent_file(world, data)) == data


async def test_the_ref_in_what_was_parsed_can_be_fetched(channel: TelegramChannel, world: World) -> None:
    world.person("王").sends_photo(picture("red", edge=200))
    incoming = channel.parse(world.updates.ready()[-1].body, RECEIVED_AT)
    assert isinstance(incoming, Said)
    assert (await channel.fetch(incoming.media[0].ref)).startswith(b"\xff\xd8")


async def test_what_is_too_big_can_never_be_had(channel: TelegramChannel, world: World) -> None:
    ref = sent_file(world, b"x", size=21 << 20)
    with pytest.raises(FetchNever, match="too_big"):
        await channel.fetch(ref)


async def test_what_nobody_knows_can_never_be_had(channel: TelegramChannel, world: World) -> None:
    world.faults.next("getFile", bad("invalid file_id"))
    with pytest.raises(FetchNever, match="unknown"):
        await channel.fetch("AgAC-unknown")


async def test_what_is_only_unavailable_now_is_tried_again(channel: TelegramChannel, world: World) -> None:
    world.faults.next("getFile", bad("wrong file_id or the file is temporarily unavailable"))
    with pytest.raises(FetchLater):
        await channel.fetch(sent_file(world, b"x"))


@pytest.mark.parametrize("method", ["getFile", "file"])
@pytest.mark.parametrize("fault", ["hang", "cut", 500, 502, 429])
async def test_trouble_on_the_way_is_tried_again(hasty: TelegramChannel, world: World, method: str, fault: Any) -> None:
    ref = sent_file(world, b"x")
    world.faults.next(method, fault, times=2 if (method, fault) == ("file", "cut") else 1)  # aiohttp repeats a GET once
    with pytest.raises(FetchLater):
        await hasty.fetch(ref)
    assert await hasty.fetch(ref) == b"x"


async def test_a_fresh_link_that_leads_nowhere_means_the_file_is_gone(channel: TelegramChannel, world: World) -> None:
    world.faults.next("file", 404)
    with pytest.raises(FetchNever, match="unknown"):
        await channel.fetch(sent_file(world, b"x"))


async def test_a_file_without_a_path_is_asked_for_again() -> None:
    async with Wire(success({"file_id": "a", "file_unique_id": "b"})) as wire:
        channel = channel_at(wire.url, "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0")
        await channel._request.initialize()
        with pytest.raises(FetchLater):
            await channel.fetch("a")
        await channel.close()
