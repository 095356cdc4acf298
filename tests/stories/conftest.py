"""A town a story."""

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.sandbox import Person
from storage.district.files import Files, read
from tests.stories import readers, stores
from tests.stories.town import Town, town

XIMING = Path(__file__).parents[2] / "districts" / "ximing"


@pytest.fixture(scope="session")
def ximing() -> Files:
    """The files of the sample district."""
    return read(XIMING)


@pytest.fixture(scope="session", autouse=True)
def _ground(request: pytest.FixtureRequest) -> None:
    """The store that towns are founded on."""
    if request.config.getoption("--engine") == "postgres":
        stores.stand_on(request.getfixturevalue("postgres"))


@pytest.fixture(autouse=True)
def _cleared() -> Iterator[None]:
    """No database outlives its story."""
    yield
    stores.clear()


def pytest_configure(config: pytest.Config) -> None:
    """What everybody reads: chosen before the stories are read themselves."""
    readers.choose(config.getoption("--reading"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about Chinese itself is not read in English."""
    for item in items if config.getoption("--reading") == "en" else ():
        mark = item.get_closest_marker("chinese")
        if mark is not None:
            item.add_marker(pytest.mark.skip(reason=mark.args[0]))


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[EventDict]]:
    """What the bot logs; shown only with a story that fails."""
    with capture_logs() as lines:
        yield lines
    sys.stdout.writelines(f"{line}\n" for line in lines)


@pytest.fixture
async def ximing_town(tmp_path: Path, ximing: Files) -> AsyncIterator[Town]:
    """溪明区, with the bot running."""
    async with town(tmp_path / "var", ximing) as place:
        yield place


@pytest.fixture
async def wang(ximing_town: Town) -> Person:
    """A resident."""
    return await ximing_town.resident("王阿姨")


@pytest.fixture
async def lead(ximing_town: Town) -> Person:
    """An officer of the unit that leads what has to do with tyres."""
    return await ximing_town.officer("老李", "D12")


@pytest.fixture
async def partner(ximing_town: Town) -> Person:
    """An officer of the unit that is paired with the community."""
    return await ximing_town.officer("小赵", "D02")


@pytest.fixture
async def office(ximing_town: Town) -> Person:
    """The office's first officer."""
    return await ximing_town.officer("陈主任", "O01")
