"""The values a notice may carry: plain data that JSON keeps unchanged, as a message can wait in the outbox for days.

Instants are integers, milliseconds UTC, in facts whose name ends in `_at`; the words say them in the reader's way.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

Fact = str | int | bool | None | Sequence["Fact"] | Mapping[str, "Fact"]
Facts = Mapping[str, Fact]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def millis(at: datetime) -> int:
    """An aware instant as milliseconds UTC."""
    return (at - EPOCH) // timedelta(milliseconds=1)


def instant(ms: int) -> datetime:
    """Milliseconds UTC as an aware instant, in UTC."""
    return EPOCH + timedelta(milliseconds=ms)
