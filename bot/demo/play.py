"""From an empty stage to the last line: load the district, start the bot, bind the people, play every step."""

import asyncio
import time
from collections.abc import Sequence
from functools import partial

import typer

from bot.demo.player import Player
from bot.demo.story import Crew, Story, read
from bot.demo.theatre import DISTRICT, CommandFailed, Theatre, theatre
from bot.sandbox import Group, NothingHappenedError, Person

_PATIENCE = 40.0  # seconds until the bot has started and answers, or is quiet, on a machine that has other things to do


def play() -> int:
    """Play the story in the terminal. Returns the exit code: 0 only if every step happened."""
    story = read()
    try:
        asyncio.run(_play(story))
    except (NothingHappenedError, CommandFailed, LookupError) as error:
        typer.echo(f"\n✗ {error}", err=True)
        return 1
    return 0


async def _play(story: Story) -> None:
    began = time.monotonic()
    async with theatre() as stage:
        typer.echo(story.words["loading"])
        await stage.command("load", str(DISTRICT))
        links = await _links(stage, story)
        async with stage.bot():
            people, groups = await _entered(stage, story, links)
            settled = partial(stage.world.quiet, _PATIENCE)
            await settled()
            typer.echo(story.words["marked"])
            await Player(story, stage.world, people, groups, settled, typer.echo).play()
    seconds = round(time.monotonic() - began)
    typer.secho(f"\n✓ {story.words['done'].format(steps=story.steps, seconds=seconds)}", bold=True)


async def _links(stage: Theatre, story: Story) -> list[str]:
    """The links that bind everybody, then the groups. A bot that starts waits for no command but a short while."""
    units = [cast.unit for cast in story.people.values() if cast.unit is not None]
    return [
        *[await _link(stage, unit) for unit in units],
        *[await _link(stage, crew.unit, "--group") for crew in story.groups.values()],
    ]


async def _entered(stage: Theatre, story: Story, links: Sequence[str]) -> tuple[dict[str, Person], dict[str, Group]]:
    """Everybody and every group of the story, by their keys, bound by the links that the command line prints."""
    waiting = iter(links)
    people: dict[str, Person] = {}
    for who, cast in story.people.items():
        people[who] = stage.world.person(cast.name, language="zh-hans")
        if cast.unit is not None:
            people[who].follows(next(waiting))
    officers = [people[who] for who, cast in story.people.items() if cast.unit is not None]
    await stage.world.until(lambda: all(person.last is not None for person in officers), _PATIENCE)
    return people, {
        which: await _gathered(stage, crew, people, link)
        for (which, crew), link in zip(story.groups.items(), waiting, strict=True)
    }


async def _link(stage: Theatre, unit: str, *options: str) -> str:
    return (await stage.command("invite", unit, *options)).splitlines()[-1]


async def _gathered(stage: Theatre, crew: Crew, people: dict[str, Person], link: str) -> Group:
    """A group whose first member brings the bot in."""
    first, *others = (people[who] for who in crew.members)
    group = stage.world.group(crew.name, [first, *others])
    group.adds_bot(first, link.rpartition("startgroup=")[2])
    bot = stage.world.bot.first_name
    await stage.world.until(lambda: any(bubble.sender == bot for bubble in group.chat), _PATIENCE)
    return group
