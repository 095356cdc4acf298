"""Many people at the same moment: everybody is answered, as if they were alone."""

from datetime import timedelta

import pytest

from bot.sandbox import Press
from tests.stories.said import said
from tests.stories.town import Town

CROWD = 40
"""More than are answered side by side."""


async def press_at_once(town: Town) -> list[Press]:
    """A crowd presses the same button on messages of their own."""
    people = [town.world.person(f"居民{number}", language="zh-hans") for number in range(CROWD)]
    for person in people:
        person.says("/language")
    await town.settled()
    return [person.presses("中文") for person in people]


async def test_everybody_in_a_crowd_is_answered(ximing_town: Town) -> None:
    """A press without an answer keeps its spinner for half a minute."""
    town = ximing_town
    town.world.faults.latency_ms = 20
    presses = await press_at_once(town)
    await town.settled()
    assert all(press.answer is not None for press in presses)


@pytest.mark.chinese("everybody chooses Chinese")
async def test_an_answer_that_has_waited_too_long_is_given_up(ximing_town: Town) -> None:
    """Telegram takes it no longer, and those behind it wait."""
    town = ximing_town
    town.world.faults.next("answerCallbackQuery", "hang", times=CROWD)
    presses = await press_at_once(town)
    people = [town.world.people[press.person.id] for press in presses]
    await town.world.until(lambda: all(person.sees(said("notice.language_set")) for person in people))
    town.clock.advance(timedelta(seconds=20))
    town.world.faults.clear()
    late = (await press_at_once(town))[0]
    await town.world.until(lambda: late.answer)
    assert all(press.answer is None for press in presses)
