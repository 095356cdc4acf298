"""Product time and machine time. Cases live in product time; chats, deliveries and retries in machine time.

In a rehearsal (演练) product time starts at a moment of one's choice and runs faster. It stands still while the bot is
down: a restart goes on from the product time reached.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Both times, aware, UTC, whole milliseconds."""

    def now(self) -> datetime:
        """Product time."""

    def wall(self) -> datetime:
        """Machine time."""


def machine_time() -> datetime:
    """The machine's time, in whole milliseconds as the store keeps it."""
    return _whole(datetime.now(UTC))


class MachineClock:
    """Ordinary life: product time is machine time."""

    def now(self) -> datetime:
        """Product time."""
        return machine_time()

    def wall(self) -> datetime:
        """Machine time."""
        return machine_time()


@dataclass(frozen=True, slots=True)
class Anchor:
    """From where a rehearsal counts: `reached` is the product time it had when it was stopped or its speed changed."""

    reached: datetime
    speed: float


class RehearsalClock:
    """Product time from an anchor, `speed` times faster than `seconds`, a clock that never goes back.

    It stands still at the instant it is told to stop at, until it is told the next one: so no speed passes over what
    becomes due before that is done.
    """

    def __init__(self, anchor: Anchor, seconds: Callable[[], float] = time.monotonic) -> None:
        self._anchor = anchor
        self._seconds = seconds
        self._since = seconds()
        self._stop_at: datetime | None = None

    def now(self) -> datetime:
        """Product time."""
        gone = timedelta(seconds=(self._seconds() - self._since) * self._anchor.speed)
        at = _whole(self._anchor.reached + gone)
        return at if self._stop_at is None else min(at, max(self._stop_at, self._anchor.reached))

    def stop_at(self, at: datetime | None) -> None:
        """Go on from the product time reached, and stand still at this instant; None: run on."""
        self._anchor, self._since = self.anchor, self._seconds()
        self._stop_at = at

    def until(self, at: datetime) -> float:
        """Seconds of machine time until product time has come so far, if nothing stops it."""
        return max((at - self.now()).total_seconds() / self._anchor.speed, 0.0)

    def wall(self) -> datetime:
        """Machine time."""
        return machine_time()

    def change_speed(self, speed: float) -> None:
        """Run at another speed from the product time reached."""
        self._anchor, self._since = Anchor(self.now(), speed), self._seconds()

    @property
    def anchor(self) -> Anchor:
        """What has to be kept so that a restart goes on from here."""
        return Anchor(self.now(), self._anchor.speed)


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
