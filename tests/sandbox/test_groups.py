"""What the bot hears in groups."""

import pytest

from bot.sandbox import Group, Person, World
from bot.sandbox.formatting import plain
from bot.sandbox.messages import text
from tests.sandbox.conftest import Api


@pytest.fixture
def group(world: World, wang: Person) -> Group:
    made = world.group("环卫组", [wang])
    made.adds_bot(wang)
    world.updates.clear()
    return made


def heard(world: World) -> int:
    return world.updates.pending


@pytest.mark.parametrize(
    ("words", "is_heard"),
    [
        ("路灯坏了", False),
        ("/todo", True),
        ("/todo@sandbox_bot 今天", True),
        ("/todo@Sandbox_Bot", True),
        ("/todo@other_bot", False),
        ("看 /todo", False),
        ("@sandbox_bot 你好", False),
    ],
)
def test_with_privacy_only_commands_are_heard(
    world: World, group: Group, wang: Person, words: str, is_heard: bool
) -> None:
    wang.says(words, where=group)
    assert heard(world) == int(is_heard)
    assert group.chat[-1].text == words


def test_replies_to_the_bot_are_heard(world: World, group: Group, wang: Person) -> None:
    post = world.post(group.room, world.bot, text(plain("新案件")))
    mine = wang.says("谁去？", where=group)
    wang.says("我去", reply_to=post, where=group)
    wang.says("好", reply_to=mine, where=group)
    assert heard(world) == 1


def test_photos_are_not_heard(world: World, group: Group, wang: Person) -> None:
    wang.sends("sticker", where=group, sticker={})
    assert heard(world) == 0


@pytest.mark.parametrize("way", ["administrator", "no privacy"])
def test_an_administrator_and_a_bot_without_privacy_hear_everything(
    world: World, group: Group, wang: Person, way: str
) -> None:
    if way == "administrator":
        group.makes_bot_admin(wang)
    else:
        group.privacy = False
    world.updates.clear()
    wang.says("路灯坏了", where=group)
    assert heard(world) == 1


def test_a_bot_that_was_thrown_out_hears_nothing(world: World, group: Group, wang: Person) -> None:
    group.kicks_bot(wang)
    world.updates.clear()
    wang.says("/todo", where=group)
    assert heard(world) == 0


def test_only_members_speak(world: World, group: Group) -> None:
    stranger = world.person("李大爷")
    with pytest.raises(ValueError, match="not a member"):
        stranger.says("x", where=group)
    group.adds(stranger)
    stranger.says("/x", where=group)


async def test_presses_in_groups_are_heard(api: Api, world: World, group: Group, wang: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": "接单", "callback_data": "t"}]]}
    await api.call("sendMessage", chat_id=group.id, text="新案件", reply_markup=keyboard)
    pressed = wang.presses("接单", where=group)
    assert (pressed.message.chat.id, pressed.data) == (group.id, "t")
    assert heard(world) == 1


async def test_in_groups_the_bot_deletes_its_own_and_as_administrator_others(
    api: Api, group: Group, wang: Person
) -> None:
    theirs = wang.says("广告", where=group)
    mine = await api.call("sendMessage", chat_id=group.id, text="x")
    await api.call("deleteMessage", chat_id=group.id, message_id=mine["message_id"])
    refused = await api.refusal("deleteMessage", chat_id=group.id, message_id=theirs.id)
    assert refused == (400, "Bad Request: message can't be deleted")
    group.makes_bot_admin(wang)
    await api.call("deleteMessage", chat_id=group.id, message_id=theirs.id)
    assert "广告" not in [bubble.text for bubble in group.chat]


async def test_a_topic_shows_only_its_own(api: Api, world: World, wang: Person) -> None:
    forum = world.group("街道工作群", [wang], forum=True)
    forum.adds_bot(wang)
    one, two = forum.opens_topic("环境卫生", wang), forum.opens_topic("交通", wang)
    await api.call("sendMessage", chat_id=forum.id, message_thread_id=one.thread, text="垃圾")
    wang.says("违停", where=two)
    assert [bubble.text for bubble in one.seen_by(wang.id)] == ["", "垃圾"]
    assert [bubble.text for bubble in two.seen_by(wang.id)] == ["", "违停"]


def test_a_deleted_topic_takes_its_messages_along(world: World, wang: Person) -> None:
    forum = world.group("街道工作群", [wang], forum=True)
    forum.adds_bot(wang)
    topic = forum.opens_topic("环境卫生", wang)
    wang.says("垃圾", where=topic)
    wang.says("大家好", where=forum)
    forum.deletes_topic(topic)
    assert [bubble.text for bubble in forum.chat] == ["", "大家好"]


def test_only_forums_have_topics(group: Group, wang: Person) -> None:
    with pytest.raises(ValueError, match="forum"):
        group.opens_topic("x", wang)


async def test_groups_without_topics_ignore_a_topic(api: Api, group: Group) -> None:
    sent = await api.call("sendMessage", chat_id=group.id, message_thread_id=77, text="x")
    assert "message_thread_id" not in sent


def test_edits_are_heard_like_messages(world: World, group: Group, wang: Person) -> None:
    wang.edits(wang.says("路灯", where=group), "路灯坏了")
    assert heard(world) == 0
    wang.edits(wang.says("/todo", where=group), "/todo 今天")
    assert heard(world) == 2
