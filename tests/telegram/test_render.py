"""From a letter to one call of the Bot API."""

from pathlib import Path
from typing import Any

import pytest
from telegram import ForceReply, InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.channel import Letter, PictureFile, Shown
from bot.telegram.render import ASKING, FILE, PIN, TEXT, Call, render, taken_back
from bot.telegram.shorten import units, visible
from domain.messages import Action, Address, Ask, Attachment, Geo, Group, Notice, Peer
from tests.telegram.words import ShortWords

PEER = Peer("telegram", "1", "5")
GROUP = Group("telegram", "1", "-7")
BEFORE = PictureFile("AgAC-before", Path("/data/photos/aa11.jpg"))
AFTER = PictureFile(None, Path("/data/photos/bb22.jpg"))
ACTIONS = (Action("t1", "接单"), Action("t2", "退回"))


def call_for(
    notice: Notice,
    *pictures: PictureFile,
    replaces: Shown | None = None,
    to: Address = PEER,
    language: str = "zh",
) -> Call:
    letter = Letter(notice, language, pictures, replaces)
    return render(letter, to, ShortWords(), lambda scene: f"https://t.me/x?start={scene}")


def said(words: str = "路灯", **more: Any) -> Notice:
    return Notice("card", {"say": words}, **more)


PHOTO = call_for(said(), BEFORE).form
OTHER_PHOTO = call_for(said(), AFTER).form


def test_a_text_is_sent_as_html_without_link_previews() -> None:
    call = call_for(said("<路灯> & 井盖"))
    assert (call.method, call.form, call.picture, call.drops) == ("send_message", TEXT, None, None)
    assert call.params["text"] == "&lt;路灯&gt; &amp; 井盖"
    assert call.params["parse_mode"] == "HTML"
    assert getattr(call.params["link_preview_options"], "is_disabled") is True  # noqa: B009 - params are plain objects
    assert call.params["reply_markup"] is None


def test_a_picture_carries_the_words_as_its_caption() -> None:
    call = call_for(said(actions=ACTIONS), BEFORE, AFTER)
    assert (call.method, call.picture) == ("send_photo", BEFORE)
    assert call.params["caption"] == "路灯"
    assert call.form.startswith("photo:")
    assert isinstance(call.params["reply_markup"], InlineKeyboardMarkup)


def test_the_form_knows_one_picture_from_another_but_not_where_it_came_from() -> None:
    assert PHOTO != OTHER_PHOTO
    assert call_for(said(), PictureFile(None, BEFORE.path)).form == PHOTO
    assert call_for(said(), PictureFile("AgAC-before", None)).form != PHOTO


@pytest.mark.parametrize(
    ("pictures", "parameter", "limit"), [((), "text", 4096), ((BEFORE,), "caption", 1024)], ids=["text", "caption"]
)
def test_words_that_are_too_long_are_cut_to_what_telegram_takes(
    pictures: tuple[PictureFile, ...], parameter: str, limit: int
) -> None:
    long = Notice("card", {"say": "<😀>&" * 2000, "bold": True})
    text = str(call_for(long, *pictures).params[parameter])
    assert limit - 10 <= units(visible(text)) <= limit
    assert text.endswith("…</b>")


def test_labels_are_in_the_readers_language() -> None:
    markup = call_for(said(actions=ACTIONS), language="en").params["reply_markup"]
    assert isinstance(markup, InlineKeyboardMarkup)
    assert [button.text for row in markup.inline_keyboard for button in row] == ["接单 (en)", "退回 (en)"]


@pytest.mark.parametrize(
    ("old", "pictures", "method", "drops"),
    [
        (TEXT, (), "edit_message_text", False),
        (TEXT, (BEFORE,), "edit_message_media", False),
        (PHOTO, (BEFORE,), "edit_message_caption", False),
        (OTHER_PHOTO, (BEFORE,), "edit_message_media", False),
        (PHOTO, (), "send_message", True),
        (PIN, (), "send_message", True),
        (PIN, (BEFORE,), "send_photo", True),
        (ASKING, (), "send_message", True),
        (ASKING, (BEFORE,), "send_photo", True),
        ("", (), "send_message", True),
    ],
)
def test_how_a_message_takes_the_place_of_another(
    old: str, pictures: tuple[PictureFile, ...], method: str, drops: bool
) -> None:
    shown = Shown("42", old)
    call = call_for(said(actions=ACTIONS), *pictures, replaces=shown)
    assert call.method == method
    assert call.drops == (shown if drops else None)
    assert call.params.get("message_id") == (None if drops else 42)
    assert call.picture == (pictures[0] if pictures and method != "edit_message_caption" else None)
    assert call.params["reply_markup"] is not None


