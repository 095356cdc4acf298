"""How long to wait after the n-th failure in a row."""

from secrets import SystemRandom

_CHANCE = SystemRandom()


class Backoff:
    """Doubles from `first` to `longest` seconds; jitter takes off up to half, so that many do not come back at once."""

    def __init__(self, first: float, longest: float) -> None:
        self._first = first
        self._longest = longest
        self._wait = first

    def next(self) -> float:
        """Seconds to wait after one more failure."""
        wait, self._wait = self._wait, min(self._wait * 2, self._longest)
        return round(wait * _CHANCE.uniform(0.5, 1.0), 3)

    def reset(self) -> None:
        """It worked: the next failure is a first one again."""
        self._wait = self._first
