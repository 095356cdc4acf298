"""A town a story."""

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from storage.district.files import Files, read
from tests.stories.town import Town, town

XIMING = Path(__file__).parents[2] / "districts" / "ximing"


@pytest.fixture(scope="session")
def ximing() -> Files:
    """The files of the sample district."""
    return read(XIMING)


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
