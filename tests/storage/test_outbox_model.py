"""The outbox beside a model of it: whatever happens in whatever order, nothing is lost, doubled, overtaken or stale."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from domain.messages import Address, Group, Notice, Peer, Purpose, Send
from storage import delivery, outbox
from storage.delivery import Owed
from storage.outbox import RETRACT
from storage.shown import Shown
from tests.storage.machine import SETTINGS, StoreMachine

LEASE = timedelta(seconds=30)
ADDRESSES: list[Address] = [Peer("telegram", "bot", "7"), Group("telegram", "bot", "-1"), Group("wecom", "bot", "-1")]
KEYS = [None, None, "card", "reminder"]


@dataclass(eq=False)
class Message:
    """A message as the model knows it, while it waits or is in flight. `number` None: it takes another one back."""

    number: int | None
    to: Address
    key: str | None
    scheduled: bool
    not_before: datetime
    tried: bool = False
    leased_until: datetime | None = None


class OutboxMachine(StoreMachine):
    """Messages to three addresses, in the order of owing, and what stands under each key."""

    def __init__(self) -> None:
        super().__init__()
        self.owed = 0
        self.open: list[Message] = []
        self.flying: list[tuple[Message, Owed]] = []
        self.standing: dict[tuple[Address, str], Shown] = {}

    @rule(
        to=st.sampled_from(ADDRESSES),
        purpose=st.sampled_from(Purpose),
        key=st.sampled_from(KEYS),
        delay=st.sampled_from([0, 0, 0, 15]),
    )
    def owe(self, to: Address, purpose: Purpose, key: str | None, delay: int) -> None:
        self.owed += 1
        due = self.now + timedelta(seconds=delay)
        notice = Notice("told", {"number": self.owed}, key=key)
        send = Send(to, notice, purpose, f"{self.owed}", not_before=due if delay else None)
        assert self.run(lambda work: (outbox.owe(work, send, self.now), outbox.owe(work, send, self.now))) == (
            True,
            False,
        )
        self.open.append(Message(self.owed, to, key, bool(delay), due))
        self.give_way(to, key)

    @rule(to=st.sampled_from(ADDRESSES), key=st.sampled_from(["card", "reminder"]))
    def retract(self, to: Address, key: str) -> None:
        about = [message for message in self.open if (message.to, message.key) == (to, key)]
        waiting = [message for message in about if message.leased_until is None]
        told = (to, key) in self.standing or any(m.leased_until and m.number is not None for m in about)
        assert self.run(outbox.retract, to, key, self.now) == bool(waiting or told)
        if told:
            self.open.append(Message(None, to, key, scheduled=True, not_before=self.now))
            self.give_way(to, key)
        else:
            self.open = [message for message in self.open if message not in waiting]

    @rule(seconds=st.integers(1, 40))
    def pass_time(self, seconds: int) -> None:
        self.wait(seconds)

    @rule()
    def lease(self) -> None:
        self.run_out()
        ready = {to for to in ADDRESSES if self.is_ready(to)}
        owed = self.run(delivery.lease, "dispatcher", self.now, self.now + LEASE, 10)
        assert len({one.to for one in owed}) == len(owed)
        for one in owed:
            self.takes_off(one)
        for to in ready - {one.to for one in owed}:
            # Nothing came although something was due: it was to take back what does not stand.
            idle = [m for m in self.waiting(to) if m.number is None and (to, m.key) not in self.standing]
            assert idle
            self.open.remove(idle[0])
        assert {one.to for one in owed} <= ready

    @precondition(lambda self: self.flying)
    @rule(how=st.sampled_from(["sent", "sent", "later", "unreachable"]), which=st.integers(0, 2))
    def answer(self, how: str, which: int) -> None:
        message, owed = self.flying.pop(which % len(self.flying))
        if how == "later":
            until = self.now + timedelta(seconds=20)
            assert self.run(delivery.later, owed.id, until, "429", self.now)
            self.comes_back(message, until)
            return
        self.open.remove(message)
        if how == "unreachable":
            assert self.run(delivery.unreachable, owed.id, "403", self.now)
            return
        shown = Shown(f"m{owed.id}", "text")
        assert self.run(delivery.sent, owed.id, shown.handle, shown.form, self.now)
        if message.key is not None and message.number is None:
            del self.standing[message.to, message.key]
        elif message.key is not None:
            self.standing[message.to, message.key] = shown

    @rule()
    def drain(self) -> None:
        for _ in range(2 * len(self.open) + 2):
            self.wait(40)
            self.lease()
            while self.flying:
                self.answer("sent", 0)
        assert self.open == []
        assert self.run(outbox.waiting_count) == 0
        assert self.run(outbox.earliest, self.now) is None

    def takes_off(self, owed: Owed) -> None:
        """What is leased is a message that waits, is due, overtakes nobody and knows what it takes the place of."""
        number = owed.notice.facts.get("number")
        (message,) = (m for m in self.waiting(owed.to) if m.number == number and m.key == owed.notice.key)
        assert message.not_before <= self.now
        plain = [m for m in self.waiting(owed.to) if m.key is None and not m.scheduled]
        assert message not in plain[1:]
        assert owed.shown == self.standing.get((owed.to, message.key or ""))
        assert (owed.notice.kind == RETRACT) == (message.number is None)
        message.leased_until = self.now + LEASE
        self.flying.append((message, owed))

    def run_out(self) -> None:
        """Leases that ran out: those messages wait again."""
        for message, owed in list(self.flying):
            if message.leased_until is not None and message.leased_until <= self.now:
                self.flying.remove((message, owed))
                self.comes_back(message, message.not_before)

    def comes_back(self, message: Message, not_before: datetime) -> None:
        message.leased_until, message.tried, message.not_before = None, True, not_before
        self.give_way(message.to, message.key)

    def give_way(self, to: Address, key: str | None) -> None:
        """Of what waits under a key only the newest stays, and it backs off as long as any of them would have."""
        about = [message for message in self.waiting(to) if key is not None and message.key == key]
        for message, newest in pairwise(about):
            self.open.remove(message)
            if message.tried:
                newest.tried, newest.not_before = True, max(newest.not_before, message.not_before)

    def waiting(self, to: Address) -> list[Message]:
        return [message for message in self.open if message.to == to and message.leased_until is None]

    def is_ready(self, to: Address) -> bool:
        """Something is due there, nothing is in flight, and nothing backs off."""
        in_flight = any(message.to == to for message, _ in self.flying)
        backs_off = any(message.tried and message.not_before > self.now for message in self.waiting(to))
        return not in_flight and not backs_off and any(m.not_before <= self.now for m in self.waiting(to))


TestOutboxAgainstItsModel = OutboxMachine.TestCase
TestOutboxAgainstItsModel.settings = SETTINGS
