"""The demo: its story can be played, it notices what does not happen, and the README shows what it prints."""

from dataclasses import replace

import pytest

from bot.demo.story import read
from bot.sandbox import NothingHappenedError
from tests.stories.conversations.transcript import README, cast, readme, told
from tests.stories.town import Town


@pytest.mark.chinese("the story is played in Chinese")
async def test_the_readme_shows_what_the_demo_prints(ximing_town: Town) -> None:
    """`make conversations` writes it anew. All of the story is played, so all of it can be."""
    assert README.read_text(encoding="utf-8") == readme(await told(ximing_town))


async def test_the_demo_ends_when_something_is_not_said(ximing_town: Town) -> None:
    story = read()
    first = story.scene[0].step[0]
    player = await cast(ximing_town, story, [])
    with pytest.raises(NothingHappenedError):
        await player.perform(replace(first, sees=(("wang", "这句话没人说"),)), patience=0.2)


def test_every_step_of_the_demo_says_what_happens() -> None:
    """In a headline of its own."""
    headlines = [step.headline for scene in read().scene for step in scene.step]
    assert all(headlines)
    assert len(set(headlines)) == len(headlines)
