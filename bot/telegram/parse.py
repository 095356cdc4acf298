"""From an update's bytes to neutral words. Pure: no clock, no bot, no network.

PTB gets to see only the parts we read, so that a field it stumbles over, in something we have no use for, never costs
a report. What it stumbles over all the same is `Unreadable`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, Chat, ChatMember, MaybeInaccessibleMessage, Message, User

from bot.channel import Unreadable
from bot.telegram.clean import clean
from bot.telegram.command import Command, read_command
from bot.telegram.content import read_content
from domain.facts import instant
from domain.messages import (
    Acted,
    Called,
    Entered,
    Group,
    Ignored,
    Incoming,
    Left,
    Moved,
    Peer,
    Said,
    Strange,
    StrangeKind,
)

NAME = "telegram"


def _names(line: str) -> frozenset[str]:
    return frozenset(line.split())


_READ = _names(
    "message_id date edit_date from sender_chat chat is_topic_message message_thread_id media_group_id text caption"
    " photo live_photo voice audio video video_note animation document paid_media location venue migrate_to_chat_id"
)
_READ_OF_REPLY = _names("message_id date from chat is_topic_message message_thread_id")
_READ_OF_PRESS = _names("id from chat_instance data")
_SERVICE = _names(
    "new_chat_members new_chat_member new_chat_participant left_chat_member left_chat_participant new_chat_title"
    " new_chat_photo delete_chat_photo group_chat_created supergroup_chat_created channel_chat_created"
    " message_auto_delete_timer_changed migrate_from_chat_id pinned_message successful_payment refunded_payment"
    " connected_website passport_data proximity_alert_triggered video_chat_scheduled video_chat_started"
    " video_chat_ended video_chat_participants_invited forum_topic_created forum_topic_closed forum_topic_reopened"
    " forum_topic_edited general_forum_topic_hidden general_forum_topic_unhidden write_access_allowed users_shared"
    " chat_shared user_shared giveaway_created giveaway_completed giveaway_winners boost_added chat_background_set"
    " checklist_tasks_done checklist_tasks_added gift unique_gift gift_upgrade_sent paid_message_price_changed"
    " direct_message_price_changed suggested_post_approved suggested_post_approval_failed suggested_post_declined"
    " suggested_post_paid suggested_post_refunded chat_owner_left chat_owner_changed managed_bot_created"
    " poll_option_added poll_option_deleted community_chat_added community_chat_removed"
)
_GONE = frozenset({ChatMember.BANNED, ChatMember.LEFT})
_GROUPS = frozenset({Chat.GROUP, Chat.SUPERGROUP})


def parse(payload: bytes, account: str, username: str, received_at: datetime) -> Incoming:
    """One update in neutral words. `account` is our id, `username` our name. Raises `Unreadable`.

    `received_at` stands in where Telegram gives no time: presses of a button carry none.
    """
    try:
        update = json.loads(payload.decode(errors="replace"), strict=False)
        arrival = _Arrival(str(_number(update["update_id"])), account, username, received_at)
        return _understand(update, arrival)
    except Exception as error:  # PTB checks nothing, so an odd field raises anything, anywhere
        raise Unreadable(type(error).__name__) from error


@dataclass(frozen=True, slots=True)
class _Arrival:
    """What is the same for every kind of update: its key, who we are, when it came."""

    dedupe: str
    account: str
    username: str
    received_at: datetime

    def peer(self, user: User | Chat) -> Peer:
        return Peer(NAME, self.account, str(_number(user.id)))

    def group(self, chat: Chat, topic: object = None) -> Group | None:
        """None for a private chat."""
        if chat.type not in _GROUPS:
            return None
        return Group(NAME, self.account, str(_number(chat.id)), None if topic is None else str(_number(topic)))

    def ignored(self, at: datetime | None = None) -> Ignored:
        return Ignored(self.dedupe, at or self.received_at)


def _understand(update: Mapping[str, Any], arrival: _Arrival) -> Incoming:
    if "message" in update:
        return _message(update["message"], arrival, edited=False)
    if "edited_message" in update:
        return _message(update["edited_message"], arrival, edited=True)
    if "callback_query" in update:
        return _press(update["callback_query"], arrival)
    if "my_chat_member" in update:
        return _membership(update["my_chat_member"], arrival)
    return arrival.ignored()


def _message(raw: Mapping[str, Any], arrival: _Arrival, *, edited: bool) -> Incoming:
    message = _read_message(raw)
    at = (message.edit_date if edited else None) or message.date
    group = arrival.group(message.chat, _topic(message))
    if message.migrate_to_chat_id is not None and group:
        return Moved(arrival.dedupe, group, Group(NAME, arrival.account, str(_number(message.migrate_to_chat_id))), at)
    if _SERVICE & raw.keys() or not _from_person(message) or not (group or message.chat.type == Chat.PRIVATE):
        return arrival.ignored(at)
    command = read_command(clean(message.text or ""))
    if command:
        return _command(command, message, group, arrival, at) if not edited else arrival.ignored(at)
    return _talk(message, raw, group, arrival, at, edited=edited)


def _talk(
    message: Message, raw: Mapping[str, Any], group: Group | None, arrival: _Arrival, at: datetime, *, edited: bool
) -> Incoming:
    """In a group only an answer to a message of ours is meant for us."""
    content = read_content(message, raw, edited=edited)
    answered = _answered(raw)
    if group and not (content and answered and _is_ours(answered, arrival)):
        return arrival.ignored(at)
    peer, language = _who(message.from_user, arrival)
    if not content:
        what = next((kind for kind in StrangeKind if kind.value in raw), StrangeKind.OTHER)
        return arrival.ignored(at) if edited else Strange(arrival.dedupe, peer, group, at, language, what)
    return Said(
        arrival.dedupe,
        peer,
        group,
        at,
        handle=str(_number(message.message_id)),
        text=content.text,
        media=content.media,
        geo=content.geo,
        reply_to=str(_number(answered.message_id)) if answered else None,
        edited=edited,
        language=language,
    )


def _command(command: Command, message: Message, group: Group | None, arrival: _Arrival, at: datetime) -> Incoming:
    if not command.is_for(arrival.username, in_group=group is not None):
        return arrival.ignored(at)
    peer, language = _who(message.from_user, arrival)
    if command.name == "start":
        return Entered(arrival.dedupe, peer, group, at, command.argument, language)
    return Called(arrival.dedupe, peer, group, at, command.name, command.argument, language)


def _press(raw: Mapping[str, Any], arrival: _Arrival) -> Incoming:
    query = CallbackQuery.de_json(_only(raw, _READ_OF_PRESS) | _pressed_message(raw))
    if not query.data:
        return arrival.ignored()
    peer, language = _who(query.from_user, arrival)
    group = arrival.group(query.message.chat, _topic(query.message)) if query.message else None
    return Acted(arrival.dedupe, peer, group, arrival.received_at, clean(query.data), clean(query.id), language)


def _membership(raw: Mapping[str, Any], arrival: _Arrival) -> Incoming:
    """Only leaving matters: whoever adds us to a group with a purpose sends `/start` with its token as well.

    Of the member only two fields are read: PTB demands every right there is, and the rights change.
    """
    chat, at = Chat.de_json(raw["chat"]), instant(1000 * _number(raw["date"]))
    status, is_member = raw["new_chat_member"]["status"], raw["new_chat_member"].get("is_member", True)
    group = arrival.group(chat)
    if (status not in _GONE and is_member) or not (group or chat.type == Chat.PRIVATE):
        return arrival.ignored(at)
    return Left(arrival.dedupe, arrival.peer(User.de_json(raw["from"]) if group else chat), group, at)


def _read_message(raw: Mapping[str, Any]) -> Message:
    return Message.de_json(_only(raw, _READ))


def _pressed_message(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The message the button stands on. It can be too old for Telegram to show; the chat is known even then."""
    message = raw.get("message")
    return {} if message is None else {"message": _only(message, _READ_OF_REPLY)}


