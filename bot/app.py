"""The composition root: builds everything, runs it, closes it in reverse. Nothing connects on import."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog

from bot import commands, control, rehearsal
from bot.channel import Channel
from bot.clock import Clock, RehearsalClock, machine_time
from bot.config import Config, NoToken
from bot.dispatcher import Dispatcher
from bot.fetcher import Fetcher
from bot.gallery import Gallery
from bot.guide import Guide, Knowledge, know
from bot.health import Health
from bot.metrics import Metrics
from bot.photo_files import PhotoFiles
from bot.pump import Pump
from bot.requests import Entry, Requests
from bot.sweeper import Sweeper
from bot.telegram.channel import TelegramChannel
from bot.telegram.rates import Limits
from bot.telegram.receive import Patience
from bot.telegram.webhook import Hook
from bot.texts import Words
from bot.web.server import Server
from domain import menus
from scheduler import heartbeat
from storage.store import Locked, Store, open_store

log = structlog.get_logger(__name__)

_DRAIN = 5.0
"""Seconds to finish what is under way after SIGTERM; with closing it stays well under ten."""

_LOCK_TRIES, _LOCK_WAIT = 12, 0.25

_GREET_AGAIN = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds between tries to reach the channel at start; the last one goes on."""


@dataclass(frozen=True, slots=True)
class House:
    """Everything that runs, put together. `greeted`: the channel knows us, and we know our name there."""

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

    def wake(self) -> None:
        """Something may be owed, or is to be fetched."""
        self.dispatcher.wake()
        self.fetcher.wake()
        self.sweeper.wake()


async def run(config: Config) -> None:
    """Run the bot until SIGTERM or SIGINT, then drain. Raises NoToken, WrongToken, NoDistrict, StorageError."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with built(config) as house:
        await work(house, config, stop)


async def entry(config: Config, words: Words) -> Entry:
    """What makes links into our chat, asked of the channel. Raises NoToken, WrongToken, ConnectionError."""
    if not config.token:
        raise NoToken
    channel = TelegramChannel(config.token, words, now=machine_time, commands=(), api_url=config.bot_api_url)
    try:
        await channel.greet()
    finally:
        await channel.close()
    return channel.entry


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

        def owed() -> None:
            dispatcher.wake()
            fetcher.wake()
            sweeper.wake()

        sweeper = Sweeper(store, guide, clock, files, pairs, owed)
        pump = Pump(store, channels, guide, clock, words, owed, metrics)
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


async def work(house: House, config: Config, stop: asyncio.Event) -> None:
    """All parts side by side until `stop`, or until one of them fails: then the process leaves with its error."""
    web = _server(house, config)
    await web.start()
    beats = heartbeat(house.sweeper.sweep)
    server = await control.listen(config.socket, house.requests.serve)
    receiver = asyncio.create_task(_receive(house), name="receiver")
    parts = [
        asyncio.create_task(_once_greeted(house, part), name=name)
        for name, part in (
            ("pump", house.pump.run),
            ("dispatcher", house.dispatcher.run),
            ("fetcher", house.fetcher.run),
        )
    ]
    if isinstance(house.clock, RehearsalClock):
        parts.append(asyncio.create_task(house.sweeper.keep_rehearsal(house.clock), name="rehearsal"))
        parts.append(asyncio.create_task(house.sweeper.pace_rehearsal(house.clock), name="pace"))
    stopping = asyncio.create_task(stop.wait(), name="stop")
    beats.start()
    log.info("running", district=house.guide.district.name, rehearsal=config.rehearsing)
    try:
        await asyncio.wait([receiver, stopping, *parts], return_when=asyncio.FIRST_COMPLETED)
    finally:
        log.info("stopping")
        beats.shutdown(wait=False)
        server.close()
        config.socket.unlink(missing_ok=True)
        await _drain(house, web, receiver, parts)
        stopping.cancel()
    for task in (receiver, *parts):
        if task.done() and not task.cancelled() and (error := task.exception()) is not None:
            raise error


def _server(house: House, config: Config) -> Server:
    """What answers on LISTEN."""
    return Server(
        config.listen_at,
        health(house).look,
        lambda: house.metrics.page(house.store, house.clock.wall()),
        house.channel.inlet(house.pump.taker(house.channel.name)),
    )


def health(house: House, seconds: Callable[[], float] = time.monotonic) -> Health:
    """Who looks whether all parts are alive, by a clock that never goes back."""
    parts = {
        "pump": house.pump.pulse,
        "dispatcher": house.dispatcher.pulse,
        "fetcher": house.fetcher.pulse,
        "heartbeat": house.sweeper.pulse,
    }
    return Health(house.store, house.channel, parts, seconds)


async def _once_greeted(house: House, run_: Callable[[], Awaitable[None]]) -> None:
    """Run a part that needs the channel: without our name there it can neither read what is for us nor make links."""
    await house.greeted.wait()
    await run_()


async def _receive(house: House) -> None:
    """Make ourselves known, then receive. A channel that is not there yet is waited for, and meanwhile time goes on."""
    tries = 0
    while True:
        try:
            await house.channel.greet()
            break
        except ConnectionError as error:
            wait = _GREET_AGAIN[min(tries, len(_GREET_AGAIN) - 1)]
            log.warning("channel_unreachable", why=str(error), again_in=wait)
            await asyncio.sleep(wait)
            tries += 1
    house.greeted.set()
    await house.channel.receive(house.pump.taker(house.channel.name))


async def _drain(house: House, web: Server, receiver: asyncio.Task[None], parts: list[asyncio.Task[None]]) -> None:
    """Take nothing new, finish what is under way, within the time a stop may take."""
    receiver.cancel()
    house.greeted.set()  # who still waits for it sees that there is nothing more to do
    house.pump.stop()
    house.dispatcher.stop()
    house.fetcher.stop()
    house.sweeper.stop()
    await web.stop()
    _, late = await asyncio.wait([receiver, *parts], timeout=_DRAIN)
    for task in late:
        log.warning("cut_off", part=task.get_name())
        task.cancel()
    if late:
        await asyncio.wait(late, timeout=1.0)
