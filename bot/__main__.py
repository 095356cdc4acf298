"""The command line: run, demo, load, invite, posters, check, parked, looks, backup, restore, move, speed."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import backup, commands, parked
from bot.config import Config, described
from bot.errands import asked, configured, entry_of, explained, invite_here, load_here, told
from bot.logs import uncaught
from bot.requests import packed, packed_fault
from bot.telegram.errors import ReceiverStalled
from bot.telegram.links import deep_link, is_name
from bot.terminal import Terminal
from domain.district import District
from domain.errors import DomainError
from domain.people import RoleKind
from storage.district.faults import DistrictFaults
from storage.district.files import read
from storage.engines import is_postgres, open_store
from storage.looks import Look, newest

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Residents report with a photo, the right unit puts it right, somebody else checks.",
    epilog="Environment:\n\n\b\n" + described(),
    rich_markup_mode=None,
)

cli.add_typer(parked.cli, name="parked")

Language = Annotated[str, typer.Option("--language", help="zh or en")]


@cli.command()
def run(language: Language = "zh") -> None:
    """Run the bot until SIGTERM; it drains and stops within 10 seconds."""
    from bot import app  # noqa: PLC0415 - half a second of imports that no other command waits for

    terminal = Terminal(language)
    config = configured(terminal, quiet=False)
    sys.excepthook = uncaught
    with explained(terminal):
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
    config = configured(terminal)
    try:
        files = read(directory)
        request = {"command": "load", "files": packed(files)}
        answer = asked(terminal, config, request, lambda: load_here(config, files))
    except DistrictFaults as faults:
        answer = {"faults": [packed_fault(fault) for fault in faults.faults]}
    raise typer.Exit(terminal.loaded(answer, directory))


@cli.command()
def invite(
    unit: Annotated[
        str,
        typer.Argument(help="code of the unit (D02, S05, S05C02, O01), for a volunteer of the area; or: bulletin"),
    ],
    role: Annotated[RoleKind, typer.Option(help="what the invitation makes of somebody")] = RoleKind.OFFICER,
    area: Annotated[str | None, typer.Option(help="code of the street or community a volunteer looks after")] = None,
    group: Annotated[
        bool, typer.Option("--group", help="bind a group chat: the unit's, or one for the bulletin")
    ] = False,
    language: Language = "zh",
) -> None:
    """Print a one-time invitation link, valid 7 days. The office's first officer comes from here: invite O01.

    With --group it brings the bot into a group chat: invite D02 --group, invite bulletin --group.
    """
    terminal = Terminal(language)
    config = configured(terminal)
    kind = _group_kind(unit) if group else role
    request = {"command": "invite", "unit": unit.upper(), "kind": kind.value, "area": area.upper() if area else None}
    answer = asked(terminal, config, request, lambda: invite_here(config, terminal, request))
    raise typer.Exit(terminal.invited(answer))


def _group_kind(unit: str) -> RoleKind:
    return RoleKind.BULLETIN if unit.lower() == RoleKind.BULLETIN.value else RoleKind.GROUP


@cli.command()
def posters(
    directory: Annotated[Path, typer.Argument(help="the folder they are written to: a PNG each, and one PDF of all")],
    area: Annotated[str | None, typer.Option(help="code of a street or community; the whole district if none")] = None,
    bot: Annotated[str | None, typer.Option(help="the bot's user name; Telegram is asked if it is not given")] = None,
    language: Language = "zh",
) -> None:
    """Draw posters (A4) with codes to scan: whoever reports from one need not say where it is."""
    from bot import posters as printing  # noqa: PLC0415 - drawing is no part of a bot that runs

    terminal = Terminal(language)
    config = configured(terminal)
    if bot is not None and not is_name(bot.removeprefix("@")):
        raise terminal.failed("bad_name", name=bot)
    with explained(terminal):
        district, entry = asyncio.run(_printing(config, terminal, bot and bot.removeprefix("@")))
    try:
        places = printing.places_in(district, area.upper() if area else None)
    except DomainError as error:
        raise typer.Exit(terminal.refused(error)) from None
    if not printing.worth_printing(places):
        raise terminal.failed("no_places")
    wanted = [
        (place.id, printing.poster_of(place, district, terminal.words, entry))
        for place in printing.worth_printing(places)
    ]
    try:
        terminal.counted(printing.print_all(directory, wanted), len(wanted))
    except OSError as error:
        raise terminal.failed("not_written", folder=directory, why=error.strerror) from None
    raise typer.Exit(terminal.printed(directory, len(wanted), len(places) - len(wanted)))


async def _printing(config: Config, terminal: Terminal, bot: str | None) -> tuple[District, Callable[[str], str]]:
    """The district, and what makes links into the bot's chat."""
    store = await open_store(config.store_url, read_only=True)
    try:
        _, district = await store.read(commands.current)
    finally:
        await store.close()
    return district, partial(deep_link, bot) if bot else await entry_of(config, terminal)


