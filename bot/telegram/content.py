"""What a message holds: its words, what was sent along, and where it points to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Protocol

from telegram import Document, LivePhoto, Message, PaidMedia, PaidMediaLivePhoto, PaidMediaPhoto, PaidMediaVideo
from telegram import PhotoSize as Size

from bot.telegram.clean import clean
from bot.telegram.rich import photos_of, words_of
from domain.messages import Geo, Media, MediaKind

_PICTURES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".png", ".webp", ".heic", ".heif", ".tif", ".tiff", ".bmp", ".gif", ".dng", ".avif"}
)
_AS_FILES = (
    ("voice", MediaKind.VOICE),
    ("audio", MediaKind.VOICE),
    ("video", MediaKind.VIDEO),
    ("video_note", MediaKind.VIDEO),
)


class _File(Protocol):
    """Anything of Telegram's that can be fetched."""

    file_id: str
    file_unique_id: str
    file_size: int | None


@dataclass(frozen=True, slots=True)
class Content:
    """The parts of a message we have a use for. Without any it is strange to us."""

    text: str = ""
    media: tuple[Media, ...] = ()
    geo: Geo | None = None

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.media or self.geo)


def read_content(message: Message, raw: Mapping[str, Any], *, edited: bool) -> Content:
    """What `message` holds. `raw` is what came, for what PTB does not know of or warns about."""
    rich = raw.get("rich_message")
    text = clean(message.text or message.caption or words_of(rich))
    return Content(text, tuple(_media(message, rich)), _geo(message, raw, edited=edited))


def _media(message: Message, rich: Any) -> Iterator[Media]:
    album = None if message.media_group_id is None else _known(message.media_group_id)
    if message.photo:
        yield _photo(message.photo, album)
    elif message.live_photo:
        yield _live_photo(message.live_photo, album)
    for name, kind in _AS_FILES:
        if file := getattr(message, name):
            yield _media_of(kind, file, album)
    if message.animation:  # Telegram sends the same file once more, as a document
        yield _media_of(MediaKind.VIDEO, message.animation, album)
    elif message.document:
        yield _media_of(_kind_of(message.document), message.document, album)
    for paid in message.paid_media.paid_media if message.paid_media else ():
        yield from _paid(paid)
    for sizes in photos_of(rich):
        yield _photo(Size.de_list(sizes), None)


def _paid(paid: PaidMedia) -> Iterator[Media]:
    if isinstance(paid, PaidMediaPhoto):
        yield _photo(paid.photo, None)
    elif isinstance(paid, PaidMediaLivePhoto):
        yield _live_photo(paid.live_photo, None)
    elif isinstance(paid, PaidMediaVideo):
        yield _media_of(MediaKind.VIDEO, paid.video, None)


def _photo(sizes: Sequence[Size], album: str | None) -> Media:
    return _media_of(MediaKind.PHOTO, max(sizes, key=lambda size: size.width * size.height), album)


def _live_photo(live: LivePhoto, album: str | None) -> Media:
    """The still picture counts; one that comes without is a short video."""
    return _photo(live.photo, album) if live.photo else _media_of(MediaKind.VIDEO, live, album)


def _media_of(kind: MediaKind, file: _File, album: str | None) -> Media:
    size = file.file_size
    if size is not None and type(size) is not int:
        raise TypeError("the size is no number")
    return Media(kind, _known(file.file_id), _known(file.file_unique_id), album, size)


def _kind_of(document: Document) -> MediaKind:
    """Telegram's word for its type, or the name's: some phones send HEIC as octet-stream."""
    mime = str(document.mime_type or "").lower()
    suffix = PurePath(str(document.file_name or "")).suffix.lower()
    drawn = mime.startswith("image/svg")  # a drawing, which no camera makes
    return (
        MediaKind.PICTURE_FILE if not drawn and (mime.startswith("image/") or suffix in _PICTURES) else MediaKind.FILE
    )


def _geo(message: Message, raw: Mapping[str, Any], *, edited: bool) -> Geo | None:
    """Only a live location is ever edited, and its last tick no longer says that it was one.

    PTB warns of a deprecation whenever its `live_period` is read.
    """
    if message.venue:
        spot = message.venue.location
        return _place(spot.latitude, spot.longitude, "venue", clean(message.venue.title) or None)
    if message.location:
        live = edited or "live_period" in raw["location"]
        return _place(message.location.latitude, message.location.longitude, "live" if live else "pin", None)
    return None


def _place(lat: float, lon: float, how: str, name: str | None) -> Geo:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError("no place on earth")
    return Geo(float(lat), float(lon), how=how, name=name)


def _known(name: object) -> str:
    """A name of Telegram's, which we hand back unchanged."""
    if not isinstance(name, str) or not name or clean(name) != name:
        raise TypeError("no name")
    return name
