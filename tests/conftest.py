"""What every room's tests may ask for: a store of each engine, on a fresh database of its own."""

import gc
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage.engines import open_store
from storage.migrate import migrate, read_migrations
from storage.store import HOME, Store

# A busy machine is no fault of a property: no deadlines, and drawing the first examples may take its time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

ENGINES = ("sqlite",)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--reading en`: the people in the stories read English."""
    parser.addoption("--reading", choices=("zh", "en"), default="zh", help="what the people in the stories read")


def pytest_collection() -> None:
    """What is collected stays to the end, so nothing of it is garbage: looking for some takes a tenth of the time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is looked for, but no longer among what was collected."""
    gc.freeze()
    gc.enable()


@pytest.fixture(params=ENGINES)
def url(tmp_path: Path) -> str:
    """Where a database can be made."""
    return f"sqlite:///{tmp_path / 'bot.db'}"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the whole schema and nothing in it, made once: that takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "bot.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    migrate(connection, read_migrations(HOME / "migrations", "sqlite"))
    connection.close()
    return path


@pytest.fixture
async def store(url: str, migrated: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """A store with the whole schema and nothing in it."""
    shutil.copy(migrated, tmp_path / "bot.db")
    store = await open_store(url)
    yield store
    await store.close()
