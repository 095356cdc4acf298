"""What a network, a server, a disk and we ourselves can do wrong: nothing is lost, and neighbours go on."""

import asyncio
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.typing import EventDict

from bot.sandbox import NO_LIMITS, Person, RefusedError, World, bad, too_many
from bot.sandbox.faults import Mishap
from bot.sandbox.pictures import picture
from domain.case import State
from domain.messages import Notice, Peer, Purpose, Send
from handlers.sweeps import drafts_age
from storage import outbox
from storage.backlog import backlog
from storage.district.files import Files
from storage.store import Work
from tests.stories.said import said
from tests.stories.town import Town, town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"
STEP = timedelta(seconds=5)


@pytest.fixture
async def wang(ximing_town: Town) -> Person:
    """A resident."""
    return await ximing_town.resident("王阿姨")


@pytest.fixture
async def li(ximing_town: Town) -> Person:
    """An officer of the lead unit."""
    return await ximing_town.officer("老李", "D12")


@pytest.fixture
async def zhao(ximing_town: Town) -> Person:
    """An officer of the paired unit."""
    return await ximing_town.officer("小赵", "D02")


@pytest.fixture
async def office(ximing_town: Town) -> Person:
    """An officer of the office."""
    return await ximing_town.officer("陈主任", "O01")


async def weathered(town: Town, happened: Callable[[], object] | None = None) -> None:
    """Time goes by until this has happened, or else until nothing is under way any more."""
    for _ in range(60):
        await town.world.quiet()
        if happened() if happened else (await town.house.store.read(backlog)).empty:
            return
        town.clock.advance(STEP)
        town.house.wake()
    pytest.fail("the weather does not change")


async def says_at_once(town: Town, person: Person, words: str) -> None:
    """Somebody writes and is answered at once, whatever others wait for."""
    before = len(person.chat)
    person.says(words)
    await town.world.until(lambda: len(person.chat) > before + 1)
    await town.world.quiet()


def events(logs: list[EventDict]) -> set[str]:
    """What has been logged."""
    return {line["event"] for line in logs}


async def logged(logs: list[EventDict], event: str) -> None:
    """Until it has been logged."""
    async with asyncio.timeout(10):
        while event not in events(logs):  # noqa: ASYNC110 - a list of lines wakes nobody
            await asyncio.sleep(0.002)


def times(person: Person, words: str) -> int:
    """How many messages say so."""
    return sum(words in bubble.text for bubble in person.chat if not bubble.mine)


# --- sending ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [too_many(1), 500, 502, "cut", "garbage"], ids=str)
async def test_a_send_that_fails_is_made_up_for(
    ximing_town: Town, wang: Person, li: Person, fault: RefusedError | Mishap | int
) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    town.world.faults.next("sendMessage", fault, times=2)
    wang.presses("提交")
    await weathered(town)
    assert times(li, NUMBER) == 1
    assert not town.world.complaints


async def test_a_send_whose_answer_is_lost_may_come_twice_but_comes(
    ximing_town: Town, wang: Person, li: Person
) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    town.world.faults.next("sendMessage", "lost")
    wang.presses("提交")
    await weathered(town)
    assert times(li, NUMBER) in {1, 2}


async def test_a_send_that_hangs_holds_up_nobody_else(ximing_town: Town, wang: Person, li: Person) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    town.world.faults.next("sendMessage", "hang")
    wang.presses("提交")
    await town.world.until(lambda: wang.sees(NUMBER))
    wang.says("/my")
    await town.world.until(lambda: wang.sees(said("notice.my_cases")))
    assert li.sees(NUMBER) is None
    town.world.faults.release()
    await weathered(town)
    assert times(li, NUMBER) == 1


async def test_an_answer_to_a_press_that_fails_is_not_missed(ximing_town: Town, wang: Person, li: Person) -> None:
    """Answers are best effort: the card tells the truth."""
    town = ximing_town
    town.world.faults.next("answerCallbackQuery", 500, times=3)
    await town.says(wang, TYRES)
    await town.press(wang, "提交")
    await weathered(town)
    assert town.seen(wang, NUMBER)
    assert town.seen(li, NUMBER)


