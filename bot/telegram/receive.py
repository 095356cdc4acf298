"""Long polling that loses nothing: an update counts as received once `take` has returned for it, and not before.

PTB's own polling confirms an update when it sits in a queue in memory, is stuck behind one it cannot parse, and goes
on for ever without a sound when nothing works. Here the bytes are stored as they came, and silence ends the process.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channel import Take
from bot.telegram.backoff import Backoff
from bot.telegram.errors import ReceiverStalled, WrongToken
from bot.telegram.http import AiohttpRequest, TooFast
from bot.telegram.redact import redact
from bot.telegram.split import NotAnAnswer, Update, salvage, split

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
"""`my_chat_member` is how we learn that somebody blocked us or a group threw us out."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. `poll` is how long Telegram holds an empty answer back; the others are waits of ours.

    `first` to `longest` is the back-off, `conflict` the wait while another bot polls, `pause` the least time an empty
    round takes, `stalled` the time without a good round after which we give up. An update that is no JSON is asked
    for `tries` times before it is kept as it is: what is damaged on the way may come whole the next time. `look` is
    the time from one look at our webhook to the next.
    """

    poll: int = 50
    first: float = 1.0
    longest: float = 30.0
    conflict: float = 10.0
    pause: float = 1.0
    stalled: float = 600.0
    tries: int = 5
    look: float = 60.0


class _NotTaken(Exception):
    """`take` failed; its cause says why."""


class Trying:
    """Does a step until it works. `last_good`: when one last did, in seconds of `time.monotonic`; 0 before that."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._backoff = Backoff(patience.first, patience.longest)
        self.last_good = 0.0

    async def until_it_works(self, step: Callable[[], Awaitable[None]]) -> None:
        """Tries again and again. The time limit also holds when the step hangs without an error.

        Raises `WrongToken` and `ReceiverStalled`, and nothing for what passes by itself.
        """
        try:
            async with asyncio.timeout_at(self.last_good + self._patience.stalled) as limit:
                await self._repeat(step)
        except TimeoutError:
            if limit.expired():
                raise ReceiverStalled(f"nothing could be received for {self._patience.stalled:g} s") from None
            raise
        self.worked()

    async def _repeat(self, step: Callable[[], Awaitable[None]]) -> None:
        while True:
            wait = await self._attempt(step)
            if wait is None:
                return
            await asyncio.sleep(wait)

    def worked(self) -> None:
        """It works: from now on the time limit counts anew, and the next failure is a first one again."""
        self.last_good = asyncio.get_running_loop().time()
        self._backoff.reset()

    async def _attempt(self, step: Callable[[], Awaitable[None]]) -> float | None:
        """None when it worked, else how long to wait."""
        try:
            await step()
        except InvalidToken:
            raise WrongToken("Telegram does not know this token: it is mistyped or was revoked") from None
        except Conflict:
            log.critical("another_bot_polls", hint="a second bot runs with this token, or the first has just ended")
            return self._patience.conflict
        except TooFast as error:
            log.warning("told_to_wait", wait=error.seconds)
            return error.seconds
        except _NotTaken:
            wait = self._backoff.next()
            log.exception("not_stored", wait=wait)
            return wait
        except (TelegramError, NotAnAnswer) as error:
            wait = self._backoff.next()
            log.warning("poll_failed", kind=type(error).__name__, why=redact(str(error))[:200], wait=wait)
            return wait
        return None


class Receiver:
    """Polls for one bot."""

    def __init__(self, bot: Bot, request: AiohttpRequest, patience: Patience) -> None:
        self._bot = bot
        self._request = request
        self._patience = patience
        self._trying = Trying(patience)
        self._offset = 0
        self._damaged = 0

    @property
    def last_good(self) -> float:
        """See `Trying`."""
        return self._trying.last_good

    async def run(self, take: Take) -> None:
        """Receive until cancelled. Raises `WrongToken` and `ReceiverStalled`, and nothing for what passes by itself."""
        self._trying.worked()
        await self._trying.until_it_works(self._leave_webhook)
        while True:
            await self._trying.until_it_works(lambda: self._round(take))

    async def _leave_webhook(self) -> None:
        """While a webhook is set getUpdates answers 409. What waits for us is kept."""
        info = await self._bot.get_webhook_info()
        if info.url:
            log.warning("webhook_removed", waiting=info.pending_update_count)
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def _round(self, take: Take) -> None:
        """One poll, stored and only then confirmed by the offset of the next."""
        began = asyncio.get_running_loop().time()
        batch = split(await self._poll())
        if batch.updates:
            await self._keep(take, batch.updates)
        elif batch.rest is not None:
            await self._keep(take, [self._given_up_on(batch.rest)])
        else:
            # All below the offset is confirmed now. After a week of silence Telegram numbers anew from anywhere, and
            # an offset from before would then confirm what nobody has seen.
            self._offset = 0
            await self._pause(began)

    async def _poll(self) -> bytes:
        return await self._request.get_updates_raw(
            self._bot.base_url, offset=self._offset, poll=self._patience.poll, allowed=WANTED
        )

    async def _keep(self, take: Take, updates: Sequence[Update]) -> None:
        try:
            await take([update.raw for update in updates])
        except Exception as error:
            raise _NotTaken from error
        self._damaged = 0
        following = 1 + max((update.id for update in updates if update.id is not None), default=-1)
        if following <= self._offset:
            # Only updates without an id, or the same ones again: kept, but the next poll would bring them at once.
            raise NotAnAnswer("nothing that could be confirmed")
        self._offset = following

    def _given_up_on(self, rest: bytes) -> Update:
        """The damaged update in front, once it has come damaged often enough. Raises `NotAnAnswer` until then."""
        self._damaged += 1
        update = salvage(rest) if self._damaged >= self._patience.tries else None
        if update is None:
            raise NotAnAnswer("the first update is no JSON")
        log.error("damaged_update_kept", update=update.raw.external_id, size=len(update.raw.payload))
        return update

    async def _pause(self, began: float) -> None:
        """Nothing came before its time: whatever answers there does not hold the poll, so we do."""
        early = began + self._patience.pause - asyncio.get_running_loop().time()
        if early > 0:
            await asyncio.sleep(early)
