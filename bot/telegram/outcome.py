"""What Telegram's refusals mean. They are told apart by their words alone, so the words stand here, in one table."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError, TimedOut

from bot.telegram.backoff import Backoff
from bot.telegram.http import TooFast
from domain.messages import Address, Group, Later, MovedTo, Outcome, Refused, Unreachable


class Trouble(StrEnum):
    """What a refused call stumbled over, and so what can be done instead."""

    SAME = "the message already says so"
    GONE = "the message to be changed is not there, or cannot be changed"
    PICTURE = "the picture, the voice message or the video cannot be used"
    TOPIC = "the topic is closed or deleted"
    CHAT = "the chat is not there, or we may not write in it"
    OTHER = "anything else"


_WORDS = {
    Trouble.SAME: ("message is not modified", "message_not_modified"),
    Trouble.GONE: (
        "message to edit not found",
        "message to delete not found",
        "message not found",
        "message can't be edited",
        "message can't be deleted",
        "message_id_invalid",
        "message_edit_time_expired",
        "message_delete_forbidden",
        "there is no text in the message to edit",
        "there is no caption in the message to edit",
        "there is no media in the message to edit",
    ),
    Trouble.PICTURE: (
        "wrong file identifier",
        "wrong remote file identifier",
        "wrong file_id",
        "invalid file_id",
        "wrong padding in the string",
        "failed to get http url content",
        "wrong type of the web page content",
        "wrong type of file",
        "can't use file of type",
        "file must be non-empty",
        "file is too big",
        "request entity too large",
        "image_process_failed",
        "photo_invalid",
        "photo_ext_invalid",
        "photo_save_file_invalid",
        "file_reference",
        "media_empty",
        "media_invalid",
        "voice_messages_forbidden",
        "not enough rights to send photos",
    ),
    Trouble.TOPIC: (
        "message thread not found",
        "topic_closed",
        "topic_deleted",
        "topic_id_invalid",
        "topic closed",
        "topic deleted",
    ),
    Trouble.CHAT: (
        "chat not found",
        "user not found",
        "peer_id_invalid",
        "chat_id_invalid",
        "chat_write_forbidden",
        "chat_restricted",
        "input_user_deactivated",
        "group chat was deactivated",
        "not enough rights to send",
        "have no rights to send",
        "need administrator rights",
    ),
}
_FORBIDDEN = {
    "blocked": "blocked",
    "initiate conversation": "never_started",
    "kicked": "thrown_out",
    "not a member": "thrown_out",
    "deactivated": "deactivated",
    "rights": "no_rights",
}
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")


def trouble_of(error: TelegramError) -> Trouble:
    """The first trouble in the table whose words the refusal contains."""
    said = error.message.lower()
    for trouble, phrases in _WORDS.items():
        if any(phrase in said for phrase in phrases):
            return trouble
    return Trouble.OTHER


def outcome_of(error: TelegramError, to: Address, now: datetime, backoff: Backoff) -> Outcome:
    """What became of a message that could not be sent. `backoff` says when to try again after trouble on the way.

    `BadRequest` is a `NetworkError`: taken for one, a chat that does not exist would be tried for ever. A `TimedOut`
    may have been delivered all the same; at least once is what is promised.
    """
    match error:
        case TooFast():
            return Later(now + timedelta(seconds=error.seconds), "too_fast")
        case ChatMigrated() if isinstance(to, Group):
            return MovedTo(Group(to.channel, to.account, str(error.new_chat_id), to.topic))
        case Forbidden():
            return Unreachable(_forbidden(error))
        case BadRequest() if trouble_of(error) is Trouble.CHAT:
            return Unreachable(_kept(error))
        case BadRequest() | ChatMigrated():
            return Refused(_kept(error))
    why = "timed_out" if isinstance(error, TimedOut) else "network"
    return Later(now + timedelta(seconds=backoff.next()), why)


def _forbidden(error: Forbidden) -> str:
    said = error.message.lower()
    return next((why for words, why in _FORBIDDEN.items() if words in said), "forbidden")


def _kept(error: TelegramError) -> str:
    """The refusal for our log, without what it quotes: that can be anybody's words."""
    return _QUOTED.sub("…", error.message.lower())[:120]
