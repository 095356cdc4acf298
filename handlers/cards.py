"""Telling people of a case: new messages for what matters, and cards that are kept up to date in every chat."""

from collections.abc import Iterable

from domain.case import Case, Event
from domain.district import OFFICE
from domain.facts import Facts
from domain.life import Verb
from domain.messages import Notice
from domain.notices import Audience, Owed, View, owed
from domain.option import Option
from domain.people import may
from handlers import questions
from handlers.desk import Desk, Recipient
from handlers.faces import Face, facts_of, news_facts, works_by
from storage import cases, groups, people, roster
from storage.cards import Card, cards_of, remove_card, show_card
from storage.groups import GroupChat


def publish(desk: Desk, before: Case | None, case: Case, event: Event, *, reporter_key: str | None = None) -> None:
    """Everybody who must know of an event is owed it; every card that stands already is brought up to date.

    `reporter_key` names the message that becomes the reporter's card: the draft's, when the person pressed 提交 on it.
    """
    shown: set[tuple[str, Recipient]] = set()
    items = owed(before, case, event)
    for item in items:
        if item.view is None:
            for person in audience(desk, item.to, case, before):
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
    if Owed(Audience.CHECKERS, View.CHECK) in items and not _checkers(desk, case):
        _report_unchecked(desk, case)
    refresh(desk, case, but=shown)


def _key(case: Case, event: Event, view: View) -> str:
    """What a card is known by: the event it was shown for, and its view, since one person can have several."""
    return f"case:{case.id}:{event.seq}:{view}"


def show(desk: Desk, case: Case, view: View, to: Recipient, key: str | None = None) -> None:
    """Put a card before somebody, as the newest message. An older card of the same view goes."""
    key = key or f"case:{case.id}:{case.version}:{view}:{desk.cause}"
    for standing in cards_of(desk.work, case.id):
        if _recipient(desk, standing) == to and standing.key != key and _gives_way(View(standing.view), view):
            take_back(desk, case.id, standing, to)
    face = Face(desk, case, view, to)
    _stand(desk, case, face, key)
    desk.tell(to, face.notice(key), case.id)


def take_back(desk: Desk, case: int, standing: Card, to: Recipient) -> None:
    """A card goes from the chat, and is kept up to date no longer."""
    desk.retract(to, standing.key)
    remove_card(desk.work, case, standing)


def _gives_way(old: View, new: View) -> bool:
    """Whoever has become the lead needs the paired unit's card no longer, nor the office a request it has decided.

    Whoever goes through what waits in triage sees each case there.
    """
    return old is new or (old, new) in _OVER


_OVER = frozenset({(View.PARTNER, View.LEAD), (View.REQUEST, View.TRIAGE), (View.TRIAGE, View.SORTING)})


def refresh(desk: Desk, case: Case, but: set[tuple[str, Recipient]] | None = None) -> None:
    """Bring the cards of a case up to date, except those just shown and those that would show the same.

    What the reporters think of a result is asked no longer when the case goes to another unit without it. When a
    case is taken up again the card of its closing says so and is left alone: the next closing has one of its own.
    """
    for standing in cards_of(desk.work, case.id):
        to = _recipient(desk, standing)
        if to is None or (standing.key, to) in (but or ()):
            continue
        if standing.view == View.QUESTION and case.replied_at is None:
            take_back(desk, case.id, standing, to)
            continue
        face = Face(desk, case, View(standing.view), to)
        if face.digest != standing.shows:
            _stand(desk, case, face, standing.key)
            desk.update(to, face.notice(standing.key), case.id)
        if standing.view == View.CLOSING and case.open:
            remove_card(desk.work, case.id, standing)


def rest(desk: Desk, person: int) -> None:
    """Somebody holds a role no longer: cards of what is not theirs any more lose their buttons and stay as they are."""
    actor = people.actor(desk.work, person)
    at_work = ((cases.load(desk.work, case), card) for case, card in roster.cards_at_work(desk.work, person))
    over = [(case, card) for case, card in at_work if not works_by(actor, View(card.view), case)]
    for number, (case, card) in enumerate(over):
        remove_card(desk.work, case.id, card)
        if number < _COME_TO_REST:
            notice = Face(desk, case, View(card.view), person).at_rest(card.key)
            desk.update(person, notice, case.id)


_COME_TO_REST = 100
"""So many cards, the newest, are changed at most: whatever else is for the person waits behind them."""


def _recipient(desk: Desk, card: Card) -> Recipient | None:
    """With whom a card stands; None for a group chat that is bound no longer."""
    return groups.load(desk.work, card.group) if card.group is not None else card.person


def _stand(desk: Desk, case: Case, face: Face, key: str) -> None:
    person, group = (None, face.to.id) if isinstance(face.to, GroupChat) else (face.to, None)
    show_card(desk.work, case.id, Card(face.view.value, key, person, group, face.digest))


