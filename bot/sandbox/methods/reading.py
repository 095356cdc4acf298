"""Reading what most methods share: the chat, words with their parse mode, files, the message replied to."""

from typing import Any

from bot.sandbox.calls import Call
from bot.sandbox.errors import bad
from bot.sandbox.files import Media
from bot.sandbox.formatting import (
    CAPTION_UNITS,
    NOTHING,
    TEXT_UNITS,
    Entity,
    Formatted,
    plain,
    trimmed,
    units,
    with_found,
)
from bot.sandbox.groups import Group
from bot.sandbox.people import Person
from bot.sandbox.shapes import Json
from bot.sandbox.tags import parse_html
from bot.sandbox.world import World

LONGEST_BYTES = 1 << 15
_ENTITIES = "Can't parse message entities JSON object"
_ENTITY_FIELDS = ("url", "language", "custom_emoji_id", "unix_time", "date_time_format")


def place_of(world: World, call: Call, name: str = "chat_id") -> Person | Group:
    """The chat a call is about. Raises 400."""
    raw = call.text(name).strip()
    if not raw:
        raise bad("chat_id is empty")
    place = world.place(int(raw)) if raw.lstrip("-").isdigit() else None
    if place is None:
        raise bad("chat not found")
    return place


def read_text(world: World, call: Call) -> Formatted:
    """The parameter `text` of a message. Raises 400 when it is empty, too long or cannot be parsed."""
    if not call.text("text"):
        raise bad("message text is empty")
    words = _formatted(world, call.text("text"), call.text("parse_mode"), call.structure("entities", _ENTITIES))
    if not words.text:
        raise bad("text must be non-empty")
    if units(words.text) > TEXT_UNITS:
        raise bad("message is too long")
    return words


def read_caption(world: World, call: Call) -> Formatted:
    """The parameter `caption`. Raises 400 when it is too long or cannot be parsed."""
    entities = call.structure("caption_entities", _ENTITIES)
    return caption(world, call.text("caption"), call.text("parse_mode"), entities)


def caption(world: World, source: str, parse_mode: str, entities: Any = None) -> Formatted:
    """Any caption. Raises 400."""
    words = _formatted(world, source, parse_mode, entities)
    if units(words.text) > CAPTION_UNITS:
        raise bad("message caption is too long")
    return words


def _formatted(world: World, source: str, parse_mode: str, entities: Any) -> Formatted:
    if len(source.encode(errors="replace")) > LONGEST_BYTES:
        raise bad("text is too long")
    mode = parse_mode.lower()
    if mode not in ("", "none", "html", "markdown", "markdownv2"):
        raise bad("unsupported parse_mode")
    if not source:
        return NOTHING
    if mode.startswith("markdown"):
        world.complain(f"{parse_mode} is not parsed here; the text is kept as it is")
    if mode == "html":
        text, found = parse_html(source)
        return with_found(trimmed(Formatted(text, found, source)))
    return with_found(trimmed(_with_entities(plain(source), entities)))


def _with_entities(words: Formatted, raw: Any) -> Formatted:
    if not isinstance(raw, list):
        return words
    return Formatted(words.text, tuple(_entity(one) for one in raw), words.html)


def _entity(raw: Any) -> Entity:
    if not isinstance(raw, dict):
        raise bad("Can't parse MessageEntity: MessageEntity must be an Object")
    for name in ("type", "offset", "length"):
        if name not in raw:
            raise bad(f"Can't parse MessageEntity: Can't find field \"{name}\"")
    further = {name: raw[name] for name in _ENTITY_FIELDS if raw.get(name)}
    user_id = (raw.get("user") or {}).get("id", 0)
    return Entity(raw["type"], raw["offset"], raw["length"], user_id=user_id, **further)


def read_media(
    world: World, call: Call, kind: str, pointer: str, *, field: str = "", facts: Json | None = None
) -> Media | None:
    """The file behind `pointer` (a file id, or attach://part) or in the part named `field`; None when there is none."""
    if pointer and not pointer.startswith("attach://"):
        return _known_media(world, kind, pointer)
    upload = call.files.get(pointer.removeprefix("attach://") or field)
    if upload is None:
        return None
    if not upload.data:
        raise bad("file must be non-empty")
    if kind == "photo":
        return world.files.photo(upload.data)
    return world.files.other(kind, upload.data, upload.name, upload.mime, facts)


def _known_media(world: World, kind: str, file_id: str) -> Media:
    if file_id.startswith(("http://", "https://")):
        world.complain("files by URL are not fetched here")
        raise bad("failed to get HTTP URL content")
    media = world.files.find(file_id)
    if media is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if media.kind != kind:
        raise bad(f"Can't use file of type {media.kind.title()} as {kind.title()}")
    return media


def read_reply(place: Person | Group, call: Call) -> int | None:
    """The id of the message that is replied to. Raises 400 when it is gone and the reply insists on it."""
    wanted = call.structure("reply_parameters", "Can't parse reply parameters JSON object")
    if not wanted:
        return None
    if not isinstance(wanted, dict):
        raise bad("Object expected as reply parameters")
    if "message_id" not in wanted:
        raise bad('Can\'t find field "message_id"')
    if not isinstance(wanted["message_id"], int):
        raise bad('Field "message_id" must be a valid Number')
    if place.room.find(wanted["message_id"]):
        return int(wanted["message_id"])
    if not wanted.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return None
