"""What people do arrives in the shapes of Bot API 10: python-telegram-bot reads every one of them."""

import json
from collections.abc import Callable

import pytest
import telegram

from bot.sandbox import Group, Person, World
from bot.sandbox.calls import Call
from bot.sandbox.methods import perform
from tests.sandbox.conftest import Clock, jpeg

Deed = Callable[[Person], object]


def updates(world: World) -> list[telegram.Update]:
    """Everything that waits, read by python-telegram-bot, and forgotten."""
    read = []
    for queued in world.updates.ready():
        update = telegram.Update.de_json(json.loads(queued.body), None)
        unknown = (update.effective_message.api_kwargs or {}) if update.effective_message else {}
        assert not update.api_kwargs
        assert not unknown.keys() - {"forward_date"}
        read.append(update)
    world.updates.clear()
    return read


def message(world: World) -> telegram.Message:
    """The one message that waits."""
    (update,) = updates(world)
    assert update.message
    return update.message


@pytest.fixture
def anna(world: World) -> Person:
    return world.person("安娜", language="en", username="anna_1")


def test_a_text(world: World, anna: Person, clock: Clock) -> None:
    anna.says("<轮胎> 又堆在路边")
    got = message(world)
    assert got.text == "<轮胎> 又堆在路边"
    assert got.date.timestamp() == clock.at
    assert got.from_user
    assert (got.from_user.id, got.from_user.language_code, got.from_user.is_bot) == (anna.id, "en", False)
    assert (got.chat.type, got.chat.id, got.chat.username) == ("private", anna.id, "anna_1")


def test_a_start_with_payload(world: World, anna: Person) -> None:
    anna.start("loc_7")
    got = message(world)
    assert got.text == "/start loc_7"
    assert got.parse_entities(["bot_command"]) == {got.entities[0]: "/start"}


def test_a_reply_carries_the_message(world: World, anna: Person) -> None:
    said = anna.says("在三号楼")
    world.updates.clear()
    anna.says("还有一处", reply_to=said)
    got = message(world)
    assert got.reply_to_message
    assert got.reply_to_message.text == "在三号楼"


def test_a_photo_in_several_sizes(world: World, anna: Person) -> None:
    anna.sends_photo(jpeg(1600, 1200), "看")
    got = message(world)
    assert [(size.width, size.height) for size in got.photo] == [(90, 68), (320, 240), (800, 600), (1280, 960)]
    assert len({size.file_unique_id for size in got.photo}) == 4
    assert got.caption == "看"


def test_an_album_and_a_late_picture(world: World, anna: Person) -> None:
    album = anna.sends_album([jpeg(), jpeg()], "两张", caption_on=1)
    anna.adds_to_album(album, jpeg())
    got = [update.message for update in updates(world) if update.message]
    assert [one.media_group_id for one in got] == [album.id] * 3
    assert [one.caption for one in got] == [None, "两张", None]
    assert len({one.message_id for one in got}) == 3


def test_a_file(world: World, anna: Person) -> None:
    anna.sends_file(jpeg(), "IMG_1.jpg", caption="原图", size=25_000_000)
    got = message(world).document
    assert got
    assert (got.file_name, got.mime_type, got.file_size) == ("IMG_1.jpg", "image/jpeg", 25_000_000)


def test_voice_and_video(world: World, anna: Person) -> None:
    anna.sends_voice(b"OggS", seconds=4)
    voice = message(world).voice
    assert voice
    assert (voice.mime_type, voice.to_dict()["duration"]) == ("audio/ogg", 4)
    anna.sends_video(b"mp4", seconds=7, caption="看")
    video = message(world).video
    assert video
    assert (video.width, video.height, video.to_dict()["duration"]) == (1280, 720, 7)


def test_a_place_in_three_ways(world: World, anna: Person) -> None:
    anna.sends_location(41.8, 123.4)
    got = message(world)
    assert got.location
    assert (got.location.latitude, got.location.longitude, got.venue) == (41.8, 123.4, None)
    anna.sends_venue(41.8, 123.4, "早市", "幸福路")
    venue = message(world).venue
    assert venue
    assert (venue.title, venue.address, venue.location.longitude) == ("早市", "幸福路", 123.4)
    live = anna.sends_live_location(41.8, 123.4, seconds=600)
    anna.moves(live, 41.9, 123.5)
    anna.stops(live)
    first, tick, last = updates(world)
    assert first.message
    assert first.message.location
    assert first.message.location.to_dict()["live_period"] == 600
    assert tick.edited_message
    assert tick.edited_message.location
    assert tick.edited_message.location.to_dict() == {"latitude": 41.9, "longitude": 123.5, "live_period": 600}
    assert tick.edited_message.edit_date
    assert last.edited_message
    assert last.edited_message.location
    assert last.edited_message.location.to_dict() == {"latitude": 41.9, "longitude": 123.5}


def test_an_edited_message(world: World, anna: Person, clock: Clock) -> None:
    said = anna.says("三号楼")
    world.updates.clear()
    clock.advance(60)
    anna.edits(said, "五号楼")
    (update,) = updates(world)
    assert update.edited_message
    assert (update.edited_message.message_id, update.edited_message.text) == (said.id, "五号楼")


