"""What `/_world/people/<id>/<deed>` can make a person do, visible as one table."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from bot.sandbox.places import Place
from bot.sandbox.shapes import Json
from bot.sandbox.speaking import Album
from bot.sandbox.world import World

Deed = Callable[[World, Person, Json], Any]
"""What a person does, with the request's parameters."""


def _where(world: World, wanted: Json) -> Place | None:
    if "group" not in wanted:
        return None
    group = world.groups[int(wanted["group"])]
    return group.topics[int(wanted["topic"])] if "topic" in wanted else group


def _message(world: World, person: Person, wanted: Json) -> Message:
    place = _where(world, wanted) or person
    return place.room.messages[int(wanted["message_id"])]


def _number(wanted: Json, name: str) -> int | None:
    return int(wanted[name]) if name in wanted else None


def _id(message: Message) -> Json:
    return {"message_id": message.id}


def _photo(world: World, person: Person, wanted: Json) -> Json:
    """With `album` (any text) the pictures of one album belong together."""
    where, caption = _where(world, wanted), wanted.get("caption", "")
    if "album" in wanted:
        return _id(person.adds_to_album(Album(wanted["album"], where or person, []), wanted["body"], caption))
    return _id(person.sends_photo(wanted["body"], caption, where=where))


DEEDS: dict[str, Deed] = {
    "start": lambda _, person, wanted: _id(person.start(wanted.get("payload", ""))),
    "says": lambda world, person, wanted: _id(
        person.says(wanted["text"], reply_to=_number(wanted, "reply_to"), where=_where(world, wanted))
    ),
    "photo": _photo,
    "file": lambda world, person, wanted: _id(
        person.sends_file(
            wanted["body"],
            wanted.get("name", "file.bin"),
            wanted.get("mime", ""),
            caption=wanted.get("caption", ""),
            where=_where(world, wanted),
        )
    ),
    "location": lambda world, person, wanted: _id(
        person.sends_location(float(wanted["lat"]), float(wanted["lon"]), where=_where(world, wanted))
    ),
    "venue": lambda world, person, wanted: _id(
        person.sends_venue(
            float(wanted["lat"]), float(wanted["lon"]), wanted["title"], wanted["address"], where=_where(world, wanted)
        )
    ),
    "presses": lambda world, person, wanted: {
        "query_id": person.presses(
            wanted["text"],
            on=_number(wanted, "message_id"),
            where=_where(world, wanted),
            contains=bool(wanted.get("contains")),
        ).id
    },
    "presses_data": lambda world, person, wanted: {
        "query_id": person.presses_data(
            wanted["data"], on=_number(wanted, "message_id"), where=_where(world, wanted)
        ).id
    },
    "presses_key": lambda _, person, wanted: _id(
        person.presses_key(wanted["text"], spot=(wanted["lat"], wanted["lon"]) if "lat" in wanted else None)
    ),
    "opens": lambda world, person, wanted: {"url": person.opens(wanted["text"], where=_where(world, wanted))},
    "edits": lambda world, person, wanted: person.edits(_message(world, person, wanted), wanted["text"]),
    "deletes": lambda world, person, wanted: person.deletes(_message(world, person, wanted)),
    "blocks_bot": lambda _, person, __: person.blocks_bot(),
    "unblocks_bot": lambda _, person, __: person.unblocks_bot(),
    "adds_bot": lambda world, person, wanted: world.groups[int(wanted["group"])].adds_bot(
        person, wanted.get("payload")
    ),
    "kicks_bot": lambda world, person, wanted: world.groups[int(wanted["group"])].kicks_bot(person),
}
