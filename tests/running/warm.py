"""A process that has read the whole program, and splits itself for every command that is to be run.

Reading takes a second, and what a command does seldom a tenth of one. What is split off is a process like any other,
with its own number, environment, files and end; only the reading is behind it. That the program can also be read from
the beginning is shown where it is started anew, see `Premises.anew`.
"""

import asyncio
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMANDS = "bot.__main__"
READ_WHEN_USED = ("bot.app", "bot.checkup", "bot.posters")
"""What commands read only when they need it."""


class Split:
    """A process that was split off."""

    def __init__(self, pid: int, report: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._report = report
        self._writer = writer

    async def wait(self) -> int:
        """Until it has ended. Its exit code; minus the signal's number when one ended it."""
        if self.returncode is None:
            self.returncode = int(await self._report.readline())
            self._writer.close()
        return self.returncode

    def terminate(self) -> None:
        """Ask it to end."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it without a word."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):  # it has ended by itself, and nobody has asked how yet
            os.kill(self.pid, number)


@dataclass(frozen=True)
class Warm:
    """The process to be split, and the socket at which it is asked to."""

    process: subprocess.Popen[bytes]
    door: socket.socket

    @classmethod
    def start(cls) -> "Warm":
        """Begin to read the program; meanwhile we go on."""
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", __name__, str(theirs.fileno())]
            process = subprocess.Popen(command, env={}, cwd=ROOT, pass_fds=[theirs.fileno()])  # noqa: S603 - our own
        return cls(process, ours)

    def stop(self) -> None:
        """Split nothing more off."""
        self.door.close()
        self.process.wait()

    async def split(self, words: tuple[str, ...], environment: Mapping[str, str], out: int, err: int) -> Split:
        """Run a command; `out` and `err` are files that are open."""
        ours, theirs = socket.socketpair()
        with theirs:
            request = json.dumps([words, dict(environment)]).encode()
            socket.send_fds(self.door, [len(request).to_bytes(4)], [out, err, theirs.fileno()])
            self.door.sendall(request)
        reader, writer = await asyncio.open_unix_connection(sock=ours)
        return Split(int(await reader.readline()), reader, writer)


def splitting(door: socket.socket) -> list[str]:
    """Split off a process a request, until nobody asks any more. Returns in each of them, with the words to be run."""
    while True:
        head, files, *_ = socket.recv_fds(door, 4, 3)
        _bury()
        if not head:
            sys.exit()
        words, environment = json.loads(_all_of(door, int.from_bytes(head)))
        if os.fork() == 0:
            break
        for file in files:
            os.close(file)
    door.close()
    out, err, report = files
    _watched(report)
    os.dup2(out, 1)
    os.dup2(err, 2)
    for file in (out, err, report):
        os.close(file)
    os.environ.update(environment)
    return list(words)


def _all_of(door: socket.socket, length: int) -> bytes:
    taken = b""
    while len(taken) < length:
        taken += door.recv(length - len(taken))
    return taken


def _bury() -> None:
    """Take note of the end of those who watched."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _watched(report: int) -> None:
    """Split once more: who stays behind says the other's number, and how it ends. Returns in the other."""
    pid = os.fork()
    if pid == 0:
        return
    os.write(report, b"%d\n" % pid)
    _, status = os.waitpid(pid, 0)
    os.write(report, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


if __name__ == "__main__":
    for module in (COMMANDS, *READ_WHEN_USED):
        importlib.import_module(module)
    gc.freeze()
    words_ = splitting(socket.socket(fileno=int(sys.argv[1])))
    sys.argv[1:] = words_
    importlib.import_module(COMMANDS).cli(prog_name="python -m bot")
