"""A sandbox of Telegram and a channel that speaks to it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.channel import PictureFile
from bot.sandbox.groups import Group as Chat
from bot.sandbox.limits import NO_LIMITS
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.telegram.channel import TelegramChannel
from bot.telegram.http import AiohttpRequest, Timeouts
from bot.telegram.rates import Limit, Limits
from tests.telegram.words import ShortWords

NOW = datetime(2026, 4, 21, 1, 0, tzinfo=UTC)
COMMANDS = ("start", "report", "my", "help", "language", "mydata", "forgetme")
QUICK = Timeouts(write=0.1, read=0.2)


UNHURRIED = Limits(Limit(1000, 1), Limit(1000, 1), Limit(1000, 1))


def channel_at(
    url: str, token: str, *, username: str = "", limits: Limits = UNHURRIED, timeouts: Timeouts | None = None
) -> TelegramChannel:
    """A channel against any server, without limits of its own."""
    return TelegramChannel(
        token,
        ShortWords(),
        now=lambda: NOW,
        commands=COMMANDS,
        api_url=url,
        username=username,
        request=AiohttpRequest(timeouts),
        limits=limits,
    )


def picture(colour: str, edge: int = 64) -> bytes:
    """A JPEG of one colour."""
    out = BytesIO()
    Image.new("RGB", (edge, edge), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(World(limits=NO_LIMITS)) as running:
        yield running


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    return sandbox.world


@pytest.fixture
async def channel(sandbox: Sandbox) -> AsyncIterator[TelegramChannel]:
    """Greeted, ready to send."""
    made = channel_at(sandbox.url, sandbox.token)
    await made.greet()
    yield made
    await made.close()


@pytest.fixture
async def hasty(sandbox: Sandbox) -> AsyncIterator[TelegramChannel]:
    """Greeted, and does not wait for what never comes."""
    made = channel_at(sandbox.url, sandbox.token, timeouts=QUICK)
    await made.greet()
    yield made
    await made.close()


@pytest.fixture
def wang(world: World) -> Person:
    """Somebody who has started the bot."""
    person = world.person("王", language="zh-hans")
    person.start()
    return person


@pytest.fixture
def files(tmp_path: Path) -> Callable[[str], PictureFile]:
    """Our own copies of pictures, by colour."""

    def made(colour: str) -> PictureFile:
        path = tmp_path / f"{colour}.jpg"
        path.write_bytes(picture(colour))
        return PictureFile(None, path)

    return made


@pytest.fixture
def forum(world: World, wang: Person) -> Chat:
    group = world.group("城管局", [wang], forum=True)
    group.adds_bot(wang)
    return group
