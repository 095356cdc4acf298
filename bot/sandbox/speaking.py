"""Everything a person can send. Each becomes a message and, where the bot may hear it, an update."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.bubbles import Bubble
from bot.sandbox.files import Media
from bot.sandbox.formatting import NOTHING, plain
from bot.sandbox.messages import Content, Message, captioned, text
from bot.sandbox.places import Place, Spot, message_id
from bot.sandbox.shapes import Json, User
from bot.sandbox.stage import Stage

Reply = Message | Bubble | int | None


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures that share a `media_group_id`; more may come late."""

    id: str
    where: Place
    messages: list[Message]


class Speaker(Place):
    """A person's mouth. `where` is a group or topic; by default it is the private chat with the bot."""

    stage: Stage
    user: User

    def says(self, words: str, *, reply_to: Reply = None, where: Place | None = None) -> Message:
        """Sends a text; `/commands` in it become entities."""
        return self._send(text(plain(words)), where, reply_to)

    def sends_photo(
        self,
        picture: bytes,
        caption: str = "",
        *,
        reply_to: Reply = None,
        where: Place | None = None,
        size: int | None = None,
    ) -> Message:
        """Sends a picture as a photo: scaled and without EXIF. `size` claims a file size."""
        return self._send_media(self.stage.files.photo(picture, size=size), caption, where, reply_to)

    def sends_album(
        self,
        pictures: Sequence[bytes],
        caption: str = "",
        *,
        caption_on: int = 0,
        reply_to: Reply = None,
        where: Place | None = None,
    ) -> Album:
        """Sends several photos at once: single messages with one `media_group_id`, the caption on one of them."""
        album = Album(str(next(self.stage.albums)), where or self, [])
        for index, picture in enumerate(pictures):
            self.adds_to_album(album, picture, caption if index == caption_on else "", reply_to=reply_to)
        return album

    def adds_to_album(self, album: Album, picture: bytes, caption: str = "", *, reply_to: Reply = None) -> Message:
        """One more picture of an album, late as they sometimes are."""
        content = captioned(self.stage.files.photo(picture), plain(caption))
        album.messages.append(self._send(content, album.where, reply_to, album=album.id))
        return album.messages[-1]

    def sends_file(
        self,
        data: bytes,
        name: str = "file.bin",
        mime: str = "",
        *,
        caption: str = "",
        reply_to: Reply = None,
        where: Place | None = None,
        size: int | None = None,
    ) -> Message:
        """Sends a file, kept byte for byte (a picture keeps its EXIF). `size` claims a file size."""
        media = self.stage.files.other("document", data, name, mime, size=size)
        return self._send_media(media, caption, where, reply_to)

    def sends_voice(
        self, data: bytes, seconds: int = 3, *, reply_to: Reply = None, where: Place | None = None
    ) -> Message:
        """Sends a voice message (OGG/Opus as far as anybody can tell)."""
        media = self.stage.files.other("voice", data, "", "audio/ogg", {"duration": seconds})
        return self._send_media(media, "", where, reply_to)

    def sends_video(
        self,
        data: bytes,
        seconds: int = 5,
        caption: str = "",
        *,
        reply_to: Reply = None,
        where: Place | None = None,
        size: int | None = None,
    ) -> Message:
        """Sends a video."""
        facts = {"duration": seconds, "width": 1280, "height": 720}
        media = self.stage.files.other("video", data, "video.mp4", "video/mp4", facts, size)
        return self._send_media(media, caption, where, reply_to)

    def sends_location(self, lat: float, lon: float, *, reply_to: Reply = None, where: Place | None = None) -> Message:
        """Sends a pin on the map."""
        return self._send(_spot_content((lat, lon)), where, reply_to)

    def sends_venue(self, lat: float, lon: float, title: str, address: str, *, where: Place | None = None) -> Message:
        """Sends a place with a name."""
        location = _location((lat, lon))
        facts = {"location": location, "venue": {"location": location, "title": title, "address": address}}
        return self._send(Content("venue", facts=facts), where)

    def sends_live_location(self, lat: float, lon: float, *, seconds: int = 900, where: Place | None = None) -> Message:
        """Shares the position for a while; `moves` makes it tick, `stops` ends it."""
        return self._send(_spot_content((lat, lon), live_period=seconds), where)

    def moves(self, live: Message, lat: float, lon: float) -> None:
        """A tick of a live location: an `edited_message`."""
        self._edit(live, _spot_content((lat, lon), live_period=live.content.facts["location"]["live_period"]))

    def stops(self, live: Message) -> None:
        """The last tick of a live location: the same place, no longer live."""
        here = live.content.facts["location"]
        self._edit(live, _spot_content((here["latitude"], here["longitude"])))

    def sends(self, kind: str, *, where: Place | None = None, **facts: Any) -> Message:
        """Sends whatever else there is: `facts` are fields of the message, as in `sends("sticker", sticker={…})`."""
        return self._send(Content(kind, facts=facts), where)

    def sends_live_photo(self, picture: bytes, clip: bytes, *, where: Place | None = None) -> Message:
        """Sends a photo with a second of film; it has both fields, `photo` and `live_photo`."""
        photo = self.stage.files.photo(picture)
        film = self.stage.files.other("video", clip, "", "video/mp4").best
        facts = {"duration": 2, "width": photo.best.width, "height": photo.best.height, "mime_type": film.mime}
        live = {"photo": photo.as_json(), **facts, **film.as_json()}
        return self._send(Content("photo", media=photo, facts={"live_photo": live}), where)

    def forwards(self, message: Message, *, hidden: bool = False, where: Place | None = None) -> Message:
        """Passes a message on. `hidden`: its author does not let the name be linked."""
        origin: Json = {"type": "user", "sender_user": message.sender.as_json(), "date": int(message.at)}
        if hidden:
            origin = {"type": "hidden_user", "sender_user_name": message.sender.first_name, "date": int(message.at)}
        return self._send(message.content, where, origin=origin)

    def edits(self, message: Message, words: str) -> None:
        """Changes the text or caption of an own message."""
        self._edit(message, replace(message.content, words=plain(words) if words else NOTHING))

    def deletes(self, message: Message) -> None:
        """Takes an own message back. Telegram tells bots nothing about it."""
        self.stage.remove(message)

    def _send_media(self, media: Media, caption: str, where: Place | None, reply_to: Reply) -> Message:
        return self._send(captioned(media, plain(caption)), where, reply_to)

    def _send(
        self,
        content: Content,
        where: Place | None,
        reply_to: Reply = None,
        *,
        album: str | None = None,
        origin: Json | None = None,
    ) -> Message:
        place = where or self
        place.check_person(self.user.id)
        message = self.stage.post(
            place.room,
            self.user,
            content,
            reply_to=message_id(reply_to),
            thread=place.thread,
            album=album,
            origin=origin,
        )
        self.stage.report(message)
        return message

    def _edit(self, message: Message, content: Content) -> None:
        self.stage.rewrite(message, content)
        self.stage.report(message, "edited_message")


def _location(spot: Spot) -> Json:
    return {"latitude": spot[0], "longitude": spot[1]}


def _spot_content(spot: Spot, **live: int) -> Content:
    return Content("location", facts={"location": {**_location(spot), **live}})
