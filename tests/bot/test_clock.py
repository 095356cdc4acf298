"""Time in a rehearsal: it runs from where it was reached, as fast as one likes."""

from datetime import UTC, datetime, timedelta

from bot.clock import Anchor, RehearsalClock

START = datetime(2026, 4, 21, 1, 0, tzinfo=UTC)


class Seconds:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_product_time_runs_so_many_times_faster() -> None:
    seconds = Seconds()
    clock = RehearsalClock(Anchor(START, 600), seconds)
    seconds.at += 6
    assert clock.now() == START + timedelta(hours=1)


def test_another_speed_counts_from_the_time_reached() -> None:
    seconds = Seconds()
    clock = RehearsalClock(Anchor(START, 60), seconds)
    seconds.at += 60
    clock.change_speed(1)
    seconds.at += 60
    assert clock.now() == START + timedelta(hours=1, minutes=1)


def test_a_restart_goes_on_from_the_time_reached() -> None:
    """Product time stands still while the bot is down."""
    seconds = Seconds()
    clock = RehearsalClock(Anchor(START, 60), seconds)
    seconds.at += 60
    kept = clock.anchor
    seconds.at += 9999
    assert RehearsalClock(kept, seconds).now() == START + timedelta(hours=1)


def test_fast_time_stands_still_at_what_is_due() -> None:
    """And goes on from there, whenever it is told the next instant: nothing is caught up."""
    seconds = Seconds()
    clock = RehearsalClock(Anchor(START, 3600), seconds)
    clock.stop_at(START + timedelta(hours=1))
    assert clock.until(START + timedelta(hours=1)) == 1.0
    seconds.at += 30
    assert clock.now() == START + timedelta(hours=1)
    clock.stop_at(START + timedelta(days=1))
    assert clock.now() == START + timedelta(hours=1)
    seconds.at += 1
    assert clock.now() == START + timedelta(hours=2)
    clock.stop_at(None)
    seconds.at += 100
    assert clock.now() == START + timedelta(hours=102)


def test_what_was_due_before_moves_no_time_back() -> None:
    seconds = Seconds()
    clock = RehearsalClock(Anchor(START, 60), seconds)
    clock.stop_at(START - timedelta(days=1))
    seconds.at += 60
    assert clock.now() == START
