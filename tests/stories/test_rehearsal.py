"""A rehearsal is never taken for the real thing."""

import asyncio
from pathlib import Path

from bot.clock import Anchor, RehearsalClock
from bot.photo_files import PhotoFiles
from bot.sandbox import Person
from bot.sandbox.pictures import picture
from bot.sweeper import Sweeper
from domain.case import State
from storage.district.files import Files
from storage.events import events_of
from tests.stories.said import said
from tests.stories.town import MORNING, Town, town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


async def test_whatever_arrives_in_a_rehearsal_says_so(tmp_path: Path, ximing: Files) -> None:
    """Cards, pictures and pins as well."""
    async with town(tmp_path / "var", ximing, settings={"rehearsal_start": MORNING}) as place:
        lead = await place.officer("老李", "D12")
        wang = await place.resident("王阿姨")
        wang.sends_album([picture("tyres", seed=1), picture("tyres", seed=2)], caption=TYRES)
        await place.settled()
        await place.press(wang, "提交")
        await place.press(lead, "更多")
        arrived = [bubble for person in (lead, wang) for bubble in person.chat if not bubble.mine]
        assert {bubble.kind for bubble in arrived} == {"text", "photo", "venue"}
        told = [bubble.text for bubble in arrived if bubble.kind != "venue"]
        told += [call["title"] for call in place.world.called("sendVenue")]
        assert [text for text in told if not text.startswith(said("phrase.rehearsal"))] == []


async def test_however_fast_time_runs_nothing_that_is_due_is_passed_over(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """挂账 for a week, at eleven days a second: the case goes on at the minute it was to go on."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "挂账")
    await town.says(lead, "等拆迁")
    await town.press(lead, "1 周")
    await town.press(office, "同意")
    until = (await town.case(NUMBER)).suspended_until
    clock = RehearsalClock(Anchor(town.clock.now(), 1_000_000))
    photos = PhotoFiles(town.config.data_dir / "photos")
    sweeper = Sweeper(town.house.store, town.house.guide, clock, photos, photos, town.house.wake)
    async with asyncio.timeout(10), asyncio.TaskGroup() as running:
        running.create_task(sweeper.pace_rehearsal(clock))
        while (await town.case(NUMBER)).state is State.SUSPENDED:
            pass
        sweeper.stop()
    case = await town.case(NUMBER)
    resumed = (await town.house.store.read(events_of, case.id))[-1]
    assert (resumed.verb, resumed.at) == ("resume", until)
