"""A person and us: coming in, the notice of what is kept, help, language, being bound by an invitation, leaving."""

from collections.abc import Iterable
from itertools import islice

from domain.case import Case
from domain.district import OFFICE
from domain.errors import NotAllowed, NotFound, NotNow
from domain.facts import Facts
from domain.messages import Called, Entered, Left, Notice, Peer, Strange, Toast
from domain.notices import Audience, View
from domain.option import Option
from domain.people import Role, RoleKind
from handlers import cards, menus
from handlers.desk import Desk
from handlers.faces import facts_of
from storage import cases, outbox, people
from storage.tokens import Token

LANGUAGES = ("zh", "en")
_AT_ONCE = 20

_MOST = 500
"""So many checks of a unit or an area are passed on when somebody goes."""


def entered(desk: Desk, entry: Entered) -> None:
    """Somebody comes in: for the first time, again, or by an invitation."""
    introduce(desk, again=not entry.scene)
    if entry.scene:
        accept(desk, entry.scene)


def introduce(desk: Desk, *, again: bool = False) -> None:
    """The notice at the first contact: what this is, what is kept and how long."""
    if desk.writer is None or (desk.writer.introduced and not again):
        return
    people.introduced(desk.work, desk.writer.id)
    settings = desk.district.settings
    facts: Facts = {"district": desk.district.name, "days": settings.photos_kept.days}
    desk.reply(Notice("welcome", facts))


def accept(desk: Desk, token: str) -> None:
    """Be bound by a one-time invitation. Opening one's own link again changes nothing; somebody else's is refused."""
    invitation = people.invitation(desk.work, token)
    if invitation is None:
        raise NotFound("no_invitation")
    if invitation.role.kind.of_group:
        raise NotAllowed("group_only")
    if not desk.knows(invitation.role):
        raise NotFound("no_invitation")
    if invitation.used_by == desk.person_id:
        desk.reply(_bound(desk, invitation.role))
        return
    if invitation.expires_at < desk.wall:
        raise NotNow("invitation_expired")
    if not people.use_invitation(desk.work, token, desk.person_id, desk.wall):
        raise NotNow("invitation_used")
    people.bind(desk.work, desk.person_id, invitation.role, desk.wall)
    desk.reply(_bound(desk, invitation.role))
    menus.show(desk, desk.person_id)
    _hand_over(desk, invitation.role)


def _bound(desk: Desk, role: Role) -> Notice:
    facts: Facts = {"unit": desk.unit_name(role.unit), "area": desk.area_name(role.area)}
    return Notice(f"bound_{role.kind.value}", facts)


def come_back(desk: Desk) -> None:
    """Who could not be reached for a while gets what waits for them; what came meanwhile was sent to nobody."""
    for role in desk.actor.roles:
        _hand_over(desk, role)


def _hand_over(desk: Desk, role: Role) -> None:
    """Whoever is newly bound gets what waits for them: open cases of the unit, and checks."""
    if role.kind is RoleKind.VOLUNTEER and role.area:
        _show_checks(desk, cases.checks_of_area(desk.work, role.area, _AT_ONCE))
    if role.unit:
        _show_all(desk, View.LEAD, cases.open_of_lead(desk.work, role.unit, _AT_ONCE))
        _show_checks(desk, cases.checks_of_partner(desk.work, role.unit, _AT_ONCE))
    if role.unit == OFFICE:
        _hand_over_office(desk)


def _hand_over_office(desk: Desk) -> None:
    """What is to be sorted and to be decided, what nobody can receive and what nobody else can check."""
    _show_all(desk, View.TRIAGE, cases.in_triage(desk.work, _AT_ONCE))
    _show_all(desk, View.REQUEST, cases.with_request(desk.work, _AT_ONCE))
    _show_checks(desk, cases.in_check(desk.work))
    unmanned = cases.unmanned(desk.work, _AT_ONCE)
    if unmanned:
        cards.list_unmanned(desk, unmanned, desk.person_id)


