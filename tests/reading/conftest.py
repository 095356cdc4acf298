"""The sample district, and a reader of it."""

from pathlib import Path

import pytest

from domain.district import District
from domain.routing import Atlas
from reading import Reader
from storage.district.files import parse, read

SAMPLE = Path(__file__).parents[2] / "districts" / "ximing"


@pytest.fixture(scope="session")
def ximing() -> District:
    return parse(read(SAMPLE))


@pytest.fixture(scope="session")
def atlas(ximing: District) -> Atlas:
    return Atlas(ximing)


@pytest.fixture(scope="session")
def reader(ximing: District, atlas: Atlas) -> Reader:
    return Reader(ximing, atlas)
