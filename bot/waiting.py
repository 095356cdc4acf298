"""Waiting for a wake-up call, but not for ever."""

import asyncio


async def either(event: asyncio.Event, seconds: float) -> None:
    """Until the event is set, at most for some seconds."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
