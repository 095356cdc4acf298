"""Invitations: a one-time link that binds whoever opens it to a unit or an area."""

import secrets

from domain.district import AreaLevel, District, UnitKind
from domain.errors import NotFound
from domain.facts import Facts
from domain.messages import Called, Notice
from domain.people import Role, RoleKind, demand_office
from handlers.desk import Desk
from storage import people

_NAMED = 8
"""So many units of a kind are named; the others are counted."""


def create(desk: Desk, role: Role) -> str:
    """A new invitation for a role. Returns its token, which is kept nowhere."""
    token = secrets.token_urlsafe(18)
    by = desk.writer.id if desk.writer else None
    expires_at = desk.wall + desk.district.settings.invitation_valid
    people.invite(desk.work, token, role, by=by, now=desk.wall, expires_at=expires_at)
    return token


def role_for(district: District, unit: str | None, kind: str, area: str | None) -> Role:
    """The role that is meant, checked against the district. Raises NotFound naming what does not exist.

    A volunteer is bound to an area: the one named, else that of the unit (a street or a community). A group chat is
    bound to a unit, or to none as one for the bulletin.
    """
    if kind == RoleKind.BULLETIN.value:
        return Role(RoleKind.BULLETIN)
    if kind == RoleKind.VOLUNTEER.value:
        code = area or unit or ""
        if code not in district.areas or district.areas[code].level is AreaLevel.DISTRICT:
            raise NotFound("no_such_area", code=code)
        return Role(RoleKind.VOLUNTEER, area=code)
    if unit not in district.units:
        raise NotFound("no_such_unit", code=unit or "")
    return Role(RoleKind.GROUP if kind == RoleKind.GROUP.value else RoleKind.OFFICER, unit=unit)


def invite(desk: Desk, call: Called) -> None:
    """/invite UNIT, /invite volunteer AREA, each by code or name: the office hands out a link in the chat.

    /invite group UNIT and /invite bulletin are for group chats.
    """
    demand_office(desk.actor)
    words = call.argument.split()
    volunteer = bool(words) and words[0].lower() in ("volunteer", "v")
    named = words[1:] if volunteer else words
    if not named:
        desk.reply(Notice("invite_how", {"unbound": _unbound(desk)}))
        return
    code = _code_of(desk.district, named[-1])
    if words[0].lower() in _GROUPS:
        _invite_group(desk, RoleKind(words[0].lower()), code)
        return
    kind = RoleKind.VOLUNTEER if volunteer else RoleKind.OFFICER
    role = role_for(desk.district, code, kind.value, code if volunteer else None)
    name = desk.area_name(code) if volunteer else desk.unit_name(code)
    facts: Facts = {"scene": create(desk, role), "name": name, "days": desk.district.settings.invitation_valid.days}
    desk.reply(Notice(f"invitation_{kind.value}", facts))


_GROUPS = frozenset(kind.value for kind in RoleKind if kind.of_group)


def _invite_group(desk: Desk, kind: RoleKind, code: str) -> None:
    """/invite group UNIT, /invite bulletin: a link that brings us into a group chat and binds it."""
    role = role_for(desk.district, code, kind.value, None)
    days = desk.district.settings.invitation_valid.days
    facts: Facts = {"scene": create(desk, role), "to_group": True, "name": desk.unit_name(role.unit), "days": days}
    desk.reply(Notice(f"invitation_{kind.value}", facts))


def _code_of(district: District, word: str) -> str:
    """The code of the one unit that is called so; else the word itself, as a code."""
    called = [unit.code for unit in district.units.values() if word in (unit.name, unit.short_name)]
    return called[0] if len(called) == 1 else word.upper()


def _unbound(desk: Desk) -> list[Facts]:
    """Of each kind of unit: how many there are, how many of them have nobody bound yet, and the first of those."""
    bound = people.bound_units(desk.work)
    found: list[Facts] = []
    for kind in UnitKind:
        units = [unit for unit in desk.district.units.values() if unit.kind is kind]
        missing = [unit.short_name for unit in units if unit.code not in bound]
        if missing:
            named: Facts = {"named": missing[:_NAMED], "others": max(0, len(missing) - _NAMED)}
            found.append({"unit_kind": kind.value, "total": len(units), "missing": len(missing), **named})
    return found
