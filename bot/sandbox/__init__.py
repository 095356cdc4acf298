"""A Telegram at home: the Bot API over HTTP on loopback, with people and groups that a program moves.

It is the fake at the wire for the tests and the stage of the demo, and knows nothing of the product::

    async with Sandbox() as sandbox:
        bot = telegram.Bot(sandbox.token, base_url=sandbox.base_url, base_file_url=sandbox.base_file_url)
        anna = sandbox.world.person("Anna", language="en")
        anna.start()
        …
        await sandbox.world.quiet()
        assert anna.last.buttons == ["Yes", "No"]
"""

from bot.sandbox.activity import NothingHappenedError
from bot.sandbox.bubbles import Bubble, Button, transcript
from bot.sandbox.errors import RefusedError, bad, forbidden, too_many
from bot.sandbox.groups import Group, Topic
from bot.sandbox.limits import NO_LIMITS, Limits
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from bot.sandbox.queries import Press, Toast
from bot.sandbox.server import Sandbox
from bot.sandbox.speaking import Album
from bot.sandbox.stage import Memory
from bot.sandbox.world import World

__all__ = [
    "NO_LIMITS",
    "Album",
    "Bubble",
    "Button",
    "Group",
    "Limits",
    "Memory",
    "Message",
    "NothingHappenedError",
    "Person",
    "Press",
    "RefusedError",
    "Sandbox",
    "Toast",
    "Topic",
    "World",
    "bad",
    "forbidden",
    "too_many",
    "transcript",
]
