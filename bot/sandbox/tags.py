"""Telegram's HTML: what it accepts, what it makes of it, and the words in which it refuses.

Offsets in refusals count bytes of the UTF-8 source, offsets of entities count UTF-16 units of the result.
"""

import re
from dataclasses import dataclass

from bot.sandbox.errors import RefusedError, bad
from bot.sandbox.formatting import Entity, units

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?")
_PLAIN = re.compile(r"[^<&]+")
_SPACE = re.compile(r"\s*")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)$", re.IGNORECASE)


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """Text and entities of `source`. Raises 400 "can't parse entities: …" as Telegram does."""
    return _Reader(source).read()


@dataclass(frozen=True, slots=True)
class _Opened:
    tag: str
    attributes: dict[str, str]
    offset: int
    piece: int


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.offset = 0
        self.opened: list[_Opened] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, tuple[Entity, ...]]:
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self._close()
            elif self._peek() == "<":
                self._open()
            elif self._peek() == "&":
                self._character()
            else:
                self._write(self._take(_PLAIN))
        if self.opened:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self.opened[-1].tag}"')
        return "".join(self.pieces), tuple(sorted(self.entities, key=lambda e: (e.offset, -e.length)))

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        taken = match.group() if match else ""
        self.at += len(taken)
        return taken

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.offset += units(text)

    def _character(self) -> None:
        match = _CHARACTER.match(self.source, self.at)
        character = _decoded(match) if match else None
        if match is None or character is None:
            self.at += 1
            self._write("&")
            return
        self.at = match.end()
        self._write(character)

    def _open(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._take(_TAG_NAME).lower()
        if self.at >= len(self.source):
            raise self._cannot_at("Unclosed start tag", begin)
        if tag not in TAGS:
            raise self._cannot_at(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(tag, begin)
        self.at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._cannot_at('Tag "span" must have class "tg-spoiler"', begin)
        self.opened.append(_Opened(tag, attributes, self.offset, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._take(_SPACE)
            if self._peek() == ">":
                return attributes
            name = self._take(_ATTRIBUTE_NAME)
            if not name:
                raise self._cannot_at(f'Empty attribute name in the tag "{tag}"', begin)
            self._take(_SPACE)
            if self._peek() == "=":
                self.at += 1
                attributes[name] = self._value(tag, begin)
            elif not self._peek():
                raise self._cannot_at(f'Unclosed start tag "{tag}"', begin)
            else:
                attributes[name] = ""

    def _value(self, tag: str, begin: int) -> str:
        self._take(_SPACE)
        quote = self._peek()
        if not quote:
            raise self._cannot_at(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted(quote) if quote in "'\"" else self._token()
        if self.at >= len(self.source):
            raise self._cannot_at("Unclosed start tag", begin)
        return value

    def _quoted(self, quote: str) -> str:
        end = self.source.find(quote, self.at + 1)
        end = len(self.source) if end < 0 else end
        raw = self.source[self.at + 1 : end]
        self.at = end + 1
        return _CHARACTER.sub(lambda m: _decoded(m) or m.group(), raw)

    def _token(self) -> str:
        begin = self.at
        token = self._take(_TOKEN).lower()
        if self._peek() and not self._peek().isspace() and self._peek() != ">":
            raise self._cannot_at("Unexpected end of name token", begin)
        return token

    def _close(self) -> None:
        begin = self.at
        if not self.opened:
            raise self._cannot_at("Unexpected end tag", begin)
        self.at += 2
        tag = self._take(_TAG_NAME).lower()
        self._take(_SPACE)
        if self._peek() != ">":
            raise self._cannot_at("Unclosed end tag", begin)
        self.at += 1
        opened = self.opened.pop()
        if tag and tag != opened.tag:
            raise self._cannot_at("Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{tag}>"')
        if self.offset > opened.offset:
            self._mark(opened)

    def _mark(self, opened: _Opened) -> None:
        length = self.offset - opened.offset
        inner = self.entities[-1] if self.entities else None
        if opened.tag in ("pre", "code") and inner and (inner.offset, inner.length) == (opened.offset, length):
            self._mark_code_block(opened, inner, length)
            return
        entity = _entity(opened, length, "".join(self.pieces[opened.piece :]))
        if entity:
            self.entities.append(entity)

    def _mark_code_block(self, opened: _Opened, inner: Entity, length: int) -> None:
        """`<pre><code class="language-…">`, in either order, is one block with a language."""
        language = inner.language or _language(opened)
        if {inner.type, TAGS[opened.tag]} == {"pre", "code"} and language:
            self.entities[-1] = Entity("pre", opened.offset, length, language=language)
        else:
            self.entities.append(Entity(TAGS[opened.tag], opened.offset, length))

    def _cannot_at(self, what: str, at: int, more: str = "") -> RefusedError:
        return _cannot(f"{what} at byte offset {len(self.source[:at].encode())}{more}")


def _entity(opened: _Opened, length: int, inside: str) -> Entity | None:
    attributes = opened.attributes
    match opened.tag:
        case "a":
            return _link(opened, length, attributes.get("href") or inside)
        case "code":
            return Entity("code", opened.offset, length, language=_language(opened))
        case "blockquote" if "expandable" in attributes:
            return Entity("expandable_blockquote", opened.offset, length)
        case "tg-emoji":
            if not attributes.get("emoji-id", "").isdigit():
                raise _cannot("Invalid custom emoji identifier specified")
            return Entity("custom_emoji", opened.offset, length, custom_emoji_id=attributes["emoji-id"])
        case "tg-time":
            return _time(opened, length)
    return Entity(TAGS[opened.tag], opened.offset, length)


def _link(opened: _Opened, length: int, url: str) -> Entity | None:
    if person := _USER_LINK.match(url):
        return Entity("text_mention", opened.offset, length, user_id=int(person.group(1)))
    if "." not in url and not url.lower().startswith("tg:"):
        return None
    return Entity("text_link", opened.offset, length, url=url if "://" in url else f"http://{url}/")


def _time(opened: _Opened, length: int) -> Entity | None:
    moment = opened.attributes.get("unix", "")
    if not moment.isdigit() or moment == "0":
        return None
    shown = opened.attributes.get("format", "")
    return Entity("date_time", opened.offset, length, unix_time=int(moment), date_time_format=shown)


def _language(opened: _Opened) -> str:
    return opened.attributes.get("class", "").removeprefix("language-") if opened.tag == "code" else ""


def _decoded(match: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else None


def _cannot(what: str) -> RefusedError:
    return bad(f"can't parse entities: {what}")
