"""Reporting: whatever is sent, in whatever order, becomes one report on one live card, and nothing is lost."""

from datetime import timedelta

import pytest

from bot.sandbox import Person
from bot.sandbox.pictures import picture, with_position
from domain.case import State
from tests.stories.said import said
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
MARKET = (41.345488, 123.76323)
RESERVOIR = (41.0, 123.0)


async def test_a_newcomer_is_told_what_is_kept(ximing_town: Town) -> None:
    person = ximing_town.world.person("新来的", language="zh-hans")
    person.sends_photo(picture("bins"))
    await ximing_town.settled()
    assert "180 天" in ximing_town.seen(person, "随手拍")
    assert ximing_town.seen(person, "照片 1 张")


async def test_a_sentence_with_place_and_problem_needs_one_tap(ximing_town: Town, wang: Person) -> None:
    number = await ximing_town.reports(wang, TYRES)
    case = await ximing_town.case(number)
    assert (case.category, case.place.community) == ("1001", "S01C01")


async def test_a_photo_alone_asks_for_place_and_problem(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.photo(wang, picture("leaflets"))
    assert "在哪里、是什么问题" in town.seen(wang, "您的报送")
    await town.press(wang, "改类别", "广告与宣传氛围整治", "非法小广告")
    await town.press(wang, "改地点", "长江街道", "长江社区", "提交")
    case = await town.case("XM-260421-001")
    assert (case.category, case.place.community, case.lead) == ("0801", "S01C01", "S01")


async def test_submitting_asks_once_for_each_missing_thing(ximing_town: Town, wang: Person) -> None:
    """说不清 is an answer: nobody is sent round in circles, the office sorts it out."""
    town = ximing_town
    await town.photo(wang, picture("yard"))
    await town.press(wang, "提交", "说不清", "提交", "说不清", "提交")
    assert (await town.case("XM-260421-001")).state is State.TRIAGE


async def test_a_department_gets_its_problem_without_a_place(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.says(wang, "路灯不亮")
    await town.press(wang, "提交", "说不清", "提交")
    case = await town.case("XM-260421-001")
    assert (case.state, case.lead, case.partner) == (State.DISPATCHED, "D01", None)


async def test_a_position_fills_in_the_community(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    wang.sends_location(*MARKET)
    await town.settled()
    await town.says(wang, "井盖丢了")
    await town.press(wang, "提交")
    case = await town.case("XM-260421-001")
    assert (case.category, case.place.community, case.lead) == ("0901", "S01C01", "D01")


async def test_a_venue_brings_its_name(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    wang.sends_venue(*MARKET, "老张修车铺", "长江路 5 号")
    await town.settled()
    assert "老张修车铺 · 长江社区" in town.seen(wang, "您的报送")


async def test_a_place_in_words_beats_the_position(ximing_town: Town, wang: Person) -> None:
    """People report from home."""
    town = ximing_town
    wang.sends_location(*MARKET)
    await town.settled()
    await town.says(wang, "滨江公园的井盖丢了")
    await town.press(wang, "提交")
    assert (await town.case("XM-260421-001")).place.community == "S01C02"


async def test_a_position_outside_the_district_is_said_to_be(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.photo(wang, picture("bins"))
    wang.sends_location(*RESERVOIR)
    await town.settled()
    assert "不在本区" in town.seen(wang, "您的报送")


async def test_a_picture_sent_as_a_file_tells_where_it_was_taken(ximing_town: Town, wang: Person) -> None:
    """Its position is read first; what is passed on carries none."""
    town = ximing_town
    officer = await town.officer("老李", "D01")
    original = with_position(picture("pavement"), *MARKET)
    wang.sends_file(original, "IMG_0001.JPG", "image/jpeg")
    await town.settled()
    assert "长江社区" in town.seen(wang, "您的报送")
    await town.says(wang, "人行道上的井盖丢了")
    await town.press(wang, "提交")
    card = officer.sees("XM-260421-001")
    assert card is not None
    assert card.photo is not None
    assert b"Exif" not in card.photo


async def test_a_voice_message_is_a_report_too(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    wang.sends_voice(b"OggS" + bytes(200))
    await town.settled()
    assert "语音" in town.seen(wang, "您的报送")
    await town.press(wang, "提交", "说不清", "提交", "说不清", "提交")
    assert (await town.case("XM-260421-001")).state is State.TRIAGE


async def test_two_places_of_one_name_are_offered(ximing_town: Town, wang: Person) -> None:
    """幸福里 is in two communities: the person decides, or the position does."""
    town = ximing_town
    await town.says(wang, "万家超市门口井盖丢了")
    assert "哪一处" in town.seen(wang, "您的报送")
    wang.sends_location(41.327895, 123.741343)
    await town.settled()
    await town.press(wang, "提交")
    assert (await town.case("XM-260421-001")).place.community == "S03C05"


async def test_a_draft_can_be_given_up(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    await town.press(wang, "放弃", "确定放弃")
    assert town.seen(wang, "已放弃")
    await town.passes(timedelta(days=2))
    assert wang.sees("XM-") is None


async def test_an_edited_message_corrects_the_draft(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    message = wang.says("长江农贸市场井盖丢了")
    await town.settled()
    wang.edits(message, "滨江公园井盖丢了")
    await town.settled()
    await town.press(wang, "提交")
    case = await town.case("XM-260421-001")
    assert (case.words, case.place.community) == ("滨江公园井盖丢了", "S01C02")


async def test_a_corrected_sentence_corrects_the_category_and_the_place(ximing_town: Town, wang: Person) -> None:
    """Unless the person chose them."""
    town = ximing_town
    message = wang.says("长江农贸市场井盖丢了")
    await town.settled()
    wang.edits(message, "路边堆着旧轮胎")
    await town.settled()
    assert "在哪里" in town.seen(wang, said("notice.draft"))
    await town.press(wang, "改地点", "长江街道", "长江社区")
    wang.edits(message, "滨江公园路边堆着旧轮胎")
    await town.settled()
    await town.press(wang, "提交")
    case = await town.case("XM-260421-001")
    assert (case.category, case.place.community, case.urgent) == ("1001", "S01C01", False)


# --- what time does ---------------------------------------------------------------------------------------------------


async def test_a_complete_draft_files_itself_and_says_so(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    await town.passes(timedelta(minutes=9))
    assert wang.sees("XM-") is None
    await town.passes(timedelta(minutes=2))
    assert town.seen(wang, "自动提交")
    assert (await town.case("XM-260421-001")).state is State.DISPATCHED


async def test_a_danger_files_itself_sooner(ximing_town: Town, wang: Person) -> None:
    """The number to call is the first thing said."""
    town = ximing_town
    await town.says(wang, "江畔家园3号楼有燃气味")
    answers = [bubble.text for bubble in wang.chat if not bubble.mine]
    assert "119" in answers[1]
    await town.passes(timedelta(minutes=3))
    case = await town.case("XM-260421-001")
    assert (case.category, case.urgent) == ("1203", True)


async def test_an_incomplete_draft_is_asked_after_once_and_then_goes_to_triage(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.photo(wang, picture("yard"))
    await town.passes(timedelta(minutes=61))
    assert town.seen(wang, "还没提交")
    reminders = sum("还没提交" in bubble.text for bubble in wang.chat)
    await town.passes(timedelta(hours=10))
    assert sum("还没提交" in bubble.text for bubble in wang.chat) == reminders
    await town.passes(timedelta(hours=14))
    assert (await town.case("XM-260422-001")).state is State.TRIAGE


# --- after filing -----------------------------------------------------------------------------------------------------


async def test_soon_after_filing_it_is_asked_whether_it_belongs_to_that_report(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    officer = await town.officer("老李", "D12")
    number = await town.reports(wang, TYRES)
    await town.says(wang, "对了，还有人在那儿换机油")
    await town.press(wang, "补充")
    assert "换机油" in (await town.case(number)).words
    assert "换机油" in town.seen(officer, "有居民补充")


async def test_or_it_is_another_report(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.says(wang, "滨江公园的井盖丢了")
    await town.press(wang, "另报", "提交")
    assert (await town.case("XM-260421-002")).category == "0901"


async def test_a_reply_to_a_card_belongs_to_its_case(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    number = await town.reports(wang, TYRES)
    await town.passes(timedelta(hours=2))
    card = wang.sees(number)
    await town.says(wang, "今天更多了", reply_to=card)
    assert "今天更多了" in (await town.case(number)).words


async def test_my_reports_are_listed_and_opened(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    number = await town.reports(wang, TYRES)
    await town.says(wang, "/my")
    assert "共 1 件" in town.seen(wang, "我的报送")
    await town.press(wang, number)
    assert "区交通局" in town.seen(wang, number)


# --- what is no report ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("谢谢你们，辛苦了", "不客气"),
        ("你好", "您好"),
        ("退休金怎么还没发", "12345"),
    ],
)
async def test_what_is_no_report_gets_a_short_answer(ximing_town: Town, wang: Person, words: str, answer: str) -> None:
    await ximing_town.says(wang, words)
    assert ximing_town.seen(wang, answer)
    assert wang.sees("您的报送") is None


async def test_a_sticker_gets_an_honest_answer(ximing_town: Town, wang: Person) -> None:
    wang.sends(
        "sticker",
        sticker={
            "file_id": "x",
            "file_unique_id": "y",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        },
    )
    await ximing_town.settled()
    assert ximing_town.seen(wang, "看不懂")


async def test_sending_ones_position_is_made_easy_as_long_as_the_place_is_missing(
    ximing_town: Town, wang: Person
) -> None:
    """A key under the chat sends it; it goes away as soon as the place is known."""
    town = ximing_town
    await town.photo(wang, picture("bins"))
    assert wang.keyboard == [["📍 发送我的位置"]]
    wang.presses_key("📍 发送我的位置", spot=MARKET)
    await town.settled()
    assert "长江社区" in town.seen(wang, "您的报送")
    assert wang.sees("点下面的按钮") is None
