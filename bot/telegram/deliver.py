"""Making a letter stand in a chat, whatever of its picture, its topic or the older message is no longer there."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import structlog
from telegram import Bot, InputMediaPhoto
from telegram.error import NetworkError, TelegramError

from bot.channel import Letter, PictureFile, Shown
from bot.telegram.keyboard import Entry
from bot.telegram.outcome import Trouble, trouble_of
from bot.telegram.render import Call, Words, render, taken_back
from domain.messages import Address, Group, MediaKind, Outcome, Refused, Sent

log = structlog.get_logger(__name__)


class _PictureLost(NetworkError):
    """Neither Telegram's id nor a file of ours is there; for a card the same as a picture that Telegram refuses."""


_CLIPS = {MediaKind.VOICE: ("voice", "voice.ogg"), MediaKind.VIDEO: ("video", "video.mp4")}


class Delivery:
    """Sends and takes back. Raises PTB's errors for what cannot be helped here."""

    def __init__(self, bot: Bot, words: Words, entry: Entry) -> None:
        self._bot = bot
        self._words = words
        self._entry = entry

    async def deliver(self, to: Address, letter: Letter) -> Sent:
        """Send or edit. Every further try has one thing less that can be wrong, so there are few."""
        call = render(letter, to, self._words, self._entry)
        try:
            return await self._perform(to, call, letter.language)
        except NetworkError as error:
            trouble = Trouble.PICTURE if isinstance(error, _PictureLost) else trouble_of(error)
            if trouble is Trouble.SAME and letter.replaces:
                return Sent(letter.replaces.handle, call.form)
            simpler = _simpler(trouble, to, letter)
            if simpler is None:
                raise
            log.info("sent_without", why=trouble.name.lower(), kind=letter.notice.kind)
        return await self.deliver(*simpler)

    async def take_back(self, to: Address, shown: Shown, language: str) -> Outcome:
        """Delete; where Telegram no longer allows that, cross out. A message that is gone already is taken back."""
        try:
            await self._bot.delete_message(int(to.id), int(shown.handle))
        except NetworkError as error:
            if trouble_of(error) is not Trouble.GONE:
                raise
            if "not found" not in error.message.lower():
                return await self._cross_out(to, shown, language)
        return Sent(shown.handle, shown.form)

    async def _perform(self, to: Address, call: Call, language: str) -> Sent:
        params = {**call.params, "chat_id": int(to.id)}
        if isinstance(to, Group) and to.topic and call.method.startswith("send"):
            params["message_thread_id"] = int(to.topic)
        if call.picture:
            params = await _pictured(call.method, params, call.picture)
        if call.clip:
            name, file = _CLIPS[call.clip.kind]
            params |= {name: call.clip.ref or await _read(call.clip.path), "filename": file}
        message = await getattr(self._bot, call.method)(**params)
        if call.drops:
            await self._drop(to, call.drops, language)
        return Sent(str(message.message_id), call.form)

    async def _drop(self, to: Address, shown: Shown, language: str) -> None:
        """The new message stands; that the old one stays as well is no reason to send again."""
        try:
            await self.take_back(to, shown, language)
        except TelegramError as error:
            log.warning("old_message_stays", kind=type(error).__name__)

    async def _cross_out(self, to: Address, shown: Shown, language: str) -> Outcome:
        phrase = self._words.marked(self._words.phrase("taken_back", language), language)
        call = taken_back(shown, phrase)
        if call is None:
            return Refused("can be neither deleted nor edited")
        try:
            return await self._perform(to, call, language)
        except NetworkError as error:
            if trouble_of(error) not in {Trouble.SAME, Trouble.GONE}:
                raise
        return Sent(shown.handle, shown.form)


def _simpler(trouble: Trouble, to: Address, letter: Letter) -> tuple[Address, Letter] | None:
    """The same letter without what its delivery stumbled over; None when it stumbled over something else."""
    if trouble is Trouble.GONE and letter.replaces:
        return to, replace(letter, replaces=None)
    if trouble is Trouble.PICTURE and letter.pictures:
        return to, replace(letter, pictures=_next_best(letter.pictures[0]))
    if trouble is Trouble.PICTURE and letter.clip:
        ours = replace(letter.clip, ref=None) if letter.clip.ref and letter.clip.path else None
        return to, replace(letter, clip=ours)
    if trouble is Trouble.TOPIC and isinstance(to, Group) and to.topic:
        return replace(to, topic=None), letter
    return None


def _next_best(picture: PictureFile) -> tuple[PictureFile, ...]:
    """Our own copy where Telegram's is of no use, else none: no picture is a reason to hold a card back."""
    return (replace(picture, ref=None),) if picture.ref and picture.path else ()


async def _pictured(method: str, params: Mapping[str, object], picture: PictureFile) -> dict[str, object]:
    """The parameters with the picture: by Telegram's id, else as a file."""
    source = picture.ref or await _read(picture.path)
    if method == "send_photo":
        return {**params, "photo": source, "filename": "photo.jpg"}
    caption, parse_mode = str(params["caption"]), str(params["parse_mode"])
    media = InputMediaPhoto(source, caption=caption, parse_mode=parse_mode, filename="photo.jpg")
    return {name: value for name, value in params.items() if name not in {"caption", "parse_mode"}} | {"media": media}


async def _read(path: Path | None) -> bytes:
    if path is None:
        raise _PictureLost("neither id nor file")
    try:
        return await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        log.warning("picture_not_readable", file=path.name, why=error.strerror)
        raise _PictureLost("our file cannot be read") from error
