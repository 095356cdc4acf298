"""Cases: rows <-> domain values."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.case import Case, Decision
from domain.district import District
from domain.errors import NotFound, Outdated
from domain.facts import instant, millis
from domain.nearby import Box
from domain.search import Search, searchable
from storage.events import add_event, events_of
from storage.record import dump, restore
from storage.searching import conditions, listed
from storage.store import Row, Work

_REQUEST = '%"request":{%'
"""How the body of a case with a request reads. Nothing that people type does: a quote in it is escaped."""

_ASKED = '%"asked":true%'
"""How the body of a case reads that waits for an answer of its reporter; again nothing that people type does."""

_EVERY = 1 << 53
"""As a limit: more than there can be."""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in triage: how many wait for the office, how many for a reporter; of a case the how many-th it is."""

    waiting: int
    asked: int
    turn: int


def load(work: Work, case_id: int) -> Case:
    """A case by its id. Raises NotFound."""
    return _found(work.row("case_by_id", id=case_id))


def by_number(work: Work, number: str) -> Case:
    """A case by its number. Raises NotFound."""
    return _found(work.row("case_by_number", number=number.strip().upper()))


def next_number(work: Work, prefix: str, day: date) -> str:
    """The next case number of a day, such as XM-260421-007."""
    stem = f"{prefix}-{day:%y%m%d}"
    row = work.row("count_up", name=stem)
    if row is None:
        raise RuntimeError("a count has no value")
    return f"{stem}-{row['value']:03d}"


def add(work: Work, decision: Decision) -> Case:
    """Keep a new case with its first event. Returns it with its id."""
    row = work.row(
        "add_case",
        number=decision.case.number,
        filed_at=millis(decision.case.filed_at),
        **_columns(decision.case, decision.event.at),
    )
    if row is None:
        raise RuntimeError("a case was added and has no id")
    case = replace(decision.case, id=row["id"])
    add_event(work, case.id, decision.event)
    for person in case.people:
        add_reporter(work, case.id, person)
    return case


def save(work: Work, decision: Decision) -> Case:
    """Keep a case after an event. Raises Outdated when another event came in between."""
    case = decision.case
    if work.change("save_case", id=case.id, **_columns(case, decision.event.at)) != 1:
        raise Outdated("not_now", number=case.number, state=case.state.value, verb=decision.event.verb)
    add_event(work, case.id, decision.event)
    return case


def of_reporter(work: Work, person: int, limit: int, offset: int = 0) -> tuple[Case, ...]:
    """What a person reported, the newest first."""
    return _cases(work.rows("cases_of_reporter", person=person, limit=limit, offset=offset))


def count_of_reporter(work: Work, person: int) -> int:
    """How many cases a person reported."""
    row = work.row("count_of_reporter", person=person)
    return 0 if row is None else int(row["cases"])


def reported_since(work: Work, person: int, since: datetime) -> int:
    """How many cases that were filed since an instant, product time, a person reported."""
    row = work.row("reported_since", person=person, since=millis(since))
    return 0 if row is None else int(row["cases"])


def open_of_lead(work: Work, unit: str, limit: int) -> tuple[Case, ...]:
    """What a unit has to do, the most pressing first."""
    return _cases(work.rows("open_of_lead", unit=unit, limit=limit))


def count_open_of_lead(work: Work, unit: str) -> int:
    """How much a unit has to do."""
    row = work.row("count_open_of_lead", unit=unit)
    return 0 if row is None else int(row["cases"])


def checks_of_partner(work: Work, unit: str, limit: int = _EVERY) -> tuple[Case, ...]:
    """What a paired unit has to check."""
    return _cases(work.rows("checks_of_partner", unit=unit, limit=limit))


def checks_of_area(work: Work, area: str, limit: int = _EVERY) -> tuple[Case, ...]:
    """What waits to be checked in a street or community."""
    return _cases(work.rows("checks_of_area", area=area, limit=limit))


def in_check(work: Work) -> tuple[Case, ...]:
    """Everything that waits to be checked, the oldest first."""
    return _cases(work.rows("in_check"))


def with_request(work: Work, limit: int) -> tuple[Case, ...]:
    """What waits for a decision of the office: more time, a suspension, a rework."""
    return _cases(work.rows("with_request", request=_REQUEST, limit=limit))


def unmanned(work: Work, limit: int) -> tuple[Case, ...]:
    """Cases at work whose lead or paired unit has nobody who can be reached, the most pressing first."""
    return _cases(work.rows("unmanned_cases", limit=limit))


def in_triage(work: Work, limit: int) -> tuple[Case, ...]:
    """What waits for the office, the oldest first."""
    return _cases(work.rows("in_triage", limit=limit))


