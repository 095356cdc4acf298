"""Inbox -> handler: works off what came in, one message of a chat after the other, different chats side by side.

A message's effect, what it makes us owe and its mark as done stand in one commit. What cannot be worked off is tried
again for a minute, then set aside: the person and the office are told, and its chat goes on.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

import structlog

import handlers
from bot.answers import Answers, Effect
from bot.channel import Channel, Raw, Take, Unreadable
from bot.clock import Clock
from bot.guide import Behind, Guide, Knowledge
from bot.metrics import Metrics
from bot.texts import Words
from bot.waiting import LOOK_AGAIN, STORE_WAIT, Pulse, go_round, seconds_until
from domain.errors import DomainError
from domain.messages import Acted, Ignored, Incoming, Moved, Peer
from handlers import parked
from handlers.desk import Desk
from storage import inbox, people
from storage.crew import Crew
from storage.inbox import Arrived, Waiting
from storage.store import StorageError, Store, Work

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger(__name__)

PATIENCE = timedelta(seconds=60)
"""For how long a message that fails is tried again before it is set aside."""

_FIRST_WAIT, _LONGEST_WAIT = timedelta(milliseconds=500), timedelta(seconds=15)
_FREE_EVERY = timedelta(seconds=5)
_SIDE_BY_SIDE = 64
_IN_A_ROW = 20


class Pump:
    """Works the inbox off until it is stopped. `owed` is called when something may be owed or to be fetched."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        guide: Guide,
        clock: Clock,
        words: Words,
        owed: Callable[[], None],
        metrics: Metrics,
        crew: Crew,
    ) -> None:
        self._store = store
        self._channels = channels
        self._guide = guide
        self._clock = clock
        self._owed = owed
        self._metrics = metrics
        self._crew = crew
        self._freed_at: datetime | None = None
        self._busy: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._answers = Answers(words, clock)
        self.pulse = Pulse()
        self._wake = asyncio.Event()
        self._stopping = False

    def taker(self, channel: str) -> Take:
        """What a channel hands its messages to: returns once they are committed, and wakes the pump."""

        async def take(raws: Sequence[Raw]) -> None:
            arrived = [Arrived(raw.external_id, raw.chat, raw.payload) for raw in raws]
            self._metrics.taken(await self._store.run(inbox.take, channel, arrived, self._clock.wall()))
            self._wake.set()
            self._crew.call()

        return take

    def wake(self) -> None:
        """Something may wait to be worked off."""
        self._wake.set()

    async def run(self) -> None:
        """Work off until `stop`; what is under way then is finished."""
        await go_round(self._begin_waiting, self._wake, lambda: self._stopping, "inbox_unreadable", self.pulse)
        await asyncio.gather(*self._busy.values())
        await self._answers.finish()

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopping = True
        self._wake.set()

    async def _begin_waiting(self) -> float:
        """Begin with the chats whose turn it is. Returns for how many seconds there is nothing more to begin."""
        free = _SIDE_BY_SIDE - len(self._busy)
        if free <= 0:
            return LOOK_AGAIN
        now = self._clock.wall()
        await self._free_what_nobody_works_at(now)
        heads, next_at = await self._claim(_turns, now, set(self._busy), free, self._crew.number)
        for head in heads:
            task = asyncio.create_task(self._work_chat(head), name=f"chat {head.id}")
            self._busy[head.channel, head.chat] = task
        return seconds_until(next_at, self._clock.wall())

    async def _claim(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Look for what is to be done; where others look, too, it is claimed, which writes."""
        look = self._store.run if self._crew.number else self._store.read
        return await look(unit, *args, **kwargs)

    async def _free_what_nobody_works_at(self, now: datetime) -> None:
        """A process that died had claimed messages; now and then somebody frees them, and what a clock holds back."""
        if self._freed_at is None or abs(now - self._freed_at) >= _FREE_EVERY:
            if freed := await self._store.run(inbox.free):
                log.warning("claims_freed", messages=freed)
            if unwound := await self._store.run(inbox.unwind, now):
                log.warning("clock_set_back", messages=unwound)
            self._freed_at = now

    async def _work_chat(self, waiting: Waiting) -> None:
        """One chat's messages in order; after some in a row other chats have their turn."""
        try:
            following: Waiting | None = waiting
            for _ in range(_IN_A_ROW):
                if following is None or self._stopping or not await self._work(following):
                    break
                wall = self._clock.wall()
                following = await self._claim(inbox.next_of, waiting.channel, waiting.chat, wall, self._crew.number)
        except StorageError as error:
            log.error("store_failed", why=str(error), inbox=waiting.id)
            await asyncio.sleep(STORE_WAIT)
        except Exception as error:  # nothing should come this far; if it does, it is not to vanish, nor to run hot
            log.error("chat_interrupted", inbox=waiting.id, kind=type(error).__name__, exc_info=error)
            await asyncio.sleep(STORE_WAIT)
        finally:
            del self._busy[waiting.channel, waiting.chat]
            self._wake.set()

    async def _work(self, waiting: Waiting) -> bool:
        """Work off one message. Returns whether its chat can go on at once."""
        incoming: Incoming | None = None
        try:
            channel = self._channels[waiting.channel]
            incoming = channel.parse(waiting.payload, waiting.received_at)
            with self._metrics.handling():
                effect = await self._effect_in_time(channel, waiting, incoming)
        except Unreadable as error:
            await self._park(waiting, None, f"unreadable: {error}")
            return True
        except StorageError:
            raise
        except Exception as error:  # whatever it is, it is this message's: it must stand in nobody's way
            return await self._failed(waiting, incoming, error)
        self._metrics.done()
        self._owed()
        if isinstance(incoming, Acted):
            self._answers.give(channel, incoming, effect)
        return True

    async def _effect_in_time(self, channel: Channel, waiting: Waiting, incoming: Incoming) -> Effect:
        """The effect; a press is answered within seconds, whatever it takes."""
        if not isinstance(incoming, Acted):
            return await self._effect(waiting, incoming)
        with self._answers.in_time(channel, incoming, first=waiting.attempts == 0):
            return await self._effect(waiting, incoming)

    async def _effect(self, waiting: Waiting, incoming: Incoming) -> Effect:
        """The effect, understood and decided by the district that counts when it is committed."""
        while True:
            try:
                return await self._effect_knowing(self._guide.knowledge, waiting, incoming)
            except Behind:
                await self._guide.learn(self._store)

    async def _effect_knowing(self, knowledge: Knowledge, waiting: Waiting, incoming: Incoming) -> Effect:
        gist, pinned = knowledge.understand(incoming)

        def desk(work: Work) -> Desk:
            knowledge.confirm(work)
            return Desk(
                work,
                knowledge.district,
                self._clock.now(),
                self._clock.wall(),
                f"inbox:{waiting.id}",
                gist=gist,
                pinned=pinned,
            )

        def worked_off(work: Work) -> Effect:
            if not inbox.done(work, waiting.id, self._clock.wall(), waiting.owner):
                return Effect()
            return Effect(handlers.handle(incoming, desk(work)), _language(work, incoming))

        def refused(work: Work, error: DomainError) -> Effect:
            if not inbox.done(work, waiting.id, self._clock.wall(), waiting.owner):
                return Effect()
            return Effect(handlers.refuse(incoming, desk(work), error), _language(work, incoming))

        try:
            return await self._store.run(worked_off)
        except DomainError as error:
            return await self._store.run(refused, error)

    async def _failed(self, waiting: Waiting, incoming: Incoming | None, error: Exception) -> bool:
        """Our fault: log it with its trace, try again later, after a minute set it aside."""
        log.error(
            "handler_failed", inbox=waiting.id, attempts=waiting.attempts, kind=type(error).__name__, exc_info=error
        )
        wall = self._clock.wall()
        left = (waiting.first_failed_at or wall) + PATIENCE - wall
        if left <= timedelta():
            await self._park(waiting, incoming, type(error).__name__)
            return True
        wait = min(_FIRST_WAIT * 2 ** min(waiting.attempts, 10), _LONGEST_WAIT, left)
        await self._store.run(inbox.failed, waiting.id, type(error).__name__, wall + wait, wall, waiting.owner)
        return False

    async def _park(self, waiting: Waiting, incoming: Incoming | None, why: str) -> None:
        log.error("parked", inbox=waiting.id, why=why)

        def park(work: Work, knowledge: Knowledge) -> None:
            wall = self._clock.wall()
            if inbox.parked(work, waiting.id, why, wall, waiting.owner):
                desk = Desk(
                    work, knowledge.district, self._clock.now(), wall, f"parked:{waiting.id}:{wall.isoformat()}"
                )
                parked.tell(desk, _peer(incoming), waiting.id)

        try:
            await self._guide.run(self._store, park)
        except StorageError:
            raise
        except Exception as error:  # not even telling of it works: then the log alone tells, and the chat goes on
            log.error("parked_untold", inbox=waiting.id, kind=type(error).__name__, exc_info=error)
            await self._store.run(inbox.parked, waiting.id, why, self._clock.wall(), waiting.owner)
        self._metrics.parked()
        self._owed()


def _turns(
    work: Work, now: datetime, busy: Collection[tuple[str, str]], free: int, owner: int
) -> tuple[list[Waiting], datetime | None]:
    """Whose turn it is, and when the next turn comes, seen at one moment."""
    return inbox.heads(work, now, busy, free, owner), inbox.earliest(work, now)


def _language(work: Work, incoming: Incoming) -> str:
    peer = _peer(incoming)
    return people.language_of(work, peer) if peer else "zh"


def _peer(incoming: Incoming | None) -> Peer | None:
    return None if incoming is None or isinstance(incoming, Ignored | Moved) else incoming.peer
