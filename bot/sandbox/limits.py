"""Telegram's flood limits: 30 messages a second in all, about one a second to a person, 20 a minute to a group."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import too_many
from bot.sandbox.shapes import Now


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits' numbers. Edits count like messages, as they do at Telegram's. `NO_LIMITS` switches all off."""

    per_second: float = 30
    private_per_second: float = 1
    private_burst: int = 3
    group_per_minute: float = 20
    on: bool = True

    def scaled(self, factor: float) -> "Limits":
        """The same limits, `factor` times as generous."""
        return Limits(
            self.per_second * factor,
            self.private_per_second * factor,
            math.ceil(self.private_burst * factor),
            self.group_per_minute * factor,
            self.on,
        )


NO_LIMITS = Limits(on=False)


class Window:
    """At most `most` within any `seconds` on end."""

    def __init__(self, most: float, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._times: deque[float] = deque()

    def wait(self, count: int, now: float) -> float:
        """Seconds until `count` more fit; 0 when they fit now."""
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        over = len(self._times) + count - math.floor(self._most)
        if over <= 0 or not self._times:
            return 0
        return self._times[min(over, len(self._times)) - 1] + self._seconds - now

    def spend(self, count: int, now: float) -> None:
        """Takes `count`."""
        self._times.extend([now] * count)


class Bucket:
    """A burst, refilled at a steady rate."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = burst
        self._rate = per_second
        self._level = float(burst)
        self._at = -math.inf

    def wait(self, count: int, now: float) -> float:
        """Seconds until `count` more fit. More than the burst at once (an album) fits when the bucket is full."""
        self._level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (min(count, self._burst) - self._level) / self._rate)

    def spend(self, count: int, now: float) -> None:
        """Takes `count`, if need be on credit."""
        self.wait(count, now)
        self._level -= count


class Flood:
    """Counts what the bot sends and refuses what is too much. A refused call costs nothing."""

    def __init__(self, limits: Limits, now: Now) -> None:
        self._now = now
        self.set(limits)

    def set(self, limits: Limits) -> None:
        """Starts afresh with other limits."""
        self.limits = limits
        self._all = Window(limits.per_second, 1)
        self._chats: dict[int, Window | Bucket] = {}

    def charge(self, chat_id: int, count: int = 1) -> None:
        """Books `count` messages to a chat (groups have negative ids). Raises 429 with `retry_after`."""
        if not self.limits.on:
            return
        now = self._now()
        chat = self._chats.get(chat_id) or self._chats.setdefault(chat_id, self._gauge(chat_id)())
        wait = max(self._all.wait(count, now), chat.wait(count, now))
        if wait > 0:
            raise too_many(math.ceil(wait))
        self._all.spend(count, now)
        chat.spend(count, now)

    def _gauge(self, chat_id: int) -> Callable[[], Window | Bucket]:
        if chat_id < 0:
            return lambda: Window(self.limits.group_per_minute, 60)
        return lambda: Bucket(self.limits.private_burst, self.limits.private_per_second)
