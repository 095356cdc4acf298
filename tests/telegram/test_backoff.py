"""Waits after failures."""

from bot.telegram.backoff import Backoff


def test_waits_double_up_to_the_longest() -> None:
    backoff = Backoff(first=1.0, longest=30.0)
    for full in (1, 2, 4, 8, 16, 30, 30, 30):
        assert full / 2 <= backoff.next() <= full


def test_after_a_success_the_next_failure_is_a_first_one() -> None:
    backoff = Backoff(first=1.0, longest=30.0)
    for _ in range(6):
        backoff.next()
    backoff.reset()
    assert backoff.next() <= 1.0


def test_two_who_failed_together_do_not_come_back_together() -> None:
    waits = {Backoff(first=1.0, longest=30.0).next() for _ in range(20)}
    assert len(waits) > 1
