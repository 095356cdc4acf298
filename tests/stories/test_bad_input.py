"""What people and networks should not send: everything gets a clear answer, and nothing is lost or done twice."""

from typing import Any

import pytest
from structlog.typing import EventDict

from bot.sandbox import Bubble, Person
from bot.sandbox.pictures import picture
from domain.case import State
from tests.stories.said import said
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
NUMBER = "XM-260421-001"
AT_SEA = (38.5, 120.2)


def data_of(person: Person, label: str) -> str:
    """What the newest button with this label would send."""
    rows = (row for bubble in reversed(person.chat) for row in bubble.rows)
    return next(button.data for row in rows for button in row if button.text == label)


def card_of(person: Person) -> Bubble:
    """The card of the report that is being made."""
    card = person.sees(said("notice.draft"))
    assert card is not None
    return card


async def press_data(town: Town, person: Person, data: str) -> str:
    """Somebody sends this as if a button did. The answer."""
    person.presses_data(data)
    await town.settled()
    return person.toasts[-1].text


# --- updates ----------------------------------------------------------------------------------------------------------


async def test_garbage_among_good_updates_stands_in_nobodys_way(
    ximing_town: Town, wang: Person, office: Person, logs: list[EventDict]
) -> None:
    """It is asked for again, then kept and set aside; the office hears of it, those before and behind it go on."""
    town = ximing_town
    wang.says(TYRES)
    town.world.push_raw(b'{"update_id": %d, "message": {"text": "\xff' % town.world.updates.next_id)
    wang.sends_photo(picture("tyres"))
    await town.settled()
    assert "照片 1 张" in town.seen(wang, TYRES)
    assert town.seen(office, said("notice.parked"))
    assert [line["why"] for line in logs if line["event"] == "parked"] == ["unreadable: JSONDecodeError"]


async def test_messages_that_make_no_sense_are_set_aside_at_once(
    ximing_town: Town, wang: Person, office: Person
) -> None:
    town = ximing_town
    chat = {"id": wang.id, "type": "private", "first_name": "王阿姨"}
    sender = {"id": wang.id, "is_bot": False, "first_name": "王阿姨"}
    for odd in ({"location": {"latitude": 999, "longitude": 0}}, {"text": 7}, {"photo": [{"file_id": "x"}]}):
        town.world.push_raw({"message": {"message_id": 999, "date": 1, "chat": chat, "from": sender, **odd}})
    await town.says(wang, TYRES)
    assert town.seen(wang, said("notice.draft"))
    assert sum(said("notice.parked") in bubble.text for bubble in office.chat) == 3


async def test_unknown_kinds_of_updates_have_no_effect(ximing_town: Town, wang: Person, logs: list[EventDict]) -> None:
    town = ximing_town
    before = len(wang.chat)
    town.world.push_raw({"poll": {"id": "1", "question": "?", "options": []}})
    town.world.push_raw({"a_kind_of_next_year": {"chat": {"id": 1, "type": "private"}}})
    town.world.push_raw({"message": {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "channel", "title": "?"}}})
    town.world.push_raw({})
    await town.settled()
    assert len(wang.chat) == before
    await town.says(wang, TYRES)
    assert town.seen(wang, said("notice.draft"))
    assert not [line for line in logs if line["log_level"] in ("warning", "error")]


