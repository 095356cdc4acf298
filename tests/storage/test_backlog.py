"""What an operator watches."""

from domain.messages import Purpose
from storage import backlog, inbox
from storage.inbox import Arrived
from storage.store import Store
from tests.storage.owing import LI, MINUTE, NOW, WANG, lease, owe
from tests.storage.test_cases import filed


async def test_what_waits_is_counted_from_the_oldest(store: Store) -> None:
    """What goes out counts from when it should have gone, also while it is on its way."""
    nothing = await store.read(backlog.standing)
    assert (nothing.inbox, nothing.inbox_since, nothing.outbox, nothing.outbox_since) == (0, None, 0, None)
    for ago in (3, 5, 4):
        await store.run(inbox.take, "telegram", [Arrived(str(ago), "7", b"{}")], NOW - ago * MINUTE)
    await store.run(inbox.done, 1, NOW)
    await owe(store, "later", LI, Purpose.REPLY, NOW - 9 * MINUTE, not_before=NOW + MINUTE)
    await owe(store, "one", WANG, Purpose.REPLY, NOW - 2 * MINUTE)
    await lease(store)
    waiting = await store.read(backlog.standing)
    assert (waiting.inbox, waiting.inbox_since) == (2, NOW - 5 * MINUTE)
    assert (waiting.outbox, waiting.outbox_since) == (2, NOW - 2 * MINUTE)


async def test_cases_are_counted_by_state(store: Store) -> None:
    assert (await store.read(backlog.standing)).cases == {}
    await store.run(filed)
    assert (await store.read(backlog.standing)).cases == {"triage": 1}
