"""One question after the other, until a verb has all it needs: a reason, an after-photo, a unit, a date.

A form is begun by a button and fed by whatever the person sends next; a channel with real forms may ask all at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain import deadlines
from domain.act import NO_INPUTS, Inputs
from domain.case import Case, How
from domain.district import District, Unit, UnitKind
from domain.errors import Outdated
from domain.facts import instant, millis
from domain.life import RETURN_REASONS, Need, Verb
from domain.limits import Limit, LimitUnit
from domain.messages import Style
from domain.option import Option
from domain.workflow import lacking


@dataclass(frozen=True, slots=True)
class Form:
    """A verb under way. `photos` are ids of pictures sent for it; `menu` is the list of units or categories on show.

    `choices`: something was sent about the case, and which of these verbs it is meant for is still to be said.

    `begun` names what it was begun with, so that no button of an earlier question feeds it. `asked_at` (machine time)
    is set when somebody else asked: then it waits behind what the person is at. `over_until` (machine time) is set when
    it can be answered no longer: until then what the person sends is still taken for the answer, and refused.
    """

    person: int
    case: int
    number: str
    verb: Verb
    given: Inputs = NO_INPUTS
    photos: tuple[int, ...] = ()
    menu: str = ""
    begun: str = ""
    asked_at: datetime | None = None
    over_until: datetime | None = None
    choices: tuple[Verb, ...] = ()


def question(form: Form, case: Case) -> Need | None:
    """What is asked for next; None when everything is there."""
    return Need.VERB if form.choices else lacking(form.verb, case, form.given)


def feed(form: Form, case: Case, *, words: str, photos: tuple[int, ...]) -> Form:
    """Whatever the person sent: pictures count as pictures, words as the reason, number or sentence that is lacking."""
    given = replace(form.given, photos=form.given.photos + len(photos))
    form = replace(form, given=given, photos=(*form.photos, *photos))
    if not words:
        return form
    need = question(form, case)
    if need is Need.REASON:
        return replace(form, given=replace(given, reason=_joined(given.reason, words)))
    if need is Need.CASE:
        return replace(form, given=replace(given, case=words.strip().upper()))
    return replace(form, given=replace(given, words=_joined(given.words, words)))


def _joined(earlier: str, words: str) -> str:
    return "\n".join(part for part in (earlier, words) if part)


def choose(form: Form, need: str, argument: str) -> Form:
    """A button of the question was pressed. Raises Outdated for what nobody can choose: not here, or not any more."""
    if need == Need.VERB and argument in form.choices:
        return replace(form, verb=Verb(argument), choices=())
    try:
        given = _CHOSEN[Need(need)](form.given, argument)
    except (KeyError, ValueError, OverflowError):
        raise Outdated("old_button") from None
    return replace(form, given=given, menu="")


_REASONS = {reason: reason for reason in RETURN_REASONS}

_CHOSEN: Mapping[Need, Callable[[Inputs, str], Inputs]] = {
    Need.RETURN_REASON: lambda given, argument: replace(given, reason=_REASONS[argument]),
    Need.HOW: lambda given, argument: replace(given, how=How(argument)),
    Need.UNIT: lambda given, argument: replace(given, unit=argument),
    Need.CATEGORY: lambda given, argument: replace(given, category=argument),
    Need.TARGET: lambda given, argument: replace(given, category=argument),
    Need.UNTIL: lambda given, argument: replace(given, until=instant(int(argument))),
}


# --- what the question offers -----------------------------------------------------------------------------------------


def options(need: Need, form: Form, case: Case, district: District, now: datetime) -> tuple[Option, ...]:
    """The buttons under a question; none where words or a picture are wanted. Cancel is offered always.

    Whoever is asked by the office may have something else to report.
    """
    offer = _OFFERED.get(need)
    offered = offer(form, case, district, now) if offer else ()
    return (*offered, Option("form_cancel", label="other" if form.verb is Verb.ANSWER else "cancel"))


def _choice(need: Need, argument: str, *, label: str = "named", name: str = "") -> Option:
    return Option("form_choose", f"{need.value}:{argument}", label=label, name=name)


def _return_reasons(_form: Form, _case: Case, _district: District, _now: datetime) -> tuple[Option, ...]:
    return tuple(_choice(Need.RETURN_REASON, reason, label=f"reason_{reason}") for reason in RETURN_REASONS)


def _verbs(form: Form, _case: Case, _district: District, _now: datetime) -> tuple[Option, ...]:
    return tuple(_choice(Need.VERB, verb.value, label=verb.value) for verb in form.choices)


def _hows(_form: Form, _case: Case, _district: District, _now: datetime) -> tuple[Option, ...]:
    return tuple(_choice(Need.HOW, how.value, label=how.value) for how in How)


def _untils(form: Form, case: Case, district: District, now: datetime) -> tuple[Option, ...]:
    """A day, three working days, a week, two weeks later, each at the end of work.

    An extension is counted from the due time, a suspension from now.
    """
    start = now if form.verb is Verb.ASK_SUSPENSION else max(now, case.due_at or now)
    calendar = district.calendar
    today = calendar.local_date(start)
    days = {
        "until_tomorrow": today + timedelta(days=1),
        "until_three_days": calendar.local_date(deadlines.due(start, Limit(3, LimitUnit.WORKING_DAYS), calendar)),
        "until_week": today + timedelta(days=7),
        "until_two_weeks": today + timedelta(days=14),
    }
    closes = district.settings.working_hours[-1][1]
    return tuple(_choice(Need.UNTIL, str(millis(calendar.at(day, closes))), label=label) for label, day in days.items())


def _categories(form: Form, _case: Case, district: District, _now: datetime) -> tuple[Option, ...]:
    need = Need.TARGET if form.verb is Verb.CORRECT else Need.CATEGORY
    if not form.menu:
        return tuple(Option("form_menu", group.code, name=group.name) for group in district.groups)
    codes = [category for category in district.categories.values() if category.group == form.menu]
    return (*(_choice(need, category.code, name=category.name) for category in codes), _BACK)


_BACK = Option("form_menu", "", label="back")

_KINDS = (UnitKind.DEPARTMENT, UnitKind.STREET)


def _units(form: Form, case: Case, district: District, _now: datetime) -> tuple[Option, ...]:
    """The likely units first; then all departments, the streets, and each street's communities, a list each."""
    if form.menu in _KINDS:
        return (*map(_unit_option, _of_kind(district, form.menu)), _BACK)
    if form.menu in district.units:
        return (*(_unit_option(district.units[area.code]) for area in district.communities_of(form.menu)), _BACK)
    likely = [_unit_option(unit, style=Style.PRIMARY) for unit in likely_units(form, case, district)]
    kinds = [Option("form_menu", kind.value, label=f"units_{kind.value}") for kind in _KINDS]
    streets = [Option("form_menu", area.code, label="units_of_street", name=area.name) for area in district.streets]
    return (*likely, *kinds, *streets)


def likely_units(form: Form, case: Case, district: District) -> tuple[Unit, ...]:
    """Department of the trade, community, street: whoever could answer for the case, but not who just returned it."""
    code = form.given.category or case.category
    category = district.categories.get(code or "")
    department = category.industry_dept if category else None
    candidates = dict.fromkeys(filter(None, (department, case.place.community, case.place.street)))
    return tuple(district.units[unit] for unit in candidates if unit in district.units and unit != case.lead)


def _unit_option(unit: Unit, style: Style = Style.PLAIN) -> Option:
    return Option("form_choose", f"{Need.UNIT.value}:{unit.code}", name=unit.short_name, style=style)


def _of_kind(district: District, kind: str) -> tuple[Unit, ...]:
    return tuple(unit for unit in district.units.values() if unit.kind == kind)


_OFFERED: Mapping[Need, Callable[[Form, Case, District, datetime], tuple[Option, ...]]] = {
    Need.RETURN_REASON: _return_reasons,
    Need.VERB: _verbs,
    Need.HOW: _hows,
    Need.UNTIL: _untils,
    Need.CATEGORY: _categories,
    Need.TARGET: _categories,
    Need.UNIT: _units,
}