def test_an_edit_without_actions_takes_the_old_buttons_away() -> None:
    """Telegram drops the keyboard when none is given; PTB leaves out what is None."""
    assert call_for(said(), replaces=Shown("42", TEXT)).params["reply_markup"] is None


def test_a_question_for_a_position_puts_a_button_below_the_private_chat() -> None:
    call = call_for(said(ask=Ask.POSITION))
    markup = call.params["reply_markup"]
    assert isinstance(markup, ReplyKeyboardMarkup)
    assert markup.to_dict() == {
        "keyboard": [[{"text": "button.send_position/zh", "request_location": True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }
    assert call.form == ASKING


@pytest.mark.parametrize("ask", [Ask.TEXT, Ask.PHOTO])
def test_a_question_in_a_group_asks_one_person_for_a_reply(ask: Ask) -> None:
    call = call_for(said(ask=ask), to=GROUP)
    assert isinstance(call.params["reply_markup"], ForceReply)
    assert call.params["reply_markup"].selective
    assert call.form == ASKING


@pytest.mark.parametrize(
    ("ask", "to", "actions"),
    [
        (Ask.TEXT, PEER, ()),
        (Ask.PHOTO, PEER, ()),
        (Ask.POSITION, GROUP, ()),
        (Ask.POSITION, PEER, ACTIONS),
        (Ask.TEXT, GROUP, ACTIONS),
    ],
)
def test_otherwise_a_question_is_just_words(ask: Ask, to: Address, actions: tuple[Action, ...]) -> None:
    call = call_for(said(ask=ask, actions=actions), to=to)
    assert call.form == TEXT
    assert isinstance(call.params["reply_markup"], InlineKeyboardMarkup) == bool(actions)


def test_a_question_never_edits_because_telegram_cannot_edit_such_a_keyboard_in() -> None:
    shown = Shown("42", TEXT)
    call = call_for(said(ask=Ask.POSITION), replaces=shown)
    assert (call.method, call.drops) == ("send_message", shown)


SPOT = Geo(27.58, 112.91)


@pytest.mark.parametrize(
    ("facts", "method", "further"),
    [
        ({}, "send_location", {}),
        ({"title": ""}, "send_location", {}),
        ({"title": "XM-260421-007"}, "send_venue", {"title": "XM-260421-007", "address": "XM-260421-007"}),
        ({"title": "XM-1", "address": "文化路3号"}, "send_venue", {"title": "XM-1", "address": "文化路3号"}),
    ],
)
def test_a_pin_is_a_message_of_its_own(facts: dict[str, str], method: str, further: dict[str, str]) -> None:
    shown = Shown("42", PIN)
    call = call_for(Notice("pin", facts, pin=SPOT), BEFORE, replaces=shown)
    assert (call.method, call.form, call.picture, call.drops) == (method, PIN, None, shown)
    assert call.params == {"latitude": 27.58, "longitude": 112.91, "reply_markup": None, **further}


@pytest.mark.parametrize("old", [TEXT, PHOTO, FILE])
def test_a_file_is_a_message_of_its_own_with_the_words_below(old: str) -> None:
    shown = Shown("42", old)
    call = call_for(said(attachment=Attachment("mydata.json", {"photos": 3})), replaces=shown)
    assert (call.method, call.form, call.drops) == ("send_document", FILE, shown)
    assert (call.params["document"], call.params["filename"]) == (b"{'photos': 3}", "mydata.json")
    assert call.params["caption"] == "路灯"


def test_a_text_takes_the_place_of_a_file_as_a_new_message() -> None:
    shown = Shown("42", FILE)
    call = call_for(said(), replaces=shown)
    assert (call.method, call.drops) == ("send_message", shown)


@pytest.mark.parametrize(
    ("form", "method", "parameter"),
    [
        (TEXT, "edit_message_text", "text"),
        (PHOTO, "edit_message_caption", "caption"),
        (FILE, "edit_message_caption", "caption"),
    ],
)
def test_what_is_taken_back_says_so_and_loses_its_buttons(form: str, method: str, parameter: str) -> None:
    call = taken_back(Shown("42", form), "已取消")
    assert call is not None
    assert (call.method, call.form) == (method, form)
    assert call.params == {parameter: "已取消", "message_id": 42}


@pytest.mark.parametrize("form", [PIN, ASKING, ""])
def test_what_telegram_cannot_edit_cannot_be_crossed_out(form: str) -> None:
    assert taken_back(Shown("42", form), "已取消") is None


def test_a_card_that_scrolled_away_is_sent_below_without_a_sound() -> None:
    """And the one far up goes, also when it could have been changed."""
    far_up = Shown("7", TEXT)
    call = render(Letter(said(), "zh", (), far_up, anew=True), PEER, ShortWords(), lambda scene: scene)
    assert (call.method, call.params["disable_notification"], call.drops) == ("send_message", True, far_up)
