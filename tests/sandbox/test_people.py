"""What a person can do and see."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox import Memory, NothingHappenedError, Person, World, transcript
from bot.sandbox.formatting import plain
from bot.sandbox.messages import text
from tests.sandbox.conftest import Api, Clock, jpeg


async def card(api: Api, person: Person, words: str, *labels: str) -> int:
    """A message with buttons; its id."""
    keyboard = {"inline_keyboard": [[{"text": label, "callback_data": f"{words}:{label}"}] for label in labels]}
    sent = await api.call("sendMessage", chat_id=person.id, text=words, reply_markup=keyboard)
    return int(sent["message_id"])


async def test_the_newest_button_of_a_name_is_pressed(api: Api, wang: Person) -> None:
    first = await card(api, wang, "一", "提交", "放弃")
    await card(api, wang, "二", "提交")
    assert wang.presses("提交").data == "二:提交"
    assert wang.presses("放弃").data == "一:放弃"
    assert wang.presses("提交", on=first).data == "一:提交"
    assert wang.presses("弃", contains=True).data == "一:放弃"
    with pytest.raises(LookupError, match="no button '通过'"):
        wang.presses("通过")


async def test_buttons_that_were_taken_away_cannot_be_pressed(api: Api, wang: Person) -> None:
    message_id = await card(api, wang, "一", "提交")
    await api.call("editMessageText", chat_id=wang.id, message_id=message_id, text="已提交")
    with pytest.raises(LookupError):
        wang.presses("提交")
    assert wang.presses_data("一:提交", on=message_id).data == "一:提交"


async def test_a_press_is_answered_once(api: Api, wang: Person, clock: Clock) -> None:
    await card(api, wang, "一", "提交")
    pressed = wang.presses("提交")
    assert pressed.answer is None
    await api.call("answerCallbackQuery", callback_query_id=pressed.id, text="已提交")
    assert [toast.text for toast in wang.toasts] == ["已提交"]
    assert (await api.refusal("answerCallbackQuery", callback_query_id=pressed.id))[0] == 400
    late = wang.presses("提交")
    clock.advance(16)
    _, words = await api.refusal("answerCallbackQuery", callback_query_id=late.id)
    assert words == "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert late.answer is None


async def test_an_empty_answer_shows_nothing(api: Api, wang: Person) -> None:
    await card(api, wang, "一", "提交")
    pressed = wang.presses("提交")
    await api.call("answerCallbackQuery", callback_query_id=pressed.id)
    assert pressed.answer
    assert wang.toasts == []


async def test_deep_links_start_the_bot(api: Api, world: World, wang: Person) -> None:
    link = f"https://t.me/{world.bot.username}?start=case_7"
    keyboard = {"inline_keyboard": [[{"text": "打开", "url": link}]]}
    await api.call("sendMessage", chat_id=wang.id, text="x", reply_markup=keyboard)
    assert wang.opens("打开") == link
    assert wang.chat[-1].text == "/start case_7"
    with pytest.raises(LookupError, match="use opens"):
        wang.presses("打开")


async def test_the_reply_keyboard(api: Api, wang: Person) -> None:
    keyboard: dict[str, Any] = {
        "keyboard": [[{"text": "发送位置", "request_location": True}], ["说不清"]],
        "one_time_keyboard": True,
    }
    assert wang.keyboard == []
    await api.call("sendMessage", chat_id=wang.id, text="在哪里？", reply_markup=keyboard)
    assert wang.keyboard == [["发送位置"], ["说不清"]]
    with pytest.raises(ValueError, match="spot"):
        wang.presses_key("发送位置")
    with pytest.raises(LookupError, match="no key '别的'"):
        wang.presses_key("别的")


async def test_a_key_sends_its_text_or_the_position(api: Api, wang: Person) -> None:
    key = {"text": "发送位置", "request_location": True}
    keyboard = {"keyboard": [[key, "说不清"]]}
    await api.call("sendMessage", chat_id=wang.id, text="在哪里？", reply_markup=keyboard)
    assert wang.presses_key("发送位置", spot=(41.8, 123.4)).content.facts["location"]["latitude"] == 41.8
    assert wang.presses_key("说不清").content.words.text == "说不清"
    await api.call("sendMessage", chat_id=wang.id, text="好", reply_markup={"remove_keyboard": True})
    assert wang.keyboard == []


async def test_a_one_time_keyboard_goes_after_use(api: Api, wang: Person) -> None:
    keyboard = {"keyboard": [["好"]], "one_time_keyboard": True}
    await api.call("sendMessage", chat_id=wang.id, text="？", reply_markup=keyboard)
    wang.presses_key("好")
    assert wang.keyboard == []


async def test_a_placeholder_stands_in_the_field(api: Api, wang: Person) -> None:
    asking = {"force_reply": True, "input_field_placeholder": "原因", "selective": True}
    sent = await api.call("sendMessage", chat_id=wang.id, text="？", reply_markup=asking)
    assert wang.room.messages[sent["message_id"]].markup == asking


async def test_force_reply_is_answered_by_a_reply(api: Api, wang: Person) -> None:
    with pytest.raises(LookupError):
        wang.answers("没人问")
    sent = await api.call("sendMessage", chat_id=wang.id, text="原因？", reply_markup={"force_reply": True})
    assert wang.answers("非我单位职责").reply_to == sent["message_id"]


def test_the_chat_is_seen_as_it_is_now(wang: Person) -> None:
    said = wang.says("三号楼")
    photo = wang.sends_photo(jpeg(), "看")
    wang.edits(said, "五号楼")
    shown = {bubble.id: bubble for bubble in wang.chat}
    assert (shown[said.id].text, shown[said.id].edits, shown[said.id].mine) == ("五号楼", 1, True)
    assert (shown[photo.id].photo or b"").startswith(b"\xff\xd8")
    wang.deletes(said)
    assert [bubble.id for bubble in wang.chat] == [1, photo.id]


def test_the_last_message_is_the_bots(world: World, wang: Person) -> None:
    assert wang.last is None
    world.post(wang.room, world.bot, text(plain("收到")))
    wang.says("好的")
    assert wang.last
    assert wang.last.text == "收到"
    assert wang.sees("收") == wang.last
    assert wang.sees("好的") is None


def test_who_has_blocked_the_bot_cannot_speak_to_it(wang: Person) -> None:
    wang.blocks_bot()
    with pytest.raises(ValueError, match="unblocks_bot"):
        wang.says("x")
    wang.unblocks_bot()
    wang.says("x")


def test_old_messages_are_forgotten_when_told_so() -> None:
    small = World(memory=Memory(messages_per_chat=3, files=6))
    person = small.person("王阿姨")
    for _ in range(9):
        person.sends_photo(jpeg(100, 80))
    assert len(person.room.messages) == 3
    assert small.files.find(person.room.messages[7].as_json()["photo"][0]["file_id"])
    assert len(small.files._media) <= 6


def test_a_transcript_for_the_terminal(world: World, wang: Person) -> None:
    world.post(wang.room, world.bot, text(plain("已收到您的报送，编号 XM-260421-007")))
    wang.sends_photo(jpeg(), "又堆了一堆")
    wang.edits(wang.says("三号楼"), "五号楼")
    lines = transcript(wang.chat[1:], {"photo": "照片", "edited": "已编辑"}, width=24).splitlines()
    assert lines == [
        "Sandbox:",
        "已收到您的报送，编",
        "号 XM-260421-007",
        "",
        "                  [照片]",
        "              又堆了一堆",
        "",
        "         五号楼 (已编辑)",
    ]


@pytest.mark.parametrize("deed", ["says", "edits", "deletes", "blocks"])
async def test_what_a_person_does_wakes_whoever_waits(world: World, wang: Person, deed: str) -> None:
    world.updates.allow(["poll"])
    said = wang.says("一")
    deeds: dict[str, tuple[Callable[[], object], Callable[[], bool]]] = {
        "says": (lambda: wang.says("二"), lambda: wang.chat[-1].text == "二"),
        "edits": (lambda: wang.edits(said, "二"), lambda: wang.chat[-1].text == "二"),
        "deletes": (lambda: wang.deletes(said), lambda: len(wang.chat) == 1),
        "blocks": (wang.blocks_bot, lambda: wang.has_blocked),
    }
    do, is_done = deeds[deed]
    waiting = asyncio.create_task(world.until(is_done, timeout=5))
    await asyncio.sleep(0)
    do()
    await waiting


def test_nobody_presses_or_speaks_where_they_cannot(world: World, wang: Person) -> None:
    stranger = world.person("李大爷")
    with pytest.raises(ValueError, match="somebody else's"):
        stranger.says("x", where=wang)
    with pytest.raises(LookupError, match="no message to press on"):
        stranger.presses_data("x")
    group = world.group("环卫组", [wang])
    world.upgrades(group, wang)
    with pytest.raises(ValueError, match="moved on"):
        wang.says("x", where=group)


async def test_waiting_in_vain_tells_the_story(world: World, wang: Person) -> None:
    with pytest.raises(NothingHappenedError, match=r"1 updates open, 0 calls at work\n.*/start"):
        await world.until(lambda: wang.last, timeout=0.01)
    with pytest.raises(NothingHappenedError, match="no quiet"):
        await world.quiet(timeout=0.01)


async def test_quiet_comes_when_everything_is_confirmed(api: Api, world: World, wang: Person) -> None:
    taken = await api.call("getUpdates")
    await api.call("sendMessage", chat_id=wang.id, text="收到")
    await api.call("getUpdates", offset=taken[-1]["update_id"] + 1)
    await world.quiet(pause=0.01)
    assert world.is_settled()


async def test_until_gives_what_it_waited_for(world: World, wang: Person) -> None:
    wang.says("x")
    assert (await world.until(lambda: wang.chat[-1])).text == "x"


async def test_explicit_entities_are_kept(api: Api, wang: Person) -> None:
    entity = {"type": "text_mention", "offset": 0, "length": 1, "user": {"id": 77}}
    sent = await api.call("sendMessage", chat_id=wang.id, text="王", entities=[entity])
    assert [(e["type"], e["user"]["id"]) for e in sent["entities"]] == [("text_mention", 77)]


@pytest.mark.parametrize("way", ["confirm", "forget", "drop"])
async def test_whoever_waits_for_updates_to_go_is_woken(api: Api, world: World, way: str) -> None:
    world.person("王阿姨").says("一")
    last = world.person("李大爷").start()
    left = 1 if way == "forget" else 0
    waiting = asyncio.create_task(world.until(lambda: world.updates.pending == left, timeout=5))
    await asyncio.sleep(0)
    if way == "confirm":
        await api.call("getUpdates", offset=world.updates.next_id)
    elif way == "forget":
        assert [u["message"]["message_id"] for u in await api.call("getUpdates", offset=-1)] == [last.id]
    else:
        world.updates.clear()
    await waiting


async def test_a_call_on_its_way_is_no_quiet(api: Api, world: World, wang: Person) -> None:
    world.updates.clear()
    world.faults.latency_ms = 40
    call = asyncio.create_task(api.call("sendMessage", chat_id=wang.id, text="x"))
    await world.until(lambda: world.busy)
    await world.quiet(pause=0.001)
    assert wang.last
    await call


async def test_a_toast_wakes_whoever_waits_for_it(api: Api, world: World, wang: Person) -> None:
    await card(api, wang, "一", "提交")
    pressed = wang.presses("提交")
    waiting = asyncio.create_task(world.until(lambda: pressed.answer))
    await asyncio.sleep(0)
    await api.call("answerCallbackQuery", callback_query_id=pressed.id, text="好")
    toast = await waiting
    assert toast
    assert toast.text == "好"
