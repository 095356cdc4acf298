"""`python -m bot.sandbox --port 8081`: the sandbox by itself, driven over `/_world/…`."""

import argparse
import asyncio

from bot.sandbox.limits import NO_LIMITS, Limits
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World


async def serve(port: int, limits: Limits) -> None:
    """Until interrupted. The first line of the output is what a client needs."""
    async with Sandbox(World(limits=limits), port=port) as sandbox:
        print(f"{sandbox.url} {sandbox.token}", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one (default: 8081)")
    parser.add_argument("--no-limits", action="store_true", help="without Telegram's flood limits")
    options = parser.parse_args()
    try:
        asyncio.run(serve(options.port, NO_LIMITS if options.no_limits else Limits()))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
