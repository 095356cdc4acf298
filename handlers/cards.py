"""Telling people of a case: new messages for what matters, and cards that are kept up to date in every chat."""

from domain.case import Case, Event
from domain.district import OFFICE
from domain.life import Verb
from domain.messages import Notice
from domain.notices import LASTING, Audience, Owed, View, owed
from domain.option import Option
from domain.people import may
from handlers.desk import Desk, Recipient
from handlers.faces import Face, facts_of, news_facts
from storage import cases, groups, people
from storage.cases import Card
from storage.groups import GroupChat


def publish(desk: Desk, before: Case | None, case: Case, event: Event, *, reporter_key: str | None = None) -> None:
    """Everybody who must know of an event is owed it; every card that stands already is brought up to date.

    `reporter_key` names the message that becomes the reporter's card: the draft's, when the person pressed 提交 on it.
    """
    shown: set[tuple[str, Recipient]] = set()
    items = owed(before, case, event)
    for item in items:
        if item.view is None:
            for person in audience(desk, item.to, case):
                _tell(desk, item, case, event, person)
            continue
        recipients: tuple[Recipient, ...] = (*audience(desk, item.to, case), *_groups(desk, item.to, case))
        for to in recipients:
            if item.view is not View.PARTNER or (_key(case, event, View.LEAD), to) not in shown:
                key = reporter_key if item.view is View.REPORTER and reporter_key else _key(case, event, item.view)
                show(desk, case, item.view, to, key)
                shown.add((key, to))
    unmanned = _unmanned(desk, case, items)
    if unmanned:
        report_unmanned(desk, case, unmanned)
    refresh(desk, case, but=shown)


def _key(case: Case, event: Event, view: View) -> str:
    """What a card is known by: the event it was shown for, and its view, since one person can have several."""
    return f"case:{case.id}:{event.seq}:{view}"


def show(desk: Desk, case: Case, view: View, to: Recipient, key: str | None = None) -> None:
    """Put a card before somebody, as the newest message. An older card of the same view goes, unless it is to last."""
    key = key or f"case:{case.id}:{case.version}:{desk.cause}"
    for standing in cases.cards(desk.work, case.id):
        if _recipient(desk, standing) == to and standing.key != key and _gives_way(View(standing.view), view):
            desk.retract(to, standing.key)
            cases.remove_card(desk.work, case.id, standing)
    face = Face(desk, case, view, to)
    _stand(desk, case, face, key)
    desk.tell(to, face.notice(key), case.id)


def _gives_way(old: View, new: View) -> bool:
    """Whoever has become the lead needs the paired unit's card no longer."""
    return (old is new and new not in LASTING) or (old is View.PARTNER and new is View.LEAD)


def refresh(desk: Desk, case: Case, but: set[tuple[str, Recipient]] | None = None) -> None:
    """Bring the cards of a case up to date, except those just shown and those that would show the same."""
    for standing in cases.cards(desk.work, case.id):
        to = _recipient(desk, standing)
        if to is None or (standing.key, to) in (but or ()):
            continue
        face = Face(desk, case, View(standing.view), to)
        if face.digest != standing.shows:
            _stand(desk, case, face, standing.key)
            desk.update(to, face.notice(standing.key), case.id)


def _recipient(desk: Desk, card: Card) -> Recipient | None:
    """With whom a card stands; None for a group chat that is bound no longer."""
    return groups.load(desk.work, card.group) if card.group is not None else card.person


def _stand(desk: Desk, case: Case, face: Face, key: str) -> None:
    person, group = (None, face.to.id) if isinstance(face.to, GroupChat) else (face.to, None)
    cases.show_card(desk.work, case.id, Card(face.view.value, key, person, group, face.digest))


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


def _groups(desk: Desk, to: Audience, case: Case) -> tuple[GroupChat, ...]:
    """The group chats of the units that are meant. The lead's own never gets to see what others are to check."""
    units = {
        Audience.LEAD: case.lead,
        Audience.PARTNER: case.partner,
        Audience.CHECKERS: case.partner if case.partner != case.lead else None,
        Audience.OFFICE: OFFICE,
    }
    unit = units.get(to)
    return groups.of_unit(desk.work, unit) if unit else ()


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
    actions = desk.actions([Option("open_case", label="open")], case=case.id)
    desk.tell(person, Notice(item.kind, news_facts(desk, case, event), actions=actions), case.id)