async def test_telegram_out_of_reach_for_a_while_loses_nothing(ximing_town: Town, wang: Person, li: Person) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    town.world.faults.down()
    wang.presses("提交")
    town.clock.advance(timedelta(minutes=30))
    await town.sweep(drafts_age)
    town.world.faults.up()
    await weathered(town)
    assert town.seen(wang, NUMBER)
    assert times(li, NUMBER) == 1


async def test_telegram_out_of_reach_at_the_start_is_waited_for(tmp_path: Path, ximing: Files) -> None:
    world = World(limits=NO_LIMITS)
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
    world = World(limits=NO_LIMITS)
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


async def test_a_message_our_own_code_cannot_render_is_given_up_after_a_minute(
    ximing_town: Town, wang: Person, li: Person, logs: list[EventDict]
) -> None:
    """It stands in nobody's way for longer, not even in its own chat's; the log says which one it was."""
    town = ximing_town

    def owe(work: Work) -> None:
        peer = Peer("telegram", town.house.channel.account, str(wang.id))
        outbox.owe(work, Send(peer, Notice("no_such_words"), Purpose.NOTIFY, "broken"), town.clock.wall())

    await town.house.store.run(owe)
    town.house.wake()
    wang.says(TYRES)
    await says_at_once(town, li, "/help")
    assert wang.sees(said("notice.draft")) is None
    await weathered(town)
    assert town.seen(wang, said("notice.draft"))
    assert {"sending_failed", "refused"} <= events(logs)


