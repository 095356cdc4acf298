"""The office shuts somebody out who floods or insults: their messages have no effect, and they are told so honestly."""

from domain.errors import NotAllowed
from domain.messages import Acted, Called, Entered, Notice, Purpose, Said, Send, Strange
from handlers import account, report
from handlers.desk import Desk
from storage import drafts, outbox, people


def block(desk: Desk, person: int) -> None:
    """Shut a person out: what is under way comes to nothing, roles end, and nothing is sent there any more.

    Their cases go on. Only for the office; raises NotAllowed for others, and for one of the office.
    """
    _demand_office(desk)
    actor = people.actor(desk.work, person)
    if actor.of_office:
        raise NotAllowed("office_stays")
    draft = drafts.under_way(desk.work, person)
    if draft is not None:
        report.close(desk, draft)
    drafts.close_form(desk.work, person)
    people.end_roles(desk.work, person, desk.wall)
    for peer in people.peers_of(desk.work, person):
        outbox.drop_waiting(desk.work, peer, "blocked", desk.wall)
    people.set_blocked(desk.work, person, blocked=True)
    account.report_lost(desk, actor.units)


def unblock(desk: Desk, person: int) -> None:
    """Let a person in again, as a resident. Only for the office."""
    _demand_office(desk)
    people.set_blocked(desk.work, person, blocked=False)


def _demand_office(desk: Desk) -> None:
    if not desk.actor.of_office:
        raise NotAllowed("office_only")


def answer(desk: Desk, incoming: Said | Acted | Called | Entered | Strange) -> None:
    """Somebody who is shut out writes: a danger's number whenever there is one, besides one sentence a day."""
    if isinstance(incoming, Said) and desk.gist.numbers:
        desk.reply(Notice("danger", {"numbers": list(desk.gist.numbers)}))
    day, peer = desk.district.calendar.local_date(desk.wall), desk.private_peer
    dedupe = f"blocked:{desk.person_id}:{day}@{peer.channel}:{peer.id}"
    outbox.owe(desk.work, Send(peer, Notice("blocked"), Purpose.REPLY, dedupe), desk.wall)
