"""So many reports a day: then a friendly no. Nothing is lost, and a danger is never refused."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import Person
from domain.case import State
from storage.district.files import Files
from tests.stories.said import said
from tests.stories.town import Town, town

PLACES = ("滨江公园", "长江农贸市场", "江畔家园", "长江花鸟鱼市")
DAY = timedelta(days=1)


@pytest.fixture
async def strict_town(tmp_path: Path, ximing: Files) -> AsyncIterator[Town]:
    """A town where a resident may report twice a day, a volunteer three times."""
    settings = ximing["district.toml"].decode()
    settings = settings.replace("reports_a_day_resident = 20", "reports_a_day_resident = 2")
    settings = settings.replace("reports_a_day_volunteer = 200", "reports_a_day_volunteer = 3")
    async with town(tmp_path / "var", {**ximing, "district.toml": settings.encode()}) as place:
        yield place


async def reports(place: Town, person: Person, count: int) -> None:
    """Somebody reports so many things, one after the other."""
    for name in PLACES[:count]:
        await place.passes(timedelta(minutes=11))
        await place.reports(person, f"{name}的井盖丢了")


async def one_more(place: Town, person: Person) -> None:
    """Somebody wants to report one thing more."""
    await place.passes(timedelta(minutes=11))
    await place.says(person, "江畔家园门口路灯不亮")


def held(person: Person) -> int:
    """How often somebody was told that it is enough for today."""
    return sum(said("notice.held") in bubble.text for bubble in person.chat)


async def test_after_the_last_of_the_day_the_draft_waits_for_tomorrow(strict_town: Town) -> None:
    town = strict_town
    wang = await town.resident("王阿姨")
    await reports(town, wang, 2)
    await one_more(town, wang)
    await town.press(wang, "提交", "提交")
    assert said("refused.enough_today") in wang.toasts[-1].text
    await town.passes(timedelta(hours=3))
    await town.passes(timedelta(hours=3))
    assert held(wang) == 1
    await town.passes(DAY / 2)
    assert (await town.case("XM-260422-001")).state is State.DISPATCHED
    assert "XM-260422-001" in town.seen(wang, said("notice.filed_by_itself"))


async def test_left_alone_it_says_so_once_and_can_be_submitted_tomorrow(strict_town: Town) -> None:
    town = strict_town
    wang = await town.resident("王阿姨")
    await reports(town, wang, 2)
    await one_more(town, wang)
    for _ in range(5):
        await town.passes(timedelta(minutes=30))
    assert held(wang) == 1
    town.clock.advance(DAY - timedelta(hours=4))
    await town.press(wang, "提交")
    assert (await town.case("XM-260422-001")).category == "0902"


async def test_a_danger_is_never_refused(strict_town: Town) -> None:
    town = strict_town
    wang = await town.resident("王阿姨")
    await reports(town, wang, 2)
    await one_more(town, wang)
    await town.press(wang, "提交")
    await town.says(wang, "还有燃气味，很浓")
    assert "119" in [bubble.text for bubble in wang.chat if not bubble.mine][-1]
    await town.passes(timedelta(minutes=3))
    assert (await town.case("XM-260421-003")).urgent


async def test_a_volunteer_may_report_more(strict_town: Town) -> None:
    town = strict_town
    liu = await town.volunteer("刘大爷", "S01C01")
    await reports(town, liu, 3)
    await one_more(town, liu)
    await town.press(liu, "提交")
    assert held(liu) == 1


async def test_one_persons_reports_are_not_anothers(strict_town: Town) -> None:
    town = strict_town
    wang, zhang = await town.resident("王阿姨"), await town.resident("张叔")
    await reports(town, wang, 2)
    await reports(town, zhang, 2)
    assert (held(wang), held(zhang)) == (0, 0)
