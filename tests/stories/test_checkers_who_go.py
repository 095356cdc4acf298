"""Whoever was to check is bound no longer, or gone: their checks go to those who can make them now."""

from collections.abc import Awaitable, Callable

import pytest

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from tests.stories.test_blocking import decides
from tests.stories.test_people import unbind
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"
BOUND = {"officer": "区综合执法大队", "volunteer": "长江社区"}
"""How the roster names whoever was to check."""

Goes = Callable[[Town, Person, Person, str], Awaitable[None]]


async def is_unbound(town: Town, office: Person, _checker: Person, name: str) -> None:
    """By the office."""
    await unbind(town, office, name)


async def goes_away(town: Town, _office: Person, checker: Person, _name: str) -> None:
    """By /forgetme."""
    await town.says(checker, "/forgetme")
    await town.press(checker, "确定删除")


async def is_shut_out(town: Town, office: Person, checker: Person, _name: str) -> None:
    """By the office."""
    await decides(town, office, checker)


@pytest.mark.parametrize("goes", [is_unbound, goes_away, is_shut_out])
@pytest.mark.parametrize("role", ["officer", "volunteer"])
async def test_a_check_that_waited_for_somebody_who_goes_comes_to_the_office(
    ximing_town: Town, wang: Person, lead: Person, office: Person, goes: Goes, role: str
) -> None:
    """Nobody else is there to make it."""
    town = ximing_town
    checker = await (town.officer("小赵", "D02") if role == "officer" else town.volunteer("小赵", "S01C01"))
    await replied(town, wang, lead)
    assert office.sees("🔍") is None
    await goes(town, office, checker, BOUND[role])
    assert NUMBER in town.seen(office, "🔍")
    await town.press(office, "通过", "看图")
    assert town.seen(wang, "办好了")


@pytest.mark.usefixtures("partner")
async def test_a_check_that_somebody_else_has_is_theirs(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """The office is not asked."""
    town = ximing_town
    left = await town.volunteer("小钱", "S01C01")
    await replied(town, wang, lead)
    assert town.seen(left, "🔍")
    await unbind(town, office, BOUND["officer"])
    assert office.sees("🔍") is None


async def replied(town: Town, wang: Person, lead: Person) -> None:
    """A case whose lead says that it is done."""
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "已清走")
