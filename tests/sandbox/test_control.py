"""The sandbox by itself, in another process, driven over `/_world/…`."""

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox import RefusedError, World
from tests.sandbox.conftest import Api, jpeg


class Remote:
    """A client of the control surface."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.session, self.url, self.token = session, url, token

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.url}/_world/{path}") as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, **wanted: Any) -> Any:
        async with self.session.post(f"{self.url}/_world/{path}", json=wanted) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def bot(self, method: str, **parameters: Any) -> Any:
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=parameters) as response:
            return (await response.json())["result"]


@pytest.fixture
async def remote() -> AsyncIterator[Remote]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--port", "0", "--no-limits", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    url, token = (await process.stdout.readline()).decode().split()
    async with aiohttp.ClientSession() as session:
        yield Remote(session, url, token)
    process.terminate()
    await process.wait()


async def test_a_conversation_from_another_process(remote: Remote) -> None:
    wang = (await remote.post("people", name="王阿姨", language="zh"))["id"]
    await remote.post(f"people/{wang}/start", payload="loc_1")
    async with remote.session.post(
        f"{remote.url}/_world/people/{wang}/photo?caption=看", data=jpeg(), headers={"Content-Type": "image/jpeg"}
    ) as response:
        assert await response.json() == {"message_id": 2}
    keyboard = {"inline_keyboard": [[{"text": "提交", "callback_data": "t"}]]}
    await remote.bot("sendMessage", chat_id=wang, text="草稿", reply_markup=keyboard)
    pressed = await remote.post(f"people/{wang}/presses", text="提交")
    await remote.bot("answerCallbackQuery", callback_query_id=pressed["query_id"], text="好了")
    screen = await remote.get(f"people/{wang}")
    assert [bubble["kind"] for bubble in screen["chat"]] == ["text", "photo", "text"]
    assert screen["toasts"] == [{"text": "好了", "alert": False}]
    async with remote.session.get(f"{remote.url}/_world/files/{screen['chat'][1]['file_ref']}") as response:
        assert response.content_type == "image/jpeg"
    taken = await remote.bot("getUpdates")
    await remote.bot("getUpdates", offset=taken[-1]["update_id"] + 1)
    assert await remote.post("quiet") == {}
    state = await remote.get("state")
    assert (state["pending"], state["complaints"]) == (0, [])


@pytest.fixture
def control(api: Api) -> Remote:
    return Remote(api.session, api.sandbox.url, api.sandbox.token)


async def test_everything_a_person_does(control: Remote, world: World) -> None:
    wang = (await control.post("people", name="王阿姨"))["id"]
    await control.post(f"people/{wang}/says", text="一")
    await control.post(f"people/{wang}/edits", message_id=1, text="二")
    await control.post(f"people/{wang}/location", lat=41.8, lon=123.4)
    await control.post(f"people/{wang}/venue", lat=41.8, lon=123.4, title="早市", address="幸福路")
    async with control.session.post(f"{control.url}/_world/people/{wang}/file?name=a.txt", data=b"abc") as response:
        assert response.status == 200
    for caption in ("", "两张"):
        path = f"people/{wang}/photo?album=a1&caption={caption}"
        async with control.session.post(f"{control.url}/_world/{path}", data=jpeg()) as response:
            assert response.status == 200
    await control.post(f"people/{wang}/presses_data", data="x", message_id=1)
    await control.post(f"people/{wang}/deletes", message_id=1)
    await control.post(f"people/{wang}/blocks_bot")
    await control.post(f"people/{wang}/unblocks_bot")
    shown = world.people[wang].chat
    assert [bubble.kind for bubble in shown] == ["location", "venue", "document", "photo", "photo"]
    assert [bubble.album for bubble in shown][3:] == ["a1", "a1"]
    assert await control.get("people") == [{"id": wang, "name": "王阿姨", "language": ""}]


async def test_keys_and_links(control: Remote, world: World) -> None:
    wang = (await control.post("people", name="王阿姨"))["id"]
    await control.post(f"people/{wang}/start")
    link = {"inline_keyboard": [[{"text": "打开", "url": f"https://t.me/{world.bot.username}?start=7"}]]}
    await control.bot("sendMessage", chat_id=wang, text="x", reply_markup=link)
    assert (await control.post(f"people/{wang}/opens", text="打开"))["url"].endswith("?start=7")
    keys = {"keyboard": [[{"text": "位置", "request_location": True}]]}
    await control.bot("sendMessage", chat_id=wang, text="x", reply_markup=keys)
    assert (await control.get(f"people/{wang}"))["keyboard"] == [["位置"]]
    await control.post(f"people/{wang}/presses_key", text="位置", lat=1, lon=2)
    assert world.people[wang].chat[-1].spot == (1, 2)


async def test_groups(control: Remote, world: World) -> None:
    wang = (await control.post("people", name="王阿姨"))["id"]
    group = (await control.post("groups", title="环卫组", members=[wang], forum=True))["id"]
    await control.post(f"people/{wang}/adds_bot", group=group, payload="u1")
    topic = world.groups[group].opens_topic("卫生", world.people[wang])
    await control.post(f"people/{wang}/says", text="/todo", group=group, topic=topic.thread)
    assert (await control.get("groups"))[0]["bot"] == "member"
    assert [b["text"] for b in (await control.get(f"groups/{group}"))["chat"]][-1] == "/todo"
    await control.post(f"people/{wang}/kicks_bot", group=group)
    assert world.groups[group].bot_status == "kicked"


async def test_faults_and_updates(control: Remote, world: World) -> None:
    await control.post("faults", method="getMe", what=502, times=3)
    await control.post("faults", down=True, latency_ms=1)
    assert world.faults.take("getMe") is not None
    assert (world.faults.is_down, world.faults.latency_ms) == (True, 1)
    await control.post("faults", method="getFile", what={"retry_after": 7})
    refused = world.faults.take("getFile")
    assert isinstance(refused, RefusedError)
    assert refused.parameters == {"retry_after": 7}
    await control.post("faults", clear=True)
    assert world.faults.take("getMe") is None
    assert (world.faults.is_down, world.faults.latency_ms) == (False, 0)
    pushed = await control.post("updates", message={})
    assert await control.post("updates", redeliver=pushed["update_id"]) == pushed


async def test_an_unknown_file_is_not_found(control: Remote) -> None:
    async with control.session.get(f"{control.url}/_world/files/x") as response:
        assert response.status == 404


async def test_a_page_waits_for_changes(control: Remote, world: World) -> None:
    seen = (await control.get("state"))["changes"]
    waiting = asyncio.create_task(control.get(f"state?changed_since={seen}"))
    await asyncio.sleep(0)
    world.person("王阿姨").says("x")
    assert (await waiting)["changes"] > seen


@pytest.mark.parametrize(
    ("path", "wanted", "status"),
    [
        ("people/7/says", {"text": "x"}, 404),
        ("people/5000000001/dances", {}, 404),
        ("people/5000000001/presses", {"text": "x"}, 404),
        ("people/5000000001/says", {"text": "x", "group": -7}, 404),
        ("people/5000000001/location", {"lat": "north", "lon": 1}, 400),
        ("people", [], 400),
        ("faults", {"method": "getMe", "what": "rain"}, 400),
        ("quiet", {"timeout": 0.01}, 400),
    ],
)
async def test_mistakes_are_answered(control: Remote, world: World, path: str, wanted: Any, status: int) -> None:
    world.person("王阿姨").says("x")
    async with control.session.post(f"{control.url}/_world/{path}", json=wanted) as response:
        assert response.status == status
        assert (await response.json())["error"]


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}])
async def test_no_other_page_may_drive_the_world(control: Remote, headers: dict[str, str]) -> None:
    async with control.session.post(f"{control.url}/_world/people", json={"name": "x"}, headers=headers) as response:
        assert response.status == 403
