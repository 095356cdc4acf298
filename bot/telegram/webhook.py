"""Being posted to: Telegram hands over each update by itself, and hears 200 only once it is committed.

A webhook can be lost without a sound: another process with our token polls, and it is gone. So we look after it.
"""

import asyncio
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from telegram import Bot, WebhookInfo

from bot.channel import Inlet, Take
from bot.telegram.receive import WANTED, Patience, Trying
from bot.telegram.redact import redact
from bot.telegram.split import single

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram is to post, and the secret by which we know that it is Telegram."""

    url: str
    secret: str


class Webhook:
    """Keeps the webhook of one bot in its place."""

    def __init__(self, bot: Bot, hook: Hook, patience: Patience) -> None:
        self._bot = bot
        self._hook = hook
        self._patience = patience
        self._trying = Trying(patience)

    @property
    def last_good(self) -> float:
        """When Telegram last said that the webhook stands, as in `Trying`."""
        return self._trying.last_good

    def inlet(self, take: Take) -> Inlet:
        """What a server needs to be posted to."""

        async def keep(body: bytes) -> None:
            await take([single(body).raw])

        return Inlet(urlsplit(self._hook.url).path or "/", self._admits, keep)

    async def run(self, _take: Take) -> None:
        """See that we are posted to, until cancelled. Raises `WrongToken` and `ReceiverStalled`."""
        self._trying.worked()
        await self._trying.until_it_works(self._set)
        while True:
            await asyncio.sleep(self._patience.look)
            await self._trying.until_it_works(self._look)

    def _admits(self, headers: Mapping[str, str]) -> bool:
        given = headers.get(SECRET_HEADER, "")
        return hmac.compare_digest(given.encode(errors="surrogateescape"), self._hook.secret.encode())

    async def _set(self) -> None:
        """What waits at Telegram's is kept, and posted now."""
        await self._bot.set_webhook(
            self._hook.url, secret_token=self._hook.secret, allowed_updates=WANTED, drop_pending_updates=False
        )
        log.info("webhook_set")

    async def _look(self) -> None:
        info = await self._bot.get_webhook_info()
        if info.url != self._hook.url:
            log.error("webhook_lost", hint="something else that has this token polls, or set another address")
            await self._set()
        elif self._fails(info):
            why = redact(info.last_error_message or "")[:200]
            log.warning("webhook_fails", why=why, waiting=info.pending_update_count)

    def _fails(self, info: WebhookInfo) -> bool:
        """Telegram still has something for us, and could not hand it over."""
        return bool(info.last_error_message and info.pending_update_count)
