"""What the command line asks of the store: loading a district, inviting. The same whether the bot runs or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.district import District
from domain.people import Role
from handlers import invite, loading
from handlers.desk import Desk
from storage import districts
from storage.district.files import Difference, Files, differences, parse
from storage.store import Work


@dataclass(frozen=True, slots=True)
class Load:
    """What a load did: what changed in which file, and how many cases came back to the office for it."""

    version: int
    changes: Sequence[Difference]
    dissolved: int = 0


class NoDistrict(Exception):
    """No district has been loaded yet."""


def current(work: Work) -> tuple[int, District]:
    """The district that counts, with the version of its load. Raises NoDistrict."""
    loaded = districts.newest(work)
    if loaded is None:
        raise NoDistrict
    return loaded.version, parse(loaded.files)


def load(work: Work, files: Files, now: datetime, wall: datetime) -> Load:
    """Load a district's files; the same again change nothing. Raises DistrictFaults, and then nothing is changed."""
    new = parse(files)
    newest = districts.newest(work)
    before = parse(newest.files) if newest else None
    changes = differences(before, new)
    if newest is not None and not changes:
        return Load(newest.version, ())
    version = districts.add(work, files, wall)
    desk = Desk(work, new, now, wall, f"load:{version}")
    return Load(version, changes, loading.dissolve(desk, before))


def invitation(
    work: Work, district: District, unit: str | None, kind: str, area: str | None, now: datetime, wall: datetime
) -> tuple[str, Role]:
    """A new invitation: its token and what it binds to. Raises NotFound naming the unit or area that does not exist."""
    role = invite.role_for(district, unit, kind, area)
    return invite.create(Desk(work, district, now, wall, "command"), role), role
