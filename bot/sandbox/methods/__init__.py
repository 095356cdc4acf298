"""The methods of the Bot API that the sandbox knows, visible as one table, each with its documented parameters."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from bot.sandbox.calls import Call
from bot.sandbox.errors import RefusedError
from bot.sandbox.methods import chats, editing, receiving, sending
from bot.sandbox.stage import Done
from bot.sandbox.world import World

Run = Callable[[World, Call], Any | Awaitable[Any]]
POLL: Final = "getUpdates"


@dataclass(frozen=True, slots=True)
class Method:
    """A method by the name the documentation gives it (calls may write it in any case)."""

    name: str
    run: Run
    parameters: frozenset[str]


def _method(name: str, run: Run, parameters: str = "") -> Method:
    return Method(name, run, frozenset(parameters.split()))


_TO: Final = (
    "chat_id business_connection_id message_thread_id direct_messages_topic_id disable_notification protect_content"
    " allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters "
)
_SEND: Final = _TO + "reply_markup "
_CAPTION: Final = "caption parse_mode caption_entities show_caption_above_media "
_EDIT: Final = "business_connection_id chat_id message_id inline_message_id reply_markup "
_HOOK: Final = "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token"
_VENUE: Final = "title address foursquare_id foursquare_type google_place_id google_place_type"
_VIDEO: Final = "video duration width height thumbnail cover start_timestamp has_spoiler supports_streaming"
_LIVE: Final = "latitude longitude horizontal_accuracy live_period heading proximity_alert_radius"
_TEXT: Final = "text parse_mode entities link_preview_options"

TABLE: Final = (
    _method("getMe", receiving.get_me),
    _method(POLL, receiving.get_updates, "offset limit timeout allowed_updates"),
    _method("setWebhook", receiving.set_webhook, _HOOK),
    _method("deleteWebhook", receiving.delete_webhook, "drop_pending_updates"),
    _method("getWebhookInfo", receiving.get_webhook_info),
    _method("getFile", receiving.get_file, "file_id"),
    _method("answerCallbackQuery", receiving.answer_callback_query, "callback_query_id text show_alert url cache_time"),
    _method("logOut", receiving.log_out),
    _method("close", receiving.close),
    _method("sendMessage", sending.send_message, _SEND + _TEXT),
    _method("sendPhoto", sending.send_photo, _SEND + _CAPTION + "photo has_spoiler"),
    _method(
        "sendDocument", sending.send_document, _SEND + _CAPTION + "document thumbnail disable_content_type_detection"
    ),
    _method("sendVoice", sending.send_voice, _SEND + _CAPTION + "voice duration"),
    _method("sendVideo", sending.send_video, _SEND + _CAPTION + _VIDEO),
    _method("sendMediaGroup", sending.send_media_group, _TO + "media"),
    _method("sendLocation", sending.send_location, _SEND + _LIVE),
    _method("sendVenue", sending.send_venue, _SEND + "latitude longitude " + _VENUE),
    _method("sendChatAction", sending.send_chat_action, "chat_id business_connection_id message_thread_id action"),
    _method("forwardMessage", sending.forward_message, _TO + "from_chat_id message_id video_start_timestamp"),
    _method("copyMessage", sending.copy_message, _SEND + _CAPTION + "from_chat_id message_id video_start_timestamp"),
    _method("editMessageText", editing.edit_message_text, _EDIT + _TEXT),
    _method("editMessageCaption", editing.edit_message_caption, _EDIT + _CAPTION),
    _method("editMessageMedia", editing.edit_message_media, _EDIT + "media"),
    _method("editMessageReplyMarkup", editing.edit_message_reply_markup, _EDIT),
    _method("deleteMessage", editing.delete_message, "chat_id message_id"),
    _method("getChat", chats.get_chat, "chat_id"),
    _method("getChatMember", chats.get_chat_member, "chat_id user_id"),
    _method("leaveChat", chats.leave_chat, "chat_id"),
    _method("setMyCommands", chats.set_my_commands, "commands scope language_code"),
    _method("getMyCommands", chats.get_my_commands, "scope language_code"),
    _method("deleteMyCommands", chats.delete_my_commands, "scope language_code"),
    _method("setChatMenuButton", chats.set_chat_menu_button, "chat_id menu_button"),
    _method("getChatMenuButton", chats.get_chat_menu_button, "chat_id"),
    _method("setMyDescription", partial(chats.set_description, name="description"), "description language_code"),
    _method("getMyDescription", partial(chats.get_description, name="description"), "language_code"),
    _method(
        "setMyShortDescription",
        partial(chats.set_description, name="short_description"),
        "short_description language_code",
    ),
    _method("getMyShortDescription", partial(chats.get_description, name="short_description"), "language_code"),
)
METHODS: Final = {method.name.lower(): method for method in TABLE}


async def perform(world: World, call: Call) -> Any:
    """Runs a call and records it (but not getUpdates). The result is JSON in Python's form, or bytes that are JSON.

    Raises RefusedError.
    """
    method = METHODS.get(call.method.lower())
    if world.is_logged_out:
        raise RefusedError(400, "Logged out")
    if method is None:
        world.complain(f"unknown method {call.method}")
        raise RefusedError(404, "Not Found: method not found")
    for name in call.parameters.keys() - method.parameters:
        world.complain(f"{method.name} has no parameter {name}")
    return await (_run(world, method, call) if method.name == POLL else _recorded(world, method, call))


async def _recorded(world: World, method: Method, call: Call) -> Any:
    try:
        result = await _run(world, method, call)
    except RefusedError as refused:
        world.calls.append(Done(method.name, call.parameters, refused))
        raise
    world.calls.append(Done(method.name, call.parameters, None))
    return result


async def _run(world: World, method: Method, call: Call) -> Any:
    result = method.run(world, call)
    return await result if inspect.isawaitable(result) else result
