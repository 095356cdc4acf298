"""Whoever the office shuts out is told so once a day; nothing else comes of what they send, but a danger's number."""

from datetime import timedelta

import pytest

from bot.sandbox import Person
from domain.case import State
from domain.errors import NotAllowed
from domain.messages import Peer
from handlers import blocking
from handlers.desk import Desk
from storage import people
from storage.store import Work
from tests.stories.said import said
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
SHUT_OUT = said("notice.blocked")


def number_of(town: Town, work: Work, person: Person) -> int:
    """A person's number in the store."""
    channel = town.house.channel
    found = people.known(work, Peer(channel.name, channel.account, str(person.id)))
    assert found is not None
    return found


async def decides(town: Town, officer: Person, person: Person, *, block: bool = True) -> None:
    """Somebody of a unit shuts a person out, or lets them in again."""

    def unit(work: Work) -> None:
        channel = town.house.channel
        peer = Peer(channel.name, channel.account, str(officer.id))
        writer = people.person_of(work, peer, None, town.clock.wall())
        desk = Desk(work, town.house.guide.district, town.clock.now(), town.clock.wall(), "block", writer=writer)
        (blocking.block if block else blocking.unblock)(desk, number_of(town, work, person))

    await town.house.store.run(unit)
    town.house.wake()
    await town.settled()


def answers(person: Person) -> list[str]:
    """What the bot has said, oldest first."""
    return [bubble.text for bubble in person.chat if not bubble.mine]


async def test_one_honest_sentence_a_day_and_nothing_else(ximing_town: Town, office: Person, wang: Person) -> None:
    town = ximing_town
    await decides(town, office, wang)
    before = len(answers(wang))
    for words in (TYRES, "你好", "/my", "/start"):
        await town.says(wang, words)
    assert [SHUT_OUT in answer for answer in answers(wang)[before:]] == [True]
    town.clock.advance(timedelta(days=1))
    await town.says(wang, TYRES)
    assert [SHUT_OUT in answer for answer in answers(wang)[before:]] == [True, True]


async def test_a_dangers_number_is_said_all_the_same(ximing_town: Town, office: Person, wang: Person) -> None:
    town = ximing_town
    await decides(town, office, wang)
    await town.says(wang, "你好")
    for _ in range(2):
        await town.says(wang, "江畔家园3号楼有燃气味")
        assert "119" in answers(wang)[-1]
    assert sum(SHUT_OUT in answer for answer in answers(wang)) == 1


async def test_their_cases_go_on_and_they_hear_nothing_of_them(
    ximing_town: Town, office: Person, lead: Person, wang: Person
) -> None:
    town = ximing_town
    number = await town.reports(wang, TYRES)
    await decides(town, office, wang)
    before = answers(wang)
    await town.press(lead, "接单")
    assert (await town.case(number)).state is State.RECTIFYING
    assert answers(wang) == before


async def test_a_draft_under_way_comes_to_nothing(ximing_town: Town, office: Person, wang: Person) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    await decides(town, office, wang)
    await town.passes(timedelta(minutes=11))
    assert wang.sees("XM-") is None


async def test_an_officer_loses_the_role_and_the_office_hears_of_the_unit(
    ximing_town: Town, office: Person, lead: Person
) -> None:
    town = ximing_town
    await decides(town, office, lead)
    assert "区交通局" in town.seen(office, said("notice.office_unit_lost"))


async def test_whoever_is_let_in_again_reports_as_before(ximing_town: Town, office: Person, wang: Person) -> None:
    town = ximing_town
    await decides(town, office, wang)
    await decides(town, office, wang, block=False)
    assert await town.reports(wang, TYRES) == "XM-260421-001"


async def test_only_the_office_decides_and_never_about_itself(
    ximing_town: Town, office: Person, lead: Person, wang: Person
) -> None:
    with pytest.raises(NotAllowed, match="office_only"):
        await decides(ximing_town, lead, wang)
    with pytest.raises(NotAllowed, match="office_stays"):
        await decides(ximing_town, office, office)
