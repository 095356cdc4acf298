"""What other commands ask of the running bot over the control socket, and how they put it."""

import asyncio
import base64
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from bot import commands
from bot.clock import Clock, RehearsalClock
from bot.control import Answer
from bot.guide import Guide
from bot.waiting import either
from domain.errors import DomainError
from storage import inbox
from storage.district.differences import Difference
from storage.district.faults import DistrictFaults, Fault, Rule
from storage.district.files import Files
from storage.store import StorageError, Store

_GREETING = 5.0  # seconds


class Entry(Protocol):
    """Makes a link that brings somebody into our private chat, or us into a group chat, with a scene."""

    def __call__(self, scene: str, *, group: bool = False) -> str: ...


class Requests:
    """Serves them. The guide learns of a load once it is committed, so it takes effect at once."""

    def __init__(
        self,
        store: Store,
        guide: Guide,
        clock: Clock,
        entry: Entry,
        greeted: asyncio.Event,
        owed: Callable[[], None],
        arrived: Callable[[], None],
    ) -> None:
        self._store = store
        self._guide = guide
        self._clock = clock
        self._entry = entry
        self._greeted = greeted
        self._owed = owed
        self._arrived = arrived

    async def serve(self, request: Mapping[str, Any]) -> Answer:
        """Answer one request. What is refused, or cannot be done now, is an answer, too."""
        try:
            match request:
                case {"command": "load", "files": files}:
                    return await self._load(unpacked(files))
                case {"command": "invite", "unit": unit, "kind": kind, "area": area}:
                    return await self._invite(unit, kind, area)
                case {"command": "retry", "id": int(id_)}:
                    return await self._retry(id_)
                case {"command": "speed", "speed": float(speed)} if speed > 0:
                    return self._speed(speed)
                case _:
                    return {"error": "unknown_request", "facts": {}}
        except DistrictFaults as faults:
            return {"faults": [packed_fault(fault) for fault in faults.faults]}
        except DomainError as error:
            return {"error": error.kind, "facts": dict(error.facts)}
        except StorageError as error:
            return {"failed": "store", "why": str(error)}

    async def _load(self, files: Files) -> Answer:
        load = await self._store.run(commands.load, files, self._clock.now(), self._clock.wall())
        if load.changes:
            await self._guide.learn(self._store)
            self._owed()
        return {"ok": True, "changes": [packed_change(change) for change in load.changes], "dissolved": load.dissolved}

    async def _invite(self, unit: str | None, kind: str, area: str | None) -> Answer:
        """A link is made of our name, which a bot that is just starting has to ask for."""
        await either(self._greeted, _GREETING)
        if not self._greeted.is_set():
            return {"failed": "unreachable", "why": "TimeoutError"}
        now, wall = self._clock.now(), self._clock.wall()
        token, role = await self._store.run(commands.invitation, self._guide.district, unit, kind, area, now, wall)
        return {"ok": True, "link": self._entry(token, group=role.kind.of_group), "unit": role.unit, "area": role.area}

    def _speed(self, speed: float) -> Answer:
        """Only a rehearsal has a speed; the loop that paces it is woken, as what is due comes sooner or later now."""
        if not isinstance(self._clock, RehearsalClock):
            return {"error": "no_rehearsal", "facts": {}}
        self._clock.change_speed(speed)
        self._owed()
        return {"ok": True, "now": self._clock.now().isoformat()}

    async def _retry(self, id_: int) -> Answer:
        found = await self._store.run(inbox.retry_parked, id_)
        self._arrived()
        return packed_retry(id_, found=found)


def packed_retry(id_: int, *, found: bool) -> Answer:
    """Whether a message that was set aside waits again, as JSON takes it."""
    return {"ok": True, "id": id_} if found else {"error": "not_parked", "facts": {"id": id_}}


def packed(files: Files) -> Mapping[str, str]:
    """A district's files as JSON takes them."""
    return {name: base64.b64encode(content).decode() for name, content in files.items()}


def unpacked(files: Mapping[str, str]) -> Files:
    """The other way round."""
    return {name: base64.b64decode(content) for name, content in files.items()}


def packed_fault(fault: Fault) -> Mapping[str, Any]:
    """A fault in a district's files as JSON takes it."""
    return {
        "file": fault.file,
        "row": fault.row,
        "column": fault.column,
        "rule": fault.rule.value,
        "facts": dict(fault.facts),
    }


def unpacked_fault(packed_: Mapping[str, Any]) -> Fault:
    """The other way round."""
    return Fault(packed_["file"], packed_["row"], packed_["column"], Rule(packed_["rule"]), packed_["facts"])


def packed_change(change: Difference) -> Mapping[str, Any]:
    """A change to a file as JSON takes it."""
    return {"file": change.file, "added": change.added, "changed": change.changed, "removed": change.removed}
