"""Words with their formatting: what is left after parsing, how long it is, where its entities lie."""

import re
from dataclasses import dataclass, replace
from html import escape

from bot.sandbox.shapes import Json, User

TEXT_UNITS = 4096
CAPTION_UNITS = 1024


def units(text: str) -> int:
    """Length in UTF-16 code units, the unit of every limit and offset of Telegram."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Entity:
    """`MessageEntity`. Offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str = ""
    user_id: int = 0
    language: str = ""
    custom_emoji_id: str = ""
    unix_time: int = 0
    date_time_format: str = ""

    def as_json(self) -> Json:
        """The object `MessageEntity`; fields of other types are left out."""
        shape: Json = {"type": self.type, "offset": self.offset, "length": self.length}
        if self.user_id:
            shape["user"] = User(self.user_id, "").as_json()
        if self.language and self.type == "pre":
            shape["language"] = self.language
        for name in ("url", "custom_emoji_id", "unix_time", "date_time_format"):
            if value := getattr(self, name):
                shape[name] = value
        return shape


@dataclass(frozen=True, slots=True)
class Formatted:
    """Text after parsing, its entities, and the HTML it was sent as (escaped when it was sent plain)."""

    text: str = ""
    entities: tuple[Entity, ...] = ()
    html: str = ""

    def same_as(self, other: "Formatted") -> bool:
        """Whether a reader would see no difference."""
        return (self.text, self.entities) == (other.text, other.entities)


NOTHING = Formatted()

_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)"
    r"|(?P<url>https?://[^\s<>\"]+)"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31})"
    r"|(?P<hashtag>(?<!\w)#\w+)"
)


def plain(text: str) -> Formatted:
    """Text as a person types it: commands, links, mentions and hashtags become entities by themselves."""
    return Formatted(text, found_entities(text), escape(text, quote=False))


def found_entities(text: str) -> tuple[Entity, ...]:
    """The entities Telegram finds in bare text."""
    return tuple(
        Entity(match.lastgroup or "", units(text[: match.start()]), units(match.group()))
        for match in _FOUND.finditer(text)
    )


def with_found(words: Formatted) -> Formatted:
    """`words` plus the entities Telegram finds by itself where none was given."""
    taken = [(e.offset, e.offset + e.length) for e in words.entities]
    found = [
        entity
        for entity in found_entities(words.text)
        if not any(begin < entity.offset + entity.length and entity.offset < end for begin, end in taken)
    ]
    if not found:
        return words
    return replace(words, entities=tuple(sorted((*words.entities, *found), key=lambda e: (e.offset, -e.length))))


def trimmed(words: Formatted) -> Formatted:
    """Without the white space around it, as Telegram stores it; entities move along and shrink."""
    right = words.text.rstrip()
    first_entity = min((e.offset for e in words.entities), default=len(right))
    cut = min(len(right) - len(right.lstrip(" \n")), first_entity)
    text = right[cut:]
    entities = (_moved(entity, cut, units(text)) for entity in words.entities)
    return replace(words, text=text, entities=tuple(entity for entity in entities if entity.length > 0))


def _moved(entity: Entity, back: int, end: int) -> Entity:
    offset = entity.offset - back
    return replace(entity, offset=offset, length=min(entity.length, end - offset))
