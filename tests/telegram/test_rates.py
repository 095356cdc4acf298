"""The speed limits, with a clock that stands still until told."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.rates import Limit, Limits, Rates
from domain.messages import Address, Group, Peer

LIMITS = Limits(in_all=Limit(30, 1.0), person=Limit(3, 3.0), group=Limit(20, 60.0))
GROUP = Group("telegram", "1", "-7")


def person(number: int) -> Peer:
    return Peer("telegram", "1", str(number))


def send_all(rates: Rates, addresses: list[Address], now: float = 0.0) -> list[float]:
    """The times at which messages go out, each as soon as it may."""
    times = []
    for address in addresses:
        now += rates.delay(address, now)
        assert rates.delay(address, now) == 0
        rates.spent(address, now)
        times.append(now)
    return times


def test_thirty_go_out_at_once_and_the_next_a_second_later() -> None:
    assert send_all(Rates(LIMITS), [person(n) for n in range(61)]) == [0.0] * 30 + [1.0] * 30 + [2.0]


def test_a_person_gets_three_at_once_and_then_one_a_second_on_average() -> None:
    assert send_all(Rates(LIMITS), [person(1)] * 7) == [0, 0, 0, 3, 3, 3, 6]


def test_a_group_gets_twenty_a_minute_whatever_the_topic() -> None:
    topics = [Group("telegram", "1", "-7", str(n % 4)) for n in range(21)]
    assert send_all(Rates(LIMITS), [*topics]) == [0.0] * 20 + [60.0]


def test_one_chat_does_not_hold_up_another() -> None:
    rates = Rates(LIMITS)
    send_all(rates, [person(1)] * 3)
    assert rates.delay(person(1), 0) == 3
    assert rates.delay(person(2), 0) == 0


def test_a_chat_that_is_told_to_be_silent_is_silent() -> None:
    rates = Rates(LIMITS)
    rates.halted(person(1), until=17)
    assert rates.delay(person(1), 5) == 12
    assert rates.delay(person(2), 5) == 0
    assert rates.delay(person(1), 17) == 0


def test_told_to_be_silent_everywhere_all_are() -> None:
    rates = Rates(LIMITS)
    rates.halted(None, until=17)
    assert rates.delay(person(1), 5) == rates.delay(GROUP, 5) == 12
    assert rates.delay(GROUP, 18) == 0


def test_a_halt_is_never_lifted_early_by_a_shorter_one_or_by_other_messages() -> None:
    rates = Rates(LIMITS)
    rates.halted(person(1), until=17)
    rates.halted(person(1), until=9)
    rates.spent(person(2), now=5)
    assert rates.delay(person(1), 10) == 7


def test_one_chat_told_that_it_is_too_fast_stops_that_chat() -> None:
    rates = Rates(LIMITS)
    rates.told(GROUP, 30, now=0)
    rates.told(GROUP, 30, now=0.5)
    rates.told(person(1), 5, now=10)
    assert [rates.delay(address, 10) for address in (GROUP, person(1), person(2))] == [20.5, 5, 0]


def test_two_chats_told_so_together_stop_everything() -> None:
    rates = Rates(LIMITS)
    rates.told(person(1), 5, now=0)
    rates.told(person(2), 5, now=0.5)
    assert rates.delay(person(3), 1) == 4.5


def test_the_books_are_forgotten_once_they_are_empty() -> None:
    rates = Rates(LIMITS)
    for number in range(10_000):
        rates.halted(person(number), until=number + 1)
        rates.spent(person(number), now=float(number))
    assert len(rates._chats) <= 61
    assert len(rates._halts) <= 2


def test_our_spans_are_longer_than_telegrams() -> None:
    limits = Limits()
    assert (limits.in_all.most, limits.person.most, limits.group.most) == (30, 3, 20)
    assert limits.in_all.seconds > 1
    assert limits.person.seconds > 3
    assert limits.group.seconds > 60


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.booleans(), st.floats(0, 5)), max_size=120))
def test_no_span_ever_sees_more_than_its_limit(plan: list[tuple[int, bool, float]]) -> None:
    rates, now = Rates(LIMITS), 0.0
    sent: list[tuple[float, Address]] = []
    for number, in_group, pause in plan:
        address = Group("telegram", "1", f"-{number}") if in_group else person(number)
        now += pause
        now += rates.delay(address, now)
        rates.spent(address, now)
        sent.append((now, address))
    _keeps([at for at, _ in sent], LIMITS.in_all)
    for address in {address for _, address in sent}:
        limit = LIMITS.group if isinstance(address, Group) else LIMITS.person
        _keeps([at for at, other in sent if other == address], limit)


def _keeps(times: list[float], limit: Limit) -> None:
    assert all(earlier <= later for earlier, later in pairwise(times))
    for first, beyond in zip(times, times[limit.most :], strict=False):
        assert beyond - first >= limit.seconds - 1e-6
