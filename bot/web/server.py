"""One small server for what others ask of us. It decides nothing: it asks, and puts the answer into a status."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import structlog
from aiohttp import web

from bot.channel import Inlet
from bot.config import BadSetting
from bot.metrics import CONTENT_TYPE

MOST_BYTES = 1 << 20
"""Telegram's updates are a few kilobytes."""

_PATIENCE = 25.0
"""Seconds for a body to arrive and to be committed; Telegram gives us a minute."""

_LAST_ANSWERS = 2.0  # seconds for what is being answered when we stop

log = structlog.get_logger(__name__)


class Server:
    """Listens from `start` to `stop`; without an address both do nothing."""

    def __init__(
        self,
        address: tuple[str, int] | None,
        health: Callable[[], Awaitable[Mapping[str, bool]]],
        metrics: Callable[[], Awaitable[bytes]],
        inlet: Inlet | None,
    ) -> None:
        self._address = address
        self._health = health
        self._metrics = metrics
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._metrics_page)
        if inlet is not None:
            app.router.add_post(inlet.path, partial(_posted, inlet=inlet))
        # Without a log of accesses: it would name the path of the webhook, which some keep secret.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_LAST_ANSWERS)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._runner.addresses[0][1])

    async def start(self) -> None:
        """Listen. Raises BadSetting when that cannot be."""
        if self._address is None:
            return
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, *self._address).start()
        except OSError as error:
            raise BadSetting("LISTEN", error.strerror or str(error)) from None
        log.info("listening", host=self._address[0], port=self.port)

    async def stop(self) -> None:
        """Take nothing new, and finish what is being answered. Twice does no harm."""
        await self._runner.cleanup()

    async def _healthz(self, _request: web.Request) -> web.Response:
        alive = await self._health()
        return web.json_response(dict(alive), status=200 if all(alive.values()) else 503)

    async def _metrics_page(self, _request: web.Request) -> web.Response:
        return web.Response(body=await self._metrics(), headers={"Content-Type": CONTENT_TYPE})


async def _posted(request: web.Request, inlet: Inlet) -> web.Response:
    """200 when it is committed; whatever else it is, the channel will send it again."""
    if not inlet.admits(request.headers):
        log.warning("post_refused")
        return web.Response(status=403)
    if (request.content_length or 0) > MOST_BYTES:
        return web.Response(status=413)
    try:
        async with asyncio.timeout(_PATIENCE):
            await inlet.keep(await request.read())
    except web.HTTPRequestEntityTooLarge:
        return web.Response(status=413)
    except Exception as error:
        log.exception("not_stored", kind=type(error).__name__)
        return web.Response(status=503)
    return web.Response()
