"""The wire: what aiohttp does becomes what PTB expects, and the token stays inside."""

import asyncio
import json
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import structlog
from aiohttp import web
from telegram import Bot, InputMediaPhoto
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest

from bot.telegram.http import MOST_BYTES, AiohttpRequest, Timeouts, TooBig, TooFast
from tests.telegram.wire import Answer, Wire, cut, drip, hang, refusal, success

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
QUICK = Timeouts(connect=0.1, pool=0.05, write=0.05, upload=0.05, read=0.1, download=0.05)
ME = {"id": 110201543, "is_bot": True, "first_name": "Sandbox", "username": "sandbox_bot"}


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest() as request:
        yield request


@pytest.fixture
async def hasty() -> AsyncIterator[AiohttpRequest]:
    """One that does not wait for what never comes."""
    async with AiohttpRequest(QUICK) as request:
        yield request


def bot_at(url: str, request: AiohttpRequest) -> Bot:
    return Bot(TOKEN, f"{url}/bot", f"{url}/file/bot", request=request, get_updates_request=request)


async def test_a_call_goes_out_as_json_and_comes_back_as_ptbs_type(request_: AiohttpRequest) -> None:
    message = {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "你好"}
    async with Wire(success(message)) as wire:
        sent = await bot_at(wire.url, request_).send_message(1, "你好", disable_notification=True)
    assert sent.message_id == 5
    (asked,) = wire.asked
    assert (asked.method, asked.path, asked.type) == ("POST", f"/bot{TOKEN}/sendMessage", "application/json")
    assert json.loads(asked.body) == {"chat_id": 1, "text": "你好", "disable_notification": True}


async def test_a_file_goes_out_as_multipart_with_the_other_parameters(request_: AiohttpRequest) -> None:
    message = {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}}
    async with Wire(success(message), success(message)) as wire:
        bot = bot_at(wire.url, request_)
        await bot.send_photo(1, b"\xff\xd8picture", caption="路面破损", filename="照片.jpg")
        await bot.edit_message_media(InputMediaPhoto(b"\xff\xd8other", caption="后"), chat_id=1, message_id=5)
    first, second = wire.asked
    assert first.type == second.type == "multipart/form-data"
    assert b"\xff\xd8picture" in first.body
    assert "路面破损".encode() in first.body
    assert b"\xff\xd8other" in second.body
    assert b"attach://attached" in second.body


async def test_bytes_are_retrieved_as_they_are(request_: AiohttpRequest) -> None:
    async with Wire((200, b"\x00\xffraw")) as wire:
        assert await request_.retrieve(f"{wire.url}/file/bot{TOKEN}/photos/file_1.jpg") == b"\x00\xffraw"
    assert wire.asked[0].method == "GET"


async def test_a_poll_is_given_as_it_came_and_waits_longer_than_telegram_does(hasty: AiohttpRequest) -> None:
    """The read timeout alone, 0.1 s, would end every poll that Telegram holds for a second."""
    raw = b'{"update_id":1, "message" : {"text":"\\u4f60"}}'

    async def held(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.3)
        return web.Response(body=raw)

    async with Wire(held) as wire:
        body = await hasty.get_updates_raw(f"{wire.url}/bot{TOKEN}", offset=7, poll=1, allowed=["message"])
    assert body == raw
    query = wire.asked[0].query
    assert query == {"offset": "7", "timeout": "1", "limit": "100", "allowed_updates": '["message"]'}


REFUSALS: list[tuple[Answer, type[Exception]]] = [
    (refusal(400, "Bad Request: chat not found"), BadRequest),
    (refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1005), ChatMigrated),
    (refusal(401, "Unauthorized"), InvalidToken),
    (refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
    (refusal(404, "Not Found"), InvalidToken),
    (refusal(409, "Conflict: terminated by other getUpdates request"), Conflict),
    (refusal(429, "Too Many Requests: retry after 5", retry_after=5), TooFast),
    (refusal(502, "Bad Gateway"), NetworkError),
    ((502, b"<html>bad gateway</html>"), NetworkError),
    ((302, b""), NetworkError),
    ((413, b"Request Entity Too Large"), NetworkError),
    ((200, b"<html>"), TelegramError),
    ((200, b"[]"), TelegramError),
    ((200, b'{"ok":false}'), TelegramError),
    ((200, b"[" * 100_000), TelegramError),
    (cut, NetworkError),
    (hang, TimedOut),
    (drip, TimedOut),
]


