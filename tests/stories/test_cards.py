"""What stands in a chat: cards that show what there is to see, and what is asked for anew as the newest message."""

from datetime import timedelta

import pytest

from bot.sandbox import Person, bad
from bot.sandbox.pictures import picture
from tests.stories.said import said
from tests.stories.town import Town
from tests.stories.weather import times, weathered

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"


def photo_on(person: Person, words: str) -> bytes | None:
    """The picture of the newest message that says so."""
    bubble = person.sees(words)
    assert bubble is not None, words
    return bubble.photo


def newest(person: Person) -> str:
    """The text of the newest message."""
    assert person.last is not None
    return person.last.text


# --- pictures that are fetched late -----------------------------------------------------------------------------------


async def test_a_card_that_went_out_without_its_picture_shows_it_as_soon_as_it_is_there(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    town.world.faults.next("file", "hang")
    wang.sends_file(picture("tyres"), "IMG.jpg", "image/jpeg", caption=TYRES)
    await town.world.until(lambda: wang.sees(said("notice.draft")))
    wang.presses("提交")
    await weathered(town, lambda: lead.sees(NUMBER))
    assert photo_on(lead, NUMBER) is None
    town.world.faults.release()
    await weathered(town)
    assert photo_on(lead, NUMBER) is not None


async def test_before_and_after_stand_side_by_side_as_soon_as_both_are_there(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    """Until then the result stands alone, by the channel's own reference."""
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    await town.press(lead, "整改完成")
    town.world.faults.next("file", "hang")
    lead.sends_photo(picture("tyres", "after"), caption="清了")
    await weathered(town, lambda: partner.sees("请核查"))
    alone = photo_on(partner, "请核查")
    town.world.faults.release()
    await weathered(town)
    assert alone is not None
    assert photo_on(partner, "请核查") not in (alone, None)


async def test_a_picture_that_is_there_at_once_changes_no_card(ximing_town: Town, wang: Person, lead: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    card = lead.sees(NUMBER)
    assert card is not None
    assert (card.photo is not None, card.edits) == (True, 0)
    assert not town.world.called("editMessageCaption")


# --- what is asked for anew -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["/my", "/todo", "/checks", "/triage", "/language"])
async def test_a_list_asked_for_again_comes_as_the_newest_message_and_the_old_one_goes(
    ximing_town: Town, office: Person, command: str
) -> None:
    town = ximing_town
    await town.says(office, command)
    first = office.last
    await town.says(office, "你好")
    await town.says(office, command)
    second = office.last
    assert first is not None
    assert second is not None
    assert second.text == first.text
    assert first.id not in [bubble.id for bubble in office.chat]


async def test_my_reports_asked_for_by_the_button_come_as_the_newest_message(ximing_town: Town, wang: Person) -> None:
    """The pages are turned where the list stands."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.says(wang, "/my")
    await town.says(wang, "你好")
    await town.press(wang, "我的报送")
    assert said("notice.my_cases") in newest(wang)
    assert times(wang, said("notice.my_cases")) == 1


async def test_a_question_begun_again_comes_as_the_newest_message(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    """The one before is given up: only one question is open, and only one stands there."""
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "退回", "重复")
    await town.says(lead, "/todo")
    await town.press(lead, "退回")
    assert said("notice.ask_return_reason") in newest(lead)
    await town.press(lead, "整改完成")
    assert times(lead, said("notice.ask_return_reason")) == 0
    await town.press(lead, "退回", "重复")
    assert said("notice.ask_words_return") in newest(lead)
    assert times(lead, said("notice.ask_photo")) == 0


async def test_a_question_that_is_long_forgotten_comes_as_the_newest_message(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "退回")
    first = lead.last
    await town.passes(timedelta(days=1, hours=1))
    await town.press(lead, "退回")
    assert first is not None
    assert lead.last is not None
    assert lead.last.id > first.id
    assert times(lead, said("notice.ask_return_reason")) == 1


# --- one's own report -------------------------------------------------------------------------------------------------


async def test_ones_own_report_opens_as_its_reporter_sees_it_whatever_else_one_is(
    ximing_town: Town, lead: Person
) -> None:
    town = ximing_town
    await town.reports(lead, TYRES)
    await town.says(lead, "/my")
    await town.press(lead, NUMBER)
    assert "负责办的单位" in newest(lead)
    await town.press(lead, "接单", "看看进展")
    assert "负责办的单位" in newest(lead)


async def test_a_second_look_moves_the_card_down(ximing_town: Town, wang: Person) -> None:
    """A card a case is enough; it is kept up to date where it stands now."""
    town = ximing_town
    await town.reports(wang, TYRES)
    for _ in range(2):
        await town.says(wang, "/my")
        await town.press(wang, NUMBER)
        assert "负责办的单位" in newest(wang)
        assert times(wang, "负责办的单位") == 1
    await town.press(wang, "撤回")
    assert "不再办理" in newest(wang)


# --- 更多 -------------------------------------------------------------------------------------------------------------


def pictures_sent(person: Person, before: int) -> list[str]:
    """What came as pictures after so many messages, as it is called."""
    return [bubble.text for bubble in person.chat[before:] if bubble.kind == "photo"]


async def test_more_does_not_repeat_what_the_card_shows_nor_what_is_lost(
    ximing_town: Town, wang: Person, lead: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    card = lead.sees(NUMBER)
    assert card is not None
    assert "更多" in card.buttons  # the map
    town.world.faults.next("getFile", bad("wrong file identifier"), times=1)
    for seed in (1, 2):
        wang.sends_photo(picture("tyres", seed=seed), reply_to=wang.sees(NUMBER))
        await town.settled()
    assert "照片 2 张" in town.seen(lead, said("notice.card_lead"))
    before = len(lead.chat)
    await town.press(lead, "更多")
    assert pictures_sent(lead, before) == [f"{NUMBER} 整改前"]


async def test_more_shows_a_checker_before_and_after_at_full_size(
    ximing_town: Town, wang: Person, lead: Person, partner: Person
) -> None:
    town = ximing_town
    await closed(town, wang, lead, partner, until="请核查")
    before = len(partner.chat)
    await town.press(partner, "更多")
    assert pictures_sent(partner, before) == [f"{NUMBER} 整改前", f"{NUMBER} 整改后"]


async def test_more_has_whatever_the_card_cut_short(
    ximing_town: Town, wang: Person, lead: Person, office: Person
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "申请延期")
    await town.says(lead, "吊车后天才到。" * 60)
    await town.press(lead, "1 周")
    assert "天才到…" in town.seen(office, "申请延期")
    await town.press(office, "更多")
    assert office.sees("吊车后天才到。" * 60) is not None


# --- 要求返工 ---------------------------------------------------------------------------------------------------------


async def closed(town: Town, wang: Person, lead: Person, partner: Person, *, until: str = "办好了") -> None:
    """A case with its photos, replied to, and closed unless the story stops before."""
    await town.reports(wang, TYRES, jpeg=picture("tyres"))
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "清了")
    if until == "办好了":
        await town.press(partner, "通过", "现场")


async def test_a_wish_for_rework_that_is_a_photo_is_shown_to_the_office(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    town = ximing_town
    await closed(town, wang, lead, partner)
    await town.press(wang, "要求返工")
    await town.photo(wang, picture("tyres", seed=9))
    card = office.sees("居民要求返工")
    assert card is not None
    assert "见照片" in card.text
    assert card.photo == next(bubble.photo for bubble in reversed(wang.chat) if bubble.mine and bubble.photo)
    before = len(office.chat)
    await town.press(office, "更多")
    assert pictures_sent(office, before) == [f"{NUMBER} 整改前", f"{NUMBER} 整改后"]


async def test_a_wish_for_rework_in_words_shows_the_result_it_is_about(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    town = ximing_town
    await closed(town, wang, lead, partner)
    closing = photo_on(wang, "办好了")
    await town.press(wang, "要求返工")
    await town.says(wang, "第二天又堆上了")
    assert photo_on(office, "第二天又堆上了") == closing


async def test_the_lead_reads_why_and_who_says_so(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """Also after a return that was not accepted, whose reason is another matter."""
    town = ximing_town
    await closed(town, wang, lead, partner, until="请核查")
    await town.press(partner, "不通过")
    await town.says(partner, "墙根还有")
    assert "核查没通过：墙根还有" in town.seen(lead, "第 1 次返工")
    await town.press(lead, "退回", "非我单位职责")
    await town.says(lead, "是油污")
    await town.press(office, "驳回")
    await town.press(lead, "接单")
    card = town.seen(lead, said("notice.card_lead"))
    assert "核查没通过：墙根还有" in card
    assert "not_ours" not in card


async def test_the_lead_reads_that_it_is_the_residents_wish(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    town = ximing_town
    await closed(town, wang, lead, partner)
    await town.press(wang, "要求返工")
    await town.photo(wang, picture("tyres", seed=9))
    await town.press(office, "重开")
    assert "居民说没办好：有照片，点“更多”看" in town.seen(lead, "第 1 次返工")
    before = len(lead.chat)
    await town.press(lead, "更多")
    assert f"{NUMBER} 要求返工" in pictures_sent(lead, before)


async def test_rework_that_was_asked_for_is_not_offered_again_while_it_is_looked_at(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    town = ximing_town
    await closed(town, wang, lead, partner)
    await town.press(wang, "要求返工")
    await town.says(wang, "第二天又堆上了")
    closing = wang.sees(said("notice.card_closing"))
    assert closing is not None
    assert "创城办正在看" in closing.text
    assert "要求返工”" not in closing.text
    assert "要求返工" not in closing.buttons
    await town.press(office, "维持")
    await town.says(office, "是新的问题")
    assert "要求返工" in town.seen(wang, said("notice.card_closing"))


async def test_the_paired_unit_hears_that_a_case_is_open_again(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """Otherwise the last it heard was that the case is closed."""
    town = ximing_town
    await closed(town, wang, lead, partner)
    await town.press(wang, "要求返工")
    await town.says(wang, "第二天又堆上了")
    await town.press(office, "重开")
    assert "又重新办理" in newest(partner)


async def test_a_result_that_was_doubted_is_not_asked_about_again_after_the_next_one(
    ximing_town: Town, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """Its card says that the case was taken up again, and stays so; the mark is asked for once, on the newest."""
    town = ximing_town
    await closed_twice(town, wang, lead, partner, office)
    first, second = [bubble for bubble in wang.chat if "🎉" in bubble.text]
    assert said("notice.closing_note_past") in first.text
    assert (first.buttons, len(second.buttons)) == ([], 4)
    await town.press(wang, "满意")
    first, second = [bubble for bubble in wang.chat if "🎉" in bubble.text]
    assert "您的评价：满意" not in first.text
    assert "您的评价：满意" in second.text


async def closed_twice(town: Town, wang: Person, lead: Person, partner: Person, office: Person) -> None:
    """A case that was put right, doubted, and put right again."""
    await closed(town, wang, lead, partner)
    await town.press(wang, "要求返工")
    await town.says(wang, "第二天又堆上了")
    await town.press(office, "重开")
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "又清了")
    await town.press(partner, "通过")
    await town.photo(partner, picture("tyres", "after", seed=5))