def asked_in_triage(work: Work, limit: int, offset: int = 0) -> tuple[Case, ...]:
    """What waits in triage for the answer of a reporter, the oldest first."""
    return _cases(work.rows("asked_in_triage", asked=_ASKED, limit=limit, offset=offset))


def next_in_triage(work: Work, before: Case | None) -> Case | None:
    """The case behind another one, or the first, in the line of those that wait for the office and for nobody else."""
    row = work.row("next_in_triage", asked=_ASKED, **_place_in_line(before))
    return None if row is None else _case(row)


def triage_line(work: Work, case: Case | None = None) -> Line:
    """The line of what waits for the office, and where a case stands in it."""
    row = work.row("triage_line", asked=_ASKED, **_place_in_line(case))
    return Line(0, 0, 0) if row is None else Line(row["waiting"], row["asked"], row["turn"])


def _place_in_line(case: Case | None) -> dict[str, int]:
    return {"filed_at": millis(case.filed_at) if case else 0, "id": case.id if case else 0}


_NEARBY = 50
"""More than so many cases of one kind in one spot are one problem in any case."""


def nearby(work: Work, category: str, box: Box, since: datetime) -> tuple[Case, ...]:
    """Cases of a category on a piece of ground, open or closed since an instant, the newest first."""
    sides = {"south": box.south, "north": box.north, "west": box.west, "east": box.east}
    edges = {name: _e6(degrees) for name, degrees in sides.items()}
    return _cases(work.rows("cases_nearby", category=category, **edges, since=millis(since), limit=_NEARBY))


def add_reporter(work: Work, case_id: int, person: int) -> None:
    """One more person reported this."""
    work.change("add_reporter", person=person, case_id=case_id)


def waking(work: Work, now: datetime) -> tuple[int, ...]:
    """The ids of suspended cases whose end date has come."""
    return tuple(row["id"] for row in work.rows("waking", now=millis(now)))


def found(work: Work, search: Search, district: District, now: datetime) -> tuple[int, ...]:
    """The ids of all cases that somebody looks for, the newest first. `now`, product time, says what is overdue."""
    return tuple(row["id"] for row in work.rows("found", **conditions(search, district, now)))


def on_board(work: Work, units: Iterable[str], categories: Iterable[str]) -> tuple[Case, ...]:
    """Open cases that units lead or have to check, and those of some categories."""
    return _cases(work.rows("on_board", units=listed(units), categories=listed(categories)))


def next_waking(work: Work, after: datetime) -> datetime | None:
    """When the next suspension ends, after an instant. Product time."""
    row = work.row("next_waking", after=millis(after))
    return None if row is None or row["at"] is None else instant(row["at"])


def led(work: Work) -> tuple[Case, ...]:
    """Every open case that has a lead, or had one that returned it."""
    return _cases(work.rows("open_led"))


def to_erase(work: Work, before: datetime) -> tuple[int, ...]:
    """The ids of ended cases whose texts and photos have been kept long enough."""
    return tuple(row["id"] for row in work.rows("cases_to_erase", before=millis(before)))


def erase(work: Work, case: Case) -> None:
    """Forget what people wrote in a case, of its place and in its events; the numbers and codes stay."""
    request = replace(case.request, reason="") if case.request else None
    place = replace(case.place, name=None)
    bare = replace(case, words="", reply="", reason="", note="", rework_reason="", request=request, place=place)
    work.change("erase_case", id=case.id, body=dump(bare))
    for event in events_of(work, case.id):
        detail = {name: value for name, value in event.detail.items() if name not in ("words", "reason")}
        work.change("erase_event", case_id=case.id, seq=event.seq, detail=json.dumps(detail))


def _columns(case: Case, at: datetime) -> dict[str, str | int | None]:
    return {
        "state": case.state.value,
        "category": case.category,
        "street": case.place.street,
        "community": case.place.community,
        "lat_e6": _e6(case.place.lat),
        "lon_e6": _e6(case.place.lon),
        "lead": case.lead,
        "partner": case.partner,
        "due_at": millis(case.due_at) if case.due_at else None,
        "wakes_at": millis(case.suspended_until) if case.suspended_until else None,
        "ended_at": None if case.open else millis(at),
        "version": case.version,
        "said": searchable(case),
        "body": dump(case),
    }


def _e6(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * 1_000_000)


def _found(row: Row | None) -> Case:
    if row is None:
        raise NotFound("no_such_case")
    return _case(row)


def _cases(rows: Iterable[Row]) -> tuple[Case, ...]:
    return tuple(_case(row) for row in rows)


def _case(row: Row) -> Case:
    return replace(restore(Case, row["body"]), id=row["id"])
