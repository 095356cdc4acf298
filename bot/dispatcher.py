"""Outbox -> channel: leases what is owed, sends it with no transaction open, and marks what became of it.

At least once: after a crash at most what was in flight is sent again. The channel keeps its own rates.
"""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.channel import Channel, ClipFile, Letter, PictureFile, Shown
from bot.clock import Clock
from bot.gallery import Gallery, NotYet
from bot.guide import Behind, Guide
from bot.metrics import Metrics
from bot.waiting import LOOK_AGAIN, STORE_WAIT, Pulse, go_round, seconds_until
from domain.messages import Address, Group, Later, MovedTo, Notice, Outcome, Peer, Refused, Sent, Unreachable
from handlers import account, groups
from handlers.desk import Desk
from storage import delivery, outbox, people
from storage import groups as chats
from storage.delivery import Owed
from storage.outbox import MENU, RETRACT
from storage.store import StorageError, Store, Work

log = structlog.get_logger(__name__)

_LEASE = timedelta(seconds=60)
"""Held on to for as long as the sending takes; it runs out only when nobody sends any more."""

_PATIENCE = timedelta(seconds=60)
"""For how long a message at which our own code fails is tried again before it is given up."""

_FORGET = timedelta(hours=1)
"""What began to fail so long ago was superseded meanwhile, or is a new failure."""

_FIRST_WAIT, _LONGEST_WAIT = timedelta(milliseconds=500), timedelta(seconds=15)
_SIDE_BY_SIDE = 32
_IN_SIGHT = 8
"""After so many further messages a card that is still needed has scrolled away, and comes down with its next change."""

_PICTURE_WAIT = timedelta(milliseconds=150)
_PICTURE_TRIES = 8
"""How often a message waits for a picture that is still being fetched; then it goes without: no photo blocks a case."""


