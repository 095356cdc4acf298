"""getUpdates: waiting, confirming, allowed kinds, and two pollers."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Person, Sandbox, World
from bot.sandbox.updates import DEFAULT
from tests.sandbox.conftest import Api

TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def ids(api: Api, **parameters: Any) -> list[int]:
    return [update["update_id"] for update in await api.call("getUpdates", **parameters)]


@pytest.fixture
def first(world: World) -> int:
    """The id of the first of three updates."""
    person = world.person("王阿姨")
    for words in ("一", "二", "三"):
        person.says(words)
    return world.updates.waiting[0].id


async def test_updates_stay_until_a_higher_offset_confirms_them(api: Api, first: int) -> None:
    assert await ids(api) == [first, first + 1, first + 2]
    assert await ids(api) == [first, first + 1, first + 2]
    assert await ids(api, offset=first + 1) == [first + 1, first + 2]
    assert await ids(api) == [first + 1, first + 2]


async def test_a_limit_is_kept(api: Api, first: int) -> None:
    assert await ids(api, limit=2) == [first, first + 1]


async def test_a_negative_offset_forgets_all_but_the_last(api: Api, first: int) -> None:
    assert await ids(api, offset=-1) == [first + 2]
    assert await ids(api) == [first + 2]


async def test_a_waiting_poll_is_woken_by_an_update(api: Api, world: World, wang: Person) -> None:
    offset = (await ids(api))[-1] + 1
    poll = asyncio.create_task(api.call("getUpdates", offset=offset, timeout=50))
    await world.until(lambda: world.updates.is_polled)
    wang.says("路灯坏了")
    assert (await poll)[0]["message"]["text"] == "路灯坏了"


async def test_a_poll_ends_with_nothing(api: Api) -> None:
    assert await api.call("getUpdates", timeout=0.02) == []


async def test_of_two_pollers_the_older_is_ended(api: Api, world: World) -> None:
    older = asyncio.create_task(api.refusal("getUpdates", timeout=50))
    await world.until(lambda: world.updates.is_polled)
    newer = asyncio.create_task(api.refusal("getUpdates", timeout=50))
    assert await older == (409, TERMINATED)
    await world.until(lambda: world.updates.is_polled)
    assert not newer.done()
    third = asyncio.create_task(api.call("getUpdates", timeout=50))
    assert await newer == (409, TERMINATED)
    await world.until(lambda: world.updates.is_polled)
    world.person("王阿姨").says("有人吗")
    assert len(await third) == 1


async def test_a_poller_that_goes_away_makes_room(api: Api, world: World) -> None:
    poll = asyncio.create_task(api.call("getUpdates", timeout=50))
    await world.until(lambda: world.updates.is_polled)
    poll.cancel()
    await world.until(lambda: not world.updates.is_polled)


async def test_a_webhook_excludes_polling(api: Api, world: World) -> None:
    poll = asyncio.create_task(api.refusal("getUpdates", timeout=50))
    await world.until(lambda: world.updates.is_polled)
    await api.call("setWebhook", url="http://127.0.0.1:1/")
    assert await poll == (409, "Conflict: terminated by setWebhook request")
    words = (await api.refusal("getUpdates"))[1]
    assert words.startswith("Conflict: can't use getUpdates method while webhook is active")


async def test_by_default_everything_comes_but_three_kinds(api: Api, world: World, wang: Person) -> None:
    assert {"message", "callback_query", "my_chat_member", "edited_message"} <= DEFAULT
    assert world.tell("chat_member", {}, wang.room) is None
    assert world.tell("message_reaction", {}, wang.room) is None
    wang.blocks_bot()
    assert "my_chat_member" in (await api.call("getUpdates"))[-1]


async def test_allowed_kinds_are_remembered(api: Api, wang: Person) -> None:
    await api.call("getUpdates", offset=-1, allowed_updates=["message", "nonsense"])
    wang.blocks_bot()
    wang.start()
    assert [set(update) - {"update_id"} for update in await api.call("getUpdates")] == [{"message"}] * 2
    await api.call("getUpdates", allowed_updates=[])
    wang.blocks_bot()
    assert "my_chat_member" in (await api.call("getUpdates"))[-1]


async def test_allowed_kinds_may_come_as_text(api: Api, wang: Person) -> None:
    url = f"{api.sandbox.base_url}{api.sandbox.token}/getUpdates"
    async with api.session.post(url, data={"allowed_updates": json.dumps(["callback_query"])}):
        wang.says("x")
    assert [u["message"]["text"] for u in await api.call("getUpdates")] == ["/start"]


async def test_an_update_can_come_again(api: Api, world: World, first: int) -> None:
    assert await ids(api, offset=first + 3) == []
    assert world.redeliver() == first + 2
    world.redeliver(first)
    assert await ids(api, offset=first + 3) == [first + 2, first]
    assert await ids(api, offset=first + 3) == []


async def test_an_unknown_update_cannot_come_again(world: World) -> None:
    with pytest.raises(LookupError, match="no update 7"):
        world.redeliver(7)


async def test_any_update_can_be_pushed(api: Api, world: World) -> None:
    pushed = world.push_raw({"message": {"date": "yesterday"}})
    known = world.push_raw({"update_id": pushed + 100, "poll": {}})
    assert await api.call("getUpdates") == [
        {"update_id": pushed, "message": {"date": "yesterday"}},
        {"update_id": known, "poll": {}},
    ]
    world.person("王阿姨").says("x")
    assert (await ids(api))[-1] == known + 1


async def test_a_pushed_update_may_be_no_json(api: Api, world: World) -> None:
    world.push_raw(b'{"update_id": 700000001, "message"')
    url = f"{api.sandbox.base_url}{api.sandbox.token}/getUpdates"
    async with api.session.get(url) as response:
        assert await response.read() == b'{"ok":true,"result":[{"update_id": 700000001, "message"]}'


async def test_a_webhook_can_drop_what_waits(api: Api, first: int) -> None:
    assert first
    await api.call("deleteWebhook", drop_pending_updates=True)
    assert await api.call("getUpdates") == []


async def test_a_poll_that_waits_when_the_sandbox_closes_gets_nothing() -> None:
    async with aiohttp.ClientSession() as session:
        async with Sandbox() as sandbox:
            poll = asyncio.create_task(Api(session, sandbox).call("getUpdates", timeout=50))
            await sandbox.world.until(lambda: sandbox.world.updates.is_polled)
        assert await poll == []
