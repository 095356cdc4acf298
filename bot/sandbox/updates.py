"""The updates that wait for the bot, and the rules by which it gets and confirms them."""

import asyncio
import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.sandbox.activity import Activity
from bot.sandbox.errors import RefusedError, conflict
from bot.sandbox.shapes import Json

KINDS: Final = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "message_reaction",
        "message_reaction_count",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "purchased_paid_media",
        "managed_bot",
        "guest_message",
    ]
)
DEFAULT: Final = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
LONGEST_POLL: Final = 50
TERMINATED: Final = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, slots=True)
class Queued:
    """One update, ready for the wire. `chat_id` keeps the order within a chat when a webhook delivers."""

    id: int
    body: bytes
    chat_id: int = 0


class Updates:
    """A queue. An update stays until a higher offset confirms it (or a webhook has answered 2xx).

    Like at Telegram's, an update of a kind that is not allowed is lost at the moment it comes into being.
    """

    def __init__(self, activity: Activity, first_id: int = 700_000_001) -> None:
        self._activity = activity
        self.allowed: frozenset[str] = DEFAULT
        self.waiting: deque[Queued] = deque()
        self.confirmed: deque[Queued] = deque(maxlen=1000)
        self.next_id = first_id
        self._again: deque[Queued] = deque()
        self._poll: asyncio.Future[RefusedError | None] | None = None

    @property
    def pending(self) -> int:
        """How many are not confirmed yet."""
        return len(self.waiting) + len(self._again)

    @property
    def is_polled(self) -> bool:
        """Whether a getUpdates call waits right now."""
        return self._poll is not None

    def push(self, kind: str, body: Json, chat_id: int = 0) -> int | None:
        """A new update; its id, or None when the bot does not want this kind."""
        if kind not in self.allowed:
            return None
        return self.push_raw({kind: body}, chat_id)

    def push_raw(self, raw: Json | bytes, chat_id: int = 0) -> int:
        """Any update whatever, well-formed or not; an object without `update_id` gets one. Bytes go out as they are."""
        update_id = self.next_id
        if isinstance(raw, dict):
            update_id = raw.get("update_id", update_id)
            raw = json.dumps({"update_id": update_id, **raw}, ensure_ascii=False).encode()
        self.next_id = max(self.next_id, update_id) + 1
        self._enqueue(self.waiting, Queued(update_id, raw, chat_id))
        return update_id

    def redeliver(self, update_id: int | None = None) -> int:
        """The same update comes once more, whatever has been confirmed. Default: the one confirmed last."""
        known = [*self.confirmed, *self.waiting]
        found = next((q for q in reversed(known) if update_id in (None, q.id)), None)
        if found is None:
            raise LookupError(f"no update {update_id} to deliver again")
        self._enqueue(self._again, found)
        return found.id

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remembers `allowed_updates`. None changes nothing; an empty list means the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) & KINDS or DEFAULT

    def clear(self) -> None:
        """`drop_pending_updates`."""
        self.waiting.clear()
        self._again.clear()
        self._activity.stir()

    def confirm(self, offset: int) -> None:
        """Forgets every update with a smaller id."""
        while self.waiting and self.waiting[0].id < offset:
            self.confirmed.append(self.waiting.popleft())
            self._activity.stir()

    def settle(self, update: Queued) -> None:
        """A webhook has taken this one."""
        for queue in (self._again, self.waiting):
            if update in queue:
                queue.remove(update)
                self.confirmed.append(update)
                break
        self._activity.stir()

    def keep_last(self, count: int) -> None:
        """A negative offset: all but the last `count` are forgotten."""
        while len(self.waiting) > count:
            self.waiting.popleft()
        self._activity.stir()

    def ready(self) -> tuple[Queued, ...]:
        """Everything not confirmed yet, repeated ones first."""
        return (*self._again, *self.waiting)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Queued]:  # noqa: ASYNC109 - it is Telegram's parameter
        """getUpdates. Raises 409 when another poll comes: the older one is the one to end."""
        if offset < 0:
            self.keep_last(-offset)
        self.confirm(offset)
        if not self.pending and timeout > 0:
            await self._wait(timeout)
        return self._take(limit)

    def end_poll(self, reason: str = TERMINATED) -> None:
        """Ends the call that waits, with 409."""
        if self._poll and not self._poll.done():
            self._poll.set_result(conflict(reason))
        self._poll = None

    def release_poll(self) -> None:
        """Ends the call that waits, with nothing."""
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        self._poll = None

    def _take(self, limit: int) -> list[Queued]:
        repeated = [self._again.popleft() for _ in range(min(limit, len(self._again)))]
        return repeated + list(islice(self.waiting, limit - len(repeated)))

    async def _wait(self, timeout: float) -> None:  # noqa: ASYNC109 - the poll's own time
        self.end_poll()
        mine = self._poll = asyncio.get_running_loop().create_future()
        self._activity.wake()
        try:
            async with asyncio.timeout(min(timeout, LONGEST_POLL)):
                refused = await mine
        except TimeoutError:
            refused = None
        finally:
            if self._poll is mine:
                self._poll = None
            self._activity.wake()
        if refused:
            raise refused

    def _enqueue(self, queue: deque[Queued], update: Queued) -> None:
        queue.append(update)
        self.release_poll()
        self._activity.stir()
