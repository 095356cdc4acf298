"""`/_world/…`: driving the world from another process or from a page, in JSON.

Every path below is a POST with a JSON object (photo and file: the raw bytes, parameters in the query); what comes back
is JSON. Refused requests get 400 (a mistake of the caller), 404 (no such person, group or message) or 403 (a page of
another origin).
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox.activity import NothingHappenedError
from bot.sandbox.deeds import DEEDS
from bot.sandbox.errors import too_many
from bot.sandbox.groups import Group
from bot.sandbox.people import Person
from bot.sandbox.shapes import Json
from bot.sandbox.world import World

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Control:
    """The handlers."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def people(self, _: web.Request) -> Any:
        """GET /_world/people"""
        return [{"id": p.id, "name": p.user.first_name, "language": p.user.language_code} for p in self._people()]

    async def add_person(self, request: web.Request) -> Any:
        """POST /_world/people {name, language?, username?, id?}"""
        wanted = await _wanted(request)
        person = self._world.person(
            wanted["name"],
            language=wanted.get("language", ""),
            username=wanted.get("username", ""),
            person_id=wanted.get("id"),
        )
        return {"id": person.id}

    async def groups(self, _: web.Request) -> Any:
        """GET /_world/groups"""
        return [{"id": g.id, "title": g.room.facts["title"], "bot": g.bot_status} for g in self._world.groups.values()]

    async def add_group(self, request: web.Request) -> Any:
        """POST /_world/groups {title, members: [id, …], supergroup?, forum?, privacy?}"""
        wanted = await _wanted(request)
        group = self._world.group(
            wanted["title"],
            [self._world.people[int(one)] for one in wanted.get("members", [])],
            supergroup=bool(wanted.get("supergroup")),
            forum=bool(wanted.get("forum")),
            privacy=bool(wanted.get("privacy", True)),
        )
        return {"id": group.id}

    async def look(self, request: web.Request) -> Any:
        """GET /_world/people/<id> or /_world/groups/<id>: everything on the screen now"""
        place = self._world.place(int(request.match_info["id"]))
        if isinstance(place, Group):
            return {"chat": [shown.as_json() for shown in place.chat]}
        person = self._world.people[int(request.match_info["id"])]
        return {
            "chat": [shown.as_json() for shown in person.chat],
            "keyboard": person.keyboard,
            "toasts": [{"text": toast.text, "alert": toast.alert} for toast in person.toasts],
            "menu": self._world.settings.menu(person.id, person.user.language_code),
        }

    async def act(self, request: web.Request) -> Any:
        """POST /_world/people/<id>/<deed>: a name of DEEDS"""
        deed = DEEDS[request.match_info["deed"]]
        person = self._world.people[int(request.match_info["id"])]
        return deed(self._world, person, await _wanted(request)) or {}

    async def fault(self, request: web.Request) -> Any:
        """POST /_world/faults {method, what, times?} | {down: bool} | {latency_ms} | {clear: true}

        `what`: a status, the name of a mishap, or {retry_after: seconds}.
        """
        wanted = await _wanted(request)
        faults = self._world.faults
        if wanted.get("clear"):
            faults.clear()
        if "method" in wanted:
            what = wanted["what"]
            what = too_many(int(what["retry_after"])) if isinstance(what, dict) else what
            faults.next(wanted["method"], what, times=int(wanted.get("times", 1)))
        if "down" in wanted:
            faults.down() if wanted["down"] else faults.up()
        faults.latency_ms = float(wanted.get("latency_ms", faults.latency_ms))
        return {}

    async def push(self, request: web.Request) -> Any:
        """POST /_world/updates: any update whatever | {redeliver: update_id or null}"""
        wanted = await _wanted(request)
        if "redeliver" in wanted:
            return {"update_id": self._world.redeliver(wanted["redeliver"])}
        return {"update_id": self._world.push_raw(wanted)}

    async def state(self, request: web.Request) -> Any:
        """GET /_world/state?changed_since=n: waits up to 25 s for more than n changes, then counts and complaints"""
        since = int(request.query.get("changed_since", -1))
        try:
            async with asyncio.timeout(25):
                while self._world.activity.count <= since:
                    await self._world.activity.next()
        except TimeoutError:
            pass  # nothing new is an answer too
        return {
            "changes": self._world.activity.count,
            "pending": self._world.updates.pending,
            "calls": len(self._world.calls),
            "complaints": self._world.complaints,
        }

    async def quiet(self, request: web.Request) -> Any:
        """POST /_world/quiet {timeout?}: waits until the bot has dealt with everything"""
        wanted = await _wanted(request)
        await self._world.quiet(timeout=float(wanted.get("timeout", 10)))
        return {}

    async def picture(self, request: web.Request) -> web.Response:
        """GET /_world/files/<file_ref>"""
        file = self._world.files.by_unique(request.match_info["ref"])
        if file is None:
            raise LookupError("no such file")
        return web.Response(body=file.data, content_type=file.mime or "application/octet-stream")

    def _people(self) -> list[Person]:
        return list(self._world.people.values())


def add_routes(app: web.Application, world: World) -> None:
    """Puts the control surface below `/_world/`."""
    control = Control(world)
    app.router.add_get("/_world/people", _guarded(control.people))
    app.router.add_post("/_world/people", _guarded(control.add_person))
    app.router.add_get("/_world/groups", _guarded(control.groups))
    app.router.add_post("/_world/groups", _guarded(control.add_group))
    app.router.add_get("/_world/{people:people|groups}/{id:-?[0-9]+}", _guarded(control.look))
    app.router.add_post("/_world/people/{id:[0-9]+}/{deed}", _guarded(control.act))
    app.router.add_post("/_world/faults", _guarded(control.fault))
    app.router.add_post("/_world/updates", _guarded(control.push))
    app.router.add_get("/_world/state", _guarded(control.state))
    app.router.add_post("/_world/quiet", _guarded(control.quiet))
    app.router.add_get("/_world/files/{ref}", _guarded(control.picture))


def _guarded(handler: Callable[[web.Request], Awaitable[Any]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """JSON out, mistakes as 400 and 404, and no page of another origin may drive the world."""

    async def guarded(request: web.Request) -> web.Response:
        if not _is_own(request):
            return web.json_response({"error": "only pages of this machine may do this"}, status=403)
        try:
            answer = await handler(request)
        except LookupError as missing:
            return web.json_response({"error": f"there is no {missing}"}, status=404)
        except (ValueError, TypeError, NothingHappenedError) as mistake:
            return web.json_response({"error": str(mistake)}, status=400)
        return answer if isinstance(answer, web.Response) else web.json_response(answer)

    return guarded


def _is_own(request: web.Request) -> bool:
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    origin = request.headers.get("Origin", "")
    return host in LOOPBACK and origin in ("", f"http://{request.host}")


async def _wanted(request: web.Request) -> Json:
    """The parameters: of the query and of a JSON body; any other body comes under `body`."""
    wanted: Json = dict(request.query)
    body = await request.read()
    if request.content_type != "application/json":
        return {**wanted, "body": body, "mime": wanted.get("mime") or request.content_type}
    read = json.loads(body) if body else {}
    if not isinstance(read, dict):
        raise TypeError("a JSON object is expected")
    return {**wanted, **read}
