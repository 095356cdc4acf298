"""`python -m tests.bench.echo`: answers every POST with the same message, as fast as may be, in a process of its own.

It reads no more than the length of a request, so that the client is what is measured. The first line of the output is
its URL.
"""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.running.warm import ROOT

MESSAGE = {
    "message_id": 7,
    "date": 1_776_733_200,
    "chat": {"id": 42, "type": "private", "first_name": "居民"},
    "from": {"id": 9, "is_bot": True, "first_name": "随手拍", "username": "suishoupai_bot"},
    "text": "已收到，谢谢您。",
}
BODY = json.dumps({"ok": True, "result": MESSAGE}).encode()
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
END = b"\r\n\r\n"


class Echo(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See Protocol."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport
        self._came = b""

    def data_received(self, data: bytes) -> None:
        """Answer what has come in whole."""
        self._came += data
        while (head := self._came.find(END)) >= 0:
            found = LENGTH.search(self._came, 0, head + 2)
            whole = head + len(END) + (int(found[1]) if found else 0)
            if len(self._came) < whole:
                return
            self._came = self._came[whole:]
            self._transport.write(ANSWER)


async def serve() -> None:
    """Until it is ended."""
    server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    sys.stdout.write(f"http://{host}:{port}\n")
    sys.stdout.flush()
    await server.serve_forever()


@asynccontextmanager
async def echo() -> AsyncIterator[str]:
    """The server in a process of its own; its URL."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(serve())
