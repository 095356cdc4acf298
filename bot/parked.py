"""`parked`: messages that could not be worked off, for whoever maintains the bot: listed, shown, tried again."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar

import typer

from bot.config import Config
from bot.errands import asked, configured, explained
from bot.requests import packed_retry
from bot.terminal import Terminal
from storage import inbox
from storage.engines import open_store
from storage.inbox import Parked
from storage.store import Work

cli = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="List the messages that were set aside; show one of them, or try it again.",
)

P = ParamSpec("P")
T = TypeVar("T")

Language = Annotated[str, typer.Option("--language", help="zh or en")]
Id = Annotated[int, typer.Argument(help="the number of the message, as the list gives it")]

_MOST = 1000


@cli.callback()
def list_all(context: typer.Context, language: Language = "zh") -> None:
    """List the messages that were set aside; show one of them, or try it again."""
    if context.invoked_subcommand is not None:
        return
    terminal = Terminal(language)
    config = configured(terminal)
    found = _read(terminal, config, inbox.list_parked, _MOST)
    raise typer.Exit(terminal.parked([_line(one, config) for one in found]))


@cli.command()
def show(id_: Annotated[int, Id], language: Language = "zh") -> None:
    """Print one of them with all that was written in it: keep it to yourself."""
    terminal = Terminal(language)
    config = configured(terminal)
    found = _read(terminal, config, inbox.find_parked, id_)
    if found is None:
        raise typer.Exit(terminal.retried(packed_retry(id_, found=False)))
    typer.echo(_line(found, config))
    typer.echo(_legible(found.payload))


@cli.command()
def retry(id_: Annotated[int, Id], language: Language = "zh") -> None:
    """Let one of them wait again, before all later ones of its chat."""
    terminal = Terminal(language)
    config = configured(terminal)
    answer = asked(terminal, config, {"command": "retry", "id": id_}, lambda: _retry_here(config, id_))
    raise typer.Exit(terminal.retried(answer))


async def _retry_here(config: Config, id_: int) -> Mapping[str, Any]:
    store = await open_store(config.store_url)
    try:
        return packed_retry(id_, found=await store.run(inbox.retry_parked, id_))
    finally:
        await store.close()


def _read(
    terminal: Terminal, config: Config, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """What a unit reads; a running bot is not asked."""

    async def look() -> T:
        store = await open_store(config.store_url, read_only=True)
        try:
            return await store.read(unit, *args, **kwargs)
        finally:
            await store.close()

    with explained(terminal):
        return asyncio.run(look())


def _line(one: Parked, config: Config) -> str:
    """One of them without a word of what was written."""
    at = one.parked_at.astimezone(config.timezone).isoformat(sep=" ", timespec="seconds")
    return f"{one.id}  {at}  {one.channel}  {one.error}"


def _legible(payload: bytes) -> str:
    """The payload laid out, if it is JSON; nothing in it can steer the terminal."""
    try:
        text = json.dumps(json.loads(payload), indent=1, ensure_ascii=False)
    except (ValueError, RecursionError):
        text = payload.decode(errors="backslashreplace")
    return "".join(char if char.isprintable() or char == "\n" else ascii(char)[1:-1] for char in text)
