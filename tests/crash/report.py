"""What a run shows: its progress, the table at the end, and what is wrong."""

import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.crash.account import repeats
from tests.crash.kept import Kept
from tests.crash.known import Known


@dataclass
class Progress:
    """A line that is kept up to date; without a terminal a plain line now and then."""

    kills: int
    began: float = field(default_factory=time.monotonic)
    _last: float = 0.0

    def show(self, killed: int, doing: str) -> None:
        """So far it has come."""
        line = f"{killed}/{self.kills} kills, {self.seconds:.0f} s, {doing}"
        if sys.stderr.isatty():
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
        elif killed == self.kills or time.monotonic() - self._last > 15:
            self._last = time.monotonic()
            print(line, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if sys.stderr.isatty():
            print(file=sys.stderr)

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self.began


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended. `in_flight`: what was leased at each kill, cut and restart. `wrong`: sentences."""

    store: str
    seed: int
    kills: int
    besides: str
    seconds: float
    known: Known
    kept: Kept
    in_flight: Sequence[frozenset[int]]
    wrong: Sequence[str]

    @property
    def repeated(self) -> int:
        """Messages that came twice."""
        return len(repeats(self.known, self.kept))

    @property
    def bound(self) -> int:
        """How many may have: all that was in flight at a kill."""
        return sum(map(len, self.in_flight))


def table(result: Result) -> str:
    """The counts, a line each."""
    known, kept = result.known, result.kept
    outbox = Counter(row["state"] for row in kept["outbox"])
    rows = (
        ("store", result.store),
        ("seed", result.seed),
        ("kills", f"{result.kills}{result.besides}"),
        ("updates", len(known.updates)),
        ("texts sent", len(known.texts)),
        ("pictures and voices sent", len(known.pictures)),
        ("presses", f"{len(known.presses)}, answered {sum(one.toast is not None for one in known.presses)}"),
        ("reports filed", len(kept["cases"])),
        ("drafts under way", sum(row["phase"] in ("open", "undecided") for row in kept["drafts"])),
        ("events", len(kept["events"])),
        ("owed", f"{len(kept['outbox'])}, sent {outbox['sent']}, superseded {outbox['superseded']}"),
        ("messages in the chats", len(known.messages)),
        ("repeats", f"{result.repeated} of at most {result.bound} that were in flight"),
        ("time", f"{result.seconds:.0f} s"),
        ("wrong", len(result.wrong)),
    )
    return "\n".join(f"  {name:<26} {value}" for name, value in rows)


def complaint(result: Result, command: str, folder: str) -> str:
    """What is wrong, where to look, and what repeats it."""
    shown = [f"  {sentence}" for sentence in result.wrong[:MOST]]
    left = len(result.wrong) - len(shown)
    return "\n".join([*shown, *([f"  … and {left} more"] if left else []), f"  kept: {folder}", f"  again: {command}"])


MOST = 40
