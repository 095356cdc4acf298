"""Following a case: what I reported, one case in full, its further pictures and its place on the map."""

from dataclasses import replace

from domain.case import Case
from domain.errors import NotAllowed
from domain.facts import Facts
from domain.messages import Called, Geo, Notice, Picture, PictureRole, Said, Toast
from domain.notices import View
from domain.option import Option
from domain.people import Actor
from domain.privacy import masked
from handlers import acting, cards, report
from handlers.belongings import added_role, addition, keep
from handlers.desk import Desk
from handlers.faces import BRIEF, facts_of
from storage import cases, photos
from storage.tokens import Token

_PAGE = 5


def mine(desk: Desk, _call: Called) -> None:
    """我的报送."""
    _page(desk, 0)


def page(desk: Desk, token: Token) -> Toast | None:
    """Another page of 我的报送."""
    _page(desk, int(token.argument or 0))
    return None


def _page(desk: Desk, number: int) -> None:
    count = cases.count_of_reporter(desk.work, desk.person_id)
    shown = cases.of_reporter(desk.work, desk.person_id, _PAGE, number * _PAGE)
    options = [Option("open_case", str(case.id), name=case.number) for case in shown]
    if number > 0:
        options.append(Option("my_page", str(number - 1), label="previous"))
    if (number + 1) * _PAGE < count:
        options.append(Option("my_page", str(number + 1), label="next"))
    lines = [{**facts_of(desk, case, unmasked=True), "resident": True} for case in shown]
    facts: Facts = {"cases": lines, "count": count, "page": number + 1, "pages": -(-count // _PAGE)}
    actions = desk.actions(options, person=desk.person_id)
    desk.reply(Notice("my_cases" if count else "my_cases_none", facts, actions=actions, key="my"))


def open_case(desk: Desk, token: Token) -> Toast | None:
    """One case in full, as the newest message, in the view that fits whoever asks."""
    case = cases.load(desk.work, token.case or int(token.argument))
    cards.show(desk, case, view_for(desk.actor, case), desk.person_id)
    return None


def view_for(actor: Actor, case: Case) -> View:
    """The face of a case for somebody who opens it. Raises NotAllowed for whom it is none of their business."""
    if case.lead in actor.units:
        return View.LEAD
    if actor.of_office and case.request is not None:
        return View.REQUEST
    if actor.of_office:
        return View.TRIAGE
    if case.partner in actor.units or {case.place.community, case.place.street} & set(actor.areas):
        return View.CHECK
    if set(case.supervisors) & set(actor.units):
        return View.SUPERVISOR
    if actor.person in case.people:
        return View.REPORTER
    raise NotAllowed("not_allowed", number=case.number, verb="open")


def more(desk: Desk, token: Token) -> Toast:
    """更多: the whole text where the card had no room, the further pictures at once, then the pin on the map."""
    case = cases.load(desk.work, token.case or 0)
    view_for(desk.actor, case)
    if len(case.words) > BRIEF:
        words = case.words if desk.actor.of_office else masked(case.words)
        desk.reply(Notice("further_words", {"number": case.number, "full_words": words}), case.id)
    for photo in photos.of_case(desk.work, case.id):
        if photo.visible and photo.state != "lost":
            shown = (Picture(PictureRole.SINGLE, (photo.id,)),)
            desk.reply(Notice("further_picture", {"number": case.number}, pictures=shown), case.id)
    if case.place.lat is not None and case.place.lon is not None:
        pin = Geo(case.place.lat, case.place.lon)
        facts: Facts = {**facts_of(desk, case), "title": case.number, "address": case.place.name or ""}
        desk.reply(Notice("pin", facts, pin=pin), case.id)
    return Toast("sending")


def reply_to_card(desk: Desk, message: Said, case: Case) -> None:
    """A reply to a card belongs to that case: the lead's photo is the result, a reporter's words are an addition."""
    actor = desk.actor
    if case.lead in actor.units and any(item.kind.visible for item in message.media):
        acting.reply_with(desk, case, message)
    elif actor.person in case.people and case.open:
        keep(desk, message.media, added_role(case), case=case.id)
        given = addition(desk, case, message.text, desk.pinned)
        report.add_to(desk, case, desk.person_id, replace(given, photos=len(message.media)))
    else:
        report.said(desk, message)
