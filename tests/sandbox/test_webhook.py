"""Updates delivered to a webhook."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox import NothingHappenedError, Person, World
from tests.sandbox.conftest import Api

SECRET = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Receiver:
    """A webhook that answers as ordered, 200 by default."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        self.secrets.append(request.headers.get(SECRET))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_updates_are_delivered_with_the_secret(api: Api, world: World, receiver: Receiver) -> None:
    wang = world.person("王阿姨")
    wang.says("一")
    await api.call("setWebhook", url=receiver.url, secret_token="s3cret")
    wang.says("二")
    await world.quiet(pause=0.01)
    assert receiver.texts == ["一", "二"]
    assert receiver.secrets == ["s3cret", "s3cret"]
    assert (await api.call("getWebhookInfo"))["pending_update_count"] == 0


async def test_what_is_not_answered_with_200_comes_again(api: Api, world: World, receiver: Receiver) -> None:
    receiver.statuses = [500, 503]
    await api.call("setWebhook", url=receiver.url)
    wang = world.person("王阿姨")
    wang.says("一")
    wang.says("二")
    await world.quiet(pause=0.01)
    assert receiver.texts == ["一", "一", "一", "二"]
    assert receiver.got[0] == receiver.got[2]
    error = (await api.call("getWebhookInfo"))["last_error_message"]
    assert error == "Wrong response from the webhook: 503 Service Unavailable"


async def test_one_chat_does_not_hold_up_another(api: Api, world: World, receiver: Receiver) -> None:
    receiver.statuses = [500] * 3
    await api.call("setWebhook", url=receiver.url)
    world.person("王阿姨").says("一")
    await world.until(lambda: len(receiver.got) > 0)
    world.person("李大爷").says("二")
    await world.quiet(pause=0.01)
    assert sorted(set(receiver.texts)) == ["一", "二"]


async def test_a_webhook_that_is_away_gets_everything_later(
    api: Api, world: World, receiver: Receiver, wang: Person
) -> None:
    await api.call("setWebhook", url="http://127.0.0.1:1/")
    await world.until(lambda: world.hook and world.hook.error)
    info = await api.call("getWebhookInfo")
    assert info["last_error_message"] == "Connection failed: ClientConnectorError"
    await api.call("setWebhook", url=receiver.url)
    await world.quiet(pause=0.01)
    assert receiver.texts == [wang.chat[0].text]


async def test_repeated_updates_come_again(api: Api, world: World, receiver: Receiver, wang: Person) -> None:
    await api.call("setWebhook", url=receiver.url)
    await world.quiet(pause=0.01)
    world.redeliver()
    await world.quiet(pause=0.01)
    assert receiver.got[0] == receiver.got[1]
    assert wang.chat[0].text in receiver.texts


async def test_while_telegram_is_down_no_webhook_is_called(api: Api, world: World, receiver: Receiver) -> None:
    await api.call("setWebhook", url=receiver.url)
    world.faults.down()
    world.person("王阿姨").says("一")
    with pytest.raises(NothingHappenedError):
        await world.quiet(timeout=0.05, pause=0.01)
    assert receiver.got == []
    world.faults.up()
    await world.quiet(pause=0.01)
    assert receiver.texts == ["一"]
