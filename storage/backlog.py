"""How much is under way: what an operator watches, and a test waits for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.facts import instant
from storage.store import Work


@dataclass(frozen=True, slots=True)
class Backlog:
    """Messages to be worked off, messages to be sent or in flight, files to be fetched."""

    inbox: int
    outbox: int
    photos: int

    @property
    def empty(self) -> bool:
        """Nothing is under way."""
        return self == Backlog(0, 0, 0)


def backlog(work: Work) -> Backlog:
    """What is under way now."""
    row = work.row("backlog")
    if row is None:
        raise RuntimeError("counting gave no row")
    return Backlog(row["inbox"], row["outbox"], row["photos"])


@dataclass(frozen=True, slots=True)
class Standing:
    """What waits, how much and since when (machine time), and how many cases there are in each state that has any.

    `outbox_since` is when the message that is owed first should have gone.
    """

    inbox: int
    inbox_since: datetime | None
    outbox: int
    outbox_since: datetime | None
    cases: Mapping[str, int]


def standing(work: Work) -> Standing:
    """How everything stands now."""
    row = work.row("standing")
    if row is None:
        raise RuntimeError("counting gave no row")
    return Standing(
        row["inbox"],
        None if row["inbox_since"] is None else instant(row["inbox_since"]),
        row["outbox"],
        None if row["outbox_since"] is None else instant(row["outbox_since"]),
        {one["state"]: one["cases"] for one in work.rows("cases_by_state")},
    )
