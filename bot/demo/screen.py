"""What is new on a screen since somebody last looked, as lines of text: new messages whole, changed ones in part."""

from dataclasses import dataclass

from bot.sandbox import Bubble, Group, Person


@dataclass(frozen=True, slots=True)
class News:
    """A new message, or the first line of a changed one with those that are different now."""

    changed: bool
    lines: tuple[str, ...]


class Screen:
    """A chat or a group, and what of the bot's messages in it was looked at. `photo` stands for a picture."""

    def __init__(self, place: Person | Group, photo: str) -> None:
        self._place = place
        self._photo = photo
        self._read = {bubble.id: bubble for bubble in self._said()}

    def unread(self) -> list[Bubble]:
        """The bot's messages that are new or were changed, oldest first."""
        return [bubble for bubble in self._said() if bubble != self._read.get(bubble.id)]

    def news(self) -> list[News]:
        """What there is to read; then it is read. A change that cannot be seen is none."""
        found = []
        for bubble in self.unread():
            old, lines = self._read.get(bubble.id), self._lines(bubble)
            before = self._lines(old) if old else ()
            changed = tuple(line for line in lines[1:] if line and line not in before)
            if not before or changed or lines[0] != before[0]:
                found.append(News(bool(before), (lines[0], *changed)))
            self._read[bubble.id] = bubble
        return found

    def _said(self) -> list[Bubble]:
        bot = self._place.stage.bot.first_name
        return [bubble for bubble in self._place.chat if bubble.sender == bot and not bubble.service]

    def _lines(self, bubble: Bubble) -> tuple[str, ...]:
        words = ((self._photo if bubble.photo else "") + bubble.text).split("\n")
        return (*words, *(" ".join(f"〔{button.text}〕" for button in row) for row in bubble.rows))