def _show_all(desk: Desk, view: View, found: Iterable[Case]) -> None:
    for case in found:
        cards.show(desk, case, view, desk.person_id)


def _show_checks(desk: Desk, found: Iterable[Case]) -> None:
    """The checks that are theirs to make: not of what they reported, the office's only where there is nobody else."""
    theirs = (case for case in found if desk.person_id in cards.audience(desk, Audience.CHECKERS, case))
    _show_all(desk, View.CHECK, islice(theirs, _AT_ONCE))


def help_(desk: Desk, _call: Called) -> None:
    """What one can do here, and what this person can do besides."""
    actor = desk.actor
    facts: Facts = {
        "units": [desk.unit_name(unit) for unit in actor.units],
        "areas": [desk.area_name(area) for area in actor.areas],
        "office": actor.of_office,
    }
    desk.reply(Notice("help", facts))


def report_help(desk: Desk, _call: Called) -> None:
    """How to report: no command is needed."""
    desk.reply(Notice("how_to_report"))


def language(desk: Desk, _call: Called) -> None:
    """Which language?"""
    options = [Option("language", code, label=f"language_{code}") for code in LANGUAGES]
    actions = desk.actions(options, person=desk.person_id)
    desk.set_aside(desk.person_id, "language")
    desk.reply(Notice("choose_language", actions=actions, key="language"))


def choose_language(desk: Desk, token: Token) -> Toast:
    """The person reads another language from now on."""
    people.set_language(desk.work, desk.person_id, token.argument)
    desk.reply(Notice("language_set", key="language"))
    menus.show(desk, desk.person_id)
    return Toast("noted")


def strange(desk: Desk, message: Strange) -> None:
    """Something we have no use for: an honest answer, and what can be sent instead."""
    desk.reply(Notice("strange", {"what": message.what.value}))


def unknown_command(desk: Desk, call: Called) -> None:
    """A command we do not know."""
    desk.reply(Notice("unknown_command", {"command": call.command[:32]}))


def left(desk: Desk, event: Left) -> None:
    """The person blocked us: nothing is sent there any more, and the office hears of cases that now have nobody."""
    outbox.drop_waiting(desk.work, event.peer, "left", desk.wall)
    person = people.known(desk.work, event.peer)
    if person is not None:
        lost(desk, person, event.peer)


def lost(desk: Desk, person: int, peer: Peer) -> None:
    """A chat cannot be reached any more; what follows from that is done once: see `without`."""
    if people.set_reachable(desk.work, peer, reachable=False):
        people.mistrust_menu(desk.work, peer)
        actor = people.actor(desk.work, person)
        without(desk, actor.units, actor.areas)


def without(desk: Desk, units: tuple[str, ...], areas: tuple[str, ...]) -> None:
    """Somebody who was bound to these is so no longer, or cannot be reached.

    The office hears of units left without anybody, and of their cases.
    """
    _report_lost(desk, units)
    pass_on_checks(desk, units, areas)


def pass_on_checks(desk: Desk, units: tuple[str, ...], areas: tuple[str, ...]) -> None:
    """A check that waited for somebody of these goes to whoever can make it now."""
    checks = [case for area in areas for case in cases.checks_of_area(desk.work, area, _MOST)]
    checks += [case for unit in units for case in cases.checks_of_partner(desk.work, unit, _MOST)]
    for case in {case.id: case for case in checks}.values():
        cards.pass_on_check(desk, case)


def _report_lost(desk: Desk, units: tuple[str, ...]) -> None:
    """Somebody of these units is gone. The office hears of those that have nobody left, and of their cases."""
    for unit in units:
        if not people.officers_of(desk.work, unit):
            checks = cases.checks_of_partner(desk.work, unit, _AT_ONCE)
            waiting = (*cases.open_of_lead(desk.work, unit, _AT_ONCE), *checks)
            facts: Facts = {"unit": desk.unit_name(unit), "cases": [facts_of(desk, case) for case in waiting]}
            desk.tell_office(Notice("office_unit_lost", facts))
