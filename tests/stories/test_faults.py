"""What a network, a server, people and we ourselves can do wrong: nothing is lost, and neighbours go on."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.typing import EventDict

from bot.sandbox import Person, RefusedError, too_many
from bot.sandbox.faults import Mishap
from bot.sandbox.pictures import picture
from bot.waiting import LOOK_AGAIN
from domain.case import State
from domain.messages import Group, Notice, Peer, Purpose, Send
from handlers.sweeps import drafts_age
from storage import inbox, outbox
from storage.district.files import Files
from storage.store import Work
from tests.stories.readers import new_world
from tests.stories.said import said
from tests.stories.town import Town, town
from tests.stories.weather import events, says_at_once, times, weathered

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


# --- sending ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [too_many(1), 500, 502, "cut", "garbage"], ids=str)
async def test_a_send_that_fails_is_made_up_for(
    ximing_town: Town, wang: Person, lead: Person, fault: RefusedError | Mishap | int
) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    town.world.faults.next("sendMessage", fault)
    wang.presses("提交")
    await weathered(town)
    assert times(lead, NUMBER) == 1
    assert not town.world.complaints


async def test_a_send_whose_answer_is_lost_may_come_twice_but_comes(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    town.world.faults.next("sendMessage", "lost")
    wang.presses("提交")
    await weathered(town)
    assert times(lead, NUMBER) in {1, 2}


async def test_a_send_that_hangs_holds_up_nobody_else(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    town.world.faults.next("sendMessage", "hang")
    wang.presses("提交")
    await town.world.until(lambda: wang.sees(NUMBER))
    wang.says("/my")
    await town.world.until(lambda: wang.sees(said("notice.my_cases")))
    assert lead.sees(NUMBER) is None
    town.world.faults.release()
    await weathered(town)
    assert times(lead, NUMBER) == 1


async def test_an_answer_to_a_press_that_fails_is_not_missed(ximing_town: Town, wang: Person, lead: Person) -> None:
    """Answers are best effort: the card tells the truth."""
    town = ximing_town
    town.world.faults.next("answerCallbackQuery", 500, times=3)
    await town.says(wang, TYRES)
    await town.press(wang, "提交")
    await weathered(town)
    assert town.seen(wang, NUMBER)
    assert town.seen(lead, NUMBER)


async def test_telegram_out_of_reach_for_a_while_loses_nothing(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    town.world.faults.down()
    wang.presses("提交")
    town.clock.advance(timedelta(minutes=30))
    await town.sweep(drafts_age)
    town.world.faults.up()
    await weathered(town)
    assert town.seen(wang, NUMBER)
    assert times(lead, NUMBER) == 1


async def test_telegram_out_of_reach_at_the_start_is_waited_for(tmp_path: Path, ximing: Files) -> None:
    world = new_world()
    world.faults.down()
    wang = world.person("王阿姨", language="zh-hans")
    wang.says(TYRES)
    async with town(tmp_path / "var", ximing, world=world) as place:
        await place.sweep(drafts_age)
        world.faults.up()
        await weathered(place)
        assert place.seen(wang, said("notice.draft"))


async def test_nothing_goes_out_before_we_know_our_own_name(
    tmp_path: Path, ximing: Files, logs: list[EventDict]
) -> None:
    """Links into our chat are made of it, and Telegram may be out of reach when we start."""
    world = new_world()
    async with town(tmp_path / "var", ximing, world=world) as place:
        office = await place.officer("陈主任", "O01")
        world.faults.next("sendMessage", 502, times=1000)
        office.says("/invite D12")
        await place.world.quiet()
    world.faults.clear()
    world.faults.down()
    async with town(tmp_path / "var", ximing, world=world) as place:
        await place.sweep(drafts_age)
        place.house.wake()
        await place.world.quiet()
        world.faults.up()
        await weathered(place)
    assert office.sees(f"t.me/{world.bot.username}?start=")
    assert "sending_failed" not in events(logs)


@pytest.mark.chinese("what a group reads is known once it is bound")
async def test_a_group_that_moves_while_a_message_to_it_hangs_gets_it_once(ximing_town: Town, lead: Person) -> None:
    town = ximing_town
    stumbled: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: stumbled.append(context))
    group = town.world.group("交通局", [lead])
    group.adds_bot(lead)
    await town.settled()

    def owe(work: Work) -> None:
        there = Group("telegram", town.house.channel.account, str(group.id))
        outbox.owe(work, Send(there, Notice("parked_yours"), Purpose.NOTIFY, "news"), town.clock.wall())

    town.world.faults.next("sendMessage", "hang")
    await town.house.store.run(owe)
    town.house.wake()
    await town.world.until(lambda: town.world.busy)
    larger = town.world.upgrades(group, lead)
    await town.world.until(lambda: [bubble for bubble in larger.chat if bubble.text == said("notice.parked_yours")])
    town.world.faults.release()
    await weathered(town)
    assert sum(bubble.text == said("notice.parked_yours") for bubble in larger.chat) == 1
    assert not stumbled


async def test_a_message_our_own_code_cannot_render_is_given_up_after_a_minute(
    ximing_town: Town, wang: Person, lead: Person, logs: list[EventDict]
) -> None:
    """It stands in nobody's way for longer, not even in its own chat's; the log says which one it was."""
    town = ximing_town

    def owe(work: Work) -> None:
        peer = Peer("telegram", town.house.channel.account, str(wang.id))
        outbox.owe(work, Send(peer, Notice("no_such_words"), Purpose.NOTIFY, "broken"), town.clock.wall())

    await town.house.store.run(owe)
    town.house.wake()
    wang.says(TYRES)
    await says_at_once(town, lead, "/help")
    assert wang.sees(said("notice.draft")) is None
    await weathered(town)
    assert town.seen(wang, said("notice.draft"))
    assert {"sending_failed", "refused"} <= events(logs)


# --- who cannot be reached --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("partner")
async def test_the_office_hears_of_a_unit_whose_last_officer_blocks_us(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    assert office.sees(NUMBER) is None
    lead.blocks_bot()
    await town.settled()
    assert "区交通局" in town.seen(office, NUMBER)


async def test_the_office_hears_of_it_also_when_only_a_refusal_tells(
    ximing_town: Town, wang: Person, lead: Person, office: Person, logs: list[EventDict]
) -> None:
    """A deleted account tells nobody until somebody writes to it; then nothing more is sent there."""
    town = ximing_town
    sun = await town.resident("孙大爷")
    for person in (wang, sun):
        await town.says(person, TYRES)
    lead.deactivates()
    for person in (wang, sun):
        person.presses("提交")
    await town.settled()
    assert "区交通局" in town.seen(office, NUMBER)
    assert "unreachable" in events(logs)
    assert sum(done.refused is not None for done in town.world.calls) == 1


@pytest.mark.usefixtures("partner")
async def test_one_of_two_officers_is_enough(ximing_town: Town, wang: Person, lead: Person, office: Person) -> None:
    town = ximing_town
    other = await town.officer("小孙", "D12")
    lead.blocks_bot()
    await town.reports(wang, TYRES)
    assert town.seen(other, NUMBER)
    assert office.sees(NUMBER) is None


async def test_a_resident_who_blocks_us_stops_no_case_and_can_come_back(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    wang.blocks_bot()
    await town.settled()
    before = len(wang.chat)
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "清了")
    await town.press(partner, "通过", "现场")
    assert (await town.case(NUMBER)).state is State.CLOSED
    assert len(wang.chat) == before
    wang.unblocks_bot()
    await town.says(wang, "/my")
    assert NUMBER in town.seen(wang, said("notice.my_cases"))


# --- messages at which our own code fails -----------------------------------------------------------------------------


async def break_draft(town: Town, body: str = "{", next_at: int | None = None) -> None:
    """The first draft is made unreadable, as a fault of ours could leave it."""

    def spoil(work: Work) -> None:
        work.change("save_draft", id=1, phase="open", next_at=next_at, case_id=None, closed_at=None, body=body)

    await town.house.store.run(spoil)


async def test_a_message_that_cannot_be_worked_off_is_set_aside_after_a_minute(
    ximing_town: Town, wang: Person, lead: Person, office: Person, logs: list[EventDict]
) -> None:
    """The person and the office are told, nothing is lost, and its chat goes on; others do not wait at all."""
    town = ximing_town
    await town.says(wang, TYRES)
    await break_draft(town)
    wang.says("对了，还有人在那儿换机油")
    wang.says("/my")
    await says_at_once(town, lead, "/help")
    assert "handler_failed" in events(logs)
    assert wang.sees(said("notice.my_cases_none")) is None

    town.clock.advance(timedelta(seconds=30))
    await says_at_once(town, lead, "/help")
    assert "parked" not in events(logs)

    town.clock.advance(timedelta(seconds=31))
    await says_at_once(town, lead, "/help")
    await town.settled()
    assert town.seen(wang, said("notice.parked_yours"))
    assert town.seen(wang, said("notice.my_cases_none"))
    assert town.seen(office, said("notice.parked"))
    assert not [line for line in logs if TYRES in str(line) or "机油" in str(line)]


async def test_what_is_mended_within_a_minute_is_worked_off_after_all(
    ximing_town: Town, wang: Person, lead: Person, logs: list[EventDict]
) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    row = await town.house.store.read(lambda work: work.row("draft_by_id", id=1))
    assert row is not None
    await break_draft(town)
    wang.says("对了，还有人在那儿换机油")
    await town.world.quiet()
    await break_draft(town, row["body"])
    town.clock.advance(timedelta(seconds=40))
    await says_at_once(town, lead, "/help")
    await town.settled()
    assert "换机油" in town.seen(wang, said("notice.draft"))
    assert "parked" not in events(logs)


async def test_what_was_set_aside_is_worked_off_once_it_is_mended_and_tried_again(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    """The command reaches the running bot, which goes on with it at once."""
    town = ximing_town
    await town.says(wang, TYRES)
    row = await town.house.store.read(lambda work: work.row("draft_by_id", id=1))
    assert row is not None
    await break_draft(town)
    wang.says("对了，还有人在那儿换机油")
    await weathered(town, lambda: office.sees(said("notice.parked")))
    (parked,) = await town.house.store.read(inbox.list_parked)
    await break_draft(town, row["body"])
    assert await town.house.requests.serve({"command": "retry", "id": parked.id}) == {"ok": True, "id": parked.id}
    await town.world.until(lambda: "换机油" in town.seen(wang, said("notice.draft")), timeout=LOOK_AGAIN - 1)
    assert await town.house.store.read(inbox.list_parked) == []


async def test_a_press_at_which_we_fail_is_answered_all_the_same(
    ximing_town: Town, wang: Person, logs: list[EventDict]
) -> None:
    """The telephone shows a press as pending until it is answered."""
    town = ximing_town
    await town.says(wang, TYRES)
    await break_draft(town)
    pressed = wang.presses("提交")
    await town.world.until(lambda: pressed.answer)
    assert "handler_failed" in events(logs)
