"""A sandbox on a free port, a bare HTTP client, and python-telegram-bot's own client."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import telegram
from PIL import Image

from bot.sandbox import NO_LIMITS, Person, Sandbox, World

Json = dict[str, Any]


@dataclass
class Clock:
    """Time that passes when a test says so."""

    at: float = 1_776_700_000.0

    def __call__(self) -> float:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += seconds


class Api:
    """Calls methods as any HTTP client would."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self.session = session
        self.sandbox = sandbox

    async def answer(self, method: str, **parameters: Any) -> tuple[int, Json]:
        """HTTP status and envelope of a JSON call."""
        url = self.sandbox.base_url + self.sandbox.token + "/" + method
        async with self.session.post(url, json=parameters) as response:
            return response.status, await response.json()

    async def call(self, method: str, **parameters: Any) -> Any:
        """The result; fails when the call is refused."""
        _, envelope = await self.answer(method, **parameters)
        assert envelope["ok"], envelope
        return envelope["result"]

    async def refusal(self, method: str, **parameters: Any) -> tuple[int, str]:
        """Code and description of a refused call; the HTTP status equals the code."""
        status, envelope = await self.answer(method, **parameters)
        assert not envelope["ok"], envelope
        assert envelope["error_code"] == status
        return status, envelope["description"]

    async def upload(self, method: str, files: dict[str, tuple[str, bytes]], **parameters: str) -> tuple[int, Json]:
        """HTTP status and envelope of a multipart call."""
        form = aiohttp.FormData(default_to_multipart=True)
        for name, text in parameters.items():
            form.add_field(name, text)
        for name, (file_name, data) in files.items():
            form.add_field(name, data, filename=file_name)
        url = self.sandbox.base_url + self.sandbox.token + "/" + method
        async with self.session.post(url, data=form) as response:
            return response.status, await response.json()


def jpeg(width: int = 640, height: int = 480, colour: str = "red") -> bytes:
    """A small real JPEG."""
    encoded = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(encoded, "JPEG")
    return encoded.getvalue()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(now=clock, limits=NO_LIMITS, retry_seconds=0.01)


@pytest.fixture
async def sandbox(world: World) -> AsyncIterator[Sandbox]:
    async with Sandbox(world) as running:
        yield running


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(session, sandbox)


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(sandbox.token, sandbox.base_url, sandbox.base_file_url) as client:
        yield client


@pytest.fixture
def wang(world: World) -> Person:
    """Somebody who has started the bot."""
    person = world.person("王阿姨", language="zh-hans")
    person.start()
    return person
