"""Runs the house: all parts side by side until it is told to stop, then it drains."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable

import structlog

from bot import control
from bot.clock import RehearsalClock, machine_time
from bot.config import Config, NoToken
from bot.health import Health
from bot.house import House, built
from bot.requests import Entry
from bot.telegram.channel import TelegramChannel
from bot.texts import Words
from bot.web.server import Server
from scheduler import heartbeat
from storage.crew import DUTIES

log = structlog.get_logger(__name__)

_DRAIN = 5.0
"""Seconds to finish what is under way after SIGTERM; with closing it stays well under ten."""

_GREET_AGAIN = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds between tries to reach the channel at start; the last one goes on."""


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


async def work(house: House, config: Config, stop: asyncio.Event) -> None:
    """All parts side by side until `stop`, or until one of them fails: then the process leaves with its error."""
    web = _server(house, config)
    await web.start()
    server = await control.listen(config.socket, house.requests.serve)
    receiver = asyncio.create_task(_receive(house), name="receiver")
    parts = [
        asyncio.create_task(_once_greeted(house, part), name=name)
        for name, part in (
            ("pump", house.pump.run),
            ("dispatcher", lambda: house.crew.on_duty("dispatcher", house.dispatcher.run)),
            ("fetcher", lambda: house.crew.on_duty("fetcher", house.fetcher.run)),
        )
    ]
    parts.append(asyncio.create_task(house.crew.on_duty("heartbeat", lambda: _beat(house)), name="heartbeat"))
    if isinstance(house.clock, RehearsalClock):
        parts.append(asyncio.create_task(house.sweeper.keep_rehearsal(house.clock), name="rehearsal"))
        parts.append(asyncio.create_task(house.sweeper.pace_rehearsal(house.clock), name="pace"))
    stopping = asyncio.create_task(stop.wait(), name="stop")
    log.info("running", district=house.guide.district.name, rehearsal=config.rehearsing)
    try:
        await asyncio.wait([receiver, stopping, *parts], return_when=asyncio.FIRST_COMPLETED)
    finally:
        log.info("stopping")
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
    return Health(house.store, house.channel, parts, lambda part: _concerns(house, part), seconds)


def _concerns(house: House, part: str) -> bool:
    """Whether a part is this process's: who cannot even make itself known is not well, whoever receives."""
    if part == "receiver" and (house.posted_to or not house.greeted.is_set()):
        return True
    return part not in DUTIES or house.crew.has(part)


async def _once_greeted(house: House, run_: Callable[[], Awaitable[None]]) -> None:
    """Run a part that needs the channel: without our name there it can neither read what is for us nor make links."""
    await house.greeted.wait()
    await run_()


async def _beat(house: House) -> None:
    """The heartbeat, until the house is stopped."""
    beats = heartbeat(house.sweeper.sweep)
    beats.start()
    try:
        await house.sweeper.stopped()
    finally:
        beats.shutdown(wait=False)


async def _receive(house: House) -> None:
    """Make ourselves known, then receive: one process polls, while everybody may be posted to.

    A channel that is not there yet is waited for, and meanwhile time goes on.
    """
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
    take = house.pump.taker(house.channel.name)
    if house.posted_to:
        await house.channel.receive(take)
    else:
        await house.crew.on_duty("receiver", lambda: house.channel.receive(take))


async def _drain(house: House, web: Server, receiver: asyncio.Task[None], parts: list[asyncio.Task[None]]) -> None:
    """Take nothing new, finish what is under way, within the time a stop may take."""
    receiver.cancel()
    house.greeted.set()  # who still waits for it sees that there is nothing more to do
    house.pump.stop()
    house.dispatcher.stop()
    house.fetcher.stop()
    house.sweeper.stop()
    for task in parts:
        if task.get_name() in DUTIES and not house.crew.has(task.get_name()):
            task.cancel()  # it waits for a duty that is another process's
    await web.stop()
    _, late = await asyncio.wait([receiver, *parts], timeout=_DRAIN)
    for task in late:
        log.warning("cut_off", part=task.get_name())
        task.cancel()
    if late:
        await asyncio.wait(late, timeout=1.0)
