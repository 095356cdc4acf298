"""The office shuts somebody out who floods or insults: their messages have no effect, and they are told so honestly."""

from domain.errors import NotAllowed, NotNow, Outdated
from domain.life import Verb
from domain.messages import Acted, Called, Entered, Notice, Purpose, Said, Send, Strange, Toast
from domain.people import demand, demand_office
from handlers import account, report
from handlers.desk import Desk
from handlers.looks import toggle
from storage import cases, drafts, outbox, patrols, people
from storage.tokens import Token


def block(desk: Desk, person: int) -> None:
    """Shut a person out: what is under way comes to nothing, roles end, and nothing is sent there any more.

    Their cases go on, and others make the checks that waited for them. Only for the office; raises NotAllowed for
    others, and for one of the office.
    """
    demand_office(desk.actor)
    actor = people.actor(desk.work, person)
    if actor.of_office:
        raise NotAllowed("office_stays")
    draft = drafts.under_way(desk.work, person)
    if draft is not None:
        report.close(desk, draft)
    drafts.keep_questions(desk.work, person, (), desk.wall)
    patrols.end(desk.work, person)
    people.end_roles(desk.work, person, desk.wall)
    for peer in people.peers_of(desk.work, person):
        outbox.drop_waiting(desk.work, peer, "blocked", desk.wall)
    people.set_blocked(desk.work, person, blocked=True)
    account.without(desk, actor.units, actor.areas)


def unblock(desk: Desk, person: int) -> None:
    """Let a person in again, as a resident. Only for the office."""
    demand_office(desk.actor)
    people.set_blocked(desk.work, person, blocked=False)


def answer(desk: Desk, incoming: Said | Acted | Called | Entered | Strange) -> None:
    """Somebody who is shut out writes: a danger's number whenever there is one, besides one sentence a day."""
    if isinstance(incoming, Said) and desk.gist.numbers:
        desk.reply(Notice("danger", {"numbers": list(desk.gist.numbers)}))
    day, peer = desk.district.calendar.local_date(desk.wall), desk.private_peer
    dedupe = f"blocked:{desk.person_id}:{day}@{peer.channel}:{peer.id}"
    outbox.owe(desk.work, Send(peer, Notice("blocked"), Purpose.REPLY, dedupe), desk.wall)


# --- the buttons ------------------------------------------------------------------------------------------------------


def block_pressed(desk: Desk, token: Token) -> Toast:
    """屏蔽: nothing more is taken from this person. Only a reporter of the case, and nobody who is bound."""
    case = cases.load(desk.work, token.case or 0)
    demand(desk.actor, Verb.LOOK, case)
    person = int(token.argument)
    if person not in case.people:
        raise Outdated("old_button")
    if people.actor(desk.work, person).roles:
        raise NotNow("is_bound", id=person)
    _set(desk, person, case.id, blocked=True)
    return Toast("blocked")


def unblock_pressed(desk: Desk, token: Token) -> Toast:
    """解除屏蔽: from the case, or from the list of those who are blocked."""
    _set(desk, int(token.argument), token.case, blocked=False)
    return Toast("unblocked")


def _set(desk: Desk, person: int, case: int | None, *, blocked: bool) -> None:
    """And leave a way back: with the case it leads to blocking again."""
    (block if blocked else unblock)(desk, person)
    options = [toggle(person, blocked=blocked)] if blocked or case else []
    actions = desk.actions(options, case=case, person=desk.person_id)
    notice = Notice(
        "person_blocked" if blocked else "person_unblocked", {"id": person}, actions=actions, key=f"block:{person}"
    )
    desk.reply(notice)
