"""The bot as anybody runs it, but for Telegram's rates: the sandbox has none, and they would hide how fast we are."""

import asyncio
import signal

from bot import app
from bot.config import Config
from bot.house import built
from bot.logs import set_up_logs
from tests.stories.town import UNHURRIED


async def run() -> None:
    """Until SIGTERM."""
    config = Config()
    set_up_logs(config)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with built(config, limits=UNHURRIED) as house:
        await app.work(house, config, stop)


if __name__ == "__main__":
    asyncio.run(run())