# --- who cannot be reached --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("zhao")
async def test_the_office_hears_of_a_unit_whose_last_officer_blocks_us(
    ximing_town: Town, wang: Person, li: Person, office: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    assert office.sees(NUMBER) is None
    li.blocks_bot()
    await town.settled()
    assert "区交通局" in town.seen(office, NUMBER)


async def test_the_office_hears_of_it_also_when_only_a_refusal_tells(
    ximing_town: Town, wang: Person, li: Person, office: Person, logs: list[EventDict]
) -> None:
    """A deleted account tells nobody until somebody writes to it; then nothing more is sent there."""
    town = ximing_town
    sun = await town.resident("孙大爷")
    for person in (wang, sun):
        await town.says(person, TYRES)
    li.deactivates()
    for person in (wang, sun):
        person.presses("提交")
    await town.settled()
    assert "区交通局" in town.seen(office, NUMBER)
    assert "unreachable" in events(logs)
    assert sum(done.refused is not None for done in town.world.calls) == 1


@pytest.mark.usefixtures("zhao")
async def test_one_of_two_officers_is_enough(ximing_town: Town, wang: Person, li: Person, office: Person) -> None:
    town = ximing_town
    other = await town.officer("小孙", "D12")
    li.blocks_bot()
    await town.reports(wang, TYRES)
    assert town.seen(other, NUMBER)
    assert office.sees(NUMBER) is None


async def test_a_resident_who_blocks_us_stops_no_case_and_can_come_back(
    ximing_town: Town, wang: Person, li: Person, zhao: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    wang.blocks_bot()
    await town.settled()
    before = len(wang.chat)
    await town.press(li, "整改完成")
    await town.photo(li, picture("tyres", "after"), "清了")
    await town.press(zhao, "通过", "现场")
    assert (await town.case(NUMBER)).state is State.CLOSED
    assert len(wang.chat) == before
    wang.unblocks_bot()
    await town.says(wang, "/my")
    assert NUMBER in town.seen(wang, said("notice.my_cases"))


# --- messages at which our own code fails -----------------------------------------------------------------------------


async def break_draft(town: Town, body: str = "{") -> None:
    """The first draft is made unreadable, as a fault of ours could leave it."""

    def spoil(work: Work) -> None:
        work.change("save_draft", id=1, phase="open", next_at=None, case_id=None, closed_at=None, body=body)

    await town.house.store.run(spoil)


async def test_a_message_that_cannot_be_worked_off_is_set_aside_after_a_minute(
    ximing_town: Town, wang: Person, li: Person, office: Person, logs: list[EventDict]
) -> None:
    """The person and the office are told, nothing is lost, and its chat goes on; others do not wait at all."""
    town = ximing_town
    await town.says(wang, TYRES)
    await break_draft(town)
    wang.says("对了，还有人在那儿换机油")
    wang.says("/my")
    await says_at_once(town, li, "/help")
    assert "handler_failed" in events(logs)
    assert wang.sees(said("notice.my_cases_none")) is None

    town.clock.advance(timedelta(seconds=30))
    await says_at_once(town, li, "/help")
    assert "parked" not in events(logs)

    town.clock.advance(timedelta(seconds=31))
    await says_at_once(town, li, "/help")
    await town.settled()
    assert town.seen(wang, said("notice.parked_yours"))
    assert town.seen(wang, said("notice.my_cases_none"))
    assert town.seen(office, said("notice.parked"))
    assert not [line for line in logs if TYRES in str(line) or "机油" in str(line)]


async def test_what_is_mended_within_a_minute_is_worked_off_after_all(
    ximing_town: Town, wang: Person, li: Person, logs: list[EventDict]
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
    await says_at_once(town, li, "/help")
    await town.settled()
    assert "换机油" in town.seen(wang, said("notice.draft"))
    assert "parked" not in events(logs)


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


# --- files ------------------------------------------------------------------------------------------------------------


async def test_a_file_that_can_be_had_only_later_is_shown_then(ximing_town: Town, wang: Person, li: Person) -> None:
    town = ximing_town
    town.world.faults.next("getFile", 502, times=3)
    town.world.faults.next("file", "cut", times=2)
    wang.sends_file(picture("tyres"), "IMG.jpg", "image/jpeg", caption=TYRES)
    await town.world.until(lambda: wang.sees(said("notice.draft")))
    wang.presses("提交")
    await weathered(town)
    card = li.sees(NUMBER)
    assert card is not None
    assert card.photo is not None
    assert times(wang, said("notice.file_lost")) == 0


async def test_a_file_that_can_never_be_had_blocks_no_case(
    ximing_town: Town, wang: Person, li: Person, zhao: Person
) -> None:
    """Without it there is no picture of before; the card goes out, and at closing the result stands alone."""
    town = ximing_town
    town.world.faults.next("getFile", bad("wrong file identifier"), times=1)
    wang.sends_photo(picture("tyres"), caption=TYRES)
    await town.settled()
    assert town.seen(wang, said("notice.file_lost"))
    await town.press(wang, "提交")
    await town.press(li, "整改完成")
    await town.photo(li, picture("tyres", "after"), "清了")
    await town.press(zhao, "通过", "现场")
    closing = wang.last
    assert closing is not None
    assert closing.photo is not None


async def test_a_file_that_hangs_holds_up_no_other(ximing_town: Town, wang: Person, li: Person) -> None:
    town = ximing_town
    town.world.faults.next("file", "hang")
    wang.sends_photo(picture("bins"))
    await town.world.until(lambda: wang.sees(said("notice.draft")))
    for seed in range(6):
        li.sends_file(picture("tyres", seed=seed), "IMG.jpg", "image/jpeg", caption=TYRES)
    await town.world.until(lambda: len(town.world.called("getFile")) == 7)
    await town.world.quiet()
    assert (await town.house.store.read(backlog)).photos == 1
    town.world.faults.release()
    await weathered(town)


async def test_a_file_at_which_we_fail_stops_no_other(
    ximing_town: Town, wang: Person, li: Person, logs: list[EventDict]
) -> None:
    town = ximing_town
    town.world.faults.next("getFile", 502, times=2)
    wang.sends_file(picture("tyres"), "IMG.jpg", "image/jpeg", caption=TYRES)
    await town.world.until(lambda: wang.sees(said("notice.draft")))
    wang.presses("提交")
    await town.world.until(lambda: wang.sees(NUMBER))
    await town.house.store.run(lambda work: work.change("save_case", **BROKEN_CASE))
    town.clock.advance(timedelta(minutes=1))
    li.sends_file(picture("bins"), "IMG.jpg", "image/jpeg", caption="滨江公园的井盖丢了")
    await logged(logs, "fetch_failed")
    await weathered(town, lambda: li.sees(said("notice.draft")))
    assert (await town.house.store.read(backlog)).photos == 1


BROKEN_CASE: dict[str, object] = {
    **dict.fromkeys(("category", "street", "community", "lead", "partner", "due_at", "wakes_at", "ended_at")),
    "id": 1,
    "state": "dispatched",
    "version": 2,
    "body": "{",
}


async def test_the_photos_folder_may_disappear(
    ximing_town: Town, wang: Person, li: Person, zhao: Person, tmp_path: Path
) -> None:
    """What is gone is gone; what comes is kept, and the case is closed with the picture that is left."""
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    shutil.rmtree(tmp_path / "var" / "photos")
    await town.press(li, "整改完成")
    await town.photo(li, picture("tyres", "after"), "清了")
    await town.press(zhao, "通过", "现场")
    assert (await town.case(NUMBER)).state is State.CLOSED
    closing = wang.last
    assert closing is not None
    assert closing.photo is not None
    assert list((tmp_path / "var" / "photos").rglob("*.jpg"))


async def test_a_kept_photo_may_be_damaged(
    ximing_town: Town, wang: Person, li: Person, zhao: Person, tmp_path: Path, logs: list[EventDict]
) -> None:
    """Before and after cannot be drawn then; the result stands alone."""
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    for kept in (tmp_path / "var" / "photos").rglob("*.jpg"):
        kept.write_bytes(b"damaged")
    await town.press(li, "整改完成")
    await town.photo(li, picture("tyres", "after"), "清了")
    await town.press(zhao, "通过", "现场")
    closing = wang.last
    assert closing is not None
    assert closing.photo is not None
    assert "pair_not_drawn" in events(logs)


async def test_a_photo_that_the_disk_does_not_take_is_kept_later(
    ximing_town: Town, wang: Person, tmp_path: Path, logs: list[EventDict]
) -> None:
    town = ximing_town
    in_the_way = tmp_path / "var" / "photos"
    in_the_way.write_text("no folder")
    wang.sends_photo(picture("tyres"), caption=TYRES)
    await town.world.until(lambda: wang.sees(said("notice.draft")))
    await logged(logs, "photo_not_kept")
    in_the_way.unlink()
    await weathered(town)
    assert list(in_the_way.rglob("*.jpg"))
    assert times(wang, said("notice.file_lost")) == 0


# --- the disk ---------------------------------------------------------------------------------------------------------


@contextmanager
def full_disk() -> Iterator[None]:
    """Nothing can be written any more, by this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_what_cannot_be_stored_is_not_confirmed_and_comes_again(
    ximing_town: Town, wang: Person, logs: list[EventDict]
) -> None:
    town = ximing_town
    with full_disk():
        wang.says(TYRES)
        await logged(logs, "not_stored")
        assert town.world.updates.pending == 1
    await town.settled()
    assert times(wang, said("notice.draft")) == 1
    assert "parked" not in events(logs)


async def test_what_was_sent_but_could_not_be_marked_is_not_sent_again(
    ximing_town: Town, wang: Person, logs: list[EventDict]
) -> None:
    town = ximing_town
    wang.says(TYRES)
    await town.world.until(lambda: wang.sees(said("notice.draft")))
    with full_disk():
        await logged(logs, "store_failed")
        town.clock.advance(timedelta(minutes=5))
        town.house.wake()
        await town.world.quiet()
    await town.settled()
    assert times(wang, said("notice.draft")) == 1
