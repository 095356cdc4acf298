"""Group chats: bound by an invitation, silent to everything that is not meant for us, told nothing personal ever."""

from datetime import timedelta

from domain.errors import NotAllowed, NotFound, NotNow
from domain.facts import Facts
from domain.messages import Action, Called, Entered, Group, Left, Moved, Notice, Said
from domain.notices import View
from domain.option import Option
from domain.people import RoleKind
from handlers import cards
from handlers.desk import Desk
from handlers.faces import PRESS
from storage import cases, groups, outbox, people

_AT_ONCE = 8
"""Cards a group gets when it is bound: Telegram lets us say twenty things a minute in one."""

_PRIVATE = Option("", label="private")
"""Opens our private chat."""

_MOVING = timedelta(minutes=10)
"""For how long after we seem to have been thrown out it can turn out that the group only moved on."""


def entered(desk: Desk, entry: Entered, group: Group) -> None:
    """We were added by an invitation link: the group is bound to what it says. Raises DomainError, which is told there.

    The link is used up; the same group can open it again and nothing changes.
    """
    if not entry.scene:
        return
    invitation = people.invitation(desk.work, entry.scene)
    if invitation is None:
        raise NotFound("no_invitation")
    role = invitation.role
    if not role.kind.of_group:
        raise NotAllowed("private_only")
    is_bound = any(bound.role == role for bound in groups.of_chat(desk.work, group))
    if not is_bound:
        if invitation.expires_at < desk.wall:
            raise NotNow("invitation_expired")
        if not people.use_invitation(desk.work, entry.scene, None, desk.wall):
            raise NotNow("invitation_used")
        groups.bind(desk.work, group, role, entry.language or "zh", desk.wall)
    desk.post(group, Notice(f"bound_{role.kind.value}", {"unit": desk.unit_name(role.unit)}))
    if not is_bound:
        _hand_over(desk, group)


def _hand_over(desk: Desk, group: Group) -> None:
    """The unit's open cases, the most pressing first; the others come as something happens to them."""
    for bound in groups.of_chat(desk.work, group):
        if bound.address == group and bound.role.kind is RoleKind.GROUP and bound.role.unit:
            for case in cases.open_of_lead(desk.work, bound.role.unit, _AT_ONCE):
                cards.show(desk, case, View.LEAD, bound)


def called(desk: Desk, _call: Called, group: Group) -> None:
    """A command in a group we belong to: what it does is personal, so it goes on in the private chat."""
    if groups.of_chat(desk.work, group):
        desk.post(group, Notice("group_private", actions=(Action("", _PRIVATE.label, link=""),)))


def replied(desk: Desk, message: Said, group: Group) -> None:
    """Somebody answers a card in the group: nothing is taken from there, and the way to the private chat is shown."""
    spoken = outbox.spoke_of(desk.work, group, message.reply_to) if message.reply_to else None
    if spoken is None or spoken[1] is None or not groups.of_chat(desk.work, group):
        return
    case = cases.load(desk.work, spoken[1])
    (button,) = desk.actions([Option("open_case", label="open")], case=case.id)
    link = Action(button.token, button.label, link=f"{PRESS}{button.token}")
    desk.post(group, Notice("group_reply", {"number": case.number}, actions=(link,)), case.id)


def left(desk: Desk, event: Left) -> None:
    """We were thrown out of a group, or it is gone."""
    if event.group is not None:
        lost(desk, event.group)


def lost(desk: Desk, group: Group) -> None:
    """A group cannot be reached any more: nothing waits for it, and the office hears what it was bound to."""
    outbox.drop_waiting(desk.work, group, "unreachable", desk.wall)
    for bound in groups.unbind(desk.work, group, desk.wall):
        outbox.drop_waiting(desk.work, bound.address, "unbound", desk.wall)
        facts: Facts = {"unit": desk.unit_name(bound.role.unit)}
        desk.tell_office(Notice(f"office_{bound.role.kind.value}_lost", facts))


def moved(desk: Desk, event: Moved) -> None:
    """The group goes on under another id: what is bound, what stands there and what waits goes along."""
    move(desk, event.group, event.to)


def move(desk: Desk, old: Group, new: Group) -> None:
    """As `moved`, also when only a refusal tells us of it."""
    groups.moved(desk.work, old, new, desk.wall, lately=desk.wall - _MOVING)
    outbox.moved(desk.work, old, new, desk.wall)
