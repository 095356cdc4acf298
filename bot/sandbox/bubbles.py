"""What a person has on the screen: the chat as it looks now, and as plain text for a terminal."""

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from bot.sandbox.messages import Message
from bot.sandbox.shapes import Json


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button. `data` or `url` is set, whichever it does."""

    text: str
    data: str = ""
    url: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as one person sees it. `at` in seconds since 1970, UTC; `spot` is (latitude, longitude)."""

    id: int
    mine: bool
    sender: str
    kind: str
    text: str
    html: str
    rows: tuple[tuple[Button, ...], ...]
    at: float
    edits: int = 0
    reply_to: int | None = None
    thread: int | None = None
    album: str | None = None
    photo: bytes | None = None
    file: bytes | None = None
    file_name: str = ""
    file_ref: str = ""
    spot: tuple[float, float] | None = None
    service: str = ""

    @property
    def buttons(self) -> list[str]:
        """The inline buttons' texts, row after row."""
        return [button.text for row in self.rows for button in row]

    def as_json(self) -> Json:
        """For a page in a browser; pictures by reference (`/_world/files/<file_ref>`)."""
        shape = asdict(self)
        shape["photo"] = self.photo is not None
        del shape["file"]
        return shape


def bubble(message: Message, viewer_id: int) -> Bubble:
    """How `message` looks to the person with this id."""
    content = message.content
    stored = content.media.best if content.media else None
    place = content.facts.get("location")
    return Bubble(
        id=message.id,
        mine=message.sender.id == viewer_id,
        sender=message.sender.first_name,
        kind=content.kind,
        text=content.words.text,
        html=content.words.html,
        rows=_rows(message.markup),
        at=message.at,
        edits=message.edits,
        reply_to=message.reply_to,
        thread=message.thread,
        album=message.album,
        photo=stored.data if stored and content.kind == "photo" else None,
        file=stored.data if stored and content.kind != "photo" else None,
        file_name=stored.name if stored else "",
        file_ref=stored.unique if stored else "",
        spot=(place["latitude"], place["longitude"]) if place else None,
        service=next(iter(content.facts)) if content.kind == "service" else "",
    )


def _rows(markup: Json | None) -> tuple[tuple[Button, ...], ...]:
    rows = (markup or {}).get("inline_keyboard", [])
    return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(raw: Json) -> Button:
    return Button(raw["text"], raw.get("callback_data", ""), raw.get("url", ""), raw.get("style", ""))


def transcript(bubbles: Iterable[Bubble], labels: dict[str, str], width: int = 72) -> str:
    """A chat as text: the viewer's own bubbles right, the others left, buttons in brackets.

    `labels` gives the words for what has none (kinds like "photo", "location"; "edited"); a missing one is the kind.
    """
    return "\n".join(_block(bubble, labels, width) for bubble in bubbles)


def _block(shown: Bubble, labels: dict[str, str], width: int) -> str:
    lines = [] if shown.mine else [f"{shown.sender}:"]
    if shown.kind != "text":
        lines.append(f"[{labels.get(shown.service or shown.kind, shown.service or shown.kind)}]")
    lines += [part for line in shown.text.splitlines() for part in _wrapped(line, width * 3 // 4)]
    lines += ["  ".join(f"[{button.text}]" for button in row) for row in shown.rows]
    if shown.edits:
        lines[-1] += f" ({labels.get('edited', 'edited')})"
    if shown.mine:
        lines = [" " * (width - _columns(line)) + line for line in lines]
    return "\n".join(lines) + "\n"


def _wrapped(line: str, width: int) -> list[str]:
    parts = [""]
    for character in line:
        if _columns(parts[-1]) + _columns(character) > width:
            parts.append("")
        parts[-1] += character
    return parts


def _columns(text: str) -> int:
    """Terminal columns; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
