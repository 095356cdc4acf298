"""Several bots at one PostgreSQL database: one receives, all work, and nobody misses one that is killed."""

from collections.abc import Iterator

import pytest

from storage import cases
from tests.postgres import Server
from tests.running.premises import XIMING, Premises
from tests.running.test_process import files_report


@pytest.fixture
def several(empty: Premises, postgres: Server) -> Iterator[Premises]:
    """Premises whose store is a new PostgreSQL database."""
    url = postgres.create()
    yield empty.with_(DATABASE_URL=url)
    postgres.drop(url)


async def test_when_one_of_two_is_killed_the_other_goes_on(several: Premises) -> None:
    loaded = await several.command("load", str(XIMING))
    assert loaded.code == 0, loaded.err
    async with several.bot() as first, several.bot() as second:
        before = await files_report(await several.resident("王阿姨"), several)
        await first.kill()
        after = await files_report(await several.resident("周伯"), several)
        async with several.store() as store:
            for number in (before, after):
                assert (await store.read(cases.by_number, number)).number == number
        assert await second.stop() == 0
