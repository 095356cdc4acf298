"""The crew at a PostgreSQL database, see `storage/crew.py`. Each process keeps two sessions there.

One *stands*: it holds the number and the duties of the process, asks for duties that are wanted, and calls. A process
that died, or was cut off, is replaced within a second. The other *listens*. Calls are NOTIFYs, those that come together
under one, and only hints: everybody also looks by themselves from time to time.
"""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress

import psycopg
import structlog
from psycopg.rows import TupleRow

from storage.crew import DUTIES, Work, all_duties, lose
from storage.postgres import blamed, session

log = structlog.get_logger(__name__)

NUMBERS, _DUTIES = 0x5355_0001, 0x5355_0002
"""The two families of advisory locks: the numbers of processes, and the duties."""

CALL = "suishoupai"
_ASK_AGAIN = 1.0  # seconds
_TOGETHER = 0.01  # seconds in which calls come together

Session = psycopg.AsyncConnection[TupleRow]


class PostgresCrew:
    """This process among those at the database."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._heard: Callable[[], None] = _nothing
        self._duties = all_duties()
        self._wanted: set[str] = set()
        self._called = False
        self._something_to_do = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.number = 0

    async def join(self) -> None:
        """Take a number. Raises StorageError when the database cannot be reached."""
        try:
            standing = await self._opened()
            self.number = await _take_a_number(standing)
            listening = await self._opened()
        except psycopg.Error as error:
            raise blamed(error) from error
        self._tasks = [asyncio.create_task(self._stay(standing)), asyncio.create_task(self._hear(listening))]

    def has(self, duty: str) -> bool:
        """See Crew."""
        return self._duties[duty].ours

    async def on_duty(self, duty: str, work: Work) -> None:
        """See Crew."""
        self._wanted.add(duty)
        self._something_to_do.set()
        await self._duties[duty].while_ours(work)

    def call(self) -> None:
        """See Crew."""
        self._called = True
        self._something_to_do.set()

    def listen(self, heard: Callable[[], None]) -> None:
        """See Crew."""
        self._heard = heard

    async def close(self) -> None:
        """See Crew."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def _opened(self) -> Session:
        return await psycopg.AsyncConnection.connect(session(self._url), autocommit=True)

    async def _opened_again(self) -> Session:
        while True:
            with suppress(psycopg.Error):
                return await self._opened()
            await asyncio.sleep(_ASK_AGAIN)

    # --- the session that stands --------------------------------------------------------------------------------------

    async def _stay(self, standing: Session) -> None:
        """Keep the session; a new one, with another number, when it broke."""
        while True:
            try:
                async with standing:
                    await self._stand(standing)
            except psycopg.Error as error:
                log.error("cut_off_from_store", why=str(error))
            finally:
                lose(self._duties.values())
            standing = await self._opened_again()
            with suppress(psycopg.Error):  # then it broke once more, and the next turn sees it
                self.number = await _take_a_number(standing)

    async def _stand(self, standing: Session) -> None:
        while True:
            await self._ask(standing)
            if self._called:
                self._called = False
                await standing.execute("SELECT pg_notify(%s, %s)", [CALL, str(self.number)])
                await asyncio.sleep(_TOGETHER)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._something_to_do.wait(), _ASK_AGAIN)
            self._something_to_do.clear()

    async def _ask(self, standing: Session) -> None:
        """Ask for every duty that is wanted and not ours. Raises psycopg.Error when the session broke."""
        await standing.execute("SELECT 1")
        for duty in sorted(self._wanted):
            if not self._duties[duty].ours and await _takes(standing, _DUTIES, DUTIES.index(duty)):
                log.info("on_duty", duty=duty, number=self.number)
                self._duties[duty].falls_to_us()

    # --- the session that listens -------------------------------------------------------------------------------------

    async def _hear(self, listening: Session) -> None:
        while True:
            try:
                async with listening:
                    await listening.execute(f"LISTEN {CALL}".encode())
                    self._heard()  # what was called while nobody listened
                    async for call in listening.notifies():
                        if call.payload != str(self.number):
                            self._heard()
            except psycopg.Error as error:
                log.warning("no_longer_listening", why=str(error))
            listening = await self._opened_again()


def _nothing() -> None:
    """Nobody listens yet."""


async def _take_a_number(standing: Session) -> int:
    """A number that no other process has."""
    while True:
        number = secrets.randbelow(2**31 - 1) + 1
        if await _takes(standing, NUMBERS, number):
            return number


async def _takes(standing: Session, family: int, which: int) -> bool:
    row = await (await standing.execute("SELECT pg_try_advisory_lock(%s, %s)", [family, which])).fetchone()
    return bool(row and row[0])
