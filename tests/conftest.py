"""What every room's tests may ask for: a store of each engine, on a fresh database of its own."""

import gc
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage import postgres_migrate
from storage.engines import open_store
from storage.migrate import migrate, read_migrations
from storage.postgres import connect
from storage.store import HOME, Store
from tests.postgres import Server, name_of, server

# A busy machine is no fault of a property: no deadlines, and drawing the first examples may take its time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

ENGINES = ("sqlite", "postgres")


def pytest_addoption(parser: pytest.Parser) -> None:
    """What the tests stand on, and what the people in the stories read."""
    parser.addoption("--engine", choices=ENGINES, default="sqlite", help="the store that tests stand on")
    parser.addoption("--reading", choices=("zh", "en"), default="zh", help="what the people in the stories read")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for a store says with its name which one it stands on."""
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", [metafunc.config.getoption("--engine")], scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about the other store alone is left out."""
    chosen = config.getoption("--engine")
    marks = {item: item.get_closest_marker("engine") for item in items}
    others = [item for item, mark in marks.items() if mark is not None and chosen not in mark.args]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in set(others)]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: some tests wait, for a process or a time that is up, and leave theirs free."""
    return (os.cpu_count() or 1) + 1


def pytest_collection() -> None:
    """What is collected stays to the end, so nothing of it is garbage: looking for some takes a tenth of the time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is looked for, but no longer among what was collected."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server: the one at TEST_DATABASE_URL, or one of our own."""
    with server(os.environ.get("TEST_DATABASE_URL")) as started:
        yield started


@pytest.fixture
def url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where an empty database is, or can be made."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'bot.db'}"
        return
    postgres: Server = request.getfixturevalue("postgres")
    made = postgres.create()
    yield made
    postgres.drop(made)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the whole schema and nothing in it, made once: that takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "bot.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    migrate(connection, read_migrations(HOME / "migrations", "sqlite"))
    connection.close()
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Server) -> Iterator[str]:
    """The name of a database with the whole schema and nothing in it."""
    url = postgres.create()
    with connect(url) as connection:
        postgres_migrate.migrate(connection, read_migrations(HOME / "migrations", "postgres"))
    yield name_of(url)
    postgres.drop(url)


@pytest.fixture
def whole(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a database with the whole schema and nothing in it is."""
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "bot.db")
        yield f"sqlite:///{tmp_path / 'bot.db'}"
        return
    postgres: Server = request.getfixturevalue("postgres")
    made = postgres.create(request.getfixturevalue("migrated_postgres"))
    yield made
    postgres.drop(made)


@pytest.fixture
async def store(whole: str) -> AsyncIterator[Store]:
    """A store with the whole schema and nothing in it."""
    store = await open_store(whole)
    yield store
    await store.close()
