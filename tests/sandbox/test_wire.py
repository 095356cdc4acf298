"""HTTP itself: bodies, files, and everything that can go wrong on the way."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Person, World, too_many
from tests.sandbox.conftest import Api, Clock, jpeg


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart", "any case"])
async def test_parameters_come_in_every_way(api: Api, wang: Person, how: str) -> None:
    url = f"{api.sandbox.base_url}{api.sandbox.token}/" + ("SENDMESSAGE" if how == "any case" else "sendMessage")
    fields = {"chat_id": str(wang.id), "text": "路灯"}
    parts = aiohttp.FormData(fields, default_to_multipart=True)
    ways: dict[str, dict[str, Any]] = {"query": {"params": fields}, "form": {"data": fields}, "json": {"json": fields}}
    async with api.session.post(url, **ways.get(how, {"data": parts})) as response:
        assert response.status == 200
        assert response.content_type == "application/json"
    assert wang.chat[-1].text == "路灯"


async def test_objects_may_come_as_text_in_forms(api: Api, wang: Person) -> None:
    url = f"{api.sandbox.base_url}{api.sandbox.token}/sendMessage"
    keyboard = json.dumps({"inline_keyboard": [[{"text": "好", "callback_data": "x"}]]})
    async with api.session.post(url, data={"chat_id": wang.id, "text": "x", "reply_markup": keyboard}):
        assert wang.chat[-1].buttons == ["好"]


@pytest.mark.parametrize("body", [b"{", b"[]"])
async def test_a_body_that_is_no_object_is_refused(api: Api, body: bytes) -> None:
    url = f"{api.sandbox.base_url}{api.sandbox.token}/sendMessage"
    headers = {"Content-Type": "application/json"}
    async with api.session.post(url, data=body, headers=headers) as response:
        assert response.status == 400


async def test_more_than_50_mb_are_refused(api: Api) -> None:
    url = f"{api.sandbox.base_url}{api.sandbox.token}/sendDocument"
    async with api.session.post(url, data=b"x", headers={"Content-Length": str(51 << 20)}) as response:
        assert response.status == 413
        assert (await response.json())["description"] == "Request Entity Too Large"


async def test_files_over_20_mb_cannot_be_fetched(api: Api, wang: Person) -> None:
    wang.sends_video(b"x", size=25_000_000)
    file_id = (await api.call("getUpdates"))[-1]["message"]["video"]["file_id"]
    assert await api.refusal("getFile", file_id=file_id) == (400, "Bad Request: file is too big")


async def test_a_link_lives_an_hour_and_can_be_had_anew(api: Api, wang: Person, clock: Clock) -> None:
    wang.sends_file(b"abc", "a.txt")
    file_id = (await api.call("getUpdates"))[-1]["message"]["document"]["file_id"]
    path = (await api.call("getFile", file_id=file_id))["file_path"]
    url = f"{api.sandbox.base_file_url}{api.sandbox.token}/{path}"
    clock.advance(3599)
    async with api.session.get(url) as response:
        assert (response.status, await response.read()) == (200, b"abc")
    clock.advance(2)
    async with api.session.get(url) as response:
        assert (response.status, (await response.json())["description"]) == (404, "Not Found")
    await api.call("getFile", file_id=file_id)
    async with api.session.get(url) as response:
        assert response.status == 200


async def test_files_need_the_token(api: Api) -> None:
    async with api.session.get(f"{api.sandbox.base_file_url}1:wrong/photos/file_1.jpg") as response:
        assert response.status == 401


async def test_ordered_errors_come_in_order(api: Api, world: World, wang: Person) -> None:
    world.faults.next("sendMessage", 502, times=2)
    world.faults.next("sendMessage", too_many(7))
    where = {"chat_id": wang.id, "text": "x"}
    assert await api.refusal("sendMessage", **where) == (502, "Bad Gateway")
    assert await api.refusal("sendMessage", **where) == (502, "Bad Gateway")
    assert (await api.answer("sendMessage", **where))[1]["parameters"] == {"retry_after": 7}
    await api.call("sendMessage", **where)
    assert len(wang.chat) == 2


async def test_a_star_befalls_any_method(api: Api, world: World) -> None:
    world.faults.next("*", 500)
    assert await api.refusal("getMe") == (500, "Internal Server Error")
    await api.call("getMe")


@pytest.mark.parametrize(("mishap", "is_done"), [("cut", False), ("lost", True)])
async def test_a_broken_connection(api: Api, world: World, wang: Person, mishap: Any, is_done: bool) -> None:
    world.faults.next("sendMessage", mishap)
    with pytest.raises(aiohttp.ClientError):
        await api.call("sendMessage", chat_id=wang.id, text="x")
    assert (wang.last is not None) == is_done


@pytest.mark.parametrize(("mishap", "is_done"), [("hang", False), ("silence", True)])
async def test_an_answer_that_never_comes(api: Api, world: World, wang: Person, mishap: Any, is_done: bool) -> None:
    world.faults.next("sendMessage", mishap)
    call = asyncio.create_task(api.call("sendMessage", chat_id=wang.id, text="x"))
    await asyncio.wait([call], timeout=0.1)
    assert not call.done()
    assert (wang.last is not None) == is_done
    world.faults.release()
    with pytest.raises(aiohttp.ClientError):
        await call


async def test_garbage_and_poison(api: Api, world: World) -> None:
    url = f"{api.sandbox.base_url}{api.sandbox.token}/getUpdates"
    world.faults.next("getUpdates", "garbage")
    world.faults.next("getUpdates", b'{"ok":true,"result":[{"update_id":')
    for start in (b"<html>", b'{"ok":true,"result":[{"'):
        async with api.session.get(url) as response:
            assert response.status == 200
            assert (await response.read()).startswith(start)


async def test_telegram_goes_down_and_comes_back(api: Api, world: World) -> None:
    world.faults.down()
    with pytest.raises(aiohttp.ClientError):
        await api.call("getMe")
    world.faults.up()
    await api.call("getMe")


async def test_downloads_fail_too(api: Api, world: World, wang: Person) -> None:
    wang.sends_photo(jpeg())
    file_id = (await api.call("getUpdates"))[-1]["message"]["photo"][-1]["file_id"]
    path = (await api.call("getFile", file_id=file_id))["file_path"]
    url = f"{api.sandbox.base_file_url}{api.sandbox.token}/{path}"
    world.faults.next("file", 502)
    async with api.session.get(url) as response:
        assert response.status == 502
    world.faults.next("file", "cut", times=2)  # a client may try a GET twice
    with pytest.raises(aiohttp.ClientError):
        await api.session.get(url)


async def test_latency_delays(api: Api, world: World) -> None:
    world.faults.latency_ms = 30
    loop = asyncio.get_running_loop()
    began = loop.time()
    await api.call("getMe")
    assert loop.time() - began >= 0.03
    world.faults.clear()
    assert world.faults.latency_ms == 0


def test_a_mishap_must_be_known(world: World) -> None:
    with pytest.raises(ValueError, match="unknown mishap 'flood'"):
        world.faults.next("getMe", "flood")  # type: ignore[arg-type]  # what a misspelt order in JSON would be


async def test_calls_are_recorded(api: Api, world: World, wang: Person) -> None:
    await api.call("sendMessage", chat_id=wang.id, text="x")
    await api.refusal("sendMessage", chat_id=7, text="y")
    assert world.called("sendMessage") == [{"chat_id": wang.id, "text": "x"}]
    assert [done.refused.description for done in world.calls if done.refused] == ["Bad Request: chat not found"]


async def test_a_lonely_album_is_complained_about(api: Api, world: World, wang: Person) -> None:
    media = json.dumps([{"type": "photo", "media": "attach://a"}])
    files = {"a": ("a.jpg", jpeg())}
    status, _ = await api.upload("sendMediaGroup", files, chat_id=str(wang.id), media=media)
    assert status == 200
    assert world.complaints == ["sendMediaGroup with one item; documented are 2 to 10"]
