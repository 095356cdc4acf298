"""Delivering updates to a webhook: different chats side by side, one chat in order, again until it answers 2xx."""

import asyncio

import aiohttp

from bot.sandbox.stage import Hook
from bot.sandbox.updates import Queued
from bot.sandbox.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
SLOWEST_FACTOR = 16
ANSWER_SECONDS = 60


class Deliverer:
    """Runs beside the server and has nothing to do while no webhook is set."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tasks: dict[asyncio.Task[None], Queued] = {}

    async def run(self) -> None:
        """Until cancelled."""
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        connector = aiohttp.TCPConnector(limit=0)
        try:
            async with aiohttp.ClientSession(timeout=timeout, connector=connector) as session:
                while True:
                    self._start_due(session)
                    await self._world.activity.next()
        finally:
            await self._stop()

    async def _stop(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _start_due(self, session: aiohttp.ClientSession) -> None:
        hook = self._world.hook
        if hook is None or self._world.faults.is_down:
            return
        flying = set(self._tasks.values())
        chats = {queued.chat_id for queued in flying}
        for queued in self._world.updates.ready():
            if len(self._tasks) >= hook.most_connections:
                return
            if queued not in flying and queued.chat_id not in chats:
                chats.add(queued.chat_id)
                task = asyncio.create_task(self._deliver(session, hook, queued))
                self._tasks[task] = queued
                task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._tasks[task]
        self._world.activity.wake()

    async def _deliver(self, session: aiohttp.ClientSession, hook: Hook, queued: Queued) -> None:
        pause = self._world.retry_seconds
        while self._world.hook is hook and queued in self._world.updates.ready() and not self._world.faults.is_down:
            error = await self._post(session, hook, queued)
            if not error:
                self._world.updates.settle(queued)
                return
            hook.error, hook.error_at = error, self._world.now()
            self._world.activity.stir()
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._world.retry_seconds * SLOWEST_FACTOR)

    async def _post(self, session: aiohttp.ClientSession, hook: Hook, queued: Queued) -> str:
        """What went wrong, "" when nothing did."""
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers[SECRET_HEADER] = hook.secret
        try:
            async with session.post(hook.url, data=queued.body, headers=headers) as answer:
                await answer.read()
                if answer.status // 100 == 2:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"Connection failed: {type(error).__name__}"
