"""Every button there is: pressed by two at once, by the wrong person, when its time has passed, and as it is meant.

Half of the people read English, with `--reading en` all of them.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain.act import Filing
from domain.case import Reporter, State
from domain.gist import Place
from domain.life import Verb
from domain.notices import VERBS
from domain.workflow import file
from handlers import draft_buttons, press
from storage import cases
from storage.district.files import Files
from storage.store import Work
from tests.stories import buttons
from tests.stories.cast import TYRES, UNCLEAR, cast, play, press_old
from tests.stories.readers import new_mixed_world
from tests.stories.town import MORNING, Town, town


@pytest.fixture
async def place(tmp_path: Path, ximing: Files) -> AsyncIterator[Town]:
    """A town in which some read Chinese and some English."""
    async with town(tmp_path / "var", ximing, world=new_mixed_world()) as place:
        yield place


async def test_work(place: Town) -> None:
    people = await cast(place, "resident", "lead", "office")
    await people.reports()
    await people.opens()
    await play(people, buttons.WORK)
    await press_old(people)


async def test_return_and_check(place: Town) -> None:
    people = await cast(place, "resident", "lead", "partner", "office")
    await people.reports()
    second = people.parts["resident"][1]
    await place.says(second, TYRES)
    await place.press(second, "是同一个问题")
    await play(people, buttons.RETURN_AND_CHECK)
    await press_old(people)


async def test_endings(place: Town) -> None:
    people = await cast(place, "resident", "lead", "partner", "office")
    await people.reports()
    await people.reports()
    await play(people, buttons.WITHDRAWN)
    await press_old(people)
    await people.reports()
    await people.opens()
    await play(people, buttons.MERGED)
    await press_old(people)
    await people.reports(UNCLEAR, "说不清", "提交", "说不清", "提交")
    await play(people, buttons.REJECTED)
    await press_old(people)


async def test_the_office(place: Town) -> None:
    people = await cast(place, "resident", "lead", "office")
    await place.house.store.run(many, place)
    await people.reports()
    await people.opens()
    await play(people, buttons.THE_OFFICE)
    await press_old(people)


async def test_lists(place: Town) -> None:
    people = await cast(place, "lead", "office")
    await place.house.store.run(many, place, "1001")
    await place.house.store.run(many, place, "1001", state=State.CHECKING)
    await place.house.store.run(many, place, None, asked=True)
    await place.house.store.run(many, place, None, 1)
    await play(people, buttons.LISTS)


async def test_a_patrol(place: Town) -> None:
    people = await cast(place, "lead")
    await play(people, buttons.PATROL)
    await press_old(people)


async def test_what_residents_look_at(place: Town) -> None:
    people = await cast(place, "resident")
    await place.house.store.run(many, place)
    await people.reports()
    await play(people, buttons.RESIDENTS)
    await press_old(people)


async def test_a_draft(place: Town) -> None:
    people = await cast(place, "resident", "neighbour")
    for rows in buttons.DRAFTS:
        await play(people, rows)
        await press_old(people)


def many(work: Work, place: Town, /, category: str | None = "0901", count: int = 11, **as_it_stands: Any) -> None:
    """So many cases that every list has two pages."""
    for _ in range(count):
        there = Place(street="S01", community="S01C02")
        counted = cases.next_number(work, "N", MORNING.date())
        filing = Filing(
            f"XM-260421-{899 + int(counted[-3:])}", Reporter(1), MORNING, category, there, "井盖丢了", urgent=False
        )
        filed = file(filing, place.house.guide.district, MORNING)
        cases.add(work, replace(filed, case=replace(filed.case, **as_it_stands)))


def test_every_button_has_a_row() -> None:
    shown = {verb.value for verbs in VERBS.values() for verb in verbs}
    others = press.BUTTONS.keys() - {verb.value for verb in Verb}
    assert {row.button for row in buttons.ROWS} == shown | others | draft_buttons.BUTTONS.keys()
