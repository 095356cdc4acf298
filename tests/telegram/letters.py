"""Letters for the tests, and the way from a letter to what stands in the chat."""

from typing import Any

from bot.channel import Letter, PictureFile, Shown
from bot.sandbox.groups import Group as Chat
from bot.sandbox.people import Person
from bot.telegram.channel import TelegramChannel
from domain.messages import Action, Address, Group, Notice, Peer, Sent

ACTIONS = (Action("t1", "接单"), Action("t2", "退回"))


def peer(person: Person) -> Peer:
    return Peer("telegram", "110201543", str(person.id))


def address(chat: Chat, topic: int | None = None) -> Group:
    return Group("telegram", "110201543", str(chat.id), None if topic is None else str(topic))


def letter(say: str, *pictures: PictureFile, replaces: Shown | None = None, **more: Any) -> Letter:
    return Letter(Notice("card", {"say": say}, **more), "zh", pictures, replaces)


async def shown(channel: TelegramChannel, to: Address, what: Letter) -> Shown:
    """Sends it and gives what stands there now."""
    sent = await channel.send(to, what)
    assert isinstance(sent, Sent), sent
    return Shown(sent.handle, sent.form)
