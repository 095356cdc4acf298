"""Methods that change or remove what was sent.

A message without the parameter `reply_markup` loses its keyboard, in every one of these methods.
"""

from dataclasses import replace
from typing import Any, Final

from bot.sandbox.calls import Call
from bot.sandbox.errors import bad
from bot.sandbox.keyboards import read_markup
from bot.sandbox.messages import Content, Message, text
from bot.sandbox.methods.reading import place_of, read_caption, read_text
from bot.sandbox.methods.sending import input_media
from bot.sandbox.world import World

DELETE_SECONDS: Final = 48 * 3600
MEDIA_KINDS: Final = ("text", "photo", "video", "document", "audio", "animation")
CAPTIONED: Final = ("photo", "video", "document", "audio", "animation", "voice")
NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current"
    " content and reply markup of the message"
)


def edit_message_text(world: World, call: Call) -> Any:
    """`editMessageText`."""
    words = read_text(world, call)
    message = _editable(world, call)
    if message.content.kind != "text":
        raise bad("there is no text in the message to edit")
    return _change(world, call, message, text(words))


def edit_message_caption(world: World, call: Call) -> Any:
    """`editMessageCaption`; without `caption` the caption goes."""
    words = read_caption(world, call)
    message = _editable(world, call)
    if message.content.kind not in CAPTIONED:
        raise bad("there is no caption in the message to edit")
    return _change(world, call, message, replace(message.content, words=words))


def edit_message_media(world: World, call: Call) -> Any:
    """`editMessageMedia`: another file and caption; a text message becomes one with media."""
    call.required("media")
    item = call.structure("media", "Can't parse input media JSON object")
    content = input_media(world, call, item, for_album=False)
    message = _editable(world, call)
    if message.content.kind not in MEDIA_KINDS:
        raise bad("message can't be edited")
    if message.album and (content.kind == "document") != (message.content.kind == "document"):
        raise bad("Can't use the media of the specified type in the album")
    return _change(world, call, message, content)


def edit_message_reply_markup(world: World, call: Call) -> Any:
    """`editMessageReplyMarkup`: another keyboard, or none."""
    message = _editable(world, call)
    return _change(world, call, message, message.content)


def delete_message(world: World, call: Call) -> Any:
    """`deleteMessage`: within 48 hours; in groups only the bot's own, unless it is an administrator."""
    if not call.text("chat_id"):
        raise bad("chat identifier is not specified")
    if not call.integer("message_id"):
        raise bad("message identifier is not specified")
    place = place_of(world, call)
    place.check_bot(sending=False)
    message = place.room.find(call.integer("message_id"))
    if message is None:
        raise bad("message to delete not found")
    mine = message.sender == world.bot or place.room.is_private
    if not mine and getattr(place, "bot_status", "") != "administrator":
        raise bad("message can't be deleted")
    if world.now() - message.at > DELETE_SECONDS:
        raise bad("message can't be deleted for everyone")
    world.remove(message)
    return True


def _editable(world: World, call: Call) -> Message:
    if not call.text("chat_id") and not call.integer("message_id"):
        call.required("inline_message_id")
    place = place_of(world, call)
    place.check_bot(sending=False)
    message = place.room.find(call.integer("message_id"))
    if message is None:
        raise bad("message to edit not found")
    foreign = message.sender != world.bot or message.origin is not None
    keyboard = message.markup is not None and "inline_keyboard" not in message.markup
    if foreign or keyboard or message.locked or message.content.kind == "service":
        raise bad("message can't be edited")
    return message


def _change(world: World, call: Call, message: Message, content: Content) -> Any:
    private = message.chat.is_private
    markup = read_markup(call.parameters.get("reply_markup"), private=private, only_inline=True)
    same = content.same_as(message.content)
    if same and markup == message.markup:
        raise bad(NOT_MODIFIED)
    world.flood.charge(message.chat.id)
    message.markup = markup
    if not same:
        world.rewrite(message, content)
    return message.as_json()
