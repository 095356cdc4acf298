"""The composition root: builds everything, closes it in reverse. Nothing connects on import."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot import commands, rehearsal
from bot.channel import Channel
from bot.clock import Clock
from bot.config import Config, NoToken
from bot.dispatcher import Dispatcher
from bot.fetcher import Fetcher
from bot.gallery import Gallery
from bot.guide import Guide, Knowledge, know
from bot.metrics import Metrics
from bot.photo_files import PhotoFiles
from bot.pump import Pump
from bot.requests import Requests
from bot.sweeper import Sweeper
from bot.telegram.channel import TelegramChannel
from bot.telegram.rates import Limits
from bot.telegram.receive import Patience
from bot.telegram.webhook import Hook
from bot.texts import Words
from domain import menus
from storage.crew import Crew
from storage.engines import join, open_store
from storage.store import Locked, Store

_LOCK_TRIES, _LOCK_WAIT = 12, 0.25


@dataclass(frozen=True, slots=True)
class House:
    """Everything that runs, put together.

    `greeted`: the channel knows us, and we know our name there. `posted_to`: it posts to us, else it is polled.
    """

    store: Store
    clock: Clock
    guide: Guide
    channel: Channel
    pump: Pump
    dispatcher: Dispatcher
    fetcher: Fetcher
    sweeper: Sweeper
    requests: Requests
    metrics: Metrics
    greeted: asyncio.Event
    crew: Crew
    posted_to: bool

    def wake(self) -> None:
        """Something may be owed, or is to be fetched."""
        self.dispatcher.wake()
        self.fetcher.wake()
        self.sweeper.wake()


@asynccontextmanager
async def built(
    config: Config,
    *,
    clock: Clock | None = None,
    limits: Limits | None = None,
    patience: Patience | None = None,
    knowledge: Knowledge | None = None,
) -> AsyncIterator[House]:
    """The house of this configuration, open; closed in reverse.

    Without `clock` the configuration says which time counts; without `limits` Telegram's own rates are kept, without
    `patience` the usual pauses between polls that fail; without `knowledge` the district is read from the store.
    """
    token = config.token
    if not token:
        raise NoToken
    config.data_dir.mkdir(parents=True, exist_ok=True)
    async with AsyncExitStack() as stack:
        store = await _opened(config.store_url)
        stack.push_async_callback(store.close)
        crew = await join(config.store_url)
        stack.push_async_callback(crew.close)
        clock = clock or await rehearsal.clock_for(config, store)
        guide = Guide(knowledge or know(*await store.read(commands.current)))
        words, channel = _channel(config, token, clock, guide, limits=limits, patience=patience)
        stack.push_async_callback(channel.close)
        channels = {channel.name: channel}
        files = PhotoFiles(config.photos)
        pairs = PhotoFiles(config.data_dir / "pairs")
        metrics = Metrics()
        dispatcher = Dispatcher(store, channels, guide, Gallery(store, files, pairs, words), clock, metrics)
        fetcher = Fetcher(store, channels, guide, files, clock, dispatcher.wake)
        greeted = asyncio.Event()

        def wake() -> None:
            dispatcher.wake()
            fetcher.wake()
            sweeper.wake()

        def owed() -> None:
            wake()
            crew.call()

        def called() -> None:
            pump.wake()
            wake()

        sweeper = Sweeper(store, guide, clock, files, pairs, owed)
        pump = Pump(store, channels, guide, clock, words, owed, metrics, crew)
        crew.listen(called)
        yield House(
            store,
            clock,
            guide,
            channel,
            pump,
            dispatcher,
            fetcher,
            sweeper,
            Requests(store, guide, clock, channel.entry, greeted, owed, pump.wake),
            metrics,
            greeted,
            crew,
            posted_to=config.webhook is not None,
        )


def _channel(
    config: Config, token: str, clock: Clock, guide: Guide, *, limits: Limits | None, patience: Patience | None
) -> tuple[Words, TelegramChannel]:
    """The channel and its words, which make their links with its help."""

    def link(scene: str, to_group: bool) -> str:
        return channel.entry(scene, group=to_group)

    words = Words(now=clock.now, zone=lambda: guide.district.settings.zone, entry=link, rehearsal=config.rehearsing)
    channel = TelegramChannel(
        token,
        words,
        now=clock.wall,
        commands=menus.EVERYBODY,
        api_url=config.bot_api_url,
        limits=limits,
        patience=patience,
        webhook=config.webhook and Hook(*config.webhook),
    )
    return words, channel


async def _opened(url: str) -> Store:
    """The store; a command that holds it for a moment is waited for. Raises Locked when it stays with somebody else."""
    for _ in range(_LOCK_TRIES):
        try:
            return await open_store(url)
        except Locked:
            await asyncio.sleep(_LOCK_WAIT)
    return await open_store(url)