@cli.command()
def check(language: Language = "zh") -> None:
    """Say for each need of a running bot: ok, or what to do. Exit 1 when something is wrong."""
    from bot import checkup  # noqa: PLC0415 - see run

    terminal = Terminal(language)
    config = configured(terminal)

    async def look() -> bool:
        fine = True
        async for finding in checkup.findings(config, terminal.words):
            terminal.found(finding)
            fine = fine and finding.ok
        return fine

    raise typer.Exit(0 if asyncio.run(look()) else 1)


@cli.command("backup")
def back_up(
    file: Annotated[Path, typer.Argument(help="the archive to be made, such as bot-2026-04-21.tar")],
    language: Language = "zh",
) -> None:
    """Copy all that is kept into one file. The bot may run on meanwhile; the file must be a new one."""
    terminal = Terminal(language)
    config = configured(terminal)
    _in_a_file(terminal, config)
    with explained(terminal):
        made = backup.make(config, file, terminal.show)
    raise typer.Exit(terminal.backed_up(made, file))


def _in_a_file(terminal: Terminal, config: Config) -> None:
    """PostgreSQL has tools of its own to be backed up with."""
    if is_postgres(config.store_url):
        raise terminal.failed("backup_elsewhere", folder=config.photos)


@cli.command()
def restore(
    file: Annotated[Path, typer.Argument(help="an archive that backup has made")], language: Language = "zh"
) -> None:
    """Bring back what a backup holds. All of it or nothing, over nothing else, and only while the bot is stopped."""
    terminal = Terminal(language)
    config = configured(terminal)
    _in_a_file(terminal, config)
    with explained(terminal):
        manifest = backup.restore(config, file, terminal.show)
    raise typer.Exit(terminal.restored(manifest, file))


@cli.command()
def move(
    source: Annotated[Path, typer.Argument(metavar="FROM", help="the SQLite database, such as var/bot.db")],
    target: Annotated[str, typer.Argument(metavar="TO", help="an empty PostgreSQL database: postgresql://…")],
    language: Language = "zh",
) -> None:
    """Move a district from SQLite to PostgreSQL while no bot runs; all of it, compared row by row, or nothing.

    The source stays as it is, and the photos stay where they are. A password need not be typed here: libpq finds it in
    ~/.pgpass.
    """
    from storage.moving import move as copied  # noqa: PLC0415 - it needs the driver of PostgreSQL

    terminal = Terminal(language)
    configured(terminal)
    if not is_postgres(target):
        raise terminal.failed("not_postgres")
    if not source.is_file():
        raise terminal.failed("no_database", path=source)
    with explained(terminal), terminal.show("moving") as progress:
        counts = copied(source, target, progress)
    raise typer.Exit(terminal.moved(counts))


@cli.command()
def looks(
    last: Annotated[int, typer.Option(min=1, help="how many, the newest first")] = 50, language: Language = "zh"
) -> None:
    """List who of the office looked at who reported a case, when and why."""
    terminal = Terminal(language)
    config = configured(terminal)

    async def read_() -> Sequence[Look]:
        store = await open_store(config.store_url, read_only=True)
        try:
            return await store.read(newest, last)
        finally:
            await store.close()

    with explained(terminal):
        raise typer.Exit(terminal.looked(asyncio.run(read_()), config.timezone))


@cli.command()
def speed(
    times: Annotated[float, typer.Argument(min=0.001, help="so many times faster than the machine's time")],
    language: Language = "zh",
) -> None:
    """Let the rehearsal that runs go on at another speed, from the product time it has reached."""
    terminal = Terminal(language)
    config = configured(terminal)
    raise typer.Exit(terminal.sped(told(terminal, config, {"command": "speed", "speed": float(times)}), times))


@cli.command()
def demo() -> None:
    """Play the whole story against a Telegram at home: no account, no token, under a minute."""
    from bot.demo import play  # noqa: PLC0415 - the sandbox is no part of a bot that runs

    raise typer.Exit(play())


if __name__ == "__main__":
    cli()