def _topic(message: MaybeInaccessibleMessage) -> int | None:
    """A thread is a topic only when Telegram says so: in other groups every chain of answers is a thread."""
    return message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None


def _answered(raw: Mapping[str, Any]) -> Message | None:
    """The message this one answers. In a topic everything seems to answer the topic's beginning."""
    reply = raw.get("reply_to_message")
    if reply is None or "forum_topic_created" in reply:
        return None
    return Message.de_json(_only(reply, _READ_OF_REPLY))


def _is_ours(message: Message, arrival: _Arrival) -> bool:
    return message.from_user is not None and str(message.from_user.id) == arrival.account


def _from_person(message: Message) -> bool:
    """Not a channel, not a bot, not somebody who speaks as the group: none of them can be answered."""
    return message.from_user is not None and not message.from_user.is_bot and message.sender_chat is None


def _who(user: User | None, arrival: _Arrival) -> tuple[Peer, str | None]:
    if user is None:
        raise ValueError("from nobody")
    return arrival.peer(user), _language(user.language_code)


def _language(code: str | None) -> str | None:
    """Ours for Telegram's `zh-hans`, `en`, `pt-br` …; None when the person's client does not say."""
    if not code:
        return None
    return "zh" if clean(code).lower().replace("_", "-").partition("-")[0] == "zh" else "en"


def _only(raw: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if name in names}


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError("no number")
    return value
