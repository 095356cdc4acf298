"""How much is under way: what an operator watches, and a test waits for."""

from dataclasses import dataclass

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
