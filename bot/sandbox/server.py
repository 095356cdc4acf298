"""The Bot API over HTTP, on loopback: the same paths, bodies and answers as api.telegram.org."""

import asyncio
import json
from contextlib import suppress
from typing import Any, Self
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from bot.sandbox import control
from bot.sandbox.calls import Call, Upload
from bot.sandbox.errors import RefusedError, bad, failed
from bot.sandbox.faults import FILES, Mishap
from bot.sandbox.methods import POLL, perform
from bot.sandbox.shapes import Json
from bot.sandbox.webhook import Deliverer
from bot.sandbox.world import World

HOST = "127.0.0.1"
MOST_BYTES = 50 * 1024 * 1024
GARBAGE = b"<html><head><title>502 Bad Gateway</title></head></html>"


class Sandbox:
    """`async with Sandbox() as sandbox:` — a Telegram of one's own on a free port.

    `base_url` and `base_file_url` are what `telegram.Bot` takes; `world` is where things happen.
    """

    def __init__(self, world: World | None = None, *, port: int = 0) -> None:
        self.world = world or World()
        self.app = web.Application(client_max_size=MOST_BYTES + (1 << 20))
        self.app.router.add_route("*", "/bot{token}/{method}", self._call)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        control.add_routes(self.app, self.world)
        self._port = port
        self._runner = web.AppRunner(self.app, access_log=None, handler_cancellation=True, shutdown_timeout=1)
        self._delivery: asyncio.Task[None] | None = None

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.token

    @property
    def url(self) -> str:
        """`http://127.0.0.1:<port>`."""
        return f"http://{HOST}:{self._port}"

    @property
    def base_url(self) -> str:
        """`…/bot`, to which a client appends token and method."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """`…/file/bot`, to which a client appends token and path."""
        return f"{self.url}/file/bot"

    async def start(self) -> None:
        """Listens."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._delivery = asyncio.create_task(Deliverer(self.world).run())

    async def stop(self) -> None:
        """Breaks off what waits, and closes."""
        self.world.updates.release_poll()
        self.world.faults.release()
        if self._delivery:
            self._delivery.cancel()
            with suppress(asyncio.CancelledError):
                await self._delivery
        await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method.lower() == POLL.lower():
            return await self._answer(method, request)
        with self.world.at_work():
            return await self._answer(method, request)

    async def _answer(self, method: str, request: web.Request) -> web.Response:
        try:
            self._check_token(request.match_info["token"])
            fault = await self._befallen(method)
            if fault in ("hang", "cut"):
                return await self._break_off(request, fault)
            if isinstance(fault, RefusedError):
                raise fault
            result = None if _is_body(fault) else await perform(self.world, await _read(method, request))
        except RefusedError as refused:
            return _refusal(refused)
        if fault in ("silence", "lost"):
            return await self._break_off(request, fault)
        return _json(fault if isinstance(fault, bytes) else GARBAGE if fault else _success(result))

    async def _file(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request.match_info["token"])
            fault = await self._befallen(FILES)
        except RefusedError as refused:
            return _refusal(refused)
        if fault in ("hang", "cut", "silence", "lost"):
            return await self._break_off(request, fault)
        file = self.world.files.fetch(request.match_info["path"])
        if isinstance(fault, RefusedError) or file is None:
            return _refusal(fault if isinstance(fault, RefusedError) else failed(404))
        body = fault if isinstance(fault, bytes) else GARBAGE if fault else file.data
        return web.Response(body=body, content_type=file.mime or "application/octet-stream")

    def _check_token(self, token: str) -> None:
        if ":" not in token:
            raise RefusedError(401, "Unauthorized: invalid token specified")
        if token != self.world.token:
            raise failed(401)

    async def _befallen(self, method: str) -> RefusedError | Mishap | bytes | None:
        await self.world.faults.delay()
        return "cut" if self.world.faults.is_down else self.world.faults.take(method)

    async def _break_off(self, request: web.Request, mishap: Mishap | RefusedError | bytes | None) -> web.Response:
        """No answer: the connection breaks at once, or after the caller has lost patience."""
        if mishap in ("hang", "silence"):
            await self.world.faults.hang()
        if request.transport:
            request.transport.abort()
        return web.Response()


def _is_body(fault: Any) -> bool:
    return fault == "garbage" or isinstance(fault, bytes)


def _success(result: Any) -> bytes:
    body = result if isinstance(result, bytes) else json.dumps(result, ensure_ascii=False).encode()
    return b'{"ok":true,"result":' + body + b"}"


def _refusal(refused: RefusedError) -> web.Response:
    response = _json(refused.as_body(), refused.code)
    if "retry_after" in refused.parameters:
        response.headers["Retry-After"] = str(refused.parameters["retry_after"])
    return response


def _json(body: bytes, status: int = 200) -> web.Response:
    return web.Response(body=body, status=status, content_type="application/json")


async def _read(method: str, request: web.Request) -> Call:
    """The call, whether its parameters came in the query, as a form, as JSON or as multipart. Raises 400, 413."""
    parameters: Json = dict(request.query)
    if (request.content_length or 0) > MOST_BYTES:
        raise RefusedError(413, "Request Entity Too Large")
    if request.content_type == "multipart/form-data":
        return await _read_parts(method, request, parameters)
    body = await request.read() if request.can_read_body else b""
    if body and request.content_type == "application/json":
        return Call(method, parameters | _object(body))
    return Call(method, parameters | dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True)))


def _object(body: bytes) -> Json:
    try:
        read = json.loads(body)
    except ValueError as error:
        raise bad("Can't parse JSON object") from error
    if not isinstance(read, dict):
        raise bad("Object expected as a request body")
    return read


async def _read_parts(method: str, request: web.Request, parameters: Json) -> Call:
    files: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            parameters[part.name] = data.decode(errors="replace")
        else:
            files[part.name] = Upload(part.filename, part.headers.get("Content-Type", ""), data)
    return Call(method, parameters, files)
