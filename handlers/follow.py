"""Following a case: what I reported, one case in full, its further pictures and its place on the map."""

from dataclasses import replace

from domain.brief import cut_short
from domain.case import Case, State
from domain.errors import NotAllowed, NotNow
from domain.facts import Facts
from domain.gist import Kind
from domain.life import Verb
from domain.messages import Called, Geo, Notice, Picture, PictureRole, Said, Toast
from domain.notices import OF_RESIDENTS, VERBS, View
from domain.pages import turned_to
from domain.people import Actor, may
from domain.privacy import masked
from domain.workflow import possible
from handlers import acting, cards, listing, report
from handlers.belongings import added_role, addition, followed, hear, keep, result_lost
from handlers.desk import Desk
from handlers.faces import facts_of
from handlers.pictures import further, videos, voices
from storage import cases, photos
from storage.cards import cards_of
from storage.tokens import Token

_PAGE = 5


def mine(desk: Desk, _call: Called | None = None) -> None:
    """我的报送, as the newest message."""
    desk.set_aside(desk.person_id, "my_cases")
    _page(desk, 0)


def mine_pressed(desk: Desk, _token: Token) -> Toast | None:
    """我的报送, by its button on a card."""
    mine(desk)
    return None


def page(desk: Desk, token: Token) -> Toast | None:
    """Another page of 我的报送, where the first one stands."""
    _page(desk, int(token.argument or 0))
    return None


def _page(desk: Desk, number: int) -> None:
    page = turned_to(number, cases.count_of_reporter(desk.work, desk.person_id), _PAGE)
    shown = cases.of_reporter(desk.work, desk.person_id, page.size, page.offset)
    lines: list[Facts] = [{**facts_of(desk, case, unmasked=True), "resident": True} for case in shown]
    options = (*listing.opening(shown, "open_mine"), *page.turns("my_page"))
    listing.list_cases(desk, "my_cases", page, lines, options)


def open_case(desk: Desk, token: Token) -> Toast | None:
    """One case in full, as the newest message, in the view that fits whoever asks."""
    case = cases.load(desk.work, token.case or int(token.argument))
    cards.show(desk, case, view_for(desk.actor, case), desk.person_id)
    return None


def open_mine(desk: Desk, token: Token) -> Toast | None:
    """What somebody reported, as its reporter sees it, whatever else they are. A second look moves the card down."""
    case = cases.load(desk.work, token.case or int(token.argument))
    if desk.person_id not in case.people:
        raise NotAllowed("not_allowed", number=case.number, verb="open")
    cards.show(desk, case, View.REPORTER, desk.person_id)
    return None


def see_request(desk: Desk, token: Token) -> Toast | None:
    """看申请: the request that waits, to be decided."""
    _show_to_office(desk, token, View.REQUEST)
    return None


def beyond_request(desk: Desk, token: Token) -> Toast | None:
    """更多操作: the case of a request, with all else that the office can do to it."""
    _show_to_office(desk, token, View.TRIAGE)
    return None


def _show_to_office(desk: Desk, token: Token, view: View) -> None:
    case = cases.load(desk.work, token.case or 0)
    if not desk.actor.of_office:
        raise NotAllowed("not_allowed", number=case.number, verb="open")
    cards.show(desk, case, view, desk.person_id)


def view_for(actor: Actor, case: Case) -> View:
    """The face of a case for somebody who opens it. Raises NotAllowed for whom it is none of their business."""
    if case.lead in actor.units:
        return View.LEAD
    if case.state is State.CHECKING and may(actor, Verb.PASS, case):
        return View.CHECK
    if actor.of_office and case.request is not None:
        return View.REQUEST
    if actor.of_office:
        return View.TRIAGE
    if case.partner in actor.units or {case.place.community, case.place.street} & set(actor.areas):
        return View.CHECK
    if {*case.supervisors, case.overseer} & set(actor.units):
        return View.SUPERVISOR
    if actor.person in case.people:
        return View.REPORTER
    raise NotAllowed("not_allowed", number=case.number, verb="open")


