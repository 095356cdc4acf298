"""How fast we may send. Asked before a message goes out; sends nothing and waits for nothing. Pure, time is given.

Telegram lets a bot send 30 messages a second in all, about one a second to a person, 20 a minute to a group (edits
count as well). Whatever goes beyond is answered with 429 and how long to be silent.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass
from math import inf

from domain.messages import Address, Group

TOGETHER = 1.0
"""Seconds within which two refusals belong together."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` messages within any `seconds` on end."""

    most: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What we keep to. The spans are a little longer than Telegram's: two messages can arrive closer than they left.

    For a person three at once are fine, if then there is silence: an answer is often a sentence and a card.
    """

    in_all: Limit = Limit(30, 1.05)
    person: Limit = Limit(3, 3.05)
    group: Limit = Limit(20, 60.5)


class _Window:
    """The times of the latest messages, never more than the limit allows."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._times: deque[float] = deque(maxlen=limit.most)

    def delay(self, now: float) -> float:
        """Seconds until one more fits."""
        if len(self._times) < self._limit.most:
            return 0.0
        return max(0.0, self._times[0] + self._limit.seconds - now)

    def spend(self, now: float) -> None:
        self._times.append(now)

    def is_over(self, now: float) -> bool:
        """Whether it no longer holds anything back, nor would."""
        return not self._times or self._times[-1] + self._limit.seconds <= now


Chat = tuple[str, str, str]


class Rates:
    """The books of one account. All times are seconds of one clock that never goes back.

    A chat is forgotten once its books are empty, so there are never more than what was sent within a minute.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._all = _Window(self._limits.in_all)
        self._chats: OrderedDict[Chat, _Window] = OrderedDict()
        self._halts: dict[Chat | None, float] = {}
        self._told: tuple[float, Chat | None] = (-inf, None)

    def delay(self, address: Address, now: float) -> float:
        """Seconds until a message may go to `address`; 0 when it may go now."""
        chat = _chat(address)
        window = self._chats.get(chat)
        halt = max(self._halts.get(None, now), self._halts.get(chat, now))
        return max(0.0, halt - now, self._all.delay(now), window.delay(now) if window else 0.0)

    def spent(self, address: Address, now: float) -> None:
        """A message, an edit included, goes to `address`."""
        self._forget(now)
        chat = _chat(address)
        window = self._chats.get(chat) or _Window(self._limit(address))
        window.spend(now)
        self._all.spend(now)
        self._chats[chat] = window
        self._chats.move_to_end(chat)

    def halted(self, address: Address | None, until: float) -> None:
        """Told to be silent: in this chat, or everywhere when `address` is None. Never shortens an earlier halt."""
        chat = None if address is None else _chat(address)
        self._halts[chat] = max(until, self._halts.get(chat, until))

    def told(self, address: Address, seconds: float, now: float) -> None:
        """A message to `address` was answered with 429. Telegram does not say whether the chat or the bot is too fast:
        two chats told so at almost the same time mean the bot."""
        at, chat = self._told
        everywhere = now - at <= TOGETHER and chat != _chat(address)
        self._told = (now, _chat(address))
        self.halted(None if everywhere else address, now + seconds)

    def _limit(self, address: Address) -> Limit:
        return self._limits.group if isinstance(address, Group) else self._limits.person

    def _forget(self, now: float) -> None:
        """A person's books behind a group's may wait up to a minute for it; that is bounded, too."""
        while self._chats and next(iter(self._chats.values())).is_over(now):
            self._chats.popitem(last=False)
        self._halts = {chat: until for chat, until in self._halts.items() if until > now}


def _chat(address: Address) -> Chat:
    """Topics of a group share its limit."""
    return address.channel, address.account, address.id
