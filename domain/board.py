"""看板: what a unit has in hand, counted; for those above, the units below them. Pure counting, over open cases."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain import deadlines
from domain.case import Case, State
from domain.deadlines import Light
from domain.district import OFFICE, District

_IN_HAND = (State.DISPATCHED, State.RECTIFYING)


@dataclass(frozen=True, slots=True)
class Counts:
    """`open` are the cases a unit leads. Of those it has in hand: how many are due today, overdue, not yet
    acknowledged, and how many show which light. `to_check`: what it has to check as the paired unit."""

    open: int = 0
    due_today: int = 0
    overdue: int = 0
    to_acknowledge: int = 0
    to_check: int = 0
    green: int = 0
    yellow: int = 0
    red: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A unit on the board."""

    unit: str
    counts: Counts


def own(units: Iterable[str], cases: Iterable[Case], district: District, now: datetime) -> tuple[Line, ...]:
    """A line for each of somebody's units, also when there is nothing."""
    listed = tuple(cases)
    return tuple(Line(unit, _counts(unit, listed, district, now)) for unit in units)


def below(units: Iterable[str], cases: Iterable[Case], district: District, now: datetime) -> tuple[Line, ...]:
    """The units whose cases somebody's units supervise or oversee, the worst first; of these only those cases count."""
    seen = _seen(units, cases)
    leads = dict.fromkeys(case.lead for case in seen if case.lead)
    lines = [Line(lead, _counts(lead, [case for case in seen if case.lead == lead], district, now)) for lead in leads]
    return tuple(sorted(lines, key=_worst_first))


def cases_below(units: Iterable[str], unit: str, cases: Iterable[Case]) -> tuple[Case, ...]:
    """The open cases of a unit that somebody's units supervise or oversee: those at work by their due time first."""
    return tuple(sorted((case for case in _seen(units, cases) if case.lead == unit and case.open), key=_pressing_first))


def _pressing_first(case: Case) -> tuple[bool, float, int]:
    return case.state not in _IN_HAND, case.due_at.timestamp() if case.due_at else 0, case.id


def _seen(units: Iterable[str], cases: Iterable[Case]) -> list[Case]:
    above = frozenset(units)
    return [case for case in cases if case.lead and case.lead not in above and _sees(above, case)]


def overseen(units: Iterable[str], district: District) -> tuple[str, ...]:
    """The categories of which the units are the department: they oversee what others lead of them."""
    departments = frozenset(units)
    return tuple(one.code for one in district.categories.values() if one.industry_dept in departments)


def watched(units: Iterable[str], district: District) -> tuple[str, ...]:
    """The units, and those they supervise; the office watches all."""
    above = frozenset(units)
    if OFFICE in above:
        return tuple(district.units)
    return tuple(code for code in district.units if code in above or above & set(district.supervisors(code)))


def _sees(above: frozenset[str], case: Case) -> bool:
    return OFFICE in above or case.overseer in above or bool(above & set(case.supervisors))


def _worst_first(line: Line) -> tuple[int, int, int, str]:
    return -line.counts.red, -line.counts.yellow, -line.counts.open, line.unit


def _counts(unit: str, cases: Iterable[Case], district: District, now: datetime) -> Counts:
    listed = tuple(cases)
    led = [case for case in listed if case.open and case.lead == unit]
    in_hand = [case for case in led if case.state in _IN_HAND]
    lights = Counter(light for case in in_hand if (light := _light(case, district, now)))
    today = district.calendar.local_date(now)
    return Counts(
        open=len(led),
        due_today=sum(
            case.due_at is not None and now <= case.due_at and district.calendar.local_date(case.due_at) == today
            for case in in_hand
        ),
        overdue=sum(case.due_at is not None and case.due_at < now for case in in_hand),
        to_acknowledge=sum(case.state is State.DISPATCHED for case in in_hand),
        to_check=sum(case.state is State.CHECKING and case.partner == unit for case in listed),
        green=lights[Light.GREEN],
        yellow=lights[Light.YELLOW],
        red=lights[Light.RED],
    )


def _light(case: Case, district: District, now: datetime) -> Light | None:
    """None while no clock runs."""
    if case.dispatched_at is None or case.due_at is None or case.limit is None:
        return None
    return deadlines.light(
        case.dispatched_at, case.due_at, now, case.limit.unit, district.calendar, settings=district.settings
    )