def test_a_forwarded_message(world: World, anna: Person) -> None:
    said = world.person("李大爷").says("井盖没了")
    world.updates.clear()
    anna.forwards(said)
    origin = message(world).forward_origin
    assert isinstance(origin, telegram.MessageOriginUser)
    assert origin.sender_user.first_name == "李大爷"
    anna.forwards(said, hidden=True)
    assert isinstance(message(world).forward_origin, telegram.MessageOriginHiddenUser)


def test_anything_else(world: World, anna: Person) -> None:
    anna.sends("dice", dice={"emoji": "🎲", "value": 6})
    assert message(world).dice == telegram.Dice(6, "🎲")
    anna.sends_live_photo(jpeg(), b"mp4")
    got = message(world)
    assert got.photo
    assert got.live_photo
    assert got.live_photo.photo == got.photo


def test_blocking_and_coming_back(world: World, anna: Person) -> None:
    anna.start()
    world.updates.clear()
    anna.blocks_bot()
    anna.start()
    blocked, back, start = updates(world)
    assert blocked.my_chat_member
    assert blocked.my_chat_member.old_chat_member.status == "member"
    assert isinstance(blocked.my_chat_member.new_chat_member, telegram.ChatMemberBanned)
    assert blocked.my_chat_member.new_chat_member.user.id == world.bot.id
    assert back.my_chat_member
    assert back.my_chat_member.new_chat_member.status == "member"
    assert start.message


async def test_a_press(world: World, anna: Person) -> None:
    anna.start()
    keyboard = {"inline_keyboard": [[{"text": "提交", "callback_data": "tok:1", "style": "primary"}]]}
    await perform(world, Call("sendMessage", {"chat_id": anna.id, "text": "草稿", "reply_markup": keyboard}))
    world.updates.clear()
    anna.presses("提交")
    (update,) = updates(world)
    query = update.callback_query
    assert query
    assert (query.data, query.from_user.id) == ("tok:1", anna.id)
    assert isinstance(query.message, telegram.Message)
    assert query.message.text == "草稿"
    assert query.message.reply_markup
    assert query.message.reply_markup.inline_keyboard[0][0].style == "primary"


async def test_a_press_on_a_message_that_is_gone(world: World, anna: Person) -> None:
    anna.start()
    keyboard = {"inline_keyboard": [[{"text": "提交", "callback_data": "tok:1"}]]}
    sent = await perform(world, Call("sendMessage", {"chat_id": anna.id, "text": "草稿", "reply_markup": keyboard}))
    card = anna.room.messages[sent["message_id"]]
    await perform(world, Call("deleteMessage", {"chat_id": anna.id, "message_id": card.id}))
    world.updates.clear()
    pressed = world.queries.press(anna.user, card, "tok:1").as_json()
    assert pressed["message"] == {"message_id": card.id, "chat": anna.room.as_json(), "date": 0}
    world.tell("callback_query", pressed, anna.room)
    assert updates(world)[0].callback_query


@pytest.fixture
def forum(world: World, anna: Person) -> Group:
    return world.group("街道工作群", [anna], forum=True)


def test_a_bot_joins_a_group(world: World, anna: Person) -> None:
    group = world.group("环卫组", [anna])
    group.adds_bot(anna, payload="u1")
    joined, service, start = updates(world)
    assert joined.my_chat_member
    assert joined.my_chat_member.chat.id == group.id < 0
    assert joined.my_chat_member.new_chat_member.status == "member"
    assert service.message
    assert service.message.new_chat_members[0].id == world.bot.id
    assert start.message
    assert start.message.text == "/start@sandbox_bot u1"
    group.kicks_bot(anna)
    kicked, left = updates(world)
    assert kicked.my_chat_member
    assert kicked.my_chat_member.new_chat_member.status == "kicked"
    assert left.message
    assert left.message.left_chat_member


def test_people_come_and_go(world: World, anna: Person) -> None:
    group = world.group("环卫组", [anna])
    group.adds_bot(anna)
    world.updates.clear()
    li = world.person("李大爷")
    group.adds(li, by=anna)
    group.removes(li)
    came, went = updates(world)
    assert came.message
    assert came.message.new_chat_members[0].id == li.id
    assert went.message
    assert went.message.left_chat_member
    assert went.message.left_chat_member.id == li.id


def test_a_group_becomes_a_supergroup(world: World, anna: Person) -> None:
    group = world.group("环卫组", [anna])
    group.adds_bot(anna)
    world.updates.clear()
    larger = world.upgrades(group, anna)
    old, new = (update.message for update in updates(world))
    assert old
    assert new
    assert (old.chat.id, old.migrate_to_chat_id) == (group.id, larger.id)
    assert (new.chat.id, new.migrate_from_chat_id) == (larger.id, group.id)
    assert new.chat.type == "supergroup"


def test_topics(world: World, anna: Person, forum: Group) -> None:
    forum.adds_bot(anna)
    world.updates.clear()
    topic = forum.opens_topic("环境卫生", anna)
    anna.says("/todo@sandbox_bot", where=topic)
    forum.closes_topic(topic, anna)
    opened, said, closed = (update.message for update in updates(world))
    assert opened
    assert said
    assert closed
    assert opened.forum_topic_created
    assert (said.message_thread_id, said.is_topic_message, said.chat.is_forum) == (topic.thread, True, True)
    assert closed.forum_topic_closed