def more(desk: Desk, token: Token) -> Toast:
    """更多: the whole texts where the card had no room, the further pictures at once, then the pin on the map.

    The office alone hears what was spoken; other files may tell who sent them, and go to nobody.
    """
    case = cases.load(desk.work, token.case or 0)
    view = view_for(desk.actor, case)
    view = View(token.argument) if token.argument else view
    for text in cut_short(case):
        words = text if desk.actor.of_office else masked(text)
        desk.reply(Notice("further_words", {"number": case.number, "full_words": words}), case.id)
    taken = photos.of_case(desk.work, case.id)
    for voice in voices(taken) if desk.actor.of_office else ():
        desk.reply(Notice("further_voice", {"number": case.number}, clip=voice.id), case.id)
    for video in videos(taken):
        desk.reply(Notice("further_video", {"number": case.number}, clip=video.id), case.id)
    for photo in further(view, case, taken):
        shown = (Picture(PictureRole.SINGLE, (photo.id,)),)
        facts: Facts = {"number": case.number, "shows": photo.role.value}
        desk.reply(Notice("further_picture", facts, pictures=shown), case.id)
    if case.place.lat is not None and case.place.lon is not None:
        pin = Geo(case.place.lat, case.place.lon)
        where: Facts = {**facts_of(desk, case), "title": case.number, "address": case.place.name or ""}
        desk.reply(Notice("pin", where, pin=pin), case.id)
    return Toast("sending")


# --- answering a card -------------------------------------------------------------------------------------------------


def reply_to_card(desk: Desk, message: Said, case: Case, key: str | None) -> None:
    """A reply to a card belongs to that case, and never begins a report.

    What the lead sends is the result, what a reporter sends an addition; others are asked what it is for, by the
    buttons of their card. What a reporter says of a merged case goes where that has gone. `key` is that of the message
    they answer.
    """
    view = _answered(desk, case, key)
    case = followed(desk, case.id) if view in OF_RESIDENTS else case
    if view in OF_RESIDENTS and case.open:
        keep(desk, message.media, added_role(case), case=case.id)
        hear(desk, message, case)
        given = addition(desk, case, message.text, desk.pinned)
        report.add_to(desk, case, desk.person_id, replace(given, photos=len(message.media)))
    elif view is View.LEAD and _is_result(desk, message, case):
        acting.begin_with(desk, case, Verb.REPLY, message)
    elif view in OF_RESIDENTS and desk.gist.kind is Kind.THANKS and not message.media:
        report.said(desk, message)
    else:
        _offer(desk, message, case, view)


def _is_result(desk: Desk, message: Said, case: Case) -> bool:
    """Whether what the lead sends, other than small talk, can be the result."""
    wanted = result_lost(case, photos.of_case(desk.work, case.id))
    able = wanted or Verb.REPLY in possible(case, desk.actor, desk.now, desk.district)
    return able and (bool(message.media) or desk.gist.kind is Kind.REPORT)


def _answered(desk: Desk, case: Case, key: str | None) -> View | None:
    """The face of the case that somebody answers: the card's; for other news of it, as if they opened it."""
    standing = (card for card in cards_of(desk.work, case.id) if (card.key, card.person) == (key, desk.person_id))
    view = next((View(card.view) for card in standing), None)
    if view is not None and VERBS[view]:
        return view
    try:
        return view_for(desk.actor, case)
    except NotAllowed:
        return None


def _offer(desk: Desk, message: Said, case: Case, view: View | None) -> None:
    """Ask what it is for. Raises NotNow where there is nothing that the person could do."""
    view = View.CLOSING if view in OF_RESIDENTS else view
    able = possible(case, desk.actor, desk.now, desk.district)
    verbs = tuple(verb for verb in VERBS[view] if verb in able and verb is not Verb.RATE) if view else ()
    if not verbs:
        raise NotNow("card_takes_nothing", number=case.number, state=case.state.value)
    acting.offer(desk, case, verbs, message)
