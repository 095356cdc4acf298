"""A server on loopback that answers what a test says, in that order, and is then silent."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

Act = Callable[[web.Request], Awaitable[web.StreamResponse]]
Answer = tuple[int, bytes] | Act


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    type: str
    body: bytes


class Wire:
    """`async with Wire() as wire:`. Once every answer is given, `exhausted` is set and further requests hang."""

    def __init__(self, *answers: Answer, forever: Answer | None = None) -> None:
        self.asked: list[Asked] = []
        self.exhausted = asyncio.Event()
        self._stirred = asyncio.Condition()
        self._answers = deque(answers)
        self._forever = forever
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        if self._runner:
            await self._runner.cleanup()

    async def seen(self, count: int) -> None:
        """Waits until so many requests have come."""
        async with asyncio.timeout(10), self._stirred:
            await self._stirred.wait_for(lambda: len(self.asked) >= count)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.asked.append(Asked(request.method, request.path, dict(request.query), request.content_type, body))
        async with self._stirred:
            self._stirred.notify_all()
        answer = self._answers.popleft() if self._answers else self._forever
        if answer is None:
            self.exhausted.set()
            return await hang(request, self._closing)
        if callable(answer):
            return await answer(request)
        status, content = answer
        return web.Response(status=status, body=content, content_type="application/json")


async def hang(_: web.Request, until: asyncio.Event | None = None) -> web.StreamResponse:
    """No answer at all."""
    with suppress(TimeoutError):
        async with asyncio.timeout(30):
            await (until or asyncio.Event()).wait()
    return web.Response()


async def cut(request: web.Request) -> web.StreamResponse:
    """The connection breaks."""
    assert request.transport
    request.transport.abort()
    return web.Response()


async def drip(request: web.Request) -> web.StreamResponse:
    """An answer that never ends: a byte now and then."""
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(10_000):
        await response.write(b" ")
        await asyncio.sleep(0.01)
    return response


def success(result: Any) -> Answer:
    """What Telegram answers when all is well."""
    return 200, b'{"ok":true,"result":' + json.dumps(result).encode() + b"}"


def refusal(code: int, description: str, **parameters: Any) -> Answer:
    """What Telegram answers when it is not."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return code, json.dumps(body).encode()


def updates(*raw: bytes) -> Answer:
    """An answer of getUpdates with these very bytes as its updates."""
    return 200, b'{"ok":true,"result":[' + b",\n".join(raw) + b"]}"
