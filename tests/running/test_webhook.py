"""A bot that is posted to, as a process: it answers an operator, stops in time, and polls after the next start."""

import asyncio
import json
from urllib.parse import urlsplit

import aiohttp

from tests.running.premises import TYRES, Premises
from tests.running.test_process import files_report, seen
from tests.stories.said import said
from tests.web.conftest import HEADER, SECRET, hooked


def posted_to(premises: Premises) -> Premises:
    """The same bot with a webhook."""
    return premises.with_(**{name.upper(): value for name, value in hooked().items()})


async def begun_post(premises: Premises) -> asyncio.StreamWriter:
    """A post of which nothing but the beginning arrives."""
    where = urlsplit(premises.environment["WEBHOOK_URL"])
    _, writer = await asyncio.open_connection(where.hostname, where.port)
    head = f"POST {where.path} HTTP/1.1\r\nHost: bot\r\n{HEADER}: {SECRET}\r\nContent-Length: 100\r\n\r\n{{"
    writer.write(head.encode())
    await writer.drain()
    return writer


async def test_a_bot_that_is_posted_to_works_and_stops_in_time(premises: Premises) -> None:
    """Whatever hangs: what came in is there after the next start, however it is received then."""
    there = posted_to(premises)
    async with there.bot() as bot:
        wang = await there.resident("王阿姨")
        await files_report(wang, there)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://{there.environment['LISTEN']}/healthz") as answer:
                assert set(json.loads(await answer.text())) >= {"receiver", "dispatcher", "heartbeat", "store"}
            async with session.get(f"http://{there.environment['LISTEN']}/metrics") as answer:
                assert "suishoupai_updates_done_total 3.0" in await answer.text()
            writer = await begun_post(there)
            there.world.faults.next("sendMessage", "hang", times=50)
            wang.says("/my")
            await there.world.until(lambda: there.world.updates.pending == 0)
            wang.says(TYRES)
            assert await bot.stop() == 0
        writer.close()
        there.world.faults.clear()
        assert "Traceback" not in bot.said
        assert SECRET not in bot.said
    async with premises.bot() as bot:
        assert premises.world.hook is None
        await seen(premises, wang, said("notice.my_cases"))
        assert await bot.stop() == 0
    assert not premises.world.complaints