async def test_an_update_that_comes_five_times_has_its_effect_once(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    officer = await town.officer("老李", "D12")
    await town.says(wang, TYRES)
    wang.presses("提交")
    await town.settled()
    last = town.world.redeliver()
    for update in (last - 1, last, last - 1, last, last):
        town.world.redeliver(update)
        await town.settled()
    await town.says(wang, "/my")
    assert "共 1 件" in town.seen(wang, said("notice.my_cases"))
    assert sum(NUMBER in bubble.text for bubble in officer.chat) == 1


# --- buttons ----------------------------------------------------------------------------------------------------------


async def test_the_button_of_a_filed_draft_says_what_became_of_it(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    submit = data_of(wang, "提交")
    await town.press(wang, "提交")
    assert NUMBER in await press_data(town, wang, submit)
    assert (await town.case(NUMBER)).state is State.DISPATCHED


async def test_the_button_of_a_draft_given_up_says_so(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    submit = data_of(wang, "提交")
    await town.press(wang, "放弃", "确定放弃")
    assert said("refused.draft_given_up") in await press_data(town, wang, submit)


async def test_tapping_twice_is_no_answer_to_what_the_first_tap_has_asked(ximing_town: Town, wang: Person) -> None:
    """Not even after the person has looked at another list and gone back."""
    town = ximing_town
    await town.photo(wang, picture("bins"))
    submit = data_of(wang, "提交")
    for _ in range(3):
        wang.presses_data(submit)
    await town.settled()
    assert said("prompt.streets") in town.seen(wang, said("notice.draft"))
    assert said("toast.card_changed") in wang.toasts[-1].text
    await town.press(wang, "返回")
    assert await press_data(town, wang, submit) == wang.toasts[-1].text == said("toast.card_changed")
    assert said("prompt.both") in town.seen(wang, said("notice.draft"))
    await town.press(wang, "提交")
    assert said("prompt.groups") in town.seen(wang, said("notice.draft"))


async def test_a_draft_is_not_given_up_by_a_tap_from_before_it_grew(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.says(wang, TYRES)
    await town.press(wang, "放弃")
    give_up = data_of(wang, "确定放弃")
    await town.photo(wang, picture("tyres"))
    assert said("toast.card_changed") in await press_data(town, wang, give_up)
    await town.press(wang, "提交")
    assert (await town.case(NUMBER)).state is State.DISPATCHED


async def test_one_of_several_places_is_picked_only_from_the_newest_list(ximing_town: Town, wang: Person) -> None:
    """The first of another list is another place."""
    town = ximing_town
    await town.says(wang, "万家超市门口井盖丢了")
    first = next(button.data for row in card_of(wang).rows for button in row)
    await town.says(wang, "不对，是幸福里小区门口")
    assert said("toast.card_changed") in await press_data(town, wang, first)
    assert said("prompt.choices") in town.seen(wang, said("notice.draft"))


async def test_a_category_that_is_tapped_counts_also_when_the_card_has_changed_since(
    ximing_town: Town, wang: Person
) -> None:
    """Whoever taps while an album is still coming in is not asked to tap again where the button says it all."""
    town = ximing_town
    await town.photo(wang, picture("leaflets"))
    await town.press(wang, "改类别", "广告与宣传氛围整治")
    leaflets = data_of(wang, "非法小广告")
    await town.photo(wang, picture("leaflets", seed=1))
    await press_data(town, wang, leaflets)
    assert "非法小广告" in town.seen(wang, said("notice.draft"))


async def test_the_button_of_a_case_that_ended_says_what_became_of_it(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    officer = await town.officer("老李", "D12")
    number = await town.reports(wang, TYRES)
    acknowledge = data_of(officer, "接单")
    await town.press(wang, "撤回")
    answer = await press_data(town, officer, acknowledge)
    assert number in answer
    assert "已作废" in answer
    assert "撤回" in answer


async def test_a_forged_button_does_nothing(ximing_town: Town, wang: Person) -> None:
    number = await ximing_town.reports(wang, TYRES)
    for data in ("forged", "x" * 64, "'; DROP TABLE cases; --", "<b>", "\u202e接单"):
        assert said("refused.old_button") in await press_data(ximing_town, wang, data)
    assert (await ximing_town.case(number)).state is State.DISPATCHED


async def test_somebody_elses_button_does_nothing(ximing_town: Town, wang: Person) -> None:
    """Whoever gets hold of what a button sends has no more rights than before."""
    town = ximing_town
    officer = await town.officer("老李", "D12")
    thief = await town.resident("小偷")
    await town.says(wang, TYRES)
    submit = data_of(wang, "提交")
    assert said("refused.not_your_button") in await press_data(town, thief, submit)
    assert officer.sees(NUMBER) is None
    await town.press(wang, "提交")
    acknowledge = data_of(officer, "接单")
    assert await press_data(town, thief, acknowledge)
    assert (await town.case(NUMBER)).state is State.DISPATCHED


async def test_of_two_who_press_at_once_one_wins_and_the_other_hears_who(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    officers = [await town.officer("老李", "D12"), await town.officer("小孙", "D12")]
    number = await town.reports(wang, TYRES)
    before = len(wang.chat)
    for officer in officers:
        officer.presses("接单")
    await town.settled()
    first, second = sorted((officer.toasts[-1].text for officer in officers), key=len)
    assert first == said("toast.done_acknowledge")
    assert number in second
    assert "接单" in second
    assert "区交通局" in second
    assert (await town.case(number)).state is State.RECTIFYING
    assert len(wang.chat) == before + 1


# --- words ------------------------------------------------------------------------------------------------------------

NASTY = "<b>粗</b> <script>x</script> &amp; {number} %s \u202e倒着\u2066 \x00\x07"
SHOWN = "<b>粗</b> <script>x</script> &amp; {number} %s 倒着"


def shows_plainly(bubble: Bubble | None) -> bool:
    """The nasty words stand there as they were typed, without what nobody sees, and nothing of them works."""
    assert bubble is not None
    return SHOWN in bubble.text and not any(sign in bubble.text for sign in "\u202e\u2066\x00\x07")


async def test_what_people_type_is_only_text_wherever_it_is_shown(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    officer, partner = await town.officer("老李", "D12"), await town.officer("小赵", "D02")
    await town.says(wang, f"{TYRES} {NASTY}")
    assert shows_plainly(wang.sees(said("notice.draft")))
    await town.press(wang, "提交")
    assert all(shows_plainly(person.sees(NUMBER)) for person in (wang, officer, partner))
    await town.says(wang, "/my")
    assert NUMBER in town.seen(wang, said("notice.my_cases"))
    await town.says(officer, "/todo")
    assert NUMBER in town.seen(officer, said("notice.todo_list"))
    await town.press(officer, "整改完成")
    await town.photo(officer, picture("tyres", "after"), NASTY)
    assert shows_plainly(partner.sees("区交通局"))
    await town.press(partner, "不通过")
    await town.says(partner, NASTY)
    assert shows_plainly(officer.sees(NUMBER))


async def test_the_name_of_a_place_is_only_text(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    wang.sends_venue(41.345488, 123.76323, NASTY, "?")
    await town.settled()
    assert shows_plainly(wang.sees(said("notice.draft")))


async def test_the_reason_of_a_return_is_only_text(ximing_town: Town, wang: Person, office: Person) -> None:
    town = ximing_town
    officer = await town.officer("老李", "D12")
    await town.reports(wang, TYRES)
    await town.press(officer, "退回", "非我单位职责")
    await town.says(officer, NASTY)
    assert shows_plainly(office.sees(NUMBER))


async def test_a_very_long_text_is_cut_on_the_cards_and_shown_in_full_on_demand(
    ximing_town: Town, wang: Person
) -> None:
    town = ximing_town
    officer = await town.officer("老李", "D12")
    await town.says(wang, TYRES + "很" * 5000)
    await town.press(wang, "提交")
    card = officer.sees(NUMBER)
    assert card is not None
    assert len(card.text) < 1024
    assert "4月24日" in card.text
    await town.press(officer, "更多")
    assert max(len(bubble.text) for bubble in officer.chat) > 4000
    assert not town.world.complaints


async def test_a_very_long_answer_is_an_answer(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    officer, partner = await town.officer("老李", "D12"), await town.officer("小赵", "D02")
    await town.reports(wang, TYRES)
    await town.press(officer, "整改完成")
    await town.photo(officer, picture("tyres", "after"))
    await town.says(officer, "很" * 5000)
    assert "很很" in town.seen(partner, "区交通局")


async def test_unknown_commands_are_answered(ximing_town: Town, wang: Person) -> None:
    for words in ("/foo", "/bar baz", "/FOOBAR@sandbox_bot", "/" + "x" * 32, "/my-cases"):
        await ximing_town.says(wang, words)
        assert wang.last is not None
        assert words.lower().partition("@")[0].partition(" ")[0] in wang.last.text


@pytest.mark.parametrize(
    ("sent", "called"),
    [
        ({"sticker": {"width": 5, "height": 5, "type": "regular"}}, "表情"),
        ({"contact": {"phone_number": "+8613812345678", "first_name": "李"}}, "名片"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "骰子"),
        ({"poll": {"id": "7", "question": "好吗？", "options": []}}, "投票"),
        ({"hologram": {}}, "这种消息"),
    ],
)
async def test_what_we_cannot_read_is_called_by_its_name(
    ximing_town: Town, wang: Person, sent: dict[str, Any], called: str
) -> None:
    """With what can be sent instead; and it begins no report."""
    wang.sends(next(iter(sent)), **sent)
    await ximing_town.settled()
    assert called in ximing_town.seen(wang, said("notice.strange"))
    assert wang.sees("您的报送") is None


async def test_what_we_cannot_read_leaves_a_question_open(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    officer = await town.officer("老李", "D12")
    await town.reports(wang, TYRES)
    await town.press(officer, "退回", "重复")
    officer.sends("sticker", sticker={"width": 5, "height": 5, "type": "regular"})
    await town.settled()
    await town.says(officer, "前面报过")
    assert (await town.case(NUMBER)).note == "前面报过"


async def test_a_slash_alone_is_a_command_we_do_not_know(ximing_town: Town, wang: Person) -> None:
    for words in ("/", " / ", "//"):
        before = len(wang.chat)
        await ximing_town.says(wang, words)
        assert [said("notice.unknown_command") in bubble.text for bubble in wang.chat[before + 1 :]] == [True]


async def test_what_is_hardly_a_message_gets_an_answer_and_opens_no_case(ximing_town: Town, wang: Person) -> None:
    for words in ("/", "//", "/foo<b>", "/" + "x" * 33, "？", "\u202e", " "):
        before = [bubble.text for bubble in wang.chat if not bubble.mine]
        await ximing_town.says(wang, words)
        assert [bubble.text for bubble in wang.chat if not bubble.mine] != before
    await ximing_town.says(wang, "/my")
    assert ximing_town.seen(wang, said("notice.my_cases_none"))


async def test_commands_of_others_are_refused_with_a_sentence(ximing_town: Town, wang: Person) -> None:
    refusals = {
        "/todo": "officers_only",
        "/triage": "office_only",
        "/checks": "checkers_only",
        "/invite D12": "office_only",
    }
    for command, refusal in refusals.items():
        before = len(wang.chat)
        await ximing_town.says(wang, command)
        assert said(f"refused.{refusal}") in wang.chat[before + 1].text


async def test_a_wrong_invitation_binds_to_nothing(ximing_town: Town, wang: Person) -> None:
    for token in ("forged", "lo_c1", "x" * 64):
        before = len(wang.chat)
        wang.start(token)
        await ximing_town.settled()
        assert said("refused.no_invitation") in wang.chat[before + 1].text
    await ximing_town.says(wang, "/todo")
    assert ximing_town.seen(wang, said("refused.officers_only"))


# --- files and places -------------------------------------------------------------------------------------------------


async def test_a_file_that_is_too_large_is_said_to_be_and_the_case_goes_on(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    officer = await town.officer("老李", "D12")
    wang.sends_file(picture("tyres"), "IMG.jpg", "image/jpeg", caption=TYRES, size=25 << 20)
    await town.settled()
    assert said("why.too_big") in town.seen(wang, said("notice.file_lost"))
    await town.press(wang, "提交")
    card = officer.sees(NUMBER)
    assert card is not None
    assert card.photo is None


async def test_a_picture_that_is_none_is_said_to_be_and_the_case_goes_on(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    officer = await town.officer("老李", "D12")
    for data in (b"", b"no picture at all", b"\xff\xd8\xff\xe0 half", b"<svg onload='x'/>"):
        wang.sends_file(data, "IMG.jpg", "image/jpeg", caption=TYRES)
    await town.settled()
    assert sum(said("why.not_a_picture") in bubble.text for bubble in wang.chat) == 4
    await town.press(wang, "提交")
    assert town.seen(officer, NUMBER)


async def test_a_position_at_sea_is_said_to_be_outside_and_the_case_goes_on(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.says(wang, "路灯不亮")
    wang.sends_location(*AT_SEA)
    await town.settled()
    assert said("prompt.outside") in town.seen(wang, said("notice.draft"))
    await town.press(wang, "提交", "说不清", "提交")
    assert (await town.case(NUMBER)).lead == "D01"
