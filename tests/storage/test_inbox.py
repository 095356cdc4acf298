"""What came in: taken once, in order within a chat, never stuck, erased when done."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from storage import inbox
from storage.inbox import Arrived, Waiting
from storage.migrate import migrate, read_migrations
from storage.sqlite_commit import row_of
from storage.store import HOME, Store, Work, load_queries
from tests.storage.machine import SETTINGS, StoreMachine

NOW = datetime(2026, 4, 21, 9, tzinfo=UTC)
SOON = NOW + timedelta(seconds=5)


def arrived(*names: str) -> list[Arrived]:
    """Messages such as `a1`: the first of chat `a`. The payload is the name."""
    return [Arrived(name, name[0], name.encode()) for name in names]


async def take(store: Store, *names: str, channel: str = "telegram") -> int:
    return await store.run(inbox.take, channel, arrived(*names), NOW)


async def heads(store: Store, *busy: str, now: datetime = NOW, limit: int = 100) -> list[str]:
    """The names of the heads."""
    found = await store.run(inbox.heads, now, {("telegram", chat) for chat in busy}, limit)
    return [head.payload.decode() for head in found]


async def head_of(store: Store, chat: str, now: datetime = NOW) -> Waiting:
    """The head of a chat, which must have one."""
    head = await store.run(inbox.next_of, "telegram", chat, now)
    assert head is not None
    return head


async def test_a_message_is_taken_once_however_often_it_comes(store: Store) -> None:
    assert await take(store, "a1", "a2", "a1") == 2
    assert await take(store, "a1", "b1") == 1
    assert await take(store, "a1", channel="wecom") == 1
    assert await store.read(inbox.waiting_count) == 4


async def test_a_message_that_is_done_is_not_taken_again(store: Store) -> None:
    await take(store, "a1")
    head = await head_of(store, "a")
    assert await store.run(inbox.done, head.id, NOW)
    assert await take(store, "a1") == 0
    assert await heads(store) == []


async def test_each_chat_shows_its_oldest_message_and_the_oldest_chat_comes_first(store: Store) -> None:
    await take(store, "b1", "a1", "b2", "c1", "a2")
    assert await heads(store) == ["b1", "a1", "c1"]
    assert await heads(store, limit=2) == ["b1", "a1"]


async def test_busy_chats_are_left_out_and_take_no_room(store: Store) -> None:
    await take(store, "a1", "b1", "c1", "d1")
    assert await heads(store, "a", "b", limit=1) == ["c1"]


async def test_the_same_chat_of_another_channel_is_another_chat(store: Store) -> None:
    await take(store, "a1")
    await take(store, "a2", channel="wecom")
    assert await heads(store) == ["a1", "a2"]
    assert await heads(store, "a") == ["a2"]


async def test_a_chat_goes_on_with_its_next_message(store: Store) -> None:
    await take(store, "a1", "a2", "a3")
    for name in ("a1", "a2", "a3"):
        head = await head_of(store, "a")
        assert head.payload.decode() == name
        assert await store.run(inbox.done, head.id, NOW)
    assert await store.run(inbox.next_of, "telegram", "a", NOW) is None


async def test_done_twice_is_done_once(store: Store) -> None:
    await take(store, "a1", "a2")
    head = await head_of(store, "a")
    assert await store.run(inbox.done, head.id, NOW)
    assert not await store.run(inbox.done, head.id, NOW)
    assert not await store.run(inbox.failed, head.id, "too late", SOON, NOW)
    assert not await store.run(inbox.parked, head.id, "too late", NOW)
    assert await heads(store) == ["a2"]


async def test_a_head_that_backs_off_holds_its_own_chat_and_no_other(store: Store) -> None:
    await take(store, "a1", "a2", "b1")
    head = await head_of(store, "a")
    assert await store.run(inbox.failed, head.id, "boom", SOON, NOW)
    assert await heads(store) == ["b1"]
    assert await store.run(inbox.next_of, "telegram", "a", NOW) is None
    assert await heads(store, now=SOON) == ["a1", "b1"]


async def test_failures_are_counted_from_the_first(store: Store) -> None:
    await take(store, "a1")
    head = await head_of(store, "a")
    assert (head.attempts, head.first_failed_at, head.received_at) == (0, None, NOW)
    await store.run(inbox.failed, head.id, "boom", NOW, NOW)
    await store.run(inbox.failed, head.id, "boom", SOON, SOON)
    head = await head_of(store, "a", SOON)
    assert (head.attempts, head.first_failed_at) == (2, NOW)


async def test_it_is_known_when_to_look_again(store: Store) -> None:
    assert await store.read(inbox.earliest, NOW) is None
    await take(store, "a1", "b1", "c1")
    await store.run(inbox.failed, (await head_of(store, "a")).id, "boom", SOON, NOW)
    await store.run(inbox.failed, (await head_of(store, "b")).id, "boom", SOON + timedelta(seconds=1), NOW)
    assert await store.read(inbox.earliest, NOW) == SOON
    assert await store.read(inbox.earliest, SOON) == SOON + timedelta(seconds=1)


async def test_a_parked_message_stands_in_nobodys_way_and_keeps_what_it_said(store: Store) -> None:
    await take(store, "a1", "a2")
    head = await head_of(store, "a")
    assert await store.run(inbox.parked, head.id, "no sense in it", SOON)
    assert await heads(store) == ["a2"]
    (parked,) = await store.read(inbox.list_parked)
    assert (parked.id, parked.payload, parked.error, parked.parked_at) == (head.id, b"a1", "no sense in it", SOON)
    assert not await store.run(inbox.done, head.id, NOW)


async def test_a_parked_message_that_is_tried_again_comes_before_what_came_after_it(store: Store) -> None:
    await take(store, "a1", "a2", "a3")
    head = await head_of(store, "a")
    await store.run(inbox.failed, head.id, "boom", NOW, NOW)
    await store.run(inbox.parked, head.id, "boom", NOW)
    assert await store.run(inbox.retry_parked, head.id)
    assert not await store.run(inbox.retry_parked, head.id)
    assert await heads(store) == ["a1"]
    again = await head_of(store, "a")
    assert (again.attempts, again.first_failed_at) == (0, None)
    await store.run(inbox.done, again.id, NOW)
    assert await heads(store) == ["a2"]


async def test_parked_messages_are_erased_in_time_and_cannot_be_tried_again(store: Store) -> None:
    await take(store, "a1", "b1")
    first, second = await head_of(store, "a"), await head_of(store, "b")
    await store.run(inbox.parked, first.id, "boom", NOW)
    await store.run(inbox.parked, second.id, "boom", SOON)
    assert await store.run(inbox.erase_parked, SOON) == 1
    assert [parked.id for parked in await store.read(inbox.list_parked)] == [second.id]
    assert not await store.run(inbox.retry_parked, first.id)


async def test_what_is_purged_is_forgotten_and_what_waits_or_is_parked_is_not(store: Store) -> None:
    await take(store, "a1", "a2", "b1", "c1")
    await store.run(inbox.done, (await head_of(store, "a")).id, NOW)
    await store.run(inbox.parked, (await head_of(store, "b")).id, "boom", NOW)
    await store.run(inbox.done, (await head_of(store, "c")).id, SOON)
    assert await store.run(inbox.purge, SOON) == 1
    assert await take(store, "a1", "a2", "b1", "c1") == 1


async def test_an_error_of_any_kind_can_be_kept(store: Store) -> None:
    await take(store, "a1")
    await store.run(inbox.parked, (await head_of(store, "a")).id, "\0 \ud83d " + "很长" * 9999, NOW)
    (parked,) = await store.read(inbox.list_parked)
    assert parked.error.startswith("? ? 很长")
    assert len(parked.error) == 1000


@pytest.mark.parametrize("others", ["in one chat", "in as many chats", "done"])
def test_the_next_is_found_without_looking_at_20000_others(others: str) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, read_migrations(HOME / "migrations", "sqlite"))
    connection.row_factory = row_of
    work = Work(connection, load_queries(HOME / "sql", "sqlite"), lambda: True)
    chats = ["one" if others == "in one chat" else str(number) for number in range(20_000)]
    inbox.take(work, "telegram", [Arrived(str(number), chat, b"") for number, chat in enumerate(chats)], NOW)
    if others == "done":
        connection.execute("UPDATE inbox SET state = 'done', head = 0, payload = NULL, done_at = 0")
        inbox.take(work, "telegram", [Arrived(f"new {number}", "one", b"") for number in range(20)], NOW)
    steps: list[int] = []
    connection.set_progress_handler(lambda: steps.append(1), 100)
    for _ in range(10):
        (head,) = inbox.heads(work, NOW, set(), 1)
        inbox.failed(work, head.id, "boom", NOW, NOW)
        inbox.done(work, head.id, NOW)
        inbox.next_of(work, "telegram", head.chat, NOW)
    connection.close()
    # In hundreds of steps of SQLite's machine; looking at all of them takes a thousand and more each time.
    assert len(steps) < 50


class InboxMachine(StoreMachine):
    """The inbox beside a model of it: lists of names, and when each may be tried."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[str] = []
        self.waiting: dict[str, datetime] = {}
        self.parked: list[str] = []
        self.ids: dict[str, int] = {}

    @rule(names=st.lists(st.from_regex(r"[abc][0-9]", fullmatch=True), max_size=4))
    def take(self, names: list[str]) -> None:
        new = [name for name in dict.fromkeys(names) if name not in self.taken]
        assert self.run(inbox.take, "telegram", arrived(*names), self.now) == len(new)
        self.taken += new
        self.waiting |= dict.fromkeys(new, self.now)

    @rule(seconds=st.integers(1, 20))
    def pass_time(self, seconds: int) -> None:
        self.wait(seconds)

    @rule(how=st.sampled_from(["done", "failed", "parked"]), which=st.integers(0, 2))
    def work_off(self, how: str, which: int) -> None:
        heads = self.run(inbox.heads, self.now, set(), 10)
        if which >= len(heads):
            return
        head, name = heads[which], heads[which].payload.decode()
        self.ids[name] = head.id
        if how == "failed":
            self.waiting[name] = self.now + timedelta(seconds=10)
            assert self.run(inbox.failed, head.id, "boom", self.waiting[name], self.now)
            return
        del self.waiting[name]
        if how == "parked":
            self.parked.append(name)
            assert self.run(inbox.parked, head.id, "boom", self.now)
        else:
            assert self.run(inbox.done, head.id, self.now)

    @rule()
    def retry(self) -> None:
        if self.parked:
            name = self.parked.pop()
            self.waiting[name] = self.now
            assert self.run(inbox.retry_parked, self.ids[name])

    @invariant()
    def every_chat_stands_at_its_oldest_message(self) -> None:
        line = [name for name in self.taken if name in self.waiting]
        heads = {name[0]: name for name in reversed(line)}
        due = [name for name in line if heads[name[0]] == name and self.waiting[name] <= self.now]
        later = [self.waiting[name] for name in heads.values() if self.waiting[name] > self.now]
        found, earliest = self.run(
            lambda work: (inbox.heads(work, self.now, set(), 10), inbox.earliest(work, self.now))
        )
        assert [head.payload.decode() for head in found] == due
        assert earliest == min(later, default=None)


TestInboxAgainstItsModel = InboxMachine.TestCase
TestInboxAgainstItsModel.settings = SETTINGS
