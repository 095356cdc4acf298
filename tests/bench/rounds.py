"""Side by side: ways to do the same are measured in turn, round after round, and the medians are compared.

A machine that is slow for a while is slow for all of them.
"""

import os
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

Way = Callable[[], Awaitable[float]]
"""Does it for one round; returns how much of it was done in a second, or what it took."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One line of the table: `ours` against `other`, both in `unit`.

    `wanted` is the ratio we want, at least or at most; without it the line is only there to be seen.
    """

    what: str
    ours: float
    other: float
    unit: str
    wanted: float | None = None
    at_most: bool = False

    @property
    def value(self) -> float:
        """Ours divided by the other."""
        return self.ours / self.other

    @property
    def reached(self) -> bool:
        """Whether it is as wanted."""
        if self.wanted is None:
            return True
        return self.value <= self.wanted if self.at_most else self.value >= self.wanted

    def __str__(self) -> str:
        sign = "≤" if self.at_most else "≥"
        wanted = "" if self.wanted is None else f"{sign} {self.wanted:g}"
        line = f"{self.what:<62}{self.ours:>11,.1f}{self.other:>11,.1f} {self.unit:<10}{self.value:>7.2f}  {wanted}"
        return line if self.reached else f"{line}  missed"


async def side_by_side(title: str, ways: Mapping[str, Way], rounds: int) -> dict[str, float]:
    """The median of each way. The first round warms up and does not count."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            progress(f"{title}: {name}, {f'round {number} of {rounds}' if number else 'warming up'}")
            figure = await way()
            if number:
                taken[name].append(figure)
    progress("")
    return {name: median(figures) for name, figures in taken.items()}


def progress(words: str) -> None:
    """What is being done now, on a line that is written over."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{words}")
        sys.stderr.flush()
    elif words:
        sys.stderr.write(f"{words}\n")


def table(lines: Iterable[Ratio]) -> str:
    """What is printed."""
    head = f"{'':<62}{'ours':>11}{'other':>11} {'':<10}{'ratio':>7}  wanted"
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end"
    return "\n".join([head, *map(str, lines), machine]) + "\n"
