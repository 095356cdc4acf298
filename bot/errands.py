"""How a command is done: what the environment says, here or by the running bot, errors as sentences."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError

from bot import commands, control, rehearsal
from bot.archive import BrokenArchive
from bot.backup import AlreadyThere
from bot.clock import machine_time
from bot.commands import NoDistrict
from bot.config import BadSetting, Config, NoToken
from bot.control import NotRunning
from bot.logs import set_up_logs
from bot.requests import Entry, packed_change
from bot.telegram.errors import WrongToken
from bot.terminal import Terminal
from domain.errors import DomainError
from storage.engines import open_store
from storage.store import Locked, StorageError

_TURNS, _TURN = 20, 0.5
"""How often a command tries to get at a store that somebody else holds, and for how many seconds each time."""


def configured(terminal: Terminal, *, quiet: bool = True) -> Config:
    """What the environment says, and logs that follow it; a command that ends by itself logs only errors."""
    try:
        config = Config()
    except ValidationError as error:
        names = ", ".join(f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors())
        raise terminal.failed("bad_setting", what=names) from None
    set_up_logs(config, quiet=quiet)
    return config


def asked(
    terminal: Terminal,
    config: Config,
    request: Mapping[str, Any],
    here: Callable[[], Awaitable[Mapping[str, Any]]],
) -> Mapping[str, Any]:
    """Do it here when the store is free, else ask the bot that holds it."""

    async def either() -> Mapping[str, Any]:
        for _ in range(_TURNS):
            try:
                return await here()
            except Locked:
                try:
                    return await control.ask(config.socket, request, patience=_TURN)
                except NotRunning:
                    continue  # it is just starting or ending, or another command holds the store
        raise NotRunning

    with explained(terminal):
        answer = asyncio.run(either())
    match answer:
        case {"failed": "unreachable", "why": why}:
            raise terminal.failed("unreachable", why=why)
        case {"failed": _, "why": why}:
            raise terminal.failed("store", why=why)
    return answer


def told(terminal: Terminal, config: Config, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Tell the running bot; when none runs, that is said."""
    with explained(terminal):
        try:
            return asyncio.run(control.ask(config.socket, request, patience=_TURN))
        except NotRunning:
            raise terminal.failed("not_running") from None


async def load_here(config: Config, files: Mapping[str, bytes]) -> Mapping[str, Any]:
    """Load a district's files. Raises DistrictFaults, and Locked when somebody else holds the store."""
    config.data_dir.mkdir(parents=True, exist_ok=True)
    store = await open_store(config.store_url)
    try:
        clock = await rehearsal.clock_for(config, store)
        done = await store.run(commands.load, files, clock.now(), clock.wall())
    finally:
        await store.close()
    return {"ok": True, "changes": [packed_change(change) for change in done.changes], "dissolved": done.dissolved}


async def invite_here(config: Config, terminal: Terminal, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make an invitation. Raises Locked when somebody else holds the store."""
    store = await open_store(config.store_url)
    try:
        entry = await entry_of(config, terminal)
        now = machine_time()
        _, district = await store.read(commands.current)
        make = commands.invitation
        token, role = await store.run(make, district, request["unit"], request["kind"], request["area"], now, now)
    except NoDistrict:
        return {"error": "no_district", "facts": {}}
    except DomainError as error:
        return {"error": error.kind, "facts": dict(error.facts)}
    finally:
        await store.close()
    return {"ok": True, "link": entry(token, group=role.kind.of_group), "unit": role.unit, "area": role.area}


async def entry_of(config: Config, terminal: Terminal) -> Entry:
    """What makes links into the bot's chat; Telegram is asked for its name."""
    from bot import app  # noqa: PLC0415 - half a second of imports that few commands wait for

    return await app.entry(config, terminal.words)


@contextmanager
def explained(terminal: Terminal) -> Iterator[None]:
    """What keeps a command from doing its work is said in a sentence; then it leaves with 1."""
    try:
        yield
    except NoToken:
        raise terminal.failed("no_token") from None
    except WrongToken as error:
        raise terminal.failed("wrong_token", why=str(error)) from None
    except BadSetting as error:
        raise terminal.failed("bad_setting", what=str(error)) from None
    except NoDistrict:
        raise terminal.failed("no_district") from None
    except NotRunning:
        raise terminal.failed("locked") from None
    except AlreadyThere as error:
        raise terminal.failed("already_there", path=str(error)) from None
    except BrokenArchive as error:
        raise terminal.failed("broken_archive", why=str(error)) from None
    except ConnectionError as error:
        raise terminal.failed("unreachable", why=str(error)) from None
    except (StorageError, OSError) as error:
        raise terminal.failed("store", why=str(error)) from None
