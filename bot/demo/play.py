"""From an empty stage to the last line: load the district, start the bot, bind the people, play every step."""

import asyncio
import time

import typer

from bot.demo.player import Player
from bot.demo.story import Story, read
from bot.demo.theatre import DISTRICT, CommandFailed, Theatre, theatre
from bot.sandbox import Group, NothingHappenedError, Person


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
        async with stage.bot():
            people, groups = await _entered(stage, story)
            await stage.world.quiet()
            typer.echo(story.words["marked"])
            await Player(story, stage.world, people, groups, stage.world.quiet, typer.echo).play()
    seconds = round(time.monotonic() - began)
    typer.secho(f"\n✓ {story.words['done'].format(steps=story.steps, seconds=seconds)}", bold=True)


async def _entered(stage: Theatre, story: Story) -> tuple[dict[str, Person], dict[str, Group]]:
    """Everybody and every group of the story, by their keys."""
    entered = await asyncio.gather(*(_enter(stage, story, who) for who in story.people))
    people = dict(zip(story.people, entered, strict=True))
    return people, {which: await _gather(stage, story, which, people) for which in story.groups}


async def _enter(stage: Theatre, story: Story, who: str) -> Person:
    """Somebody takes their telephone; officers follow the link that the command line printed for them."""
    cast = story.people[who]
    person = stage.world.person(cast.name, language="zh-hans")
    if cast.unit is not None:
        link = (await stage.command("invite", cast.unit)).splitlines()[-1]
        person.follows(link)
        await stage.world.until(lambda: person.last is not None)
    return person


async def _gather(stage: Theatre, story: Story, which: str, people: dict[str, Person]) -> Group:
    """A group whose first member brings the bot in, by the link that the command line printed."""
    crew = story.groups[which]
    first, *others = (people[who] for who in crew.members)
    group = stage.world.group(crew.name, [first, *others])
    link = (await stage.command("invite", crew.unit, "--group")).splitlines()[-1]
    group.adds_bot(first, link.rpartition("startgroup=")[2])
    await stage.world.until(lambda: any(bubble.sender == stage.world.bot.first_name for bubble in group.chat))
    return group
