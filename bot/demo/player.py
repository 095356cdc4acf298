"""Plays the story's steps, waits for what must be seen, and prints what everybody sees, a line at a time."""

from collections.abc import Callable, Mapping
from functools import partial

import typer

from bot.demo.story import Step, Story
from bot.sandbox import Album, Bubble, Person, World
from bot.sandbox.pictures import picture

_PATIENCE = 15.0
_MARGIN = "          "


class Player:
    """Moves the people of the story in the world."""

    def __init__(self, story: Story, world: World, people: Mapping[str, Person]) -> None:
        self._story = story
        self._words = story.words
        self._world = world
        self._people = people
        self._printed: dict[str, dict[int, Bubble]] = {
            who: {bubble.id: bubble for bubble in person.chat} for who, person in people.items()
        }
        self._toasts = {who: len(person.toasts) for who, person in people.items()}
        self._albums: dict[str, Album] = {}
        self._pressed: dict[tuple[str, str], tuple[int, str]] = {}

    async def perform(self, step: Step) -> None:
        """One step: do it, wait, print. Raises NothingHappenedError when something is not seen in time."""
        person = self._people[step.who]
        toasts = len(person.toasts)
        if step.does == "press":
            await self._world.until(partial(self._button, person, step.button), _PATIENCE)
        typer.echo(self._doing(step))
        _ACTS[step.does](self, person, step)
        for who, text in step.sees:
            await self._world.until(partial(self._sees_anew, who, text), _PATIENCE)
        if step.toast:
            await self._world.until(
                lambda: any(step.toast in toast.text for toast in person.toasts[toasts:]), _PATIENCE
            )
        await self._world.quiet()
        for who in self._people:
            self._print_new(who)

    def _sees_anew(self, who: str, text: str) -> bool:
        """Whether a message that is new or was changed since the last print says so."""
        return any(text in bubble.text for bubble in self._new(who))

    def _new(self, who: str) -> list[Bubble]:
        printed = self._printed[who]
        return [bubble for bubble in self._people[who].chat if not bubble.mine and bubble != printed.get(bubble.id)]

    # --- what people do -----------------------------------------------------------------------------------------------

    def _start(self, person: Person, _step: Step) -> None:
        person.start()

    def _say(self, person: Person, step: Step) -> None:
        person.says(step.says)

    def _photo(self, person: Person, step: Step) -> None:
        person.sends_photo(_drawn(step.pictures[0]), caption=step.says)

    def _album(self, person: Person, step: Step) -> None:
        self._albums[step.who] = person.sends_album([_drawn(name) for name in step.pictures], caption=step.says)

    def _late(self, person: Person, step: Step) -> None:
        person.adds_to_album(self._albums[step.who], _drawn(step.pictures[0]))

    def _press(self, person: Person, step: Step) -> None:
        found = self._button(person, step.button)
        if found is not None:
            self._pressed[step.who, step.button] = found
            person.presses(step.button, on=found[0])

    def _button(self, person: Person, text: str) -> tuple[int, str] | None:
        """The newest button with this text: its message and its data."""
        buttons = (
            (bubble.id, button.data)
            for bubble in reversed(person.chat)
            for row in bubble.rows
            for button in row
            if button.text == text
        )
        return next(buttons, None)

    def _press_old(self, person: Person, step: Step) -> None:
        """A button that was there earlier and is gone by now: somebody's telephone was slow."""
        message_id, data = self._pressed[step.who, step.button]
        person.presses_data(data, on=message_id)

    # --- what is printed ----------------------------------------------------------------------------------------------

    def _doing(self, step: Step) -> str:
        cast = self._story.people[step.who]
        does = {
            "press": f"{self._words['presses']}〔{step.button}〕",
            "press_old": f"{self._words['presses']}〔{step.button}〕（{self._words['old']}）",
            "photo": f"{self._words['sends']}［{self._words['photo']}］{step.says}",
            "album": f"{self._words['sends']}［{self._words['album'].format(count=len(step.pictures))}］{step.says}",
            "late": f"{self._words['late']}［{self._words['photo']}］",
            "start": f"{self._words['presses']}〔START〕",
        }.get(step.does, f"：{step.says}")
        return f"\n{cast.name}（{cast.role}）{does}"

    def _print_new(self, who: str) -> None:
        """New messages whole, changed ones by what is different now."""
        person, name = self._people[who], self._story.people[who].name
        for bubble in self._new(who):
            old = self._printed[who].get(bubble.id)
            lines = self._lines(bubble)
            changed = [line for line in lines[1:] if old is None or line not in self._lines(old)]
            if old is None or changed or lines[0] != self._lines(old)[0]:
                typer.echo(f"    {'▸' if old is None else '✎'} {name} │ {lines[0]}")
                for line in changed:
                    typer.echo(f"{_MARGIN}│ {line}")
            self._printed[who][bubble.id] = bubble
        for toast in person.toasts[self._toasts[who] :]:
            if toast.text:
                typer.echo(f"    ○ {name} │ {self._unmarked(toast.text)}")
        self._toasts[who] = len(person.toasts)

    def _lines(self, bubble: Bubble) -> list[str]:
        photo = f"［{self._words['photo']}］" if bubble.photo else ""
        words = [line for line in (photo + self._unmarked(bubble.text)).split("\n") if line]
        buttons = [" ".join(f"〔{button.text}〕" for button in row) for row in bubble.rows]
        return [*words, *buttons]

    def _unmarked(self, text: str) -> str:
        return text.replace(self._words["mark"], "")


def _drawn(name: str) -> bytes:
    """`scene:seed` or `scene:seed:after`."""
    scene, seed, *after = name.split(":")
    return picture(scene, "after" if after else "before", int(seed))


_ACTS: Mapping[str, Callable[[Player, Person, Step], None]] = {
    "start": Player._start,
    "say": Player._say,
    "photo": Player._photo,
    "album": Player._album,
    "late": Player._late,
    "press": Player._press,
    "press_old": Player._press_old,
}
