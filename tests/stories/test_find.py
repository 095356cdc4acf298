"""/find: the office finds a case by whatever it knows of it."""

from datetime import timedelta

from bot.sandbox import Person
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
BINS = "江畔家园门口垃圾箱满了没人管"
FIRST, SECOND = "XM-260421-001", "XM-260421-002"


async def two_cases(town: Town, wang: Person) -> None:
    """One of tyres, one of bins."""
    await town.reports(wang, TYRES)
    town.clock.advance(timedelta(minutes=11))
    await town.reports(wang, BINS)


async def test_the_office_finds_a_case_by_several_things_together(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """The paired unit's cases are its cases too. What was understood stands in the first line."""
    town = ximing_town
    await two_cases(town, wang)
    await town.says(office, "/find 城管 超期 长江社区 旧轮胎")
    understood = ("单位=区综合执法大队", "地点=长江社区", "状态=超期", "文字=“旧轮胎”")
    assert all(part in town.seen(office, "没查到案件") for part in understood)
    town.clock.advance(timedelta(days=7))
    await town.says(office, "/find 城管 超期 长江社区 旧轮胎")
    found = town.seen(office, "单位=区综合执法大队")
    assert all(part in found for part in understood)
    assert FIRST in found
    assert SECOND not in found
    await town.press(office, FIRST)
    assert TYRES in town.seen(office, "状态：")
    await town.press(lead, "接单")
    await town.says(office, "/find 整改中")
    assert FIRST in town.seen(office, "状态=整改中")


async def test_a_case_is_found_by_what_is_said_on_the_telephone(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    town = ximing_town
    await two_cases(town, wang)
    for words in ("002", "260421-002", "xm-260421-002", "垃圾箱 今天", "0302", "D17", "4月21日 满了"):
        await town.says(office, f"/find {words}")
        assert office.last is not None
        assert SECOND in office.last.text, words
        assert FIRST not in office.last.text, words


async def test_signs_of_the_database_are_only_signs(ximing_town: Town, wang: Person, office: Person) -> None:
    town = ximing_town
    await two_cases(town, wang)
    for words in ("%", "旧_胎", "旧%胎", "<b>", "' OR 1=1 --"):
        await town.says(office, f"/find {words}")
        assert office.last is not None
        assert FIRST not in office.last.text, words


async def test_many_are_shown_page_by_page(ximing_town: Town, wang: Person, office: Person) -> None:
    """The pages stand in one message, and tomorrow 今天 still means the day it was said."""
    town = ximing_town
    for _ in range(12):
        await town.reports(wang, TYRES)
        town.clock.advance(timedelta(minutes=11))
    await town.says(office, "/find 今天 旧轮胎")
    first = office.last
    assert first is not None
    assert "XM-260421-012" in first.text
    assert "XM-260421-002" not in first.text
    town.clock.advance(timedelta(days=1))
    await town.press(office, "下一页")
    assert "XM-260421-002" in town.seen(office, "共 12 件，第 2 页，共 2 页")
    assert office.last is not None
    assert office.last.id == first.id
    await town.press(office, "上一页")
    assert "XM-260421-012" in town.seen(office, "第 1 页")


async def test_who_says_nothing_is_told_how_to_search(ximing_town: Town, office: Person) -> None:
    town = ximing_town
    await town.says(office, "/find")
    assert "/find 007" in town.seen(office, "空格隔开")


async def test_only_the_office_looks_for_cases(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    for person in (wang, lead):
        await town.says(person, "/find 旧轮胎")
        assert person.last is not None
        assert "只有创城办" in person.last.text
