"""A town that can be asked and posted to."""

import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.sandbox import NO_LIMITS, Person, World
from storage.district.files import Files, read
from tests.stories.town import Town, town

XIMING = Path(__file__).parents[2] / "districts" / "ximing"
SECRET = "a-secret-of-16-or-more"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    text: str


@dataclass(frozen=True, slots=True)
class Door:
    """Where the bot listens."""

    town: Town

    @property
    def url(self) -> str:
        return f"http://{self.town.config.listen}"

    async def get(self, path: str) -> Answer:
        async with aiohttp.ClientSession() as session, session.get(self.url + path) as answer:
            return Answer(answer.status, await answer.text())

    async def post(self, body: object, headers: Mapping[str, str] | None = None, path: str = "/hook") -> Answer:
        """Post as Telegram does, by default with the secret."""
        headers = {HEADER: SECRET} if headers is None else headers
        url = self.url + path
        async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
            return Answer(answer.status, await answer.text())


def listening() -> dict[str, str]:
    """Settings of a bot that listens on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return {"listen": f"127.0.0.1:{free.getsockname()[1]}"}


def hooked() -> dict[str, str]:
    """Settings of a bot that is posted to."""
    settings = listening()
    return settings | {"webhook_url": f"http://{settings['listen']}/hook", "webhook_secret": SECRET}


@pytest.fixture(scope="session")
def ximing() -> Files:
    """The files of the sample district."""
    return read(XIMING)


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[EventDict]]:
    """What the bot logs."""
    with capture_logs() as lines:
        yield lines


@pytest.fixture
async def door(tmp_path: Path, ximing: Files) -> AsyncIterator[Door]:
    """溪明区, posted to by Telegram."""
    world = World(limits=NO_LIMITS, retry_seconds=0.02)
    async with town(tmp_path / "var", ximing, world=world, settings=hooked()) as place:
        await world.until(lambda: world.hook)
        yield Door(place)


@pytest.fixture
async def wang(door: Door) -> Person:
    """A resident."""
    return await door.town.resident("王阿姨")
