"""The wire: PTB's requests over aiohttp, one pool of connections for everything.

Every URL of the Bot API carries the token, and aiohttp's exceptions carry the URL. So nothing of aiohttp's leaves this
module: what goes wrong becomes PTB's `TimedOut` or `NetworkError`, redacted and without a cause.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.redact import redact

MOST_BYTES = 20 << 20
"""Telegram lets bots download files of up to 20 MB; a longer answer is no answer of Telegram's."""
_UNSET = BaseRequest.DEFAULT_NONE


class TooFast(TelegramError):
    """429. PTB's `RetryAfter` warns of its own deprecation whenever it is made, so this one stands in for it."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"flood control: again in {seconds} s")
        self.seconds = seconds


class TooBig(TelegramError):
    """The answer is longer than anything Telegram lets us download."""

    def __init__(self) -> None:
        super().__init__(f"more than {MOST_BYTES} bytes")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. `upload` stands in for `write` when files go out, `download` bounds a whole download."""

    connect: float = 5
    pool: float = 5
    write: float = 10
    upload: float = 60
    read: float = 10
    download: float = 120


class AiohttpRequest(BaseRequest):
    """One session for all requests. `proxy` is a URL such as `http://host:port`."""

    __slots__ = ("_connections", "_proxy", "_session", "_timeouts")

    def __init__(self, timeouts: Timeouts | None = None, *, connections: int = 64, proxy: str | None = None) -> None:
        self._timeouts = timeouts or Timeouts()
        self._connections = connections
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer when nothing else is said."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Opens the session. Doing it twice is harmless, as PTB does."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Closes the session and what is under way in it."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def get_updates_raw(self, base_url: str, *, offset: int, poll: int, allowed: Sequence[str]) -> bytes:
        """The body of one long poll as it came. Raises what PTB raises, and `TooFast`.

        `do_api_request` would add no polling time to the read timeout, and parse.
        """
        query = {"offset": offset, "timeout": poll, "limit": 100, "allowed_updates": json.dumps(allowed)}
        url = f"{base_url}/getUpdates?{urlencode(query)}"
        return await self._request_wrapper(url, "POST", read_timeout=poll + self._timeouts.read)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = _UNSET,
        write_timeout: object = _UNSET,
        connect_timeout: object = _UNSET,
        pool_timeout: object = _UNSET,
    ) -> tuple[int, bytes]:
        """Status and body. Raises `TimedOut`, `NetworkError`, `TooFast`, `TooBig`; refusals are left to PTB."""
        uploads = request_data is not None and request_data.contains_files
        usual = self._timeouts
        patience = _patience(
            read=_seconds(read_timeout, usual.read),
            write=_seconds(write_timeout, usual.upload if uploads else usual.write),
            connect=_seconds(connect_timeout, usual.connect),
            pool=_seconds(pool_timeout, usual.pool),
            download=usual.download if method == "GET" else 0,
        )
        try:
            return await self._exchange(url, method, request_data, patience)
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(redact(f"{type(error).__name__}: {error}")) from None

    async def _exchange(
        self, url: str, method: str, data: RequestData | None, patience: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the request has not been initialized")
        async with self._session.request(
            method, url, timeout=patience, proxy=self._proxy, allow_redirects=False, **_body(data)
        ) as response:
            content = await _read(response)
        if response.status == 429:
            raise TooFast(_retry_after(content))
        return response.status, content

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """PTB's own would log the whole body, and with it what people wrote."""
        try:
            parsed = json.loads(payload)
        except (ValueError, RecursionError):
            parsed = None
        if not isinstance(parsed, dict):
            raise TelegramError("the answer is no JSON object")
        return _Answer(parsed)


class _Answer(dict[str, Any]):
    """PTB takes `["result"]` out of whatever came with status 200, and is not prepared that there is none."""

    def __missing__(self, key: str) -> Any:
        raise TelegramError(f"the answer has no {key}")


def _seconds(given: object, usual: float) -> float | None:
    """None means for ever, and PTB's `DEFAULT_NONE` that nothing was said."""
    if given is None:
        return None
    return float(given) if isinstance(given, int | float) else usual


def _patience(
    *, read: float | None, write: float | None, connect: float | None, pool: float | None, download: float
) -> aiohttp.ClientTimeout:
    """aiohttp waits for the socket while the request still goes out, so reading includes writing.

    The total catches an answer that drips for ever.
    """
    return aiohttp.ClientTimeout(
        connect=_sum(pool, connect),
        sock_connect=connect,
        sock_read=_sum(read, write),
        total=_sum(pool, connect, write, read, download),
    )


def _sum(*seconds: float | None) -> float | None:
    known = [s for s in seconds if s is not None]
    return sum(known) if len(known) == len(seconds) else None


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if data.contains_files:
        return {"data": _form(data)}
    return {"data": json.dumps(data.parameters).encode(), "headers": {"Content-Type": "application/json"}}


def _form(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


async def _read(response: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > MOST_BYTES:
            raise TooBig
    return bytes(content)


def _retry_after(content: bytes) -> float:
    """What Telegram asks for, in seconds; a second when a proxy on the way says 429 without a number."""
    try:
        asked = AiohttpRequest.parse_json_payload(content)["parameters"]["retry_after"]
        return max(float(asked), 1.0)
    except (TelegramError, LookupError, TypeError, ValueError):
        return 1.0
