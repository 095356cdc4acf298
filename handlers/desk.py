"""What every handler works at: the unit of work, the district, the time, and the means to tell people things.

A handler loads, decides, saves and owes. Nothing is sent here: what is owed stands in the outbox when the unit commits.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.district import OFFICE, District
from domain.gist import NOTHING, Gist, Place
from domain.messages import Action, Address, Group, Notice, Peer, Purpose, Send
from domain.option import Option
from domain.people import CLOCK, Actor, Role
from storage import outbox, people, tokens
from storage.groups import GroupChat
from storage.people import Person
from storage.store import Work

BUTTONS_HOLD = timedelta(days=180)
"""How long a button is remembered: after that it is answered with a general word."""

Recipient = int | GroupChat
"""Whom a message is for: a person, by id, or a group chat."""

UPDATES_WAIT = timedelta(seconds=1)
"""For how long a changed card waits for further changes. Machine time."""


@dataclass(slots=True)
class Desk:
    """One unit's place of work.

    `now` is product time (cases), `wall` machine time (chats, drafts, deliveries); both aware, UTC. `cause` names what
    started the unit: whatever is owed carries it, so that nothing is owed twice. `gist` and `pinned` are what was
    understood of the message before the unit began. `writer` is who wrote, `peer` their private chat; both None when
    the clock is at work. `group` is the group chat in which they pressed a button: whatever is personal is said in the
    private chat all the same.
    """

    work: Work
    district: District
    now: datetime
    wall: datetime
    cause: str
    gist: Gist = NOTHING
    pinned: Place | None = None
    writer: Person | None = None
    peer: Peer | None = None
    group: Group | None = None
    _owed: int = field(default=0)

    @property
    def person_id(self) -> int:
        """Who wrote. Only for handlers of what people send."""
        if self.writer is None:
            raise ValueError("nobody wrote: the clock is at work")
        return self.writer.id

    @property
    def private_peer(self) -> Peer:
        """The private chat of whoever wrote."""
        if self.peer is None:
            raise ValueError("nobody wrote: the clock is at work")
        return self.peer

    @property
    def actor(self) -> Actor:
        """Whoever wrote, with all their roles; the clock where nobody did."""
        return people.actor(self.work, self.writer.id) if self.writer else CLOCK

    def unit_name(self, code: str | None) -> str:
        """A unit's short name; nothing for none, or for one that is gone."""
        unit = self.district.units.get(code or "")
        return unit.short_name if unit else ""

    def category_name(self, code: str | None) -> str:
        """A category's name; nothing for none, the bare code for one that is gone from the data."""
        category = self.district.categories.get(code or "")
        return category.name if category else code or ""

    def area_name(self, code: str | None) -> str:
        """A street's, community's or village's name; nothing for none."""
        area = self.district.areas.get(code or "")
        return area.name if area else ""

    def knows(self, role: Role) -> bool:
        """Whether what a role is bound to is still there."""
        unit, area = role.unit, role.area
        return (unit is None or unit in self.district.units) and (area is None or area in self.district.areas)

    def reply(self, notice: Notice, case: int | None = None) -> None:
        """Answer whoever wrote, in their private chat."""
        if self.peer is not None:
            self._owe(self.peer, notice, Purpose.REPLY, case)

    def post(self, group: Group, notice: Notice, case: int | None = None) -> None:
        """Answer in a group chat what was asked there. Nothing personal is ever said so."""
        self._owe(group, notice, Purpose.REPLY, case)

    def tell(self, to: Recipient, notice: Notice, case: int | None = None) -> None:
        """Owe somebody a notice, in every chat in which they can be reached."""
        purpose = Purpose.REPLY if self._writes(to) else Purpose.NOTIFY
        for address in self.addresses(to):
            self._owe(address, notice, purpose, case)

    def update(self, to: Recipient, notice: Notice, case: int | None = None) -> None:
        """Owe somebody a new version of a card that stands with them.

        Whoever just acted sees it at once; for others it waits a moment, so that several changes become one and new
        messages go first.
        """
        if self._writes(to):
            self.tell(to, notice, case)
            return
        for address in self.addresses(to):
            self._owe(address, notice, Purpose.NOTIFY, case, not_before=self.wall + UPDATES_WAIT)

    def _writes(self, to: Recipient) -> bool:
        """Whether this is who just wrote, or the group chat in which they pressed."""
        if isinstance(to, GroupChat):
            return self.group is not None and self.group.id == to.address.id
        return self.writer is not None and to == self.writer.id

    def addresses(self, to: Recipient) -> tuple[Address, ...]:
        """The chats in which somebody can be reached."""
        return (to.address,) if isinstance(to, GroupChat) else people.peers_of(self.work, to)

    def tell_office(self, notice: Notice, case: int | None = None) -> bool:
        """Owe every officer of the office a notice. Returns whether there is one."""
        officers = people.officers_of(self.work, OFFICE)
        for officer in officers:
            self.tell(officer, notice, case)
        return bool(officers)

    def retract(self, to: Recipient, key: str) -> None:
        """Take a message back wherever it stands with somebody."""
        for address in self.addresses(to):
            outbox.retract(self.work, address, key, self.wall)

    def set_aside(self, person: int, key: str) -> None:
        """What is asked for anew comes at the bottom of the chat: the message under this key goes, the key is free."""
        for peer in people.peers_of(self.work, person):
            outbox.set_aside(self.work, peer, key, self.wall)

    def actions(
        self,
        options: Iterable[Option],
        *,
        case: int | None = None,
        draft: int | None = None,
        version: int = 0,
        person: int | None = None,
        hold: timedelta = BUTTONS_HOLD,
    ) -> tuple[Action, ...]:
        """Buttons for options, each a row that says what a press does and to what, and for how long it holds."""
        return tuple(
            self._action(option, tokens.Token(option.verb, option.argument, case, draft, version, person), hold)
            for option in options
        )

    def _action(self, option: Option, token: tokens.Token, hold: timedelta) -> Action:
        name = tokens.issue(self.work, token, self.wall + hold)
        facts = {"name": option.name} if option.name else {}
        return Action(name, option.label, facts, option.style)

    def _owe(
        self, to: Address, notice: Notice, purpose: Purpose, case: int | None, not_before: datetime | None = None
    ) -> None:
        self._owed += 1
        where = f"{to.channel}:{to.id}"
        send = Send(to, notice, purpose, f"{self.cause}#{self._owed}@{where}", case, not_before)
        outbox.owe(self.work, send, self.wall)