def audience(desk: Desk, to: Audience, case: Case, before: Case | None = None) -> tuple[int, ...]:
    """The persons who are meant, as far as they can be reached. The lead that is the paired unit too is told once."""
    match to:
        case Audience.REPORTERS:
            return case.people
        case Audience.LEAD:
            return _officers(desk, case.lead)
        case Audience.FORMER_LEAD:
            now = _officers(desk, case.lead)
            return tuple(one for one in _officers(desk, before.lead if before else None) if one not in now)
        case Audience.PARTNER:
            return _officers(desk, case.partner)
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


def _officers(desk: Desk, unit: str | None) -> tuple[int, ...]:
    return people.officers_of(desk.work, unit) if unit else ()


def _checkers(desk: Desk, case: Case) -> tuple[int, ...]:
    """Those who check before the office does; where there is nobody, the office."""
    return own_checkers(desk, case) or tuple(
        person for person in people.officers_of(desk.work, OFFICE) if _may_check(desk, case, person)
    )


def own_checkers(desk: Desk, case: Case) -> tuple[int, ...]:
    """The paired unit and the volunteers of the area, as far as they can be reached and stand apart."""
    near = [area for area in (case.place.community, case.place.street) if area]
    asked = [
        *_officers(desk, case.partner),
        *(person for area in near for person in people.volunteers_of(desk.work, area)),
    ]
    return tuple(person for person in dict.fromkeys(asked) if _may_check(desk, case, person))


def pass_on_check(desk: Desk, case: Case) -> None:
    """Somebody who was to check can no longer be reached: whoever can do it now gets the card, unless they have it."""
    standing = {card.person for card in cards_of(desk.work, case.id) if card.view == View.CHECK}
    checkers = _checkers(desk, case)
    for person in checkers:
        if person not in standing:
            show(desk, case, View.CHECK, person)
    if not checkers:
        _report_unchecked(desk, case)


def _report_unchecked(desk: Desk, case: Case) -> None:
    """Nobody at all can check: also the office may not, where it reported or did it itself."""
    actions = desk.actions([Option("open_case", label="open")], case=case.id)
    desk.tell_office(Notice("office_unchecked", facts_of(desk, case), actions=actions), case.id)


def _may_check(desk: Desk, case: Case, person: int) -> bool:
    return may(people.actor(desk.work, person), Verb.PASS, case) is not None


def _unmanned(desk: Desk, case: Case, items: tuple[Owed, ...]) -> tuple[str, ...]:
    """The units that are to have a card of the case and have nobody who could get it."""
    meant = {Audience.LEAD: case.lead, Audience.PARTNER: case.partner}
    return _without_anybody(desk, [meant.get(item.to) for item in items if item.view is not None])


def _without_anybody(desk: Desk, units: Iterable[str | None]) -> tuple[str, ...]:
    """Of a unit that is dissolved nobody can be bound, and nobody is waited for."""
    known = (unit for unit in dict.fromkeys(units) if unit in desk.district.units)
    return tuple(unit for unit in known if unit and not people.officers_of(desk.work, unit))


def report_unmanned(desk: Desk, case: Case, units: tuple[str, ...]) -> None:
    """Units without anybody bound, or reachable, never swallow a case: the office hears at once."""
    facts = {**facts_of(desk, case), "units": [desk.unit_name(unit) for unit in units]}
    actions = desk.actions([Option("open_case", label="open")], case=case.id)
    desk.tell_office(Notice("office_unmanned", facts, actions=actions), case.id)


def list_unmanned(desk: Desk, found: Iterable[Case], person: int) -> None:
    """As `report_unmanned`, for what has been waiting: one list to an officer of the office who was not there then."""
    found = tuple(case for case in found if _without_anybody(desk, [case.lead, case.partner]))
    if not found:
        return
    units = _without_anybody(desk, [unit for case in found for unit in (case.lead, case.partner)])
    facts: Facts = {
        "units": [desk.unit_name(unit) for unit in units],
        "cases": [facts_of(desk, case, unmasked=True) for case in found],
    }
    options = [Option("open_case", str(case.id), name=case.number) for case in found]
    desk.tell(person, Notice("office_unmanned_list", facts, actions=desk.actions(options, person=person)))


def _tell(desk: Desk, item: Owed, case: Case, event: Event, person: int) -> None:
    if person == event.by and item.to is not Audience.REPORTERS:
        return
    if event.verb == Verb.ASK.value:
        questions.ask_reporter(desk, case, person)
        return
    mine, full = Option("open_mine", label="open_mine"), Option("open_case", label="open")
    option = mine if item.to is Audience.REPORTERS else full
    actions = desk.actions([option] if item.to is not Audience.FORMER_LEAD else (), case=case.id)
    desk.tell(person, Notice(item.kind, news_facts(desk, case, event), actions=actions), case.id)
