"""What comes afterwards: late pictures of an album, changed messages, positions read late. It goes where it belongs."""

from datetime import timedelta
from functools import partial

from bot.sandbox import Person
from bot.sandbox.pictures import picture, with_position
from domain.case import State
from handlers.sweeps import traces_fade
from storage import photos
from storage.photos import Photo, PhotoRole
from tests.stories.said import said
from tests.stories.town import Town
from tests.stories.weather import times, weathered

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
PARK, SUPERMARKET = (41.35065, 123.767555), (41.327895, 123.741343)
FIRST, SECOND = "XM-260421-001", "XM-260421-002"


async def taken(town: Town, number: str) -> tuple[Photo, ...]:
    """The pictures of a case."""
    case = await town.case(number)
    return await town.house.store.read(photos.of_case, case.id)


# --- late pictures of an album ----------------------------------------------------------------------------------------


async def test_a_late_picture_goes_into_the_draft_and_answers_no_question(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    """An officer reports, too: what belongs to the report is not taken for the result of a case."""
    town = ximing_town
    await town.reports(wang, TYRES)
    album = lead.sends_album([picture("bins", seed=1), picture("bins", seed=2)])
    await town.settled()
    await town.press(lead, "整改完成")
    lead.adds_to_album(album, picture("bins", seed=3))
    await town.settled()
    assert "照片 3 张" in town.seen(lead, said("notice.draft"))
    await town.says(lead, "清走了")
    assert (await town.case(FIRST)).state is State.DISPATCHED
    assert await taken(town, FIRST) == ()


async def test_a_late_picture_goes_into_the_case_its_draft_became_and_answers_no_question(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    album = lead.sends_album([picture("bins", seed=1)], caption="滨江公园的井盖丢了")
    await town.settled()
    await town.press(lead, "提交", "整改完成")
    lead.adds_to_album(album, picture("bins", seed=2))
    await town.settled()
    assert [photo.role for photo in await taken(town, SECOND)] == [PhotoRole.BEFORE] * 2
    assert await taken(town, FIRST) == ()


async def test_a_late_picture_of_a_draft_given_up_opens_none(ximing_town: Town, wang: Person) -> None:
    """It goes the way of the others."""
    town = ximing_town
    album = wang.sends_album([picture("bins", seed=1), picture("bins", seed=2)])
    await town.settled()
    await town.press(wang, "放弃", "确定放弃")
    wang.adds_to_album(album, picture("bins", seed=3))
    await town.settled()
    assert wang.sees(said("notice.draft")) is None
    await town.passes(timedelta(days=2))
    assert wang.sees("XM-") is None


async def test_a_late_picture_of_an_answer_given_up_answers_no_other_question(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    """Nor does it open a draft."""
    town = ximing_town
    sun = await town.resident("孙大爷")
    for person in (wang, sun):
        await town.reports(person, TYRES)
    await town.press(lead, "整改完成")
    album = lead.sends_album([picture("tyres", "after", seed=1)])
    await town.settled()
    await town.press(lead, "取消")
    lead.adds_to_album(album, picture("tyres", "after", seed=2))
    await town.settled()
    assert lead.sees(said("notice.draft")) is None
    lead.presses("整改完成", on=lead.sees(FIRST))
    await town.settled()
    lead.adds_to_album(album, picture("tyres", "after", seed=3))
    await town.settled()
    await town.says(lead, "清走了")
    assert (await town.case(FIRST)).state is State.DISPATCHED


async def test_the_whole_album_is_the_answer_under_way(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    album = lead.sends_album([picture("tyres", "after", seed=1)])
    await town.settled()
    lead.adds_to_album(album, picture("tyres", "after", seed=2), "清走了")
    await town.settled()
    assert (await town.case(FIRST)).state is State.CHECKING
    assert [photo.role for photo in await taken(town, FIRST)] == [PhotoRole.AFTER] * 2


async def test_the_caption_of_a_late_picture_is_added_to_the_case(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    album = wang.sends_album([picture("tyres", seed=1)], caption=TYRES)
    await town.settled()
    await town.press(wang, "提交")
    wang.adds_to_album(album, picture("tyres", seed=2), "还有人在那儿换机油")
    await town.settled()
    assert "换机油" in (await town.case(FIRST)).words
    assert "换机油" in town.seen(lead, said("notice.lead_added"))
    assert len(await taken(town, FIRST)) == 2


async def test_the_caption_of_a_picture_that_is_too_late_is_answered(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    album = wang.sends_album([picture("tyres", seed=1)], caption=TYRES)
    await town.settled()
    await town.press(wang, "提交", "撤回")
    wang.adds_to_album(album, picture("tyres", seed=2), "还有人在那儿换机油")
    await town.settled()
    assert FIRST in town.seen(wang, said("notice.words_too_late"))


# --- changed messages -------------------------------------------------------------------------------------------------


async def test_a_caption_added_afterwards_is_the_drafts_sentence(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    message = wang.sends_photo(picture("tyres"))
    await town.settled()
    wang.edits(message, TYRES)
    await town.settled()
    assert TYRES in town.seen(wang, said("notice.draft"))
    await town.press(wang, "提交")
    case = await town.case(FIRST)
    assert (case.words, case.category, case.place.community) == (TYRES, "1001", "S01C01")


async def test_words_changed_after_filing_are_added_to_the_case_once_for_each_change(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    """Telegram also tells of a change when only something around the words has changed."""
    town = ximing_town
    message = wang.sends_photo(picture("tyres"), caption=TYRES)
    await town.settled()
    await town.press(wang, "提交")
    for words in ("轮胎在后门口", "轮胎在后门口", "轮胎在侧门口"):
        wang.edits(message, words)
        await town.settled()
    assert (await town.case(FIRST)).words == f"{TYRES}\n轮胎在后门口\n轮胎在侧门口"
    for officer in (lead, partner):
        assert times(officer, said("notice.lead_added")) == 2
    assert times(wang, said("notice.added")) == 2


async def test_words_of_a_late_picture_changed_after_filing_are_added_to_the_case(
    ximing_town: Town, wang: Person
) -> None:
    town = ximing_town
    album = wang.sends_album([picture("tyres", seed=1)], caption=TYRES)
    await town.settled()
    await town.press(wang, "提交")
    late = wang.adds_to_album(album, picture("tyres", seed=2))
    await town.settled()
    wang.edits(late, "轮胎在后门口")
    await town.settled()
    assert "后门口" in (await town.case(FIRST)).words


async def test_words_changed_when_the_case_is_over_are_answered(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    message = wang.says(TYRES)
    await town.settled()
    await town.press(wang, "提交", "撤回")
    wang.edits(message, "轮胎在后门口")
    await town.settled()
    assert FIRST in town.seen(wang, said("notice.words_too_late"))
    assert (await town.case(FIRST)).words == TYRES


async def test_words_changed_when_the_draft_was_given_up_are_answered(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    message = wang.says(TYRES)
    await town.settled()
    await town.press(wang, "放弃", "确定放弃")
    wang.edits(message, "轮胎在后门口")
    await town.settled()
    assert times(wang, said("notice.draft_given_up")) == 2
    assert wang.sees(said("notice.draft")) is None


async def test_words_changed_a_month_later_change_nothing(ximing_town: Town, wang: Person) -> None:
    """What went where is not remembered for longer."""
    town = ximing_town
    message = wang.says(TYRES)
    await town.settled()
    await town.press(wang, "提交")
    town.clock.advance(timedelta(days=31))
    await town.sweep(traces_fade)
    wang.edits(message, "轮胎在后门口")
    await town.settled()
    assert (await town.case(FIRST)).words == TYRES


async def test_new_words_of_an_addition_are_added_and_told_to_whoever_saw_the_first(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    message = wang.says("还有一堆在墙后", reply_to=wang.sees(FIRST))
    await town.settled()
    for _ in range(2):
        wang.edits(message, "还有两堆在墙后")
        await town.settled()
    assert (await town.case(FIRST)).words == f"{TYRES}\n还有一堆在墙后\n还有两堆在墙后"
    assert "还有两堆在墙后" in town.seen(lead, said("notice.lead_added"))
    assert times(lead, said("notice.lead_added")) == 2
    assert times(wang, said("notice.added")) == 2


async def test_new_words_of_an_answer_to_the_office_come_to_the_office(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    """The question is answered and stays so."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "退回", "信息不足")
    await town.says(lead, "说不清在哪")
    await town.press(office, "请补充")
    await town.says(office, "在哪个门？")
    message = wang.says("在东门")
    await town.settled()
    wang.edits(message, "在西门")
    await town.settled()
    assert "在西门" in town.seen(office, "📥")
    assert not (await town.case(FIRST)).asked


async def test_new_words_of_an_answer_under_way_take_the_place_of_the_first(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    message = lead.says("已请走")
    await town.settled()
    lead.edits(message, "已清走")
    await town.settled()
    await town.photo(lead, picture("tyres", "after"))
    assert (await town.case(FIRST)).reply == "已清走"


async def test_new_words_of_an_answer_that_was_given_are_answered(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    """What a unit has replied stands as it was replied."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"))
    message = lead.says("已请走")
    await town.settled()
    lead.edits(message, "已清走")
    await town.settled()
    assert (await town.case(FIRST)).reply == "已请走"
    assert FIRST in town.seen(lead, said("notice.answer_stands"))


async def test_small_talk_that_is_edited_into_a_report_begins_one(ximing_town: Town, wang: Person) -> None:
    """Small talk with other words is answered no second time."""
    town = ximing_town
    message = wang.says("你好")
    await town.settled()
    before = len(wang.chat)
    wang.edits(message, "您好")
    await town.settled()
    assert len(wang.chat) == before
    for words in (TYRES, TYRES + "，很多"):
        wang.edits(message, words)
        await town.settled()
    assert times(wang, said("notice.draft")) == 1
    await town.press(wang, "提交")
    assert (await town.case(FIRST)).words == TYRES + "，很多"


# --- positions that are read late -------------------------------------------------------------------------------------


async def test_the_position_in_a_file_counts_while_it_is_asked_whether_it_belongs_to_the_report_before(
    ximing_town: Town, wang: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    wang.sends_file(with_position(picture("pavement"), *PARK), "IMG_0001.JPG", "image/jpeg", caption="井盖丢了")
    await town.settled()
    await town.press(wang, "另报", "提交")
    assert (await town.case(SECOND)).place.community == "S01C02"


async def test_the_position_in_a_file_tells_which_of_two_places_of_one_name_is_meant(
    ximing_town: Town, wang: Person
) -> None:
    town = ximing_town
    original = with_position(picture("pavement"), *SUPERMARKET)
    wang.sends_file(original, "IMG_0001.JPG", "image/jpeg", caption="万家超市门口井盖丢了")
    await town.settled()
    await town.press(wang, "提交")
    assert (await town.case(FIRST)).place.community == "S03C05"


def offered(person: Person, button: str) -> bool:
    """Whether the report in the making has that button."""
    card = person.sees(said("notice.draft"))
    return card is not None and button in card.buttons


def answered(person: Person, pressed: int) -> bool:
    """Whether one more press than so many has had its answer."""
    return len(person.toasts) > pressed


async def filed_before_its_picture_is_there(town: Town, person: Person, words: str) -> None:
    """A report without a place, whose picture tells it only later."""
    town.world.faults.next("file", "hang")
    person.sends_file(with_position(picture("pavement"), *PARK), "IMG_0001.JPG", "image/jpeg", caption=words)
    await town.world.until(lambda: person.sees(said("notice.draft")))
    for pressed, button in enumerate(("提交", "说不清") * (1 if words else 2) + ("提交",)):
        await weathered(town, partial(offered, person, button))
        person.presses(button)
        await weathered(town, partial(answered, person, pressed))


async def test_the_position_in_a_file_comes_to_the_case_that_waits_for_its_place(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    """Also when the report was filed before the file was read. What the office has asked is still asked."""
    town = ximing_town
    await filed_before_its_picture_is_there(town, wang, "")
    await weathered(town, lambda: office.sees(FIRST))
    office.presses("请补充")
    await weathered(town, lambda: office.sees(said("notice.ask_words_ask")))
    office.says("垃圾有多少？")
    await weathered(town, lambda: wang.sees("垃圾有多少"))
    town.world.faults.release()
    await weathered(town)
    case = await town.case(FIRST)
    assert (case.state, case.place.community) == (State.TRIAGE, "S01C02")
    assert "滨江社区" in town.seen(office, "📥")
    await town.says(wang, "两大堆")
    assert "两大堆" in (await town.case(FIRST)).words


async def test_the_position_in_a_file_does_not_move_a_case_that_a_unit_has(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    """Its card shows where it is; nobody is told besides."""
    town = ximing_town
    await filed_before_its_picture_is_there(town, wang, "路边堆了一溜旧轮胎")
    before = await town.case(FIRST)
    town.world.faults.release()
    await weathered(town)
    case = await town.case(FIRST)
    assert (before.place.street, case.place.community) == (None, "S01C02")
    assert (case.state, case.lead, case.partner, case.due_at) == (before.state, "D12", before.partner, before.due_at)
    assert lead.sees(said("notice.lead_added")) is None
    assert "更多" in (lead.last.buttons if lead.last else [])
