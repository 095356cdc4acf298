"""What the clock asks: one thing that cannot be done keeps no other from being done, and is tried again later."""

from datetime import timedelta
from pathlib import Path

from structlog.typing import EventDict

from bot.requests import packed
from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import Case, State
from handlers.sweeps import drafts_age, records_fade
from storage import photos
from storage.district.files import Files
from tests.stories.said import said
from tests.stories.test_faults import break_draft
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
FIRST, SECOND = "XM-260421-001", "XM-260421-002"
LONG = timedelta(days=181)
UNREADABLE = "{"


def failures(logs: list[EventDict]) -> list[tuple[str, int | str]]:
    """Which sweep could not do what."""
    return [(line["sweep"], line["item"]) for line in logs if line["event"] == "not_swept"]


def become_a_folder(file: Path) -> None:
    """A file that no longer can be deleted as one."""
    file.unlink()
    file.mkdir()


async def suspended(town: Town, reporter: Person, lead: Person, office: Person) -> Case:
    """A case whose clock stands still for a week."""
    number = await town.reports(reporter, TYRES)
    await town.press(lead, "挂账")
    await town.says(lead, "等拆迁")
    await town.press(lead, "1 周")
    await town.press(office, "同意")
    return await town.case(number)


# --- what fails -------------------------------------------------------------------------------------------------------


async def test_a_draft_at_which_we_fail_keeps_no_other_from_filing_itself(
    ximing_town: Town, wang: Person, logs: list[EventDict]
) -> None:
    town = ximing_town
    sun = await town.resident("孙大爷")
    for person in (wang, sun):
        await town.says(person, TYRES)
    row = await town.house.store.read(lambda work: work.row("draft_by_id", id=1))
    assert row is not None
    await break_draft(town, next_at=0)
    await town.passes(timedelta(minutes=11))
    assert FIRST in town.seen(sun, said("notice.filed_by_itself"))
    assert failures(logs) == [("drafts_age", 1)]
    assert not [line for line in logs if "轮胎" in str(line)]

    await town.passes(timedelta(seconds=50))
    assert len(failures(logs)) == 1
    await town.passes(timedelta(seconds=11))
    assert len(failures(logs)) == 2
    await break_draft(town, row["body"], next_at=0)
    await town.passes(timedelta(minutes=2))
    assert SECOND in town.seen(wang, said("notice.filed_by_itself"))


async def test_what_fails_again_and_again_is_tried_less_and_less_often(
    ximing_town: Town, wang: Person, logs: list[EventDict]
) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    await break_draft(town, next_at=0)
    for _ in range(24 * 60):
        town.clock.advance(timedelta(minutes=1))
        await town.sweep(drafts_age)
    assert 24 <= len(failures(logs)) <= 32


async def test_a_case_that_cannot_be_read_keeps_no_other_suspension_from_ending(
    ximing_town: Town, wang: Person, lead: Person, office: Person, logs: list[EventDict]
) -> None:
    town = ximing_town
    sun = await town.resident("孙大爷")
    broken, other = [await suspended(town, person, lead, office) for person in (wang, sun)]
    await town.house.store.run(lambda work: work.change("erase_case", id=broken.id, body=UNREADABLE))
    await town.passes(timedelta(days=14))
    assert (await town.case(other.number)).state is State.RECTIFYING
    assert failures(logs) == [("suspensions_end", broken.id)]


async def test_a_case_at_which_we_fail_keeps_no_other_from_being_erased(
    ximing_town: Town, wang: Person, logs: list[EventDict]
) -> None:
    town = ximing_town
    sun = await town.resident("孙大爷")
    broken, other = [await town.case(await town.reports(person, TYRES)) for person in (wang, sun)]
    for person in (wang, sun):
        await town.press(person, "撤回")
    await town.house.store.run(lambda work: work.change("erase_event", case_id=broken.id, seq=1, detail=UNREADABLE))
    town.clock.advance(LONG)
    await town.sweep(records_fade)
    assert (await town.case(other.number)).words == ""
    assert (await town.case(broken.number)).words == TYRES
    assert failures(logs) == [("records_fade", broken.id)]


async def test_a_file_that_cannot_be_deleted_keeps_no_other_from_going(
    ximing_town: Town, tmp_path: Path, wang: Person, logs: list[EventDict]
) -> None:
    town = ximing_town
    for seed in range(2):
        await town.photo(wang, picture("bins", seed=seed))
    await town.press(wang, "放弃", "确定放弃")
    stuck, _ = await town.house.store.read(photos.files_to_remove)
    become_a_folder(tmp_path / "var" / "photos" / stuck[:2] / stuck[2:4] / f"{stuck}.jpg")
    await town.sweep(records_fade)
    assert await town.house.store.read(photos.files_to_remove) == (stuck,)
    assert failures(logs) == [("files", stuck)]


# --- what the district's data no longer knows ------------------------------------------------------------------------


async def loads_without(town: Town, files: Files, category: str) -> None:
    """The district is loaded anew, without a category."""
    lines = files["categories.csv"].decode().splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith(category)).encode()
    answer = await town.house.requests.serve({"command": "load", "files": packed({**files, "categories.csv": kept})})
    assert answer.get("ok"), answer


async def test_cases_of_a_category_that_is_gone_go_on(
    ximing_town: Town, ximing: Files, wang: Person, lead: Person, office: Person, logs: list[EventDict]
) -> None:
    """Their cards can be shown and their suspensions end; a draft of that category files itself."""
    town = ximing_town
    case = await suspended(town, wang, lead, office)
    sun = await town.resident("孙大爷")
    await town.says(sun, TYRES)
    await loads_without(town, ximing, "1001")
    for person in (wang, lead, office):
        await town.says(person, "/my" if person is wang else "/todo")
    await town.press(wang, case.number)
    assert "1001" in town.seen(wang, case.number)
    await town.passes(timedelta(days=14))
    assert (await town.case(case.number)).state is State.RECTIFYING
    assert town.seen(lead, said("notice.lead_resumed"))
    assert town.seen(sun, said("notice.filed_by_itself"))
    assert failures(logs) == []
