"""What people see: cards, pictures, topics, and what takes the place of what."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from bot.channel import ClipFile, Letter, PictureFile, Shown
from bot.sandbox.groups import Group as Chat
from bot.sandbox.people import Person
from bot.sandbox.world import World
from bot.telegram.channel import TelegramChannel
from domain.messages import (
    Ask,
    Geo,
    Later,
    MediaKind,
    Notice,
    Peer,
    Refused,
    Sent,
    Unreachable,
)
from tests.telegram.conftest import picture
from tests.telegram.letters import ACTIONS, address, letter, peer, shown


async def test_a_card_is_a_photo_with_words_and_buttons(
    channel: TelegramChannel, wang: Person, files: Callable[[str], PictureFile]
) -> None:
    await shown(channel, peer(wang), letter("路灯 <不亮>", files("red"), actions=ACTIONS))
    card = wang.last
    assert card
    assert (card.kind, card.text, card.buttons) == ("photo", "路灯 <不亮>", ["接单", "退回"])


async def test_a_newer_card_takes_the_place_of_the_older_one(
    channel: TelegramChannel, wang: Person, files: Callable[[str], PictureFile]
) -> None:
    """Text to text, text to photo, words under the same photo, another photo: always one message."""
    to = peer(wang)
    old = await shown(channel, to, letter("一", actions=ACTIONS))
    steps = [
        letter("二"),
        letter("三", files("red"), actions=ACTIONS),
        letter("四", files("red")),
        letter("五", files("blue")),
    ]
    for step in steps:
        new = await shown(channel, to, replace(step, replaces=old))
        assert new.handle == old.handle
        old = new
    (card,) = [bubble for bubble in wang.chat if not bubble.mine]
    assert (card.text, card.buttons, card.kind, card.edits) == ("五", [], "photo", 4)


async def test_a_card_that_loses_its_photo_is_sent_anew_and_the_old_one_goes(
    channel: TelegramChannel, wang: Person, files: Callable[[str], PictureFile]
) -> None:
    old = await shown(channel, peer(wang), letter("一", files("red")))
    new = await shown(channel, peer(wang), letter("二", replaces=old))
    assert new.handle != old.handle
    assert [bubble.text for bubble in wang.chat if not bubble.mine] == ["二"]


async def test_the_same_card_again_is_not_sent_twice(channel: TelegramChannel, wang: Person) -> None:
    old = await shown(channel, peer(wang), letter("一", actions=ACTIONS))
    again = await shown(channel, peer(wang), letter("一", actions=ACTIONS, replaces=old))
    assert again == old
    assert len(wang.chat) == 2


async def test_a_card_whose_message_is_gone_is_sent_anew(channel: TelegramChannel, wang: Person, world: World) -> None:
    old = await shown(channel, peer(wang), letter("一"))
    world.remove(wang.room.messages[int(old.handle)])
    new = await shown(channel, peer(wang), letter("二", replaces=old))
    assert new.handle != old.handle
    assert wang.last
    assert wang.last.text == "二"


async def test_a_card_that_cannot_be_edited_is_sent_anew(channel: TelegramChannel, wang: Person) -> None:
    old = await shown(channel, peer(wang), letter("一"))
    wang.room.messages[int(old.handle)].locked = True
    await shown(channel, peer(wang), letter("二", replaces=old))
    assert [bubble.text for bubble in wang.chat if not bubble.mine] == ["一", "二"]


async def test_a_photo_telegram_already_has_goes_by_its_id(
    channel: TelegramChannel, wang: Person, world: World
) -> None:
    sent = wang.sends_photo(picture("green"))
    assert sent.content.media
    ref = sent.content.media.best.id
    await shown(channel, peer(wang), letter("路灯", PictureFile(ref, None)))
    assert world.called("sendPhoto")[-1]["photo"] == ref
    assert wang.last
    assert wang.last.kind == "photo"


async def test_an_id_telegram_no_longer_knows_is_replaced_by_our_copy(
    channel: TelegramChannel, wang: Person, files: Callable[[str], PictureFile]
) -> None:
    stale = replace(files("red"), ref="AgACAgUAAx-stale")
    old = await shown(channel, peer(wang), letter("一", stale))
    assert wang.last
    assert wang.last.kind == "photo"
    again = await shown(channel, peer(wang), letter("二", stale, replaces=old))
    assert again == old


async def test_a_voice_message_goes_by_its_id_else_as_our_copy(
    channel: TelegramChannel, wang: Person, tmp_path: Path
) -> None:
    spoken = b"OggS" + bytes(200)
    sent = wang.sends_voice(spoken)
    assert sent.content.media
    (tmp_path / "spoken.voice").write_bytes(spoken)
    ours = tmp_path / "spoken.voice"
    for voice in (clip(sent.content.media.best.id), clip("stale", ours)):
        await shown(channel, peer(wang), replace(letter("XM-1"), clip=voice))
        assert wang.last
        assert (wang.last.kind, wang.last.file, wang.last.text) == ("voice", spoken, "XM-1")
    await shown(channel, peer(wang), replace(letter("XM-1"), clip=clip("stale")))
    assert wang.last
    assert (wang.last.kind, wang.last.text) == ("text", "XM-1")


def clip(ref: str, path: Path | None = None, kind: MediaKind = MediaKind.VOICE) -> ClipFile:
    return ClipFile(kind, ref, path)


async def test_a_video_goes_as_a_video(channel: TelegramChannel, wang: Person, tmp_path: Path) -> None:
    filmed = b"moov" + bytes(200)
    (tmp_path / "filmed.video").write_bytes(filmed)
    video = clip("stale", tmp_path / "filmed.video", MediaKind.VIDEO)
    await shown(channel, peer(wang), replace(letter("XM-1"), clip=video))
    assert wang.last
    assert (wang.last.kind, wang.last.file, wang.last.text) == ("video", filmed, "XM-1")


@pytest.mark.parametrize(
    "lost", [PictureFile("AgACAgUAAx-stale", None), PictureFile(None, Path("gone.jpg")), PictureFile(None, None)]
)
async def test_a_card_goes_without_its_picture_rather_than_not_at_all(
    channel: TelegramChannel, wang: Person, lost: PictureFile
) -> None:
    sent = await shown(channel, peer(wang), letter("路灯", lost, actions=ACTIONS))
    assert sent.form == "text"
    assert wang.last
    assert (wang.last.kind, wang.last.text, wang.last.buttons) == ("text", "路灯", ["接单", "退回"])


async def test_a_file_that_is_no_picture_does_not_hold_the_card_back(
    channel: TelegramChannel, wang: Person, tmp_path: Path
) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"this is no picture")
    sent = await shown(channel, peer(wang), letter("路灯", PictureFile(None, tmp_path / "broken.jpg")))
    assert sent.form == "text"


async def test_the_position_button_stands_alone_and_goes_with_its_message(
    channel: TelegramChannel, wang: Person
) -> None:
    asking = await shown(channel, peer(wang), letter("在哪里？", ask=Ask.POSITION))
    assert wang.keyboard == [["button.send_position/zh"]]
    await shown(channel, peer(wang), letter("谢谢", replaces=asking))
    assert wang.keyboard == []
    assert [bubble.text for bubble in wang.chat if not bubble.mine] == ["谢谢"]


async def test_a_pin_is_shown_on_the_map(channel: TelegramChannel, wang: Person) -> None:
    pin = Letter(Notice("pin", {"title": "XM-260421-007"}, pin=Geo(27.58, 112.91)), "zh")
    await shown(channel, peer(wang), pin)
    assert wang.last
    assert (wang.last.kind, wang.last.spot) == ("venue", (27.58, 112.91))


async def test_a_message_goes_into_its_topic(channel: TelegramChannel, wang: Person, forum: Chat) -> None:
    topic = forum.opens_topic("路灯", wang)
    await shown(channel, address(forum, topic.thread), letter("一", actions=ACTIONS))
    assert topic.seen_by(wang.id)[-1].text == "一"


async def test_without_its_topic_a_message_goes_to_the_group(
    channel: TelegramChannel, wang: Person, forum: Chat
) -> None:
    closed, deleted = forum.opens_topic("一", wang), forum.opens_topic("二", wang)
    forum.closes_topic(closed, wang)
    forum.deletes_topic(deleted)
    for topic in (closed, deleted):
        await shown(channel, address(forum, topic.thread), letter(f"for {topic.name}"))
        assert (forum.chat[-1].text, forum.chat[-1].thread) == (f"for {topic.name}", None)


async def test_topic_picture_and_old_message_may_all_be_gone_at_once(
    channel: TelegramChannel, wang: Person, forum: Chat, files: Callable[[str], PictureFile]
) -> None:
    topic = forum.opens_topic("一", wang)
    forum.deletes_topic(topic)
    broken = letter("一", replace(files("red"), ref="stale"), replaces=Shown("999", "text"))
    await shown(channel, address(forum, topic.thread), broken)
    assert (forum.chat[-1].text, forum.chat[-1].kind) == ("一", "photo")


async def test_a_message_is_taken_back_by_deleting_it(
    channel: TelegramChannel, wang: Person, files: Callable[[str], PictureFile]
) -> None:
    card = await shown(channel, peer(wang), letter("一", files("red"), actions=ACTIONS))
    assert await channel.retract(peer(wang), card, "zh") == Sent(card.handle, card.form)
    assert all(bubble.mine for bubble in wang.chat)
    assert await channel.retract(peer(wang), card, "zh") == Sent(card.handle, card.form)


@pytest.mark.parametrize("with_photo", [False, True])
async def test_a_message_too_old_to_be_deleted_is_crossed_out(
    channel: TelegramChannel, wang: Person, files: Callable[[str], PictureFile], with_photo: bool
) -> None:
    pictures = (files("red"),) if with_photo else ()
    card = await shown(channel, peer(wang), letter("一", *pictures, actions=ACTIONS))
    wang.room.messages[int(card.handle)].at -= 49 * 3600
    for _ in range(2):
        assert await channel.retract(peer(wang), card, "zh") == Sent(card.handle, card.form)
    assert wang.last
    assert (wang.last.text, wang.last.buttons) == ("taken_back/zh", [])


async def test_an_old_pin_can_be_neither_deleted_nor_edited(channel: TelegramChannel, wang: Person) -> None:
    pin = await shown(channel, peer(wang), Letter(Notice("pin", pin=Geo(27.58, 112.91)), "zh"))
    wang.room.messages[int(pin.handle)].at -= 49 * 3600
    assert await channel.retract(peer(wang), pin, "zh") == Refused("can be neither deleted nor edited")


async def test_taking_back_where_nobody_is_reached_or_the_network_fails(
    channel: TelegramChannel, wang: Person, world: World
) -> None:
    card = await shown(channel, peer(wang), letter("一"))
    world.faults.next("deleteMessage", 502)
    assert isinstance(await channel.retract(peer(wang), card, "zh"), Later)
    assert await channel.retract(Peer("telegram", "110201543", "42"), card, "zh") == Unreachable("chat not found")


async def test_an_old_card_that_will_not_go_does_not_undo_the_new_one(
    channel: TelegramChannel, wang: Person, world: World, files: Callable[[str], PictureFile]
) -> None:
    old = await shown(channel, peer(wang), letter("一", files("red")))
    world.faults.next("deleteMessage", 502)
    with structlog.testing.capture_logs() as logs:
        new = await shown(channel, peer(wang), letter("二", replaces=old))
    assert [log["event"] for log in logs] == ["old_message_stays"]
    assert wang.last
    assert str(wang.last.id) == new.handle
