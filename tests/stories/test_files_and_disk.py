"""Files that cannot be had, and a full disk: no case waits for a photo, nothing is confirmed that is not stored."""

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.typing import EventDict

from bot.sandbox import Person, bad
from bot.sandbox.pictures import picture
from domain.case import State
from storage.backlog import backlog
from tests.stories.said import said
from tests.stories.town import Town
from tests.stories.weather import events, fetched_but, logged, times, weathered

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


# --- files ------------------------------------------------------------------------------------------------------------


async def test_a_file_that_can_be_had_only_later_is_shown_then(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    town.world.faults.next("getFile", 502, times=3)
    town.world.faults.next("file", "cut", times=2)
    wang.sends_file(picture("tyres"), "IMG.jpg", "image/jpeg", caption=TYRES)
    await town.world.until(lambda: wang.sees(said("notice.draft")))
    wang.presses("提交")
    await weathered(town)
    card = lead.sees(NUMBER)
    assert card is not None
    assert card.photo is not None
    assert times(wang, said("notice.file_lost")) == 0


async def test_a_file_that_can_never_be_had_blocks_no_case(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    """Without it there is no picture of before; the card goes out, and at closing the result stands alone."""
    town = ximing_town
    town.world.faults.next("getFile", bad("wrong file identifier"), times=1)
    wang.sends_photo(picture("tyres"), caption=TYRES)
    await town.settled()
    assert town.seen(wang, said("notice.file_lost"))
    await town.press(wang, "提交")
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "清了")
    await town.press(partner, "通过", "现场")
    closing = wang.last
    assert closing is not None
    assert closing.photo is not None


async def test_a_result_that_cannot_be_had_is_asked_for_again(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    """Whoever checks is told that there is no picture, until there is one; other words are no picture."""
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    await town.press(lead, "整改完成")
    lead.sends_file(b"no picture at all", "IMG.jpg", "image/jpeg", caption="已清走")
    await town.settled()
    assert (await town.case(NUMBER)).state is State.CHECKING
    assert said("why.not_a_picture") in town.seen(lead, said("notice.result_lost"))
    assert town.seen(partner, said("notice.lost_note"))
    assert said("notice.question_note_lost") in town.seen(wang, "已清走")
    await town.says(lead, "真的清走了")
    assert town.seen(lead, said("refused.missing"))
    await town.photo(lead, picture("tyres", "after"))
    assert lead.sees(said("notice.result_lost")) is None
    assert partner.sees(said("notice.lost_note")) is None
    card = partner.sees("请核查")
    assert card is not None
    assert card.photo is not None
    await town.press(partner, "通过", "看图")
    assert (await town.case(NUMBER)).state is State.CLOSED


async def test_a_result_that_nobody_waits_for_any_more_is_not_taken(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    lead.sends_file(b"no picture at all", "IMG.jpg", "image/jpeg", caption="已清走")
    await town.settled()
    await town.press(partner, "通过", "现场")
    await town.photo(lead, picture("tyres", "after"))
    assert "已结案" in town.seen(lead, "您发的没有收进去")
    assert lead.sees("📝") is None


async def test_a_picture_lost_before_the_answer_is_finished_is_asked_for_again(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    """The words that follow do not finish it without."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    lead.sends_file(b"no picture at all", "IMG.jpg", "image/jpeg")
    await town.settled()
    assert town.seen(lead, said("notice.file_lost"))
    await town.says(lead, "已清走")
    assert (await town.case(NUMBER)).state is State.DISPATCHED
    await town.photo(lead, picture("tyres", "after"))
    assert (await town.case(NUMBER)).state is State.CHECKING


async def test_a_file_that_hangs_holds_up_no_other(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    town.world.faults.next("file", "hang")
    wang.sends_photo(picture("bins"))
    await town.world.until(lambda: wang.sees(said("notice.draft")))
    for seed in range(6):
        lead.sends_file(picture("tyres", seed=seed), "IMG.jpg", "image/jpeg", caption=TYRES)
    await town.world.until(lambda: len(town.world.called("getFile")) == 7)
    await fetched_but(town, 1)
    town.world.faults.release()
    await weathered(town)


async def test_a_file_at_which_we_fail_stops_no_other(
    ximing_town: Town, wang: Person, lead: Person, logs: list[EventDict]
) -> None:
    town = ximing_town
    town.world.faults.next("getFile", 502, times=2)
    wang.sends_file(picture("tyres"), "IMG.jpg", "image/jpeg", caption=TYRES)
    await town.world.until(lambda: wang.sees(said("notice.draft")))
    wang.presses("提交")
    await town.world.until(lambda: wang.sees(NUMBER))
    await town.house.store.run(lambda work: work.change("save_case", **BROKEN_CASE))
    town.clock.advance(timedelta(minutes=1))
    lead.sends_file(picture("bins"), "IMG.jpg", "image/jpeg", caption="滨江公园的井盖丢了")
    await logged(logs, "fetch_failed")
    await weathered(town, lambda: lead.sees(said("notice.draft")))
    await fetched_but(town, 1)
    assert (await town.house.store.read(backlog)).photos == 1


BROKEN_CASE: dict[str, object] = {
    **dict.fromkeys(("category", "street", "community", "lat_e6", "lon_e6")),
    **dict.fromkeys(("lead", "partner", "due_at", "wakes_at", "ended_at")),
    "id": 1,
    "state": "dispatched",
    "version": 2,
    "said": "",
    "body": "{",
}


async def test_the_photos_folder_may_disappear(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, tmp_path: Path
) -> None:
    """What is gone is gone; what comes is kept, and the case is closed with the picture that is left."""
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    shutil.rmtree(tmp_path / "var" / "photos")
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "清了")
    await town.press(partner, "通过", "现场")
    assert (await town.case(NUMBER)).state is State.CLOSED
    closing = wang.last
    assert closing is not None
    assert closing.photo is not None
    assert list((tmp_path / "var" / "photos").rglob("*.jpg"))


async def test_a_kept_photo_may_be_damaged(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, tmp_path: Path, logs: list[EventDict]
) -> None:
    """Before and after cannot be drawn then; the result stands alone."""
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    for kept in (tmp_path / "var" / "photos").rglob("*.jpg"):
        kept.write_bytes(b"damaged")
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "清了")
    await town.press(partner, "通过", "现场")
    closing = wang.last
    assert closing is not None
    assert closing.photo is not None
    assert "pair_not_drawn" in events(logs)


async def test_before_and_after_are_drawn_once_for_all_who_see_them(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, tmp_path: Path, logs: list[EventDict]
) -> None:
    """So the resident still sees them when the photos were damaged after the check was asked for."""
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "清了")
    for kept in (tmp_path / "var" / "photos").rglob("*.jpg"):
        kept.write_bytes(b"damaged")
    await town.press(partner, "通过", "现场")
    closing = wang.last
    assert closing is not None
    assert closing.photo is not None
    assert "pair_not_drawn" not in events(logs)


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


@pytest.mark.engine("sqlite")
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


@pytest.mark.engine("sqlite")
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
