"""What the card of a case offers: the buttons that stand under it, by the view and by the reader's rights."""

from collections.abc import Callable, Mapping

from domain.brief import cut_short
from domain.case import Case, Mark
from domain.life import Need, Verb
from domain.messages import Style
from domain.notices import OF_RESIDENTS, VERBS, View
from domain.option import Option
from domain.people import Actor, may
from domain.workflow import possible
from handlers.desk import Desk
from handlers.pictures import further, videos, voices
from handlers.suggestions import dispatching
from storage.photos import Photo

_STYLES: Mapping[Verb, Style] = {
    Verb.ACKNOWLEDGE: Style.PRIMARY,
    Verb.DISPATCH: Style.PRIMARY,
    Verb.REPLY: Style.SUCCESS,
    Verb.PASS: Style.SUCCESS,
    Verb.SOLVED: Style.SUCCESS,
    Verb.EXTEND: Style.SUCCESS,
    Verb.SUSPEND: Style.SUCCESS,
    Verb.FAIL: Style.DANGER,
    Verb.VOID: Style.DANGER,
}


def options(desk: Desk, case: Case, view: View, actor: Actor, taken: tuple[Photo, ...]) -> tuple[Option, ...]:
    """The buttons under a card of this view; `taken` are the pictures of the case."""
    looks = (Verb.LOOK,) if may(actor, Verb.LOOK, case) and case.people else ()
    allowed = (*possible(case, actor, desk.now, desk.district), *looks)
    found: list[Option] = []
    for verb in VERBS[view]:
        if verb is Verb.DISPATCH and view is View.SORTING and verb in allowed:
            found.extend(dispatching(desk, case))
        elif verb in allowed:
            found.extend(_BUTTONS.get(verb, _button)(verb))
    return (*found, *_ways(view, case, actor, allowed), *_extras(view, case, actor, taken))


def _ways(view: View, case: Case, actor: Actor, allowed: tuple[Verb, ...]) -> tuple[Option, ...]:
    """更多操作 leads from a request to all else that the office can do to the case, 看申请 back to it."""
    if view is View.REQUEST:
        beyond = set(allowed) & set(VERBS[View.TRIAGE]) - set(VERBS[View.REQUEST])
        return (Option("beyond_request", label="beyond_request"),) if beyond else ()
    waits_too = actor.of_office and case.request is not None and view in (View.TRIAGE, View.CHECK)
    return (Option("see_request", label="see_request"),) if waits_too else ()


def _button(verb: Verb) -> tuple[Option, ...]:
    return (Option(verb.value, label=verb.value, style=_STYLES.get(verb, Style.PLAIN)),)


def _marks(verb: Verb) -> tuple[Option, ...]:
    return tuple(Option(verb.value, mark.value, label=mark.value) for mark in Mark)


def _corrections(verb: Verb) -> tuple[Option, ...]:
    return (Option(verb.value, label="correct"), Option(verb.value, Need.PLACE.value, label="correct_place"))


_BUTTONS: Mapping[Verb, Callable[[Verb], tuple[Option, ...]]] = {Verb.RATE: _marks, Verb.CORRECT: _corrections}


def _extras(view: View, case: Case, actor: Actor, taken: tuple[Photo, ...]) -> tuple[Option, ...]:
    """更多 on the cards of those who work or check; 我的报送 on the reporter's."""
    if view is View.REPORTER:
        return (Option("my", label="my"),)
    history = (Option("history", label="history"),) if view in _OF_OFFICE else ()
    skip = (Option("triage_skip", label="triage_skip"),) if view is View.SORTING else ()
    heard = voices(taken) if actor.of_office else ()
    more = heard or videos(taken) or further(view, case, taken) or case.place.lat is not None or cut_short(case)
    offered = (Option("more", view.value, label="more"),) if view not in OF_RESIDENTS and more else ()
    return (*offered, *history, *skip)


_OF_OFFICE = frozenset({View.TRIAGE, View.SORTING, View.REQUEST})
"""Views of the office alone."""
