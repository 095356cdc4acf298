"""Who may do what.

`may` is the only place that grants; it looks at all roles of a person and at the case, never at a chat.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.case import Case, Part
from domain.district import OFFICE
from domain.errors import NotAllowed, OwnWork
from domain.life import EDGES, Verb


class RoleKind(StrEnum):
    """`officer` of a unit, `volunteer` of an area (a street or a community). A resident needs no role.

    A group chat is bound, too: as the `group` in which a unit works, or as one that the `bulletin` goes to.
    """

    OFFICER = "officer"
    VOLUNTEER = "volunteer"
    GROUP = "group"
    BULLETIN = "bulletin"

    @property
    def of_group(self) -> bool:
        """What a group chat is bound to, and no person."""
        return self in (RoleKind.GROUP, RoleKind.BULLETIN)


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody, or a group chat, is bound to by an invitation: a unit, or an area (volunteer)."""

    kind: RoleKind
    unit: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with all their roles. `person` None is the clock."""

    person: int | None
    roles: tuple[Role, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """The units this person is an officer of."""
        return tuple(role.unit for role in self.roles if role.kind is RoleKind.OFFICER and role.unit)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas this person is a volunteer of."""
        return tuple(role.area for role in self.roles if role.kind is RoleKind.VOLUNTEER and role.area)

    @property
    def of_office(self) -> bool:
        """An officer of the office."""
        return OFFICE in self.units


CLOCK = Actor(None)


def _reporter(actor: Actor, case: Case) -> bool:
    return actor.person in case.people


def _lead(actor: Actor, case: Case) -> bool:
    return case.lead is not None and case.lead in actor.units


def _stands_apart(actor: Actor, case: Case) -> bool:
    """Nobody of the lead checks, and nobody checks what they reported or did themselves."""
    return not (_lead(actor, case) or _reporter(actor, case) or actor.person == case.replied_by)


def _could_check(actor: Actor, case: Case) -> bool:
    paired = case.partner is not None and case.partner in actor.units
    near = bool({case.place.community, case.place.street} & set(actor.areas))
    return paired or near or actor.of_office


def _checker(actor: Actor, case: Case) -> bool:
    return _could_check(actor, case) and _stands_apart(actor, case)


PARTS: dict[Part, Callable[[Actor, Case], bool]] = {
    Part.REPORTER: _reporter,
    Part.NEIGHBOUR: lambda actor, _: actor.person is not None,
    Part.LEAD: _lead,
    Part.CHECKER: _checker,
    Part.SUPERVISOR: lambda actor, case: bool(set(case.supervisors) & set(actor.units)),
    Part.OFFICE: lambda actor, _: actor.of_office,
    Part.CLOCK: lambda actor, _: actor.person is None,
}


def may(actor: Actor, verb: Verb, case: Case) -> Part | None:
    """The part in which `actor` may do `verb` to `case`; None when they may not."""
    return next((part for part in EDGES[verb].who if PARTS[part](actor, case)), None)


def demand(actor: Actor, verb: Verb, case: Case) -> Part:
    """As `may`, but raises `NotAllowed` (or `OwnWork`, which says why a checker must be somebody else)."""
    part = may(actor, verb, case)
    if part is not None:
        return part
    if Part.CHECKER in EDGES[verb].who and _could_check(actor, case):
        raise OwnWork("own_work", number=case.number)
    raise NotAllowed("not_allowed", verb=verb.value, number=case.number)


def demand_office(actor: Actor) -> None:
    """Raises `NotAllowed` for whoever is not of the office: where there is no single case to ask `demand` about."""
    if not actor.of_office:
        raise NotAllowed("office_only")


def unit_of(actor: Actor, part: Part, case: Case) -> str | None:
    """The unit for which somebody acts in a part; None for reporters, volunteers and the clock."""
    candidates = {
        Part.LEAD: (case.lead,),
        Part.OFFICE: (OFFICE,),
        Part.CHECKER: (case.partner, OFFICE),
        Part.SUPERVISOR: case.supervisors,
    }.get(part, ())
    return next((unit for unit in candidates if unit in actor.units), None)
