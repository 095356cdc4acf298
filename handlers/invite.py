"""Invitations: a one-time link that binds whoever opens it to a unit or an area."""

import secrets

from domain.district import AreaLevel, District
from domain.errors import NotAllowed, NotFound
from domain.facts import Facts
from domain.messages import Called, Notice
from domain.people import Role, RoleKind
from handlers.desk import Desk
from storage import people


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
    """/invite UNIT, /invite volunteer AREA, /invite group UNIT, /invite bulletin: the office hands out a link."""
    if not desk.actor.of_office:
        raise NotAllowed("office_only")
    words = call.argument.split()
    if not words:
        desk.reply(Notice("invite_how", {"unbound": _unbound(desk)}))
        return
    if words[0].lower() in _GROUPS:
        _invite_group(desk, RoleKind(words[0].lower()), words[-1].upper())
        return
    volunteer = words[0].lower() in ("volunteer", "v") and len(words) > 1
    code = words[-1].upper()
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


def _unbound(desk: Desk) -> list[str]:
    """Units that answer for cases and have nobody bound yet, by code and name."""
    bound = people.bound_units(desk.work)
    units = desk.district.units.values()
    return [f"{unit.code} {unit.short_name}" for unit in units if unit.code not in bound]
