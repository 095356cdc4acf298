"""A case: the problem as the district works it down. Frozen values; every change is an appended event.

A *report* is what a person sends, a *case* is the problem; several reports can belong to one case.
All instants are aware and in UTC.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.deadlines import Limit, Span
from domain.facts import Facts
from domain.gist import Place

NOBODY = 0
"""In place of a person who asked to be forgotten: can do nothing and is told nothing."""


class State(StrEnum):
    """Where a case stands."""

    TRIAGE = "triage"
    DISPATCHED = "dispatched"
    RECTIFYING = "rectifying"
    CHECKING = "checking"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    REJECTED = "rejected"
    VOID = "void"
    MERGED = "merged"


OPEN = frozenset({State.TRIAGE, State.DISPATCHED, State.RECTIFYING, State.CHECKING, State.SUSPENDED})


class Part(StrEnum):
    """In which capacity somebody acts on a case. A neighbour is whoever finds that theirs is the same problem."""

    REPORTER = "reporter"
    NEIGHBOUR = "neighbour"
    LEAD = "lead"
    CHECKER = "checker"
    SUPERVISOR = "supervisor"
    OFFICE = "office"
    CLOCK = "clock"


class How(StrEnum):
    """How a check was made: on the spot, or by looking at the photos."""

    ONSITE = "onsite"
    SEEN = "seen"


class Mark(StrEnum):
    """A reporter's rating of a closed case."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


class Wish(StrEnum):
    """What an open request asks the office for."""

    EXTENSION = "extension"
    SUSPENSION = "suspension"
    REWORK = "rework"


@dataclass(frozen=True, slots=True)
class Request:
    """A wish that waits for the office. It works from `asked_at`, however late it is decided."""

    wish: Wish
    reason: str
    asked_at: datetime
    by: int
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody who reported the problem. `units` are those they belonged to then: only so can 自查 be told."""

    person: int
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """A reporter's word on the result while it waits for its check."""

    person: int
    solved: bool
    insider: bool


@dataclass(frozen=True, slots=True)
class Rating:
    """A reporter's mark for a closed case."""

    person: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Case:
    """One problem, as it stands after `version` events.

    `due_at` is None while the clock stands still; then `left` is the time that will be given back.
    `redo_at` runs the reminders after a failed check and moves no due time. `checked` says how the check was made.
    `dispatched_at` is when the clock that runs now began. `reason` and `note` are what was said with the last return,
    failed check, wish for rework or ending; `rework_reason` is why the last rework began, and `rework_by` who wanted
    it, checker or reporter. `asked`: the office waits for an answer of the reporter. `recurs` is the number of the
    closed case whose problem has come back. `rework` counts those of the present lead, `earlier_rounds` the rounds of
    work before it was dispatched to them. `by_hand`: the office chose another lead than follows from the rule.
    """

    number: str
    state: State
    received_at: datetime
    filed_at: datetime
    place: Place
    id: int = 0
    version: int = 0
    category: str | None = None
    words: str = ""
    urgent: bool = False
    reporters: tuple[Reporter, ...] = ()
    lead: str | None = None
    by_hand: bool = False
    partner: str | None = None
    overseer: str | None = None
    supervisors: tuple[str, ...] = ()
    limit: Limit | None = None
    dispatched_at: datetime | None = None
    first_dispatched_at: datetime | None = None
    due_at: datetime | None = None
    left: Span | None = None
    returned: bool = False
    asked: bool = False
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = None
    replied_at: datetime | None = None
    replied_by: int | None = None
    reply: str = ""
    check_due_at: datetime | None = None
    redo_at: datetime | None = None
    rework: int = 0
    earlier_rounds: int = 0
    rework_reason: str = ""
    rework_by: Part | None = None
    false_closings: int = 0
    closed_at: datetime | None = None
    closed_by: int | None = None
    checked: How | None = None
    request: Request | None = None
    extensions: int = 0
    suspended_until: datetime | None = None
    opinions: tuple[Opinion, ...] = ()
    ratings: tuple[Rating, ...] = ()
    supervised_by: tuple[str, ...] = ()
    merged_into: str | None = None
    recurs: str | None = None
    reason: str = ""
    note: str = ""

    @property
    def open(self) -> bool:
        """Still to be worked on."""
        return self.state in OPEN

    @property
    def people(self) -> tuple[int, ...]:
        """The persons who reported it, without those who asked to be forgotten."""
        return tuple(reporter.person for reporter in self.reporters if reporter.person != NOBODY)

    @property
    def self_found(self) -> bool:
        """自查: reported only by people of the lead; worked like others, outside all rates."""
        return bool(self.reporters) and all(self.lead in reporter.units for reporter in self.reporters)

    @property
    def round(self) -> int:
        """Which round of work this is, from 0: a rework or another dispatch begins a new one, with its own result."""
        return self.earlier_rounds + self.rework

    @property
    def onsite_only(self) -> bool:
        """After a rework, or when urgent, looking at the photos is not enough."""
        return self.urgent or self.rework > 0


@dataclass(frozen=True, slots=True)
class Event:
    """One change: who, when, what, why, and the state and due time as they stand after it.

    `seq` counts the events of the case from 1. `detail` never holds what would name a reporter.
    """

    seq: int
    at: datetime
    verb: str
    part: Part
    by: int | None
    unit: str | None
    state: State
    due_at: datetime | None
    detail: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision comes to: the case after it and the event to append. Nothing is done yet."""

    case: Case
    event: Event
