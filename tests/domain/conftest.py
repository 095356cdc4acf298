"""The sample district, read once for all tests of the trade."""

from pathlib import Path

import pytest

from domain.district import District
from storage.district.files import parse, read


@pytest.fixture(scope="session")
def ximing() -> District:
    """The sample district."""
    return parse(read(Path(__file__).parents[2] / "districts" / "ximing"))
