"""From a letter to one call of the Bot API. Pure: reads no file and sends nothing.

A message is a text, a pin, or a photo, a voice message, a video or a file with a caption. It takes the place of an
older one by an edit where Telegram can edit the one into the other; otherwise it is sent anew, the older one dropped.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from telegram import (
    ForceReply,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from telegram.constants import ParseMode

from bot.channel import ClipFile, Letter, PictureFile, Shown
from bot.telegram.keyboard import Entry, inline_keyboard
from bot.telegram.shorten import shorten
from domain.facts import Fact
from domain.messages import Action, Address, Ask, Attachment, Geo, MediaKind, Notice, Peer

MOST_TEXT = 4096
MOST_CAPTION = 1024
"""UTF-16 units of what is seen."""

TEXT = "text"
PIN = "pin"
CLIP = "clip"
FILE = "file"
ASKING = "asking"
"""A message with a keyboard for answering: Telegram edits none, and takes the keyboard away with the message."""
_PHOTO = "photo:"

_Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ForceReply | None


class Words(Protocol):
    """The words in the reader's language."""

    def text(self, notice: Notice, language: str) -> str:
        """The notice as Telegram's HTML; whatever people typed is escaped."""

    def label(self, action: Action, language: str) -> str:
        """What stands on a button, plain."""

    def marked(self, text: str, language: str) -> str:
        """Words that come with no notice, plain; in a rehearsal they say that it is one."""

    def phrase(self, key: str, language: str, /, **facts: Fact) -> str:
        """A fixed phrase, plain."""

    def file(self, attachment: Attachment) -> bytes:
        """What is in a file."""


@dataclass(frozen=True, slots=True)
class Call:
    """A method of PTB's `Bot` with its parameters, but for the chat and the file, which has to be read first.

    `form` is what stands in the chat afterwards; `drops` is a message to be removed once this one stands.
    """

    method: str
    params: Mapping[str, object]
    form: str
    picture: PictureFile | None = None
    drops: Shown | None = None
    clip: ClipFile | None = None


def render(letter: Letter, to: Address, words: Words, entry: Entry) -> Call:
    """The call that makes `letter` stand in the chat."""
    markup = _markup(letter, to, words, entry)
    if letter.notice.pin is not None:
        title = letter.notice.facts.get("title")
        name = words.marked(title if isinstance(title, str) else "", letter.language)
        return _pin(letter.notice, letter.notice.pin, name, markup, letter.replaces)
    picture = letter.pictures[0] if letter.pictures else None
    text = words.text(letter.notice, letter.language)
    if letter.clip is not None:
        method = "send_voice" if letter.clip.kind is MediaKind.VOICE else "send_video"
        return Call(method, _captioned(text, markup), CLIP, drops=letter.replaces, clip=letter.clip)
    if letter.notice.attachment is not None:
        return _file(letter.notice.attachment, words, text, markup, letter.replaces)
    new = _photo(picture, text, markup) if picture else _text(text, markup)
    return _below(new, letter.replaces) if letter.anew else _in_place(new, letter.replaces)


def taken_back(shown: Shown, phrase: str) -> Call | None:
    """The edit that makes a message say it no longer holds; None where Telegram can edit nothing."""
    if shown.form == TEXT:
        return _edit("edit_message_text", {"text": phrase}, shown.handle, TEXT)
    if shown.form == FILE or shown.form.startswith(_PHOTO):
        return _edit("edit_message_caption", {"caption": phrase}, shown.handle, shown.form)
    return None


def _text(text: str, markup: _Markup) -> Call:
    params = {
        "text": shorten(text, MOST_TEXT),
        "parse_mode": ParseMode.HTML,
        "link_preview_options": LinkPreviewOptions(is_disabled=True),
        "reply_markup": markup,
    }
    return Call("send_message", params, _form(TEXT, markup))


def _photo(picture: PictureFile, text: str, markup: _Markup) -> Call:
    return Call("send_photo", _captioned(text, markup), _form(_PHOTO + _mark(picture), markup), picture)


def _captioned(text: str, markup: _Markup) -> dict[str, object]:
    return {"caption": shorten(text, MOST_CAPTION), "parse_mode": ParseMode.HTML, "reply_markup": markup}


def _file(attachment: Attachment, words: Words, text: str, markup: _Markup, replaces: Shown | None) -> Call:
    params = {"document": words.file(attachment), "filename": attachment.name, **_captioned(text, markup)}
    return Call("send_document", params, _form(FILE, markup), drops=replaces)


def _pin(notice: Notice, pin: Geo, title: str, markup: _Markup, replaces: Shown | None) -> Call:
    """A pin has no words but its title."""
    params: dict[str, object] = {"latitude": pin.lat, "longitude": pin.lon, "reply_markup": markup}
    if not title:
        return Call("send_location", params, PIN, drops=replaces)
    address = notice.facts.get("address")
    params |= {"title": title, "address": address if isinstance(address, str) and address else title}
    return Call("send_venue", params, PIN, drops=replaces)


def _form(form: str, markup: _Markup) -> str:
    return form if markup is None or isinstance(markup, InlineKeyboardMarkup) else ASKING


def _mark(picture: PictureFile) -> str:
    """Tells one picture from another. Our files are named by their hash, so the name counts before Telegram's id."""
    name = picture.path.name if picture.path else str(picture.ref)
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _in_place(new: Call, old: Shown | None) -> Call:
    """`new` as an edit of `old` if Telegram can do that: a text may become a photo, a photo never a text."""
    if old is None:
        return new
    was_photo, is_photo = old.form.startswith(_PHOTO), new.picture is not None
    if new.form == ASKING or not (old.form == TEXT or (was_photo and is_photo)):
        return Call(new.method, new.params, new.form, new.picture, drops=old)
    if not is_photo:
        return _edit("edit_message_text", new.params, old.handle, new.form)
    if old.form == new.form:
        return _edit("edit_message_caption", new.params, old.handle, new.form)
    return _edit("edit_message_media", new.params, old.handle, new.form, new.picture)


def _below(new: Call, old: Shown | None) -> Call:
    """`new` as the newest message, without a sound: nothing has happened but that it came down."""
    return Call(new.method, {**new.params, "disable_notification": True}, new.form, new.picture, drops=old)


def _edit(
    method: str, params: Mapping[str, object], handle: str, form: str, picture: PictureFile | None = None
) -> Call:
    return Call(method, {**params, "message_id": int(handle)}, form, picture)


def _markup(letter: Letter, to: Address, words: Words, entry: Entry) -> _Markup:
    """Buttons below the message, else a keyboard that makes the answer easy: a message can have but one of them."""
    notice, language = letter.notice, letter.language
    if notice.actions:
        return inline_keyboard(notice.actions, lambda action: words.label(action, language), entry)
    private = isinstance(to, Peer)
    if notice.ask is Ask.POSITION and private:
        button = KeyboardButton(words.phrase("button.send_position", language), request_location=True)
        return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    if notice.ask in (Ask.TEXT, Ask.PHOTO) and not private:
        return ForceReply(selective=True)
    return None
