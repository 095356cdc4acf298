"""What Prometheus is told: counters since the start, and how everything stands at the moment of asking.

A registry of our own: nothing of it is global, so two bots in one process count each for itself.
"""

from contextlib import AbstractContextManager
from datetime import datetime

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from domain.case import State
from domain.messages import Later, MovedTo, Outcome, Refused, Sent, Unreachable
from storage import backlog
from storage.backlog import Standing
from storage.store import StorageError, Store

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

_OUTCOMES = {Sent: "sent", Later: "later", Unreachable: "unreachable", Refused: "refused", MovedTo: "moved"}

log = structlog.get_logger(__name__)


class Metrics:
    """Counts as things happen; looks the rest up in the store when asked."""

    def __init__(self) -> None:
        self._counted = counted = CollectorRegistry()
        self._taken = Counter("suishoupai_updates_taken", "Updates kept in the inbox.", registry=counted)
        self._done = Counter("suishoupai_updates_done", "Updates worked off.", registry=counted)
        self._parked = Counter("suishoupai_updates_parked", "Updates set aside.", registry=counted)
        self._outbox = Counter("suishoupai_outbox", "Tries to send, by outcome.", ["outcome"], registry=counted)
        self._handling = Histogram("suishoupai_handling_seconds", "From a turn to its commit.", registry=counted)
        self._looked_up = looked_up = CollectorRegistry()
        self._inbox_waiting = Gauge("suishoupai_inbox_waiting", "Updates that wait.", registry=looked_up)
        self._inbox_age = Gauge("suishoupai_inbox_oldest_seconds", "Age of the oldest of them.", registry=looked_up)
        self._outbox_waiting = Gauge("suishoupai_outbox_waiting", "Messages to be sent.", registry=looked_up)
        self._outbox_age = Gauge(
            "suishoupai_outbox_oldest_seconds", "For how long the first of them is overdue.", registry=looked_up
        )
        self._cases = Gauge("suishoupai_cases", "Cases by state.", ["state"], registry=looked_up)
        for outcome in _OUTCOMES.values():
            self._outbox.labels(outcome)

    def taken(self, count: int) -> None:
        """So many updates are kept that were new."""
        self._taken.inc(count)

    def handling(self) -> AbstractContextManager[object]:
        """Around the handling of one update."""
        return self._handling.time()

    def done(self) -> None:
        """An update is worked off."""
        self._done.inc()

    def parked(self) -> None:
        """An update is set aside."""
        self._parked.inc()

    def carried(self, outcome: Outcome) -> None:
        """What became of a try to send is marked."""
        self._outbox.labels(_OUTCOMES[type(outcome)]).inc()

    async def page(self, store: Store, wall: datetime) -> bytes:
        """Everything as text. When the store does not answer, the counters alone: they are wanted most then."""
        counted = generate_latest(self._counted)
        try:
            standing = await store.read(backlog.standing)
        except StorageError as error:
            log.error("store_failed", why=str(error))
            return counted
        self._look_up(standing, wall)
        return counted + generate_latest(self._looked_up)

    def _look_up(self, standing: Standing, wall: datetime) -> None:
        self._inbox_waiting.set(standing.inbox)
        self._inbox_age.set(_age(standing.inbox_since, wall))
        self._outbox_waiting.set(standing.outbox)
        self._outbox_age.set(_age(standing.outbox_since, wall))
        for state in State:
            self._cases.labels(state.value).set(standing.cases.get(state.value, 0))


def _age(since: datetime | None, wall: datetime) -> float:
    return max((wall - since).total_seconds(), 0.0) if since else 0.0
