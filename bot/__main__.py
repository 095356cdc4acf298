"""The command line: python -m bot run | demo | load | invite | check."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from bot import app, checkup, commands, control, rehearsal
from bot.clock import machine_time
from bot.commands import NoDistrict
from bot.config import BadSetting, Config, described
from bot.control import NotRunning
from bot.logs import set_up_logs, uncaught
from bot.requests import packed, packed_change, packed_fault
from bot.telegram.errors import ReceiverStalled, WrongToken
from bot.terminal import Terminal
from domain.errors import DomainError
from domain.people import RoleKind
from storage.district.faults import DistrictFaults
from storage.district.files import read
from storage.store import Locked, StorageError, open_store

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Residents report with a photo, the right unit puts it right, somebody else checks.",
    epilog="Environment:\n\n\b\n" + described(),
    rich_markup_mode=None,
)

_TURNS, _TURN = 20, 0.5
"""How often a command tries to get at a store that somebody else holds, and for how many seconds each time."""

Language = Annotated[str, typer.Option("--language", help="zh or en")]


@cli.command()
def run(language: Language = "zh") -> None:
    """Run the bot until SIGTERM; it drains and stops within 10 seconds."""
    terminal = Terminal(language)
    config = _configured(terminal, quiet=False)
    sys.excepthook = uncaught
    with _explained(terminal):
        try:
            asyncio.run(app.run(config))
        except ReceiverStalled as error:
            raise terminal.failed("stalled", why=str(error)) from None


@cli.command()
def load(
    directory: Annotated[Path, typer.Argument(help="the folder with the district's files")], language: Language = "zh"
) -> None:
    """Check a district's files, all of them first, and load them; takes effect in a running bot."""
    terminal = Terminal(language)
    config = _configured(terminal)
    try:
        files = read(directory)
        request = {"command": "load", "files": packed(files)}
        answer = _asked(terminal, config, request, lambda: _load_here(config, files))
    except DistrictFaults as faults:
        answer = {"faults": [packed_fault(fault) for fault in faults.faults]}
    raise typer.Exit(terminal.loaded(answer, directory))


async def _load_here(config: Config, files: Mapping[str, bytes]) -> Mapping[str, Any]:
    config.data_dir.mkdir(parents=True, exist_ok=True)
    store = await open_store(config.store_url)
    try:
        clock = await rehearsal.clock_for(config, store)
        done = await store.run(commands.load, files, clock.now(), clock.wall())
    finally:
        await store.close()
    return {"ok": True, "changes": [packed_change(change) for change in done.changes], "dissolved": done.dissolved}


@cli.command()
def invite(
    unit: Annotated[str, typer.Argument(help="code of the unit (D02, S05, S05C02, O01), for a volunteer of the area")],
    role: Annotated[RoleKind, typer.Option(help="what the invitation makes of somebody")] = RoleKind.OFFICER,
    area: Annotated[str | None, typer.Option(help="code of the street or community a volunteer looks after")] = None,
    language: Language = "zh",
) -> None:
    """Print a one-time invitation link, valid 7 days. The office's first officer comes from here: invite O01."""
    terminal = Terminal(language)
    config = _configured(terminal)
    request = {"command": "invite", "unit": unit.upper(), "kind": role.value, "area": area.upper() if area else None}
    answer = _asked(terminal, config, request, lambda: _invite_here(config, terminal, request))
    raise typer.Exit(terminal.invited(answer))


async def _invite_here(config: Config, terminal: Terminal, request: Mapping[str, Any]) -> Mapping[str, Any]:
    store = await open_store(config.store_url)
    try:
        entry = await app.entry(config, terminal.words)
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
    return {"ok": True, "link": entry(token), "unit": role.unit, "area": role.area}


@cli.command()
def check(language: Language = "zh") -> None:
    """Say for each need of a running bot: ok, or what to do. Exit 1 when something is wrong."""
    terminal = Terminal(language)
    config = _configured(terminal)

    async def look() -> bool:
        fine = True
        async for finding in checkup.findings(config, terminal.words):
            terminal.found(finding)
            fine = fine and finding.ok
        return fine

    raise typer.Exit(0 if asyncio.run(look()) else 1)


@cli.command()
def demo() -> None:
    """Play the whole story against a Telegram at home: no account, no token, under a minute."""
    from bot.demo import play  # noqa: PLC0415 - the sandbox is no part of a bot that runs

    raise typer.Exit(play())


def _configured(terminal: Terminal, *, quiet: bool = True) -> Config:
    """What the environment says, and logs that follow it; a command that ends by itself logs only errors."""
    try:
        config = Config()
    except ValidationError as error:
        names = ", ".join(f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors())
        raise terminal.failed("bad_setting", what=names) from None
    set_up_logs(config, quiet=quiet)
    return config


def _asked(
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

    with _explained(terminal):
        answer = asyncio.run(either())
    match answer:
        case {"failed": "unreachable", "why": why}:
            raise terminal.failed("unreachable", why=why)
        case {"failed": _, "why": why}:
            raise terminal.failed("store", why=why)
    return answer


@contextmanager
def _explained(terminal: Terminal) -> Iterator[None]:
    """What keeps a command from doing its work is said in a sentence; then it leaves with 1."""
    try:
        yield
    except app.NoToken:
        raise terminal.failed("no_token") from None
    except WrongToken as error:
        raise terminal.failed("wrong_token", why=str(error)) from None
    except BadSetting as error:
        raise terminal.failed("bad_setting", what=str(error)) from None
    except NoDistrict:
        raise terminal.failed("no_district") from None
    except NotRunning:
        raise terminal.failed("locked") from None
    except ConnectionError as error:
        raise terminal.failed("unreachable", why=str(error)) from None
    except (StorageError, OSError) as error:
        raise terminal.failed("store", why=str(error)) from None


if __name__ == "__main__":
    cli()
