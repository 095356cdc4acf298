"""From an empty stage to the last line: load the district, start the bot, bind the people, play every step."""

import asyncio
import time

import typer

from bot.demo.player import Player
from bot.demo.story import Story, read
from bot.demo.theatre import DISTRICT, CommandFailed, Theatre, theatre
from bot.sandbox import NothingHappenedError, Person


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
        typer.echo(await stage.command("load", str(DISTRICT)))
        async with stage.bot():
            entered = await asyncio.gather(*(_enter(stage, story, who) for who in story.people))
            people = dict(zip(story.people, entered, strict=True))
            await stage.world.quiet()
            typer.echo(story.words["marked"])
            player = Player(story, stage.world, people)
            for scene in story.scene:
                typer.echo(f"\n{'─' * 78}\n{scene.title}")
                for step in scene.step:
                    await player.perform(step)
    steps = sum(len(scene.step) for scene in story.scene)
    seconds = round(time.monotonic() - began)
    typer.echo(f"\n✓ {story.words['done'].format(steps=steps, seconds=seconds)}")


async def _enter(stage: Theatre, story: Story, who: str) -> Person:
    """Somebody takes their telephone; officers follow the link that the command line printed for them."""
    cast = story.people[who]
    person = stage.world.person(cast.name, language="zh-hans")
    if cast.unit is not None:
        link = (await stage.command("invite", cast.unit)).splitlines()[-1]
        person.follows(link)
        await stage.world.until(lambda: person.last is not None)
    return person
