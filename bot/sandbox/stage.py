"""All that is there before the first person comes in: the bot, clocks, queues, files, limits and faults."""

import itertools
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.sandbox.activity import Activity, Found
from bot.sandbox.errors import RefusedError
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.limits import Flood, Limits
from bot.sandbox.messages import Chat, Content, Message
from bot.sandbox.queries import Queries
from bot.sandbox.settings import Settings
from bot.sandbox.shapes import Json, Now, User, member
from bot.sandbox.updates import Updates

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"  # noqa: S105 - the example of Telegram's documentation
PATIENCE = 10.0
PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Done:
    """A call the bot has made. `refused` is None when it was answered with a result."""

    method: str
    parameters: Json
    refused: RefusedError | None


@dataclass(frozen=True, slots=True)
class Memory:
    """How much is kept; None keeps all. For benchmarks: old messages and files are forgotten beyond these numbers."""

    messages_per_chat: int | None = None
    files: int | None = None
    calls: int | None = 10_000


@dataclass(slots=True)
class Hook:
    """The webhook, when one is set."""

    url: str
    secret: str = ""
    most_connections: int = 40
    error: str = ""
    error_at: float = 0


class Stage:
    """What people, groups and the methods of the Bot API share.

    `now` may be any clock; limits, links and the age of messages follow it. `retry_seconds` is the first pause after a
    webhook has failed (doubled each time, at most 16 times that).
    """

    def __init__(
        self,
        *,
        now: Now = time.time,
        limits: Limits | None = None,
        token: str = TOKEN,
        username: str = "sandbox_bot",
        name: str = "Sandbox",
        memory: Memory | None = None,
        retry_seconds: float = 1.0,
    ) -> None:
        self.now = now
        self.token = token
        self.memory = memory or Memory()
        self.bot = User(int(token.partition(":")[0]), name, username, is_bot=True)
        self.retry_seconds = retry_seconds
        self.activity = Activity()
        self.updates = Updates(self.activity)
        self.queries = Queries(now)
        self.files = Files(now, self.memory.files)
        self.flood = Flood(limits or Limits(), now)
        self.faults = Faults(self.activity.wake)
        self.hook: Hook | None = None
        self.settings = Settings()
        self.complaints: list[str] = []
        self.calls: deque[Done] = deque(maxlen=self.memory.calls)
        self.busy = 0
        self.is_logged_out = False
        self.albums = itertools.count(13_500_000_000_000_001)

    def post(
        self,
        chat: Chat,
        sender: User,
        content: Content,
        *,
        markup: Json | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
        album: str | None = None,
        origin: Json | None = None,
    ) -> Message:
        """A new message at the end of a chat. Nobody is told."""
        message = Message(chat, chat.next_id(), sender, self.now(), content, markup, reply_to, thread, album, origin)
        self.activity.stir()
        return chat.add(message)

    def rewrite(self, message: Message, content: Content) -> None:
        """The message says something else from now on."""
        message.content = content
        message.edited_at = self.now()
        message.edits += 1
        self.activity.stir()

    def remove(self, message: Message) -> None:
        """The message is gone for everybody."""
        message.chat.messages.pop(message.id, None)
        self.activity.stir()

    def report(self, message: Message, kind: str = "message") -> None:
        """An update about a message, if the bot may hear of it."""
        if message.chat.is_heard(message):
            self.tell(kind, message.as_json(), message.chat)

    def tell(self, kind: str, body: Json, chat: Chat) -> int | None:
        """An update for the bot, if it wants this kind."""
        return self.updates.push(kind, body, chat.id)

    def tell_membership(self, chat: Chat, by: User, before: str, after: str) -> None:
        """`my_chat_member`: somebody has changed what the bot is in a chat."""
        body = {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": int(self.now()),
            "old_chat_member": member(self.bot, before),
            "new_chat_member": member(self.bot, after),
        }
        self.tell("my_chat_member", body, chat)
        self.activity.stir()

    def push_raw(self, raw: Json | bytes) -> int:
        """Any update whatever; see `Updates.push_raw`."""
        return self.updates.push_raw(raw)

    def redeliver(self, update_id: int | None = None) -> int:
        """The same update once more; see `Updates.redeliver`."""
        return self.updates.redeliver(update_id)

    def complain(self, what: str) -> None:
        """Something Telegram may let pass but no bot should do. Tests assert that there are none."""
        self.complaints.append(what)

    def called(self, method: str) -> list[Json]:
        """The parameters of every call of `method` that got a result, oldest first."""
        return [done.parameters for done in self.calls if done.method == method and done.refused is None]

    async def until(self, happened: Callable[[], Found], timeout: float = PATIENCE) -> Found:  # noqa: ASYNC109 - see Activity
        """Waits for `happened` to become true and returns its value. Raises NothingHappenedError."""
        return await self.activity.until(happened, timeout, self.story)

    async def quiet(self, timeout: float = PATIENCE, pause: float = PAUSE) -> None:  # noqa: ASYNC109 - see Activity
        """Waits until the bot has confirmed every update and has made no call for `pause` seconds."""
        await self.activity.calm(self.is_settled, pause, timeout, self.story)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While a call is being worked on there is no quiet; afterwards whoever waits looks again."""
        self.busy += 1
        self.activity.stir()
        try:
            yield
        finally:
            self.busy -= 1
            self.activity.stir()

    def is_settled(self) -> bool:
        """No update is open and no call is being worked on."""
        return self.updates.pending == 0 and self.busy == 0

    def story(self) -> str:
        """What a failure shows: what waits, and what the bot did last."""
        last = [f"  {done.method} {done.refused.description if done.refused else 'ok'}" for done in self.calls][-8:]
        waiting = [queued.body.decode(errors="replace")[:400] for queued in self.updates.ready()][:3]
        return "\n".join([f"{self.updates.pending} updates open, {self.busy} calls at work", *waiting, *last])
