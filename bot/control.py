"""How a command that writes reaches the bot that holds the store: a socket in the data folder, for its owner only.

One request a connection, a JSON object on one line each way. The answer is {"ok": …}, {"error": kind, "facts": {…}} for
what is refused, or {"failed": what, "why": …} for what cannot be done now.
"""

import asyncio
import json
import os
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog

from bot.config import BadSetting

log = structlog.get_logger(__name__)

Answer = Mapping[str, Any]
Serve = Callable[[Mapping[str, Any]], Awaitable[Answer]]

_LARGEST = 64 * 1024 * 1024
_OWNER_ONLY = 0o600
_STARTING = 0.2  # seconds between looks for a bot that is just starting
_LONGEST = 100
"""Bytes. Unix allows a little more than a hundred for the address of a socket."""

_OPEN_FOLDERS = Path("/proc/self/fd")
"""Where Linux shows the folders that a process has open, under names that are never long."""


class NotRunning(Exception):
    """No bot listens there."""


async def listen(path: Path, serve: Serve) -> asyncio.Server:
    """Take requests at `path` until the server is closed. A socket left behind by a dead process is replaced.

    Raises OSError, and BadSetting when the path is longer than the system takes.
    """

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            answer = await serve(json.loads(await reader.readline()))
            writer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
            await writer.drain()
        except Exception as error:  # whoever asked sees that there is no answer
            log.error("control_request_failed", kind=type(error).__name__, exc_info=error)
        finally:
            writer.close()

    return await asyncio.start_unix_server(connected, sock=_bound(path), limit=_LARGEST)


def _bound(path: Path) -> socket.socket:
    """A socket at this path that nobody else can open, from its first moment on."""
    path.unlink(missing_ok=True)
    bound = socket.socket(socket.AF_UNIX)
    mask = os.umask(0o777 & ~_OWNER_ONLY)
    try:
        with _reachable(path) as address:
            bound.bind(address)
    except OSError:
        bound.close()
        raise
    finally:
        os.umask(mask)
    return bound


@contextmanager
def _reachable(path: Path) -> Iterator[str]:
    """The path as an address of a socket; a longer one by way of its folder, held open meanwhile. Raises BadSetting."""
    if len(os.fsencode(path)) <= _LONGEST:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        short = _OPEN_FOLDERS / str(folder) / path.name
        if not short.parent.exists():
            raise BadSetting("DATA_DIR", f"a path this long cannot hold a socket: {path.parent}")
        yield str(short)
    finally:
        os.close(folder)


async def ask(path: Path, request: Mapping[str, Any], *, patience: float) -> Answer:
    """Ask the running bot; one that does not listen yet is waited for, for so many seconds.

    Raises NotRunning, and ConnectionError when it breaks off without an answer.
    """
    reader, writer = await _connected(path, patience)
    try:
        writer.write(json.dumps(request, ensure_ascii=False).encode() + b"\n")
        await writer.drain()
        line = await reader.readline()
    finally:
        writer.close()
    if not line:
        raise ConnectionResetError("the running bot broke off without an answer; its log says why")
    answer: Answer = json.loads(line)
    return answer


async def _connected(path: Path, patience: float) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    try:
        async with asyncio.timeout(patience):
            while True:
                try:
                    with _reachable(path) as address:
                        return await asyncio.open_unix_connection(address, limit=_LARGEST)
                except (FileNotFoundError, ConnectionRefusedError):
                    await asyncio.sleep(_STARTING)
    except TimeoutError:
        raise NotRunning from None
