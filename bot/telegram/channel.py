"""Telegram behind the port of `bot/channel.py`: PTB's `Bot` over our own wire, every refusal turned into an outcome."""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat, User
from telegram.error import InvalidToken, TelegramError

from bot.channel import Inlet, Letter, Shown, Take
from bot.telegram.backoff import Backoff
from bot.telegram.deliver import Delivery
from bot.telegram.errors import WrongToken
from bot.telegram.fetch import fetch
from bot.telegram.http import AiohttpRequest, TooFast
from bot.telegram.links import deep_link
from bot.telegram.outcome import outcome_of
from bot.telegram.parse import NAME, parse
from bot.telegram.rates import Limits, Rates
from bot.telegram.receive import Patience, Receiver
from bot.telegram.render import Words
from bot.telegram.webhook import Hook, Webhook
from domain.messages import Address, Incoming, Later, Outcome, Refused, Sent

MOST_TOAST = 200
SHORT_WAIT = 5.0
"""Seconds a message may wait here for its turn, while whoever sends it holds it for nobody else."""
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_MENUS = {None: "zh", "en": "en"}
"""The commands' language by the client's: Chinese where nothing is set for it."""

log = structlog.get_logger(__name__)


class TelegramChannel:
    """One bot. `account` is its id, the part of the token before the colon; `username` is known after `greet`.

    `now` is machine time, for `Later`. `commands` are the names in the menu of everybody who has none of their own, in
    their order; each stands in the words as `command.<name>`. Without any the menu is left alone. `api_url` is another
    one for tests, and for a Bot API server of one's own. With a `webhook` Telegram posts to it, else we poll.
    """

    name = NAME

    def __init__(
        self,
        token: str,
        words: Words,
        *,
        now: Callable[[], datetime],
        commands: Sequence[str],
        api_url: str = "https://api.telegram.org",
        username: str = "",
        request: AiohttpRequest | None = None,
        patience: Patience | None = None,
        webhook: Hook | None = None,
        limits: Limits | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        if not _TOKEN.fullmatch(token):
            raise WrongToken("a token looks like 123456:ABC…, as BotFather gives it")
        self.account = token.partition(":")[0]
        self.username = username
        self._words = words
        self._now = now
        self._commands = tuple(commands)
        self._request = request or AiohttpRequest()
        self._bot = _bot(token, api_url.rstrip("/"), self._request)
        patience = patience or Patience()
        self._webhook = Webhook(self._bot, webhook, patience) if webhook else None
        self._receiver = self._webhook or Receiver(self._bot, self._request, patience)
        self._delivery = Delivery(self._bot, words, self.entry)
        self._backoffs: dict[Address, Backoff] = {}
        self._rates = Rates(limits)
        self._monotonic = monotonic

    @property
    def last_good(self) -> float:
        """When receiving last worked, in seconds of `time.monotonic`; 0 before it began."""
        return self._receiver.last_good

    async def close(self) -> None:
        """Closes the connections. `greet` and `receive` open them again."""
        await self._request.shutdown()

    def inlet(self, take: Take) -> Inlet | None:
        """How Telegram posts to us, when it does."""
        return self._webhook.inlet(take) if self._webhook else None

    async def receive(self, take: Take) -> None:
        """Receive until cancelled. Raises `WrongToken` and `ReceiverStalled`."""
        await self._request.initialize()
        await self._receiver.run(take)

    def parse(self, payload: bytes, received_at: datetime) -> Incoming:
        """What came in, in neutral words. Raises `Unreadable`."""
        return parse(payload, self.account, self.username, received_at)

    async def send(self, to: Address, letter: Letter) -> Outcome:
        """Make the letter stand in the chat. Nothing Telegram or the network do is raised."""
        return await self._in_turn(to, lambda: self._delivery.deliver(to, letter))

    async def retract(self, to: Address, shown: Shown, language: str) -> Outcome:
        """Delete the message, else make it say that it no longer holds."""
        return await self._in_turn(to, lambda: self._delivery.take_back(to, shown, language))

    async def offer(self, to: Address, commands: Sequence[str], language: str) -> Outcome:
        """Set the commands of one chat, for whatever language its client speaks: the nearest scope goes first.

        Whoever sets too many is to leave it for now: no message is to wait for a menu.
        """
        return await self._in_turn(to, lambda: self._offer(to, commands, language))

    async def answer(self, ticket: str, text: str, *, alert: bool) -> None:
        """Answer a press, best effort: Telegram takes one answer, within seconds. The card tells the truth anyway."""
        toast = text if len(text) <= MOST_TOAST else f"{text[: MOST_TOAST - 1]}…"
        try:
            await self._bot.answer_callback_query(ticket, text=toast or None, show_alert=alert)
        except TelegramError as error:
            log.debug("press_not_answered", kind=type(error).__name__)

    async def fetch(self, ref: str) -> bytes:
        """The bytes of a file, up to 20 MB. Raises `FetchLater` or `FetchNever`."""
        return await fetch(self._bot, ref)

    def entry(self, scene: str, *, group: bool = False) -> str:
        """A deep link into our private chat, or one that adds us to a group. Needs our name: call `greet` before."""
        if not self.username:
            raise RuntimeError("nobody knows our name before greet() has asked for it")
        return deep_link(self.username, scene, group=group)

    async def greet(self) -> None:
        """Learn our name and set the commands. Raises `WrongToken`, or `ConnectionError` when Telegram is not there."""
        await self._request.initialize()
        try:
            us = await self._bot.get_me()  # not initialize(): it quotes the token in its error
        except InvalidToken:
            raise WrongToken("Telegram does not know this token: it is mistyped or was revoked") from None
        except TelegramError as error:
            raise ConnectionError(f"Telegram could not be asked who we are: {error.message}") from None
        self._recognize(us)
        if self._commands:
            for client, language in _MENUS.items():
                await self._set_menu(client, language)

    async def _in_turn(self, to: Address, act: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Acts once the rates allow it; a turn that is long in coming is given back as `Later`.

        Whoever does not get through backs off alone: many who fail together are one hiccup, not many failures.
        """
        wait = await self._turn(to)
        if wait:
            return Later(self._now() + timedelta(seconds=wait), "rate")
        try:
            outcome = await act()
        except TelegramError as error:
            if isinstance(error, TooFast):
                self._rates.told(to, error.seconds, self._monotonic())
            backoff = self._backoffs.setdefault(to, Backoff(first=2.0, longest=60.0))
            outcome = outcome_of(error, to, self._now(), backoff)
        if not isinstance(outcome, Later):
            self._backoffs.pop(to, None)
        return outcome

    async def _turn(self, to: Address) -> float:
        """Waits for a turn and takes it, with nothing in between: many may wait for the same. Else how long to go."""
        patient_until = self._monotonic() + SHORT_WAIT
        while True:
            now = self._monotonic()
            delay = self._rates.delay(to, now)
            if delay <= 0:
                self._rates.spent(to, now)
                return 0.0
            if now + delay > patient_until:
                return delay
            await asyncio.sleep(delay)

    def _recognize(self, us: User) -> None:
        if str(us.id) != self.account or not us.is_bot or not us.username:
            raise WrongToken("the token belongs to another account")
        self.username = us.username
        log.info("greeted", username=us.username, joins_groups=us.can_join_groups)

    async def _offer(self, to: Address, commands: Sequence[str], language: str) -> Outcome:
        scope = BotCommandScopeChat(int(to.id))
        try:
            if commands:
                await self._bot.set_my_commands(self._menu(commands, language), scope=scope)
            else:
                await self._bot.delete_my_commands(scope)
        except TooFast:
            return Refused("too_fast")
        return Sent("")

    def _menu(self, commands: Sequence[str], language: str) -> list[BotCommand]:
        return [BotCommand(name, self._words.phrase(f"command.{name}", language)) for name in commands]

    async def _set_menu(self, client: str | None, language: str) -> None:
        """Menus only decorate, so a failure is not fatal. In groups they would offer what helps in private only."""
        menu, scope = self._menu(self._commands, language), BotCommandScopeAllPrivateChats()
        try:
            await self._bot.set_my_commands(menu, scope=scope, language_code=client)
        except TelegramError as error:
            log.warning("commands_not_set", language=language, why=error.message)


def _bot(token: str, api_url: str, request: AiohttpRequest) -> Bot:
    """PTB's `Bot` would tell its debug log the token and everything anybody writes; it is not to."""
    logging.getLogger("telegram.Bot").setLevel(logging.INFO)
    return Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=request,
        get_updates_request=request,
    )