class Dispatcher:
    """Sends what is owed until it is stopped. Nobody else may send from the same store."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        guide: Guide,
        gallery: Gallery,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._store = store
        self._channels = channels
        self._guide = guide
        self._gallery = gallery
        self._clock = clock
        self._metrics = metrics
        self._owner = secrets.token_hex(4)
        self._seen: datetime | None = None
        self._flying: dict[int, datetime] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._failing: dict[int, datetime] = {}
        self.pulse = Pulse()
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Something may be owed."""
        self._wake.set()

    def stop(self) -> None:
        """Lease nothing new."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send until `stop`; what is in flight then arrives."""
        self._seen = None
        await go_round(self._send_waiting, self._wake, lambda: self._stopping, "outbox_unreadable", self.pulse)
        await asyncio.gather(*self._tasks)

    async def _send_waiting(self) -> float:
        """Lease and send what is due. Returns for how many seconds there is nothing more to send."""
        now = self._clock.wall()
        if self._seen is None:
            await self._store.run(delivery.give_back, self._owner, now)
        if (self._seen is None or now < self._seen) and (unwound := await self._store.run(delivery.unwind, now)):
            log.warning("clock_set_back", owed=unwound)
        self._seen = now
        late = [message for message, until in self._flying.items() if until - now < _LEASE / 2]
        leased, next_at = await self._store.run(self._lease, now, late, _SIDE_BY_SIDE - len(self._flying))
        self._flying |= dict.fromkeys(self._flying.keys() & set(late), now + _LEASE)
        for owed in leased:
            self._begin(owed, now)
        if len(self._flying) >= _SIDE_BY_SIDE:
            return LOOK_AGAIN
        return seconds_until(next_at, self._clock.wall())

    def _lease(self, work: Work, now: datetime, late: Sequence[int], free: int) -> tuple[list[Owed], datetime | None]:
        """What is due, as far as there is room, and when to look again; what has flown for long stays leased."""
        delivery.hold(work, self._owner, late, now + _LEASE)
        leased = delivery.lease(work, self._owner, now, now + _LEASE, free) if free > 0 else []
        return leased, outbox.earliest(work, now)

    def _begin(self, owed: Owed, now: datetime) -> None:
        self._flying[owed.id] = now + _LEASE
        task = asyncio.create_task(self._carry(owed), name=f"outbox {owed.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, owed: Owed) -> None:
        """One message from its lease to its mark."""
        try:
            outcome = await self._outcome(owed)
            try:
                await self._mark_surely(owed, outcome)
            except Exception as error:  # what follows from the outcome cannot be done: the message alone is at fault
                await self._mark_surely(owed, self._failed(owed, error))
        finally:
            self._flying.pop(owed.id, None)  # when its group moved meanwhile, it flew a second time and has landed
            self._wake.set()

    async def _outcome(self, owed: Owed) -> Outcome:
        channel = self._channels.get(owed.to.channel)
        if channel is None:
            return Refused(f"no channel {owed.to.channel}")
        try:
            return await self._send(channel, owed)
        except StorageError as error:
            log.error("store_failed", why=str(error), outbox=owed.id)
            return Later(self._clock.wall() + timedelta(seconds=STORE_WAIT), "store")
        except Exception as error:  # whatever it is, it is this message's: it must stand in nobody's way
            return self._failed(owed, error)

    def _failed(self, owed: Owed, error: Exception) -> Outcome:
        """Our fault: log it with its trace, try again later, after a minute give the message up."""
        log.error("sending_failed", outbox=owed.id, kind=owed.notice.kind, case=owed.case, exc_info=error)
        wall = self._clock.wall()
        self._failing = {message: at for message, at in self._failing.items() if wall - at < _FORGET}
        since = self._failing.setdefault(owed.id, wall)
        if wall - since >= _PATIENCE:
            return Refused(type(error).__name__)
        wait = min(_FIRST_WAIT * 2 ** min(owed.attempts, 10), _LONGEST_WAIT, since + _PATIENCE - wall)
        return Later(wall + wait, type(error).__name__)

    async def _mark_surely(self, owed: Owed, outcome: Outcome) -> None:
        """Mark it, however often the store fails meanwhile: what has arrived is not to be sent again for that."""
        while True:
            try:
                await self._mark_knowing(owed, outcome)
            except StorageError as error:
                log.error("store_failed", why=str(error), outbox=owed.id)
                if self._stopping:
                    return
                await asyncio.sleep(STORE_WAIT)
            else:
                self._metrics.carried(outcome)
                return

    async def _mark_knowing(self, owed: Owed, outcome: Outcome) -> None:
        """Mark it; what follows from it is decided by the district that counts."""
        try:
            await self._store.run(self._mark, owed, outcome)
        except Behind:
            await self._guide.learn(self._store)
            await self._mark_knowing(owed, outcome)

    async def _send(self, channel: Channel, owed: Owed) -> Outcome:
        known = await self._store.read(_language, owed.to)
        language = owed.notice.language or known
        shown = Shown(owed.shown.handle, owed.shown.form) if owed.shown else None
        if owed.notice.kind == RETRACT:
            return await channel.retract(owed.to, shown, language) if shown else Sent("")
        if owed.notice.kind == MENU:
            return await channel.offer(owed.to, _commands(owed.notice), language)
        try:
            pictures = await self._pictures(channel, owed, language)
            clip = await self._clip(channel, owed)
        except NotYet:
            return Later(self._clock.wall() + _PICTURE_WAIT * 2 ** min(owed.attempts, 4), "picture")
        anew = owed.notice.in_sight and owed.shown is not None and owed.shown.behind > _IN_SIGHT
        return await channel.send(owed.to, Letter(owed.notice, language, pictures, shown, clip, anew))

    async def _pictures(self, channel: Channel, owed: Owed, language: str) -> tuple[PictureFile, ...]:
        patient = owed.attempts < _PICTURE_TRIES
        found = [
            await self._gallery.ready(picture, channel.account, language, patient=patient)
            for picture in owed.notice.pictures
        ]
        return tuple(picture for picture in found if picture is not None)

    async def _clip(self, channel: Channel, owed: Owed) -> ClipFile | None:
        if owed.notice.clip is None:
            return None
        return await self._gallery.clip(owed.notice.clip, channel.account, patient=owed.attempts < _PICTURE_TRIES)

    def _mark(self, work: Work, owed: Owed, outcome: Outcome) -> None:
        """What became of it, in one unit with everything that follows from it."""
        wall = self._clock.wall()
        match outcome:
            case Sent(handle, form):
                delivery.sent(work, owed.id, handle, form, wall)
            case Later(until, why):
                delivery.later(work, owed.id, until, why, wall)
            case MovedTo(group) if isinstance(owed.to, Group):
                groups.move(self._desk(work, owed), owed.to, group)
            case MovedTo():
                delivery.refused(work, owed.id, "a person does not move", wall)
            case Unreachable(why):
                log.info("unreachable", outbox=owed.id, case=owed.case, why=why)
                delivery.unreachable(work, owed.id, why, wall)
                self._lost(work, owed)
            case Refused(why):
                log.error("refused", outbox=owed.id, kind=owed.notice.kind, case=owed.case, why=why)
                delivery.refused(work, owed.id, why, wall)
                if owed.notice.kind == MENU and isinstance(owed.to, Peer):
                    people.mistrust_menu(work, owed.to)

    def _lost(self, work: Work, owed: Owed) -> None:
        """Somebody cannot be reached there any more: whoever relies on them hears of it."""
        if isinstance(owed.to, Group):
            groups.lost(self._desk(work, owed), owed.to)
            return
        outbox.drop_waiting(work, owed.to, "unreachable", self._clock.wall())
        person = people.known(work, owed.to)
        if person is not None:
            account.lost(self._desk(work, owed), person, owed.to)

    def _desk(self, work: Work, owed: Owed) -> Desk:
        """The desk for what follows from an outcome. Raises Behind when a newer district has been loaded."""
        knowledge = self._guide.knowledge
        knowledge.confirm(work)
        return Desk(work, knowledge.district, self._clock.now(), self._clock.wall(), f"outbox:{owed.id}")


def _commands(notice: Notice) -> tuple[str, ...]:
    names = notice.facts.get("commands")
    return tuple(map(str, names)) if isinstance(names, list | tuple) else ()


def _language(work: Work, to: Address) -> str:
    if isinstance(to, Peer):
        return people.language_of(work, to)
    return next((bound.language for bound in chats.of_chat(work, to)), "zh")
