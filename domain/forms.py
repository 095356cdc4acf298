"""One question after the other, until a verb has all it needs: a reason, an after-photo, a unit, a date.

A form is begun by a button and fed by whatever the person sends next; a channel with real forms may ask all at once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain import deadlines
from domain.act import NO_INPUTS, Inputs
from domain.case import Case, How
from domain.district import District, Unit, UnitKind
from domain.errors import Missing, Outdated
from domain.facts import instant, millis
from domain.gist import Gist, Place
from domain.life import RETURN_REASONS, Need, Verb
from domain.limits import Limit, LimitUnit
from domain.messages import Style
from domain.option import Option
from domain.suggestions import Because, suggested
from domain.workflow import lacking


@dataclass(frozen=True, slots=True)
class Form:
    """A verb under way. `photos` are ids of pictures sent for it; `menu` is the list of units or categories on show.

    `places` are those that the words could mean, to choose from. `choices`: something was sent about the case, and for
    which of these verbs it is meant is still to be said.

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
    places: tuple[Place, ...] = ()
    begun: str = ""
    asked_at: datetime | None = None
    over_until: datetime | None = None
    choices: tuple[Verb, ...] = ()


def question(form: Form, case: Case) -> Need | None:
    """What is asked for next; None when everything is there."""
    return Need.VERB if form.choices else lacking(form.verb, case, form.given)


def feed(form: Form, case: Case, *, words: str, photos: tuple[int, ...]) -> Form:
    """Whatever the person sent: pictures count as pictures, words as the reason, number or sentence that is lacking.

    Which place they mean has been read before: see `placed`.
    """
    given = replace(form.given, photos=form.given.photos + len(photos))
    form = replace(form, given=given, photos=(*form.photos, *photos))
    need = question(form, case)
    if not words or need is Need.PLACE:
        return form
    if need is Need.REASON:
        return replace(form, given=replace(given, reason=_joined(given.reason, words)))
    if need is Need.CASE:
        return replace(form, given=replace(given, case=words.strip().upper()))
    return replace(form, given=replace(given, words=_joined(given.words, words)))


def reworded(form: Form, said: Callable[[str], bool], words: str) -> Form | None:
    """The form with other words in the place of those `said` in one message; None where these are no whole answer."""
    given = form.given
    if words and given.reason and said(given.reason):
        return replace(form, given=replace(given, reason=words))
    if words and given.words and said(given.words):
        return replace(form, given=replace(given, words=words))
    return None


def _joined(earlier: str, words: str) -> str:
    return "\n".join(part for part in (earlier, words) if part)


def placed(form: Form, gist: Gist, pinned: Place | None) -> Form:
    """The place that a message tells, in words or else by its position; of several with one name one is to be chosen.

    Raises Missing when it tells none in the district.
    """
    place = gist.place or pinned
    if place is not None and place.street is not None:
        return replace(form, given=replace(form.given, place=place))
    if not gist.places:
        raise Missing("place_unknown", number=form.number)
    return replace(form, places=gist.places, menu="")


def choose(form: Form, need: str, argument: str) -> Form:
    """A button of the question was pressed. Raises Outdated for what nobody can choose: not here, or not any more."""
    if need == Need.VERB and argument in form.choices:
        return replace(form, verb=Verb(argument), choices=())
    try:
        if need == Need.PLACE:
            given = replace(form.given, place=_place(form, argument))
        else:
            given = _CHOSEN[Need(need)](form.given, argument)
    except (KeyError, IndexError, ValueError, OverflowError):
        raise Outdated("old_button") from None
    return replace(form, given=given, menu="")


def _place(form: Form, argument: str) -> Place:
    """`S05` a street, `S05:S05C02` a community of it, `#0` one of the places that were offered."""
    if not argument.startswith("#"):
        street, _, community = argument.partition(":")
        return Place(street=street, community=community or None, how="menu")
    return form.places[int(argument.removeprefix("#"))]


_REASONS = {reason: reason for reason in RETURN_REASONS}

_CHOSEN: Mapping[Need, Callable[[Inputs, str], Inputs]] = {
    Need.RETURN_REASON: lambda given, argument: replace(given, reason=_REASONS[argument]),
    Need.HOW: lambda given, argument: replace(given, how=How(argument)),
    Need.UNIT: lambda given, argument: replace(given, unit=argument),
    Need.CATEGORY: lambda given, argument: replace(given, category=argument),
    Need.TARGET: lambda given, argument: replace(given, category=argument),
    Need.CASE: lambda given, argument: replace(given, case=argument),
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


def other_cases(numbers: Iterable[str]) -> tuple[Option, ...]:
    """Cases that may be meant, by their numbers."""
    return tuple(_choice(Need.CASE, number, name=number) for number in numbers)


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
    waits = form.verb is Verb.ASK_SUSPENSION
    start = now if waits else max(now, case.due_at or now)
    calendar = district.calendar
    today = calendar.local_date(start)
    days = {
        "until_tomorrow" if waits else "until_a_day_more": today + timedelta(days=1),
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
_PLACES = 6


def _places(form: Form, _case: Case, district: District, _now: datetime) -> tuple[Option, ...]:
    """The places the words could mean, then street -> community; words and a position are answers as well."""
    if form.menu:
        areas = district.communities_of(form.menu)
        whole = _choice(Need.PLACE, form.menu, label="whole_street")
        return (*(_choice(Need.PLACE, f"{form.menu}:{area.code}", name=area.name) for area in areas), whole, _BACK)
    meant = [_choice(Need.PLACE, f"#{at}", name=place.name or "") for at, place in enumerate(form.places[:_PLACES])]
    return (*meant, *(Option("form_menu", area.code, name=area.name) for area in district.streets))


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
    """Whoever could answer for the case, but not who just returned it: that is another verb."""
    case = replace(case, category=form.given.category or case.category)
    found = (one for one in suggested(case, district) if one.because is not Because.RETURNED)
    return tuple(district.units[one.unit] for one in found)


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
    Need.PLACE: _places,
    Need.UNIT: _units,
}
