"""Messages that are owed, for the tests of the outbox: known by their kind, to Li, Wang or the office."""

from datetime import UTC, datetime, timedelta

from domain.messages import Address, Group, Notice, Peer, Purpose, Send
from storage import delivery, outbox
from storage.delivery import Owed
from storage.store import Store

NOW = datetime(2026, 4, 21, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

LI = Peer("telegram", "bot", "7")
WANG = Peer("telegram", "bot", "8")
OFFICE = Group("telegram", "bot", "-100")


async def owe(
    store: Store,
    kind: str,
    to: Address = LI,
    purpose: Purpose = Purpose.NOTIFY,
    now: datetime = NOW,
    *,
    key: str | None = None,
    case: int | None = None,
    dedupe: str = "",
    not_before: datetime | None = None,
    not_after: datetime | None = None,
) -> bool:
    """Owe a message that is known by its kind."""
    send = Send(to, Notice(kind, key=key), purpose, dedupe or kind, case, not_before, not_after)
    return await store.run(outbox.owe, send, now)


async def lease(store: Store, now: datetime = NOW, limit: int = 100) -> list[Owed]:
    """What is to be sent, leased for a minute."""
    return await store.run(delivery.lease, "dispatcher", now, now + MINUTE, limit)


async def kinds(store: Store, now: datetime = NOW, limit: int = 100) -> list[str]:
    """The kinds of what is to be sent, leased for a minute."""
    return [owed.notice.kind for owed in await lease(store, now, limit)]


async def deliver(store: Store, handle: str = "h", now: datetime = NOW) -> Owed:
    """Send the one message that is due."""
    (owed,) = await lease(store, now)
    assert await store.run(delivery.sent, owed.id, handle, "text", now)
    return owed
