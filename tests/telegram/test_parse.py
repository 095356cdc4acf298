"""What people send, in neutral words: a table for every kind of message of Bot API 10."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.channel import Unreadable
from bot.telegram.parse import parse
from domain.messages import (
    Acted,
    Called,
    Entered,
    Geo,
    Group,
    Ignored,
    Incoming,
    Left,
    Media,
    MediaKind,
    Moved,
    Said,
    Strange,
    StrangeKind,
)
from tests.telegram.updates import (
    ACCOUNT,
    AT,
    BASIC_GROUP,
    GROUP,
    IN_GROUP,
    PEER,
    PERSON,
    PRIVATE,
    RECEIVED_AT,
    SENT,
    US,
    USERNAME,
    Json,
    file,
    in_group,
    message,
    ours,
    sizes,
    update,
)

DEDUPE = "700000001"
SPOT: Json = {"latitude": 27.5812, "longitude": 112.9153}
FORWARDED: Json = {
    "forward_origin": {"type": "user", "date": SENT - 60, "sender_user": {"id": 9, "is_bot": False, "first_name": "李"}}
}


def read(kind: str, body: Any) -> Incoming:
    return parse(update(kind, body), ACCOUNT, USERNAME, RECEIVED_AT)


def said(text: str = "", *media: Media, geo: Geo | None = None, **more: Any) -> Said:
    fields: dict[str, Any] = {"group": None, "at": AT, "handle": "77", "language": "zh", **more}
    return Said(DEDUPE, PEER, text=text, media=media, geo=geo, **fields)


def photo(name: str, edge: int, album: str | None = None) -> Media:
    return Media(MediaKind.PHOTO, f"{name}-{edge}", f"u{name}{edge}", album, edge * 100)


def media(kind: MediaKind, name: str) -> Media:
    return Media(kind, name, f"u{name}", None, 4321)


STORY: Json = {"chat": GROUP, "id": 3}
CONTACT: Json = {"phone_number": "+8613000000000", "first_name": "李"}

MESSAGES: list[tuple[str, Json, Incoming]] = [
    ("words", message(text="楼下路灯不亮"), said("楼下路灯不亮")),
    ("photo", message(photo=sizes("p", 90, 1280, 320)), said("", photo("p", 1280))),
    (
        "photo with caption of an album",
        message(photo=sizes("p", 90, 800), caption="井盖没了", media_group_id="135"),
        said("井盖没了", photo("p", 800, "135")),
    ),
    (
        "picture as a file",
        message(document=file("d", mime_type="image/jpeg", file_name="IMG_1.jpg"), caption="原图"),
        said("原图", media(MediaKind.PICTURE_FILE, "d")),
    ),
    (
        "picture without a type",
        message(document=file("d", mime_type="application/octet-stream", file_name="IMG_1.HEIC")),
        said("", media(MediaKind.PICTURE_FILE, "d")),
    ),
    (
        "a drawing is no picture",
        message(document=file("d", mime_type="image/svg+xml", file_name="plan.svg")),
        said("", media(MediaKind.FILE, "d")),
    ),
    (
        "other file",
        message(document=file("d", mime_type="application/pdf", file_name="清单.pdf")),
        said("", media(MediaKind.FILE, "d")),
    ),
    ("file without anything", message(document=file("d")), said("", media(MediaKind.FILE, "d"))),
    ("voice", message(voice=file("v", duration=4)), said("", media(MediaKind.VOICE, "v"))),
    ("sound file", message(audio=file("a", duration=4)), said("", media(MediaKind.VOICE, "a"))),
    (
        "video",
        message(video=file("v", duration=4, width=640, height=480), caption="看"),
        said("看", media(MediaKind.VIDEO, "v")),
    ),
    ("round video", message(video_note=file("n", duration=4, length=240)), said("", media(MediaKind.VIDEO, "n"))),
    (
        "animation, which comes as a document as well",
        message(animation=file("g", duration=1, width=9, height=9), document=file("g", mime_type="video/mp4")),
        said("", media(MediaKind.VIDEO, "g")),
    ),
    (
        "live photo",
        message(live_photo=file("l", width=9, height=9, duration=2, photo=sizes("s", 90, 900)), photo=sizes("s", 900)),
        said("", photo("s", 900)),
    ),
    (
        "live photo in its own field only",
        message(live_photo=file("l", width=9, height=9, duration=2, photo=sizes("s", 90, 900)), caption="动"),
        said("动", photo("s", 900)),
    ),
    (
        "live photo without a still",
        message(live_photo=file("l", width=9, height=9, duration=2)),
        said("", media(MediaKind.VIDEO, "l")),
    ),
    (
        "paid media",
        message(
            paid_media={
                "star_count": 1,
                "paid_media": [
                    {"type": "photo", "photo": sizes("p", 90, 800)},
                    {"type": "video", "video": file("v", duration=4, width=6, height=4)},
                    {"type": "preview", "width": 3, "height": 3},
                ],
            }
        ),
        said("", photo("p", 800), media(MediaKind.VIDEO, "v")),
    ),
    (
        "rich message",
        message(
            rich_message={
                "blocks": [
                    {"type": "heading", "size": 1, "text": "占道经营"},
                    {"type": "paragraph", "text": ["地址：", {"type": "bold", "text": "文化路"}, "3号"]},
                    {"type": "list", "items": [{"label": "•", "blocks": [{"type": "paragraph", "text": "早市"}]}]},
                    {"type": "photo", "photo": sizes("p", 90, 800), "caption": {"text": "现场"}},
                    {"type": "divider"},
                ]
            }
        ),
        said("占道经营\n地址：文化路3号\n早市\n现场", photo("p", 800)),
    ),
    ("position", message(location=SPOT), said(geo=Geo(27.5812, 112.9153))),
    ("live position", message(location=SPOT | {"live_period": 900}), said(geo=Geo(27.5812, 112.9153, how="live"))),
    (
        "venue",
        message(location=SPOT, venue={"location": SPOT, "title": "溪明广场", "address": "文化路1号"}),
        said(geo=Geo(27.5812, 112.9153, how="venue", name="溪明广场")),
    ),
    ("forwarded", message(text="转给你们", **FORWARDED), said("转给你们")),
    (
        "answer to a card of ours",
        message(text="还没修", reply_to_message=ours(chat=PRIVATE)),
        said("还没修", reply_to="70"),
    ),
    (
        "in a topic of a private chat nothing is answered",
        message(
            text="你好", message_thread_id=70, reply_to_message=ours(chat=PRIVATE, forum_topic_created={"name": "x"})
        ),
        said("你好"),
    ),
    ("words without language", message(text="x", sender=PERSON | {"language_code": ""}), said("x", language=None)),
    ("words in English", message(text="x", sender=PERSON | {"language_code": "en"}), said("x", language="en")),
    ("words in German", message(text="x", sender=PERSON | {"language_code": "de"}), said("x", language="en")),
    ("words in zh_TW", message(text="x", sender=PERSON | {"language_code": "zh_TW"}), said("x", language="zh")),
    ("almost a command", message(text="/报送 井盖"), said("/报送 井盖")),
    ("a command in a caption is words", message(photo=sizes("p", 9), caption="/my"), said("/my", photo("p", 9))),
    ("a slash alone", message(text="/"), Called(DEDUPE, PEER, None, AT, "", "", "zh")),
    ("a slash alone in a group", in_group(text="/"), Ignored(DEDUPE, AT)),
    ("/my", message(text="/my"), Called(DEDUPE, PEER, None, AT, "my", "", "zh")),
    (
        "/my with a tail",
        message(text="/My  XM-260421-007 \n"),
        Called(DEDUPE, PEER, None, AT, "my", "XM-260421-007", "zh"),
    ),
    ("/help to us", message(text="/help@Sandbox_Bot"), Called(DEDUPE, PEER, None, AT, "help", "", "zh")),
    ("/help to another", message(text="/help@other_bot"), Ignored(DEDUPE, AT)),
    ("/start", message(text="/start"), Entered(DEDUPE, PEER, None, AT, "", "zh")),
    ("/start with a scene", message(text="/start loc_X7"), Entered(DEDUPE, PEER, None, AT, "loc_X7", "zh")),
    (
        "sticker",
        message(sticker=file("s", width=5, height=5, type="regular")),
        Strange(DEDUPE, PEER, None, AT, "zh", StrangeKind.STICKER),
    ),
    ("contact", message(contact=CONTACT), Strange(DEDUPE, PEER, None, AT, "zh", StrangeKind.CONTACT)),
    ("dice", message(dice={"emoji": "🎲", "value": 3}), Strange(DEDUPE, PEER, None, AT, "zh", StrangeKind.DICE)),
    ("story", message(story=STORY), Strange(DEDUPE, PEER, None, AT, "zh", StrangeKind.STORY)),
    ("poll", message(poll={"id": "7", "question": "?"}), Strange(DEDUPE, PEER, None, AT, "zh", StrangeKind.POLL)),
    ("a sticker in a group", in_group(sticker={}), Ignored(DEDUPE, AT)),
    ("a mistyped command", message(text="/my-cases"), Called(DEDUPE, PEER, None, AT, "my-cases", "", "zh")),
    ("a mistyped command in a group", in_group(text="/my-cases"), Ignored(DEDUPE, AT)),
    ("a sentence behind a slash", message(text="/路边堆着垃圾"), said("/路边堆着垃圾")),
    ("a kind nobody knows yet", message(hologram={"x": 1}), Strange(DEDUPE, PEER, None, AT, "zh")),
    ("nothing but spaces", message(text=" \n "), Strange(DEDUPE, PEER, None, AT, "zh")),
    ("pinned", message(pinned_message=ours(chat=PRIVATE)), Ignored(DEDUPE, AT)),
    ("may write now", message(write_access_allowed={"from_request": True}), Ignored(DEDUPE, AT)),
    ("another bot", message(text="hi", sender=PERSON | {"is_bot": True}), Ignored(DEDUPE, AT)),
    ("talk in a group", in_group(text="大家好"), Ignored(DEDUPE, AT)),
    ("a photo in a group", in_group(photo=sizes("p", 90)), Ignored(DEDUPE, AT)),
    (
        "an answer to somebody else in a group",
        in_group(text="对", reply_to_message=message(chat=GROUP, text="?")),
        Ignored(DEDUPE, AT),
    ),
    (
        "a reason asked for in a group",
        in_group(text="不是我们的路", reply_to_message=ours(chat=GROUP)),
        said("不是我们的路", group=IN_GROUP, reply_to="70"),
    ),
    (
        "a photo asked for in a topic",
        in_group(photo=sizes("p", 90), reply_to_message=ours(chat=GROUP), is_topic_message=True, message_thread_id=12),
        said("", photo("p", 90), group=Group("telegram", ACCOUNT, str(GROUP["id"]), "12"), reply_to="70"),
    ),
    (
        "a thread that is no topic",
        in_group(text="好", reply_to_message=ours(chat=GROUP), message_thread_id=70),
        said("好", group=IN_GROUP, reply_to="70"),
    ),
    ("a sticker as the answer", in_group(sticker={}, reply_to_message=ours(chat=GROUP)), Ignored(DEDUPE, AT)),
    (
        "the beginning of a topic",
        in_group(text="好", reply_to_message=ours(chat=GROUP, forum_topic_created={})),
        Ignored(DEDUPE, AT),
    ),
    ("a command for all in a group", in_group(text="/help"), Ignored(DEDUPE, AT)),
    ("a command for another in a group", in_group(text="/help@other_bot"), Ignored(DEDUPE, AT)),
    (
        "a command for us in a group",
        in_group(text="/board@sandbox_bot"),
        Called(DEDUPE, PEER, IN_GROUP, AT, "board", "", "zh"),
    ),
    ("startgroup", in_group(text="/start@sandbox_bot a1B2"), Entered(DEDUPE, PEER, IN_GROUP, AT, "a1B2", "zh")),
    (
        "startgroup in a basic group",
        message(chat=BASIC_GROUP, text="/start@sandbox_bot a1B2"),
        Entered(DEDUPE, PEER, Group("telegram", ACCOUNT, str(BASIC_GROUP["id"])), AT, "a1B2", "zh"),
    ),
    ("somebody speaks as the group", in_group(text="/help@sandbox_bot", sender_chat=GROUP), Ignored(DEDUPE, AT)),
    ("new members", in_group(new_chat_members=[US]), Ignored(DEDUPE, AT)),
    ("a new title", in_group(new_chat_title="新名"), Ignored(DEDUPE, AT)),
    ("a channel", message(chat={"id": -1007, "type": "channel", "title": "报"}, text="/my"), Ignored(DEDUPE, AT)),
    (
        "the group becomes a supergroup",
        message(chat=BASIC_GROUP, migrate_to_chat_id=GROUP["id"]),
        Moved(DEDUPE, Group("telegram", ACCOUNT, str(BASIC_GROUP["id"])), IN_GROUP, AT),
    ),
    ("the supergroup that was a group", in_group(migrate_from_chat_id=BASIC_GROUP["id"]), Ignored(DEDUPE, AT)),
]


@pytest.mark.parametrize(("body", "expected"), [row[1:] for row in MESSAGES], ids=[row[0] for row in MESSAGES])
def test_every_kind_of_message(body: Json, expected: Incoming) -> None:
    assert read("message", body) == expected


LATER = AT + timedelta(seconds=40)
EDITS: list[tuple[str, Json, Incoming]] = [
    ("words", message(text="改了", edit_date=SENT + 40), said("改了", at=LATER, edited=True)),
    (
        "caption",
        message(photo=sizes("p", 90), caption="改", edit_date=SENT + 40),
        said("改", photo("p", 90), at=LATER, edited=True),
    ),
    (
        "tick of a live position",
        message(location=SPOT | {"live_period": 900}, edit_date=SENT + 40),
        said(geo=Geo(27.5812, 112.9153, how="live"), at=LATER, edited=True),
    ),
    (
        "last tick of a live position",
        message(location=SPOT, edit_date=SENT + 40),
        said(geo=Geo(27.5812, 112.9153, how="live"), at=LATER, edited=True),
    ),
    ("without its date", message(text="改了"), said("改了", edited=True)),
    ("into a command", message(text="/my", edit_date=SENT + 40), Ignored(DEDUPE, LATER)),
    ("of something strange", message(dice={"emoji": "🎲", "value": 3}, edit_date=SENT + 40), Ignored(DEDUPE, LATER)),
    ("in a group", in_group(text="改了", edit_date=SENT + 40), Ignored(DEDUPE, LATER)),
]


@pytest.mark.parametrize(("body", "expected"), [row[1:] for row in EDITS], ids=[row[0] for row in EDITS])
def test_every_kind_of_edit(body: Json, expected: Incoming) -> None:
    assert read("edited_message", body) == expected


def press(**fields: Any) -> Json:
    return {"id": "4382bfdwdsb", "from": PERSON, "chat_instance": "-3", "data": "tok3n", **fields}


def test_a_press_is_dated_by_its_arrival_and_carries_its_ticket() -> None:
    body = press(message=ours(chat=PRIVATE))
    assert read("callback_query", body) == Acted(DEDUPE, PEER, None, RECEIVED_AT, "tok3n", "4382bfdwdsb", "zh")


@pytest.mark.parametrize("shown", [ours(chat=GROUP), {"chat": GROUP, "message_id": 70, "date": 0}])
def test_a_press_in_a_group_names_the_group_even_when_the_message_is_too_old_to_be_shown(shown: Json) -> None:
    body = press(message=shown)
    assert read("callback_query", body) == Acted(DEDUPE, PEER, IN_GROUP, RECEIVED_AT, "tok3n", "4382bfdwdsb", "zh")


def test_a_press_in_a_topic_names_the_topic() -> None:
    body = press(message=ours(chat=GROUP, is_topic_message=True, message_thread_id=12))
    incoming = read("callback_query", body)
    assert isinstance(incoming, Acted)
    assert incoming.group == Group("telegram", ACCOUNT, str(GROUP["id"]), "12")


def test_a_press_that_says_nothing_is_ignored() -> None:
    assert read("callback_query", press(message=ours(chat=PRIVATE), data=None)) == Ignored(DEDUPE, RECEIVED_AT)


def member(status: str, **more: Any) -> Json:
    return {"user": US, "status": status, **more}


RIGHTS = dict.fromkeys(
    [
        "can_be_edited",
        "is_anonymous",
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ],
    False,
)
RESTRICTED = dict.fromkeys(
    [
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_send_messages",
        "can_send_polls",
        "can_send_other_messages",
        "can_add_web_page_previews",
        "can_manage_topics",
        "can_send_audios",
        "can_send_documents",
        "can_send_photos",
        "can_send_videos",
        "can_send_video_notes",
        "can_send_voice_notes",
        "can_edit_tag",
    ],
    False,
) | {"until_date": 0}

MEMBERSHIPS: list[tuple[str, Json, Json, Json, Incoming]] = [
    ("blocked", PRIVATE, member("member"), member("kicked", until_date=0), Left(DEDUPE, PEER, None, AT)),
    ("unblocked", PRIVATE, member("kicked", until_date=0), member("member"), Ignored(DEDUPE, AT)),
    ("thrown out", GROUP, member("member"), member("kicked", until_date=0), Left(DEDUPE, PEER, IN_GROUP, AT)),
    ("taken away", GROUP, member("administrator", **RIGHTS), member("left"), Left(DEDUPE, PEER, IN_GROUP, AT)),
    (
        "restricted outside",
        GROUP,
        member("member"),
        member("restricted", is_member=False, **RESTRICTED),
        Left(DEDUPE, PEER, IN_GROUP, AT),
    ),
    (
        "restricted inside",
        GROUP,
        member("member"),
        member("restricted", is_member=True, **RESTRICTED),
        Ignored(DEDUPE, AT),
    ),
    ("added", GROUP, member("left"), member("member"), Ignored(DEDUPE, AT)),
    ("promoted", GROUP, member("member"), member("administrator", **RIGHTS), Ignored(DEDUPE, AT)),
    (
        "out of a channel",
        {"id": -1007, "type": "channel", "title": "报"},
        member("member"),
        member("left"),
        Ignored(DEDUPE, AT),
    ),
]


@pytest.mark.parametrize(
    ("chat", "before", "after", "expected"), [row[1:] for row in MEMBERSHIPS], ids=[row[0] for row in MEMBERSHIPS]
)
def test_our_own_coming_and_going(chat: Json, before: Json, after: Json, expected: Incoming) -> None:
    body = {"chat": chat, "from": PERSON, "date": SENT, "old_chat_member": before, "new_chat_member": after}
    assert read("my_chat_member", body) == expected


@pytest.mark.parametrize("kind", ["channel_post", "poll", "message_reaction", "inline_query", "subscription", "x"])
def test_updates_of_other_kinds_are_ignored(kind: str) -> None:
    assert read(kind, {"whatever": 1}) == Ignored(DEDUPE, RECEIVED_AT)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("两行\n和\t格", "两行\n和\t格"),
        ("a\r\nb", "a\nb"),
        ("nul\x00 bell\x07 c1\x85", "nul bell c1"),
        ("\u202eflip\u202c \u2066iso\u2069", "flip iso"),
        ("half \ud800 and \udfff", "half  and "),
        ("<b>&amp; 'quoted' \"x\"", "<b>&amp; 'quoted' \"x\""),
        ("👨‍👩‍👧 é 𠮷", "👨‍👩‍👧 é 𠮷"),
        ("长" * 5000, "长" * 4096),
    ],
)
def test_a_text_stays_as_it_was_typed_but_for_what_nobody_can_see(typed: str, kept: str) -> None:
    body = json.dumps({"update_id": 700_000_001, "message": message(text=typed)}).encode()
    incoming = parse(body, ACCOUNT, USERNAME, RECEIVED_AT)
    assert isinstance(incoming, Said)
    assert incoming.text == kept


def test_a_byte_damaged_on_the_way_costs_a_character_and_not_the_report() -> None:
    payload = update("message", message(text="路灯 lamp")).replace(b"lamp", b"l\xffmp")
    incoming = parse(payload, ACCOUNT, USERNAME, RECEIVED_AT)
    assert isinstance(incoming, Said)
    assert incoming.text == "路灯 l\ufffdmp"


def test_a_field_that_ptb_stumbles_over_costs_nothing_when_we_do_not_read_it() -> None:
    odd: Json = {
        "reply_markup": 7,
        "external_reply": "x",
        "quote": [],
        "entities": {"a": 1},
        "via_bot": 3,
        "link_preview_options": 1,
    }
    assert read("message", message(text="楼下路灯不亮", **odd)) == said("楼下路灯不亮")


UNREADABLE: list[bytes] = [
    b"",
    b"{",
    b"null",
    b"7",
    b"[]",
    b"{}",
    b"\xff\xfe",
    b'{"update_id":"7"}',
    b'{"update_id":true,"message":{}}',
    b'{"update_id":7,"message":null}',
    b'{"update_id":7,"message":[]}',
    b'{"update_id":7,"message":{}}',
    b'{"update_id":7,"x":' + b"[" * 100_000,
    b'{"update_id":' + b"9" * 5000 + b"}",
    update("message", message(text=7)),
    update("message", message(text=["x"])),
    update("message", message(text="x", message_id="7")),
    update("message", message(text="x", date="yesterday")),
    update("message", message(text="x", date=10**20)),
    update("message", message(text="x", chat={"id": "x", "type": "private"}, sender=PERSON | {"id": "x"})),
    update("message", message(photo=[{"file_id": 7, "width": 1, "height": 1}])),
    update("message", message(photo=[{"file_id": "", "file_unique_id": "u", "width": 1, "height": 1}])),
    update("message", message(photo=[{"file_id": "a\x00b", "file_unique_id": "u", "width": 1, "height": 1}])),
    update("message", message(voice=file("v", duration=4) | {"file_size": "big"})),
    update("message", message(location={"latitude": 127, "longitude": 1})),
    update("message", message(location={"latitude": float("nan"), "longitude": 1})),
    update("message", message(location={"latitude": "1", "longitude": 1})),
    update("callback_query", press(id=7, message=ours(chat=PRIVATE))),
    update("callback_query", {"data": "x"}),
    update("my_chat_member", {"chat": GROUP}),
]


@pytest.mark.parametrize("payload", UNREADABLE)
def test_what_cannot_be_understood_is_unreadable(payload: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(payload, ACCOUNT, USERNAME, RECEIVED_AT)


def test_times_are_aware_and_in_utc() -> None:
    incoming = read("message", message(text="x"))
    assert incoming.at == datetime(2026, 4, 21, 0, 40, tzinfo=UTC)
    assert incoming.at.utcoffset() == timedelta(0)
