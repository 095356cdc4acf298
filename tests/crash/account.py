"""What must hold after any number of crashes, check by check: pure, from what the Telegram at home knows and the store.

Each check yields a sentence for every thing that is wrong. Nothing here asks the bot's own code whether it was right,
but for the table of a case's life.
"""

from collections.abc import Callable, Iterator

from tests.crash.arrivals import nothing_lost, pictures_whole, texts_once, updates_once
from tests.crash.histories import cases_whole, events_in_order, presses_once, swept_once
from tests.crash.kept import Kept
from tests.crash.known import Known
from tests.crash.tidings import everybody_told, owed_and_sent, questions_stand, repeats

__all__ = ["CHECKS", "repeats", "wrong"]

Check = Callable[[Known, Kept], Iterator[str]]

CHECKS: tuple[Check, ...] = (
    updates_once,
    texts_once,
    nothing_lost,
    pictures_whole,
    presses_once,
    events_in_order,
    cases_whole,
    everybody_told,
    owed_and_sent,
    questions_stand,
    swept_once,
)


def wrong(known: Known, kept: Kept) -> list[str]:
    """All that is wrong, each with the name of the check that says so."""
    return [f"{check.__name__}: {sentence}" for check in CHECKS for sentence in check(known, kept)]
