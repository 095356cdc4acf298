"""Telling people of a case: new messages for what matters, and cards that are kept up to date in every chat."""

from domain.case import Case, Event
from domain.district import OFFICE
from domain.life import Verb
from domain.messages import Notice
from domain.notices import LASTING, Audience, Owed, View, owed
from domain.option import Option
from domain.people import may
from handlers import questions
from handlers.desk import Desk
from handlers.faces import Face, facts_of, news_facts
from storage import cases, people
from storage.cases import Card


def publish(desk: Desk, before: Case | None, case: Case, event: Event, *, reporter_key: str | None = None) -> None:
    """Everybody who must know of an event is owed it; every card that stands already is brought up to date.

    `reporter_key` names the message that becomes the reporter's card: the draft's, when the person pressed 提交 on it.
    """
    shown: set[tuple[str, int]] = set()
    items = owed(before, case, event)
    for item in items:
        for person in audience(desk, item.to, case):
            if item.view is None:
                _tell(desk, item, case, event, person)
            elif item.view is not View.PARTNER or (_key(case, event, View.LEAD), person) not in shown:
                key = reporter_key if item.view is View.REPORTER and reporter_key else _key(case, event, item.view)
                show(desk, case, item.view, person, key)
                shown.add((key, person))
    unmanned = _unmanned(desk, case, items)
    if unmanned:
        report_unmanned(desk, case, unmanned)
    refresh(desk, case, but=shown)


def _key(case: Case, event: Event, view: View) -> str:
    """What a card is known by: the event it was shown for, and its view, since one person can have several."""
    return f"case:{case.id}:{event.seq}:{view}"


def show(desk: Desk, case: Case, view: View, person: int, key: str | None = None) -> None:
    """Put a card before somebody, as the newest message. An older card of the same view goes, unless it is to last."""
    key = key or f"case:{case.id}:{case.version}:{desk.cause}"
    for standing in cases.cards(desk.work, case.id):
        if standing.person == person and standing.key != key and _gives_way(View(standing.view), view):
            desk.retract(person, standing.key)
            cases.remove_card(desk.work, case.id, standing)
    face = Face(desk, case, view, person)
    _stand(desk, case, face, key)
    desk.tell(person, face.notice(key), case.id)


def _gives_way(old: View, new: View) -> bool:
    """Whoever has become the lead needs the paired unit's card no longer."""
    return (old is new and new not in LASTING) or (old is View.PARTNER and new is View.LEAD)


def refresh(desk: Desk, case: Case, but: set[tuple[str, int]] | None = None) -> None:
    """Bring the cards of a case up to date, except those just shown and those that would show the same."""
    for standing in cases.cards(desk.work, case.id):
        if (standing.key, standing.person) in (but or ()):
            continue
        face = Face(desk, case, View(standing.view), standing.person)
        if face.digest != standing.shows:
            _stand(desk, case, face, standing.key)
            desk.update(face.person, face.notice(standing.key), case.id)


def _stand(desk: Desk, case: Case, face: Face, key: str) -> None:
    cases.show_card(desk.work, case.id, Card(face.view.value, key, face.person, face.digest))


def audience(desk: Desk, to: Audience, case: Case) -> tuple[int, ...]:
    """The persons who are meant, as far as they can be reached. The lead that is the paired unit too is told once."""
    match to:
        case Audience.REPORTERS:
            return case.people
        case Audience.LEAD:
            return people.officers_of(desk.work, case.lead) if case.lead else ()
        case Audience.PARTNER:
            return people.officers_of(desk.work, case.partner) if case.partner else ()
        case Audience.OFFICE:
            return people.officers_of(desk.work, OFFICE)
        case Audience.CHECKERS:
            return _checkers(desk, case)


def _checkers(desk: Desk, case: Case) -> tuple[int, ...]:
    """The paired unit and the volunteers of the area, as far as they stand apart; where there is nobody, the office."""
    near = [area for area in (case.place.community, case.place.street) if area]
    asked = [
        *(people.officers_of(desk.work, case.partner) if case.partner else ()),
        *(person for area in near for person in people.volunteers_of(desk.work, area)),
    ]
    able = [person for person in dict.fromkeys(asked) if _may_check(desk, case, person)]
    return tuple(able) or tuple(
        person for person in people.officers_of(desk.work, OFFICE) if _may_check(desk, case, person)
    )


def _may_check(desk: Desk, case: Case, person: int) -> bool:
    return may(people.actor(desk.work, person), Verb.PASS, case) is not None


def _unmanned(desk: Desk, case: Case, items: tuple[Owed, ...]) -> tuple[str, ...]:
    """The units that are to have a card of the case and have nobody who could get it."""
    meant = {Audience.LEAD: case.lead, Audience.PARTNER: case.partner}
    units = (meant.get(item.to) for item in items if item.view is not None)
    return tuple(unit for unit in dict.fromkeys(units) if unit and not people.officers_of(desk.work, unit))


def report_unmanned(desk: Desk, case: Case, units: tuple[str, ...]) -> None:
    """Units without anybody bound, or reachable, never swallow a case: the office hears at once."""
    facts = {**facts_of(desk, case), "units": [desk.unit_name(unit) for unit in units]}
    actions = desk.actions([Option("open_case", label="open")], case=case.id)
    desk.tell_office(Notice("office_unmanned", facts, actions=actions), case.id)


def _tell(desk: Desk, item: Owed, case: Case, event: Event, person: int) -> None:
    if person == event.by and item.to is not Audience.REPORTERS:
        return
    if event.verb == Verb.ASK.value:
        questions.ask_reporter(desk, case, person)
        return
    actions = desk.actions([Option("open_case", label="open")], case=case.id)
    desk.tell(person, Notice(item.kind, news_facts(desk, case, event), actions=actions), case.id)
