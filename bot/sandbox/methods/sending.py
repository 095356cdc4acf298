"""Methods that send."""

from dataclasses import replace
from typing import Any, Final

from bot.sandbox.calls import Call
from bot.sandbox.errors import bad
from bot.sandbox.groups import Group
from bot.sandbox.keyboards import read_markup
from bot.sandbox.messages import Content, Message, captioned, text
from bot.sandbox.methods.reading import caption, place_of, read_caption, read_media, read_reply, read_text
from bot.sandbox.people import Person
from bot.sandbox.shapes import Json
from bot.sandbox.world import World

ALBUM_MOST: Final = 10
ALBUM_KINDS: Final = ("photo", "video", "document", "audio")
ALONE_IN_ALBUMS: Final = ("document", "audio")
FILM_FACTS: Final = ("duration", "width", "height")
ACTIONS: Final = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
    "cancel",
)


def send_message(world: World, call: Call) -> Any:
    """`sendMessage`."""
    return _send(world, call, text(read_text(world, call)))


def send_photo(world: World, call: Call) -> Any:
    """`sendPhoto`: the picture is scaled and loses its EXIF."""
    return _send_file(world, call, "photo")


def send_document(world: World, call: Call) -> Any:
    """`sendDocument`: the file stays as it is."""
    return _send_file(world, call, "document")


def send_voice(world: World, call: Call) -> Any:
    """`sendVoice`."""
    return _send_file(world, call, "voice", {"duration": call.integer("duration")})


def send_video(world: World, call: Call) -> Any:
    """`sendVideo`."""
    return _send_file(world, call, "video", {name: call.integer(name) for name in FILM_FACTS})


def send_location(world: World, call: Call) -> Any:
    """`sendLocation`."""
    location = _location(call)
    further = {name: call.integer(name) for name in ("live_period", "heading", "proximity_alert_radius")}
    location |= {name: value for name, value in further.items() if value}
    return _send(world, call, Content("location", facts={"location": location}))


def send_venue(world: World, call: Call) -> Any:
    """`sendVenue`."""
    location = _location(call)
    venue = {"location": location, "title": call.text("title"), "address": call.text("address")}
    if not venue["title"] or not venue["address"]:
        raise bad("venue title and address must be non-empty")
    return _send(world, call, Content("venue", facts={"location": location, "venue": venue}))


def send_media_group(world: World, call: Call) -> Any:
    """`sendMediaGroup`: an array of messages with one `media_group_id`. It takes no keyboard."""
    call.required("media")
    items = call.structure("media", "Can't parse media JSON object")
    if not isinstance(items, list):
        raise bad("Expected an Array of InputMedia")
    contents = [input_media(world, call, item, for_album=True) for item in items]
    _check_album(world, contents)
    place, thread = _admitted(world, call)
    reply_to = read_reply(place, call)
    world.flood.charge(place.id, len(contents))
    album = str(next(world.albums))
    sent = [
        world.post(place.room, world.bot, content, reply_to=reply_to, thread=thread, album=album)
        for content in contents
    ]
    return [message.as_json() for message in sent]


def input_media(world: World, call: Call, item: Any, *, for_album: bool) -> Content:
    """An `InputMedia` as content. Raises 400."""
    if not isinstance(item, dict):
        raise bad("Can't parse InputMedia: expected an Object")
    kind = item.get("type", "")
    source, parse_mode, pointer = (str(item.get(name) or "") for name in ("caption", "parse_mode", "media"))
    words = caption(world, source, parse_mode, item.get("caption_entities"))
    if kind == "animation" and for_album:
        raise bad(f"Can't parse InputMedia: type \"{kind}\" can't be used in sendMediaGroup")
    if kind not in (*ALBUM_KINDS, "animation"):
        raise bad(f'Can\'t parse InputMedia: type "{kind}" is unsupported')
    facts = {name: item.get(name) or 0 for name in FILM_FACTS} if kind in ("video", "animation") else {}
    media = read_media(world, call, kind, pointer, facts=facts)
    if media is None:
        raise bad("Can't parse InputMedia: media not found")
    return captioned(media, words)


def _check_album(world: World, contents: list[Content]) -> None:
    if not contents:
        raise bad("there are no messages to send")
    if len(contents) > ALBUM_MOST:
        raise bad("too many messages to send as an album")
    if len(contents) == 1:
        world.complain("sendMediaGroup with one item; documented are 2 to 10")
    kinds = {content.kind for content in contents}
    for kind in ALONE_IN_ALBUMS:
        if kind in kinds and len(kinds) > 1:
            raise bad(f"{kind.title()} can't be mixed with other media types")


def send_chat_action(world: World, call: Call) -> Any:
    """`sendChatAction`."""
    action = call.text("action").lower()
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    place, _ = _admitted(world, call)
    if isinstance(place, Person):
        place.actions.append(action)
    return True


def forward_message(world: World, call: Call) -> Any:
    """`forwardMessage`."""
    message = _source(world, call, "forward", "forwarded")
    origin = message.origin or {"type": "user", "sender_user": message.sender.as_json(), "date": int(message.at)}
    return _send(world, call, message.content, origin=origin)


def copy_message(world: World, call: Call) -> Any:
    """`copyMessage`: only the new id comes back."""
    content = _source(world, call, "copy", "copied").content
    if "caption" in call.parameters and content.kind != "text":
        content = replace(content, words=read_caption(world, call))
    return {"message_id": _send(world, call, content)["message_id"]}


def _source(world: World, call: Call, verb: str, participle: str) -> Message:
    place = place_of(world, call, "from_chat_id")
    message = place.room.find(call.integer("message_id"))
    if message is None:
        raise bad(f"message to {verb} not found")
    if message.content.kind == "service":
        raise bad(f"message can't be {participle}")
    return message


def _send_file(world: World, call: Call, kind: str, facts: Json | None = None) -> Json:
    media = read_media(world, call, kind, call.text(kind), field=kind, facts=facts)
    if media is None:
        raise bad(f"there is no {kind} in the request")
    return _send(world, call, captioned(media, read_caption(world, call)))


def _send(world: World, call: Call, content: Content, origin: Json | None = None) -> Json:
    place, thread = _admitted(world, call)
    markup = read_markup(call.parameters.get("reply_markup"), private=place.room.is_private)
    reply_to = read_reply(place, call)
    world.flood.charge(place.id)
    message = world.post(place.room, world.bot, content, markup=markup, reply_to=reply_to, thread=thread, origin=origin)
    return message.as_json()


def _admitted(world: World, call: Call) -> tuple[Person | Group, int | None]:
    """The chat, which lets the bot in, and the topic (groups without topics ignore it, as Telegram does)."""
    place = place_of(world, call)
    thread = call.integer("message_thread_id") or None
    place.check_bot(thread)
    return place, thread if place.room.facts.get("is_forum") else None


def _location(call: Call) -> Json:
    return {"latitude": call.number("latitude"), "longitude": call.number("longitude")}
