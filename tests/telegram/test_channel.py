"""The channel as the rest of the bot knows it: greeting, links, presses, receiving."""

import logging
import traceback
from typing import Any

import pytest
import structlog

from bot.channel import Channel
from bot.sandbox.errors import bad
from bot.sandbox.groups import Group as Chat
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.telegram.channel import TelegramChannel
from bot.telegram.errors import WrongToken
from domain.messages import (
    Acted,
    Action,
)
from tests.telegram.conftest import COMMANDS, NOW, channel_at
from tests.telegram.letters import ACTIONS, address, letter, peer, shown
from tests.telegram.updates import RECEIVED_AT
from tests.telegram.wire import Wire, success
from tests.telegram.words import ShortWords

ME = {"id": 110201543, "is_bot": True, "first_name": "Sandbox", "username": "sandbox_bot"}


def test_it_is_a_channel() -> None:
    channel: Channel = channel_at("http://127.0.0.1:1", "1:x")
    assert (channel.name, channel.account) == ("telegram", "1")


async def test_greeting_learns_the_name_and_sets_the_commands(channel: TelegramChannel, world: World) -> None:
    assert channel.username == "sandbox_bot"
    chinese = world.settings.menu(1, "zh-hans")
    assert [command["command"] for command in chinese] == list(COMMANDS)
    assert chinese[1]["description"] == "command.report/zh"
    assert world.settings.menu(1, "")[1]["description"] == "command.report/zh"
    assert world.settings.menu(1, "en")[1]["description"] == "command.report/en"


async def test_commands_that_cannot_be_set_do_not_keep_the_bot_from_starting(sandbox: Sandbox) -> None:
    sandbox.world.faults.next("setMyCommands", bad("BOT_COMMAND_INVALID"))
    channel = channel_at(sandbox.url, sandbox.token)
    with structlog.testing.capture_logs() as logs:
        await channel.greet()
    await channel.close()
    assert [log["event"] for log in logs] == ["greeted", "commands_not_set"]
    assert len(sandbox.world.called("setMyCommands")) == 1


async def test_without_commands_the_menu_is_left_alone(sandbox: Sandbox) -> None:
    """A command of the command line asks for our name; it must not empty everybody's menu."""
    channel = TelegramChannel(sandbox.token, ShortWords(), now=lambda: NOW, commands=(), api_url=sandbox.url)
    await channel.greet()
    await channel.close()
    assert sandbox.world.called("setMyCommands") == []


async def test_a_token_of_another_account_is_not_taken() -> None:
    async with Wire(success(ME | {"id": 7})) as wire:
        channel = channel_at(wire.url, "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0")
        with pytest.raises(WrongToken, match="another account"):
            await channel.greet()
        await channel.close()


async def test_a_token_telegram_does_not_know_is_said_without_saying_it(sandbox: Sandbox) -> None:
    token = "110201543:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    channel = channel_at(sandbox.url, token)
    with pytest.raises(WrongToken) as caught:
        await channel.greet()
    await channel.close()
    assert token not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("token", ["", "abc", "12:", ":abc", "12:a b", " 12:ab"])
def test_what_is_no_token_is_told_at_once(token: str) -> None:
    with pytest.raises(WrongToken):
        channel_at("http://127.0.0.1:1", token)


async def test_without_telegram_greeting_says_so() -> None:
    async with Wire() as wire:
        url = wire.url
    channel = channel_at(url, "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0")
    with pytest.raises(ConnectionError, match="could not be asked"):
        await channel.greet()
    await channel.close()


async def test_a_press_comes_back_with_its_token_and_is_answered(
    channel: TelegramChannel, wang: Person, world: World
) -> None:
    await shown(channel, peer(wang), letter("路灯", actions=ACTIONS))
    press = wang.presses("接单")
    incoming = channel.parse(world.updates.ready()[-1].body, RECEIVED_AT)
    assert isinstance(incoming, Acted)
    assert (incoming.token, incoming.peer) == ("t1", peer(wang))
    await channel.answer(incoming.ticket, "已接单", alert=False)
    assert press.answer
    assert (press.answer.text, press.answer.alert) == ("已接单", False)


async def test_answering_twice_or_too_late_is_no_failure(channel: TelegramChannel, wang: Person) -> None:
    await shown(channel, peer(wang), letter("路灯", actions=ACTIONS))
    press = wang.presses("接单")
    await channel.answer(press.id, "长" * 300, alert=True)
    assert press.answer
    assert press.answer.text == "长" * 199 + "…"
    with structlog.testing.capture_logs() as logs:
        await channel.answer(press.id, "again", alert=False)
    assert [log["log_level"] for log in logs] == ["debug"]


def test_links_bring_people_in_with_a_scene() -> None:
    channel = channel_at("http://127.0.0.1:1", "1:x", username="sandbox_bot")
    assert channel.entry("loc_X7") == "https://t.me/sandbox_bot?start=loc_X7"
    assert channel.entry("a1B2", group=True) == "https://t.me/sandbox_bot?startgroup=a1B2"


def test_before_the_name_is_known_there_are_no_links() -> None:
    with pytest.raises(RuntimeError, match="greet"):
        channel_at("http://127.0.0.1:1", "1:x").entry("loc_X7")


async def test_a_link_button_opens_the_private_chat(
    channel: TelegramChannel, wang: Person, forum: Chat, world: World
) -> None:
    await shown(channel, address(forum), letter("一", actions=(Action("", "退回", link="r_7"),)))
    wang.opens("退回", where=forum)
    assert b"/start r_7" in world.updates.ready()[-1].body


async def test_what_is_received_is_what_take_gets(channel: TelegramChannel, wang: Person, world: World) -> None:
    class EnoughError(BaseException):
        """Ends the receiving."""

    async def take(raws: Any) -> None:
        assert [raw.chat for raw in raws] == [str(wang.id)]
        raise EnoughError

    with pytest.raises(EnoughError):
        await channel.receive(take)
    assert channel.last_good > 0
    assert world.updates.pending == 1


async def test_neither_token_nor_anybodys_words_reach_the_log(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture, wang: Person
) -> None:
    """At the most talkative level, over all that can go wrong."""
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as logs:
        channel = channel_at(sandbox.url, sandbox.token)
        await channel.greet()
        for fault in ("cut", "garbage", 502, 403, bad('can\'t parse entities: "王小明"'), None):
            if fault:
                sandbox.world.faults.next("*", fault)
            await channel.send(peer(wang), letter("王小明住在三单元"))
        await channel.close()
    told = str(logs) + "".join(record.getMessage() for record in caplog.records) + caplog.text
    assert "AAHdqTcv" not in told
    assert "王小明" not in told
