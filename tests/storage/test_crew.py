"""Several processes at one PostgreSQL database: who does what, and how one replaces another."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import psycopg
import pytest

from storage.crew import Alone, Crew
from storage.postgres_crew import PostgresCrew
from tests.postgres import Server


@pytest.fixture
def at(postgres: Server) -> str:
    """Where they meet."""
    return postgres.url


@asynccontextmanager
async def joined(url: str, heard: Callable[[], None] = lambda: None) -> AsyncIterator[PostgresCrew]:
    """One of the crew."""
    crew = PostgresCrew(url)
    crew.listen(heard)
    await crew.join()
    try:
        yield crew
    finally:
        await crew.close()


class Worker:
    """Does a duty until it is lost or ended."""

    def __init__(self, crew: Crew, duty: str = "receiver") -> None:
        self.working, self.begun_anew = asyncio.Event(), asyncio.Event()
        self._leave = asyncio.Event()
        self._times = 0
        self.task = asyncio.create_task(crew.on_duty(duty, self._work))

    async def _work(self) -> None:
        self._times += 1
        self.working.set()
        if self._times > 1:
            self.begun_anew.set()
        try:
            await self._leave.wait()
        finally:
            self.working.clear()

    def leave(self) -> None:
        """The work is done."""
        self._leave.set()


async def test_one_alone_does_everything() -> None:
    worker = Worker(Alone())
    await worker.working.wait()
    worker.leave()
    await worker.task


async def test_of_two_one_is_on_duty_and_the_other_follows_when_it_goes(at: str) -> None:
    async with joined(at) as first, joined(at) as second:
        one = Worker(first)
        await one.working.wait()
        other = Worker(second)
        await asyncio.sleep(0)
        async with asyncio.timeout(10):
            assert not second.has("receiver")
            await first.close()
            await other.working.wait()
        assert second.has("receiver")
        assert not first.has("receiver")
        one.task.cancel()
        other.leave()
        await other.task


async def test_who_is_cut_off_stops_and_comes_back_under_another_number(at: str) -> None:
    async with joined(at) as crew:
        worker, before = Worker(crew), crew.number
        async with asyncio.timeout(10):
            await worker.working.wait()
            _cut_off(at)
            await worker.begun_anew.wait()
        assert crew.number != before
        worker.leave()
        await worker.task


async def test_a_call_is_heard_by_the_others_and_not_by_oneself(at: str) -> None:
    heard: list[str] = []
    there = asyncio.Event()

    def other() -> None:
        heard.append("other")
        there.set()

    async with joined(at, lambda: heard.append("self")) as crew, joined(at, other):
        async with asyncio.timeout(10):
            for _ in range(100):
                crew.call()
            await there.wait()
    assert heard[-1] == "other"
    assert heard.count("self") <= 1  # when it began to listen


async def test_work_that_fails_is_told_to_who_gave_it(at: str) -> None:
    async def fails() -> None:
        raise ZeroDivisionError

    async with joined(at) as crew:
        with pytest.raises(ZeroDivisionError):
            await crew.on_duty("heartbeat", fails)


def _cut_off(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'suishoupai'"
        )
