"""Getting the bytes of what somebody sent, up to the 20 MB that Telegram gives to bots."""

from telegram import Bot, File
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channel import FetchLater, FetchNever
from bot.telegram.http import TooBig


async def fetch(bot: Bot, ref: str) -> bytes:
    """The file's bytes by a link that is fresh each time. Raises `FetchLater` or `FetchNever`."""
    try:
        return await _download(await bot.get_file(ref))
    except TelegramError as error:
        raise _refused(error) from None


async def _download(file: File) -> bytes:
    if not file.file_path:
        raise FetchLater("no path yet")
    try:
        return bytes(await file.download_as_bytearray())
    except InvalidToken:
        # PTB's reading of 404. The link is fresh and the token was good a moment ago: it is the file that is gone.
        raise FetchNever("unknown") from None


def _refused(error: TelegramError) -> FetchLater | FetchNever:
    """Telegram also says "wrong file_id or the file is temporarily unavailable" of files that come a little later."""
    said = error.message.lower()
    if isinstance(error, TooBig) or "file is too big" in said:
        return FetchNever("too_big")
    if isinstance(error, BadRequest) and "temporarily unavailable" not in said:
        return FetchNever("unknown")
    return FetchLater(type(error).__name__)
