"""The menu of commands: everybody's own, by what they are bound to and in their language."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import NO_LIMITS, Person, RefusedError, World, too_many
from bot.sandbox.errors import bad, forbidden
from domain import menus
from handlers import sweeps
from storage.district.files import Files
from tests.stories.test_people import unbind
from tests.stories.town import Town, TownClock, town

EVERYBODY = list(menus.EVERYBODY)


def menu(place: Town, person: Person) -> list[str]:
    """The commands that somebody's telephone offers."""
    return [command["command"] for command in place.world.settings.menu(person.id, person.user.language_code)]


def word(place: Town, person: Person, command: str) -> str:
    """What stands beside a command there."""
    offered = place.world.settings.menu(person.id, person.user.language_code)
    return next(str(one["description"]) for one in offered if one["command"] == command)


@pytest.mark.chinese("two who read different languages")
async def test_a_resident_sees_what_everybody_can_do(ximing_town: Town, wang: Person) -> None:
    ann = await ximing_town.resident("Ann", language="en")
    assert menu(ximing_town, wang) == menu(ximing_town, ann) == EVERYBODY
    assert (word(ximing_town, wang, "my"), word(ximing_town, ann, "my")) == ("我的报送", "My reports")


async def test_whoever_is_bound_sees_what_they_can_do_now(ximing_town: Town, lead: Person, office: Person) -> None:
    assert menu(ximing_town, lead)[:2] == ["todo", "checks"]
    assert "triage" not in menu(ximing_town, lead)
    assert {"triage", "find", "people", "invite"} < set(menu(ximing_town, office))
    volunteer = await ximing_town.volunteer("小周", "S01C01")
    assert menu(ximing_town, volunteer) == ["checks", "patrol", *EVERYBODY]


async def test_whoever_is_unbound_sees_it_no_longer(ximing_town: Town, lead: Person, office: Person) -> None:
    await unbind(ximing_town, office, "区交通局")
    assert menu(ximing_town, lead) == EVERYBODY


async def test_the_menu_speaks_the_language_that_was_chosen(ximing_town: Town, lead: Person) -> None:
    """Whatever language the telephone speaks."""
    await ximing_town.says(lead, "/language")
    await ximing_town.press(lead, "English")
    assert word(ximing_town, lead, "todo") == "Cases to do"


async def test_nothing_is_left_of_the_menu_of_whoever_is_forgotten(ximing_town: Town, lead: Person) -> None:
    town = ximing_town
    await town.says(lead, "/forgetme")
    await town.press(lead, "确定删除")
    assert menu(town, lead) == EVERYBODY
    assert not [scope for scope, _ in town.world.settings.commands if str(lead.id) in scope]


async def test_a_menu_is_no_message(ximing_town: Town, lead: Person) -> None:
    """It stands in no chat, and is sent again only when it has changed."""
    town = ximing_town
    before = len(town.world.called("setMyCommands")), len(lead.chat)
    await town.sweep(sweeps.menus_fit)
    await town.settled()
    assert (len(town.world.called("setMyCommands")), len(lead.chat)) == before


@pytest.mark.parametrize("fault", [bad("BOT_COMMANDS_TOO_MUCH"), too_many(3600)], ids=str)
async def test_a_menu_that_is_not_taken_holds_up_nothing_and_is_made_up_for(
    ximing_town: Town, fault: RefusedError
) -> None:
    town = ximing_town
    await town.resident("王阿姨")
    town.world.faults.next("setMyCommands", fault)
    lead = await town.officer("老李", "D12")
    assert menu(town, lead) == EVERYBODY
    await town.says(lead, "/todo")
    assert town.seen(lead, "没有待办")
    await town.sweep(sweeps.menus_fit)
    await town.settled()
    assert menu(town, lead)[0] == "todo"


async def test_whoever_was_gone_when_the_menu_came_finds_it_once_they_are_back(ximing_town: Town) -> None:
    town = ximing_town
    await town.resident("王阿姨")
    town.world.faults.next("setMyCommands", forbidden("bot was blocked by the user"))
    lead = await town.officer("老李", "D12")
    assert menu(town, lead) == EVERYBODY
    await town.says(lead, "/todo")
    await town.sweep(sweeps.menus_fit)
    await town.settled()
    assert menu(town, lead)[0] == "todo"


async def test_a_menu_that_is_owed_survives_the_end_of_the_process(tmp_path: Path, ximing: Files) -> None:
    """It stands in the outbox, committed with what changed it."""
    world, clock = World(limits=NO_LIMITS), TownClock()
    async with town(tmp_path / "var", ximing, clock, world) as place:
        await place.resident("王阿姨")
        world.faults.next("setMyCommands", 500)
        lead = world.person("老李", language="zh-hans")
        lead.start(await place.invitation("D12"))
        await world.until(lambda: lead.sees("已绑定"))
    assert menu(place, lead) == EVERYBODY
    clock.advance(timedelta(minutes=1))
    async with town(tmp_path / "var", ximing, clock, world) as place:
        await place.settled()
        assert menu(place, lead)[0] == "todo"