@pytest.mark.parametrize(("answer", "expected"), REFUSALS)
async def test_every_refusal_becomes_the_error_ptb_has_for_it(
    answer: Answer, expected: type[Exception], request_: AiohttpRequest, hasty: AiohttpRequest
) -> None:
    async with Wire(answer) as wire:
        with pytest.raises(expected) as caught:
            await bot_at(wire.url, hasty if expected is TimedOut else request_).send_message(1, "x")
    assert type(caught.value) is expected


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (refusal(429, "Too Many Requests: retry after 17", retry_after=17), 17.0),
        (refusal(429, "Too Many Requests"), 1.0),
        (refusal(429, "Too Many Requests", retry_after="soon"), 1.0),
        ((429, b"slow down"), 1.0),
        ((429, b"[]"), 1.0),
    ],
)
async def test_the_time_to_wait_is_read_even_from_a_proxys_429(
    answer: Answer, seconds: float, request_: AiohttpRequest
) -> None:
    async with Wire(answer) as wire:
        with pytest.raises(TooFast) as caught:
            await bot_at(wire.url, request_).send_message(1, "x")
    assert caught.value.seconds == seconds


async def test_nobody_can_send_the_token_elsewhere(request_: AiohttpRequest) -> None:
    async def elsewhere(_: web.Request) -> web.StreamResponse:
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    async with Wire(elsewhere) as wire:
        with pytest.raises(NetworkError):
            await bot_at(wire.url, request_).get_me()
    assert len(wire.asked) == 1


async def test_a_closed_port_is_trouble_with_the_network(request_: AiohttpRequest) -> None:
    async with Wire() as wire:
        url = wire.url
    with pytest.raises(NetworkError):
        await bot_at(url, request_).get_me()


async def test_an_answer_larger_than_telegram_allows_is_not_read_to_its_end(request_: AiohttpRequest) -> None:
    async def flood(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(MOST_BYTES // 65536 + 2):
            await response.write(bytes(65536))
        return response

    async with Wire(flood) as wire:
        with pytest.raises(TooBig):
            await request_.retrieve(f"{wire.url}/file/bot{TOKEN}/big")


async def test_a_timeout_given_with_the_call_counts_and_none_means_for_ever(hasty: AiohttpRequest) -> None:
    async def slow(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.2)
        return web.json_response({"ok": True, "result": ME})

    async with Wire(slow, slow, slow) as wire:
        bot = bot_at(wire.url, hasty)
        assert (await bot.get_me(read_timeout=5)).id == ME["id"]
        assert (await bot.get_me(read_timeout=None)).id == ME["id"]
        with pytest.raises(TimedOut):
            await bot.get_me()


async def test_it_is_a_base_request_that_can_be_opened_and_closed_twice() -> None:
    request = AiohttpRequest(QUICK)
    assert isinstance(request, BaseRequest)
    assert request.read_timeout == QUICK.read
    with pytest.raises(NetworkError, match="not been initialized"):
        await request.retrieve("http://127.0.0.1:1/")
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        await request.shutdown()
        await request.shutdown()


Attempt = Callable[[AiohttpRequest, str], Awaitable[object]]
ATTEMPTS: list[Attempt] = [
    lambda request, url: bot_at(url, request).get_me(),
    lambda request, url: request.retrieve(f"{url}/file/bot{TOKEN}/photos/file_1.jpg"),
    lambda request, url: request.get_updates_raw(f"{url}/bot{TOKEN}", offset=0, poll=0, allowed=[]),
    lambda request, _: request.retrieve(f"http://127.0.0.1:99999/bot{TOKEN}/getMe"),
    lambda request, _: request.retrieve(f"nonsense://bot{TOKEN}/getMe"),
    lambda request, _: request.retrieve(f"/bot{TOKEN}/getMe"),
    lambda request, _: request.retrieve(f"http://bot{TOKEN}/getMe"),
]


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("answer", [cut, hang, (404, b"no such page"), (502, b"<html>"), refusal(401, "Unauthorized")])
async def test_the_token_is_in_no_log_and_no_exception(
    answer: Answer, attempt: Attempt, hasty: AiohttpRequest, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with Wire(answer) as wire:
        with structlog.testing.capture_logs() as logged, pytest.raises(Exception) as caught:  # noqa: PT011 - any will do
            await attempt(hasty, wire.url)
    told = "".join(traceback.format_exception(caught.value)) + str(logged)
    told += "".join(record.getMessage() for record in caplog.records if record.name != "telegram.Bot")
    assert "AAHdqTcv" not in told


async def test_a_body_that_is_no_json_is_not_logged(request_: AiohttpRequest, caplog: pytest.LogCaptureFixture) -> None:
    """PTB's own parser logs it all, with what people wrote."""
    caplog.set_level(logging.INFO)
    async with Wire((200, b'{"ok":true,"result":{"text":"my secret')) as wire:
        with pytest.raises(Exception, match="no JSON"):
            await bot_at(wire.url, request_).get_me()
    assert "secret" not in caplog.text
