"""The answers to presses: given at once, best effort, kept nowhere. The card tells the truth anyway."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.channel import Channel
from bot.clock import Clock
from bot.texts import Words
from domain.messages import Acted, Toast

log = structlog.get_logger(__name__)

_SPINNER = 3.0  # seconds a press may go without an answer
_SIDE_BY_SIDE = 16  # when nobody takes them, they are not to take the connections of all others
_OF_USE = timedelta(seconds=10)  # an answer that has waited longer comes too late for whoever pressed
_LAST = 1.0  # seconds for what is being answered when we stop


@dataclass(frozen=True, slots=True)
class Effect:
    """What a unit of work leaves to be said at once: the answer to a press, in the presser's language."""

    toast: Toast | None = None
    language: str = "zh"


class Answers:
    """Answers presses while other things go on."""

    def __init__(self, words: Words, clock: Clock) -> None:
        self._words = words
        self._clock = clock
        self._lanes = asyncio.Semaphore(_SIDE_BY_SIDE)
        self._under_way: set[asyncio.Task[None]] = set()

    def give(self, channel: Channel, press: Acted, effect: Effect) -> None:
        """Answer a press; returns at once."""
        toast = effect.toast
        text = self._words.toast(toast, toast.language or effect.language) if toast else ""
        task = asyncio.create_task(self._answer(channel, press.ticket, text, alert=bool(toast and toast.alert)))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _answer(self, channel: Channel, ticket: str, text: str, *, alert: bool) -> None:
        """An answer when its turn has come, unless that is too late."""
        since = self._clock.wall()
        async with self._lanes:
            if self._clock.wall() - since > _OF_USE:
                log.debug("press_not_answered", kind="late")
            else:
                await channel.answer(ticket, text, alert=alert)

    @contextmanager
    def in_time(self, channel: Channel, press: Acted, *, first: bool) -> Iterator[None]:
        """Around the work on a press: it is answered within seconds, even when that takes longer, or fails at `first`.

        What is known in time is said by `give`.
        """
        spinner = asyncio.get_running_loop().call_later(_SPINNER, self.give, channel, press, Effect())
        try:
            yield
        except Exception:
            if first:
                self.give(channel, press, Effect())
            raise
        finally:
            spinner.cancel()

    async def finish(self) -> None:
        """Give what is being answered a moment, when we stop."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_LAST)
