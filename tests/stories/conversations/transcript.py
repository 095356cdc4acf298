"""The demo's story played in a town: what the terminal shows of it, and the scenes that stand in the README."""

import re
from collections.abc import Mapping

from bot.demo.player import Player
from bot.demo.story import Crew, Story, read
from bot.sandbox import Group, Person
from tests.stories.conversations.book import ROOT
from tests.stories.town import Town

README = ROOT / "README.md"
SHOWN = (0, 2, 5)
"""The scenes that stand in the README."""

_PLACE = re.compile(r"(?<=<!-- demo -->\n).*?(?=<!-- /demo -->)", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[\d+m")
_TITLE = re.compile(r"\n─+\n")


async def told(town: Town) -> list[str]:
    """Every scene of the story as the terminal shows it."""
    story, lines = read(), list[str]()
    player = await cast(town, story, lines)
    await player.play()
    return _TITLE.split(_COLOUR.sub("", "\n".join(lines)))[1:]


async def cast(town: Town, story: Story, lines: list[str]) -> Player:
    """The people of the story, who have entered; what they see goes into `lines`."""
    people = {who: town.world.person(one.name, language="zh-hans") for who, one in story.people.items()}
    for who, one in story.people.items():
        if one.unit is not None:
            people[who].start(await town.invitation(one.unit))
    await town.settled()
    groups = {which: await _gathered(town, crew, people) for which, crew in story.groups.items()}
    return Player(story, town.world, people, groups, town.settled, lines.append)


async def _gathered(town: Town, crew: Crew, people: Mapping[str, Person]) -> Group:
    members = [people[who] for who in crew.members]
    group = town.world.group(crew.name, members)
    group.adds_bot(members[0], await town.invitation(crew.unit, "group"))
    await town.settled()
    return group


def readme(scenes: list[str]) -> str:
    """The README with the scenes that stand there as they are told now."""
    rule = "─" * 78
    shown = "\n\n".join(f"{rule}\n{scenes[number].strip()}" for number in SHOWN)
    return _PLACE.sub(f"\n```text\n{shown}\n```\n\n", README.read_text(encoding="utf-8"))
