"""`send_message` over our transport, against that of a bot from the tutorial and against a bare loop of aiohttp."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from functools import partial

import aiohttp
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.sandbox.stage import TOKEN
from bot.telegram.http import AiohttpRequest
from tests.bench.echo import echo
from tests.bench.rounds import Ratio, Way, side_by_side

IN_FLIGHT = 32
MESSAGES = 640
ROUNDS = 5
TEXT = "已收到，编号 XM-260421-001，谢谢您。"


def sending(send: Callable[[], Awaitable[object]]) -> Way:
    """Messages a second when so many are always under way."""

    async def one_after_the_other() -> None:
        for _ in range(MESSAGES // IN_FLIGHT):
            await send()

    async def way() -> float:
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(IN_FLIGHT):
                group.create_task(one_after_the_other())
        return MESSAGES / (time.perf_counter() - began)

    return way


def over(url: str, request: BaseRequest) -> Bot:
    """PTB's bot; everything but the transport is the same."""
    return Bot(TOKEN, base_url=f"{url}/bot", request=request)


def bare(url: str, session: aiohttp.ClientSession) -> Callable[[], Awaitable[object]]:
    """What nobody can do less than."""

    async def send() -> object:
        async with session.post(f"{url}/bot{TOKEN}/sendMessage", json={"chat_id": 42, "text": TEXT}) as response:
            return json.loads(await response.read())

    return send


async def measure() -> list[Ratio]:
    """Three ways to the same server."""
    ours, default = AiohttpRequest(), HTTPXRequest()
    async with echo() as url, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=IN_FLIGHT)) as session:
        bots = {"ours": over(url, ours), "PTB's": over(url, default)}
        await asyncio.gather(ours.initialize(), default.initialize())
        ways = {name: sending(partial(bot.send_message, 42, TEXT)) for name, bot in bots.items()}
        ways["aiohttp"] = sending(bare(url, session))
        try:
            found = await side_by_side("send_message", ways, ROUNDS)
        finally:
            await asyncio.gather(ours.shutdown(), default.shutdown())
    what = f"send_message, {IN_FLIGHT} in flight, our transport"
    return [
        Ratio(f"{what} : PTB's default", found["ours"], found["PTB's"], "/s", wanted=5),
        Ratio(f"{what} : bare aiohttp", found["ours"], found["aiohttp"], "/s", wanted=0.35),
    ]
