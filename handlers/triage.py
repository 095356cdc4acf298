"""/triage: the office goes through what waits, one case after another, the oldest first; the next comes by itself.

Which case somebody is at is told by the card of the view `sorting` that stands with them; there is one at a time.
"""

from domain.case import Case, State
from domain.facts import Facts
from domain.messages import Called, Notice, Toast
from domain.notices import View
from domain.option import Option
from domain.pages import turned_to
from domain.people import demand_office
from handlers import cards, listing
from handlers.desk import Desk
from handlers.faces import facts_of
from storage import cases
from storage.cards import sorting_card
from storage.tokens import Token


def begin(desk: Desk, _call: Called | None = None) -> None:
    """/triage, from the first case."""
    demand_office(desk.actor)
    _show_next(desk, None)


def begin_again(desk: Desk, _token: Token) -> Toast | None:
    """Once more, for those that were passed over."""
    begin(desk)
    return None


def skip(desk: Desk, token: Token) -> Toast | None:
    """下一件: this case stays as it is."""
    demand_office(desk.actor)
    _show_next(desk, cases.load(desk.work, token.case or 0))
    return None


def decided(desk: Desk, before: Case) -> None:
    """Somebody did something to a case. Where they were at it and need not stay, the next one comes.

    It has left triage then, or a reporter is asked. Its card is kept up to date as the office's others.
    """
    if before.state is not State.TRIAGE:
        return
    after = cases.load(desk.work, before.id)
    standing = sorting_card(desk.work, desk.person_id)
    stays = after.state is State.TRIAGE and after.asked == before.asked
    if stays or standing is None or standing[0] != before.id:
        return
    cards.show(desk, after, View.TRIAGE, desk.person_id, standing[1].key)
    _show_next(desk, before)


def asked(desk: Desk, _token: Token) -> Toast | None:
    """The cases that wait for an answer of a reporter."""
    desk.set_aside(desk.person_id, "asked_list")
    _asked(desk, 0)
    return None


def asked_page(desk: Desk, token: Token) -> Toast | None:
    """Another page of these."""
    _asked(desk, int(token.argument))
    return None


def _asked(desk: Desk, number: int) -> None:
    demand_office(desk.actor)
    page = turned_to(number, cases.triage_line(desk.work).asked, listing.SIZE)
    shown = cases.asked_in_triage(desk.work, page.size, page.offset)
    lines = [facts_of(desk, case, unmasked=True) for case in shown]
    listing.list_cases(desk, "asked_list", page, lines, (*listing.opening(shown), *page.turns("asked_page")))


def _show_next(desk: Desk, before: Case | None) -> None:
    """The next case behind this one, as the newest message; a word when there is none."""
    standing = sorting_card(desk.work, desk.person_id)
    if standing is not None:
        cards.take_back(desk, standing[0], standing[1], desk.person_id)
    found = cases.next_in_triage(desk.work, before)
    if found is not None:
        cards.show(desk, found, View.SORTING, desk.person_id)
    else:
        _end(desk)


def _end(desk: Desk) -> None:
    line = cases.triage_line(desk.work)
    options = [Option("triage_again", label="triage_again")] if line.waiting else []
    options += [Option("triage_asked", label="triage_asked")] if line.asked else []
    facts: Facts = {"waiting": line.waiting, "asked": line.asked}
    desk.set_aside(desk.person_id, "triage_end")
    actions = desk.actions(options, person=desk.person_id)
    desk.reply(Notice("triage_skipped" if line.waiting else "triage_done", facts, actions=actions, key="triage_end"))
