"""Plays the story's steps, waits for what must be seen, and tells what everybody sees, a line at a time."""

import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import typer

from bot.demo.screen import Screen
from bot.demo.story import Step, Story
from bot.sandbox import Album, Group, Person, World
from bot.sandbox.pictures import picture

_PATIENCE = 15.0
_WIDTH = 78


class Player:
    """Moves the people of the story in the world.

    `settled` waits until the bot has nothing more to do; `tell` gets the lines.
    """

    def __init__(
        self,
        story: Story,
        world: World,
        people: Mapping[str, Person],
        groups: Mapping[str, Group],
        settled: Callable[[], Awaitable[None]],
        tell: Callable[[str], None],
    ) -> None:
        self._story = story
        self._words = story.words
        self._world = world
        self._people = people
        self._places: Mapping[str, Person | Group] = {**people, **groups}
        self._settled = settled
        self._tell = tell
        self._screens = {who: Screen(place, f"［{self._words['photo']}］") for who, place in self._places.items()}
        self._toasts = {who: len(person.toasts) for who, person in people.items()}
        self._margin = max(_columns(self._name(who)) for who in self._places)
        self._albums: dict[str, Album] = {}
        self._pressed: dict[tuple[str, str], tuple[int, str]] = {}

    async def play(self) -> None:
        """The whole story. Raises NothingHappenedError when something is not seen in time."""
        for scene in self._story.scene:
            self._tell(typer.style(f"\n{'─' * _WIDTH}\n{scene.title}", bold=True))
            for step in scene.step:
                await self.perform(step)

    async def perform(self, step: Step, patience: float = _PATIENCE) -> None:
        """One step: do it, wait, tell. `patience` in seconds of machine time. Raises NothingHappenedError."""
        person = self._people[step.who]
        toasts = len(person.toasts)
        if step.does == "press":
            await self._world.until(partial(self._button, step), patience)
        self._tell(typer.style(f"\n● {step.headline}", fg=typer.colors.CYAN, bold=True))
        self._tell(f"  {self._doing(step)}")
        _ACTS[step.does](self, person, step)
        for who, text in step.sees:
            await self._world.until(partial(self._sees_anew, who, text), patience)
        if step.toast:
            await self._world.until(lambda: any(step.toast in toast.text for toast in person.toasts[toasts:]), patience)
        await self._settled()
        self._tell_what_is_seen({step.who, step.where} | {who for who, _ in step.sees})

    def _sees_anew(self, who: str, text: str) -> bool:
        """Whether a message that is new or was changed since somebody last looked says so."""
        return any(text in bubble.text for bubble in self._screens[who].unread())

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
        found = self._button(step)
        if found is not None:
            self._pressed[step.who, step.button] = found
            person.presses(step.button, on=found[0], where=self._place(step))

    def _button(self, step: Step) -> tuple[int, str] | None:
        """The newest button with this text: its message and its data."""
        buttons = (
            (bubble.id, button.data)
            for bubble in reversed(self._place(step).chat)
            for row in bubble.rows
            for button in row
            if button.text == step.button
        )
        return next(buttons, None)

    def _place(self, step: Step) -> Person | Group:
        return self._places[step.where or step.who]

    def _press_old(self, person: Person, step: Step) -> None:
        """A button that was there earlier and is gone by now: somebody's telephone was slow."""
        message_id, data = self._pressed[step.who, step.button]
        person.presses_data(data, on=message_id)

    # --- what is told -------------------------------------------------------------------------------------------------

    def _doing(self, step: Step) -> str:
        cast = self._story.people[step.who]
        place = self._words["in_group"].format(group=self._name(step.where)) if step.where else ""
        does = {
            "press": f"{place}{self._words['presses']}〔{step.button}〕",
            "press_old": f"{self._words['presses']}〔{step.button}〕（{self._words['old']}）",
            "photo": f"{self._words['sends']}［{self._words['photo']}］{step.says}",
            "album": f"{self._words['sends']}［{self._words['album'].format(count=len(step.pictures))}］{step.says}",
            "late": f"{self._words['late']}［{self._words['photo']}］",
            "start": f"{self._words['presses']}〔START〕",
        }.get(step.does, f"：{step.says}")
        return f"{cast.name}（{cast.role}）{does}"

    def _name(self, who: str) -> str:
        return self._story.people[who].name if who in self._story.people else self._story.groups[who].name

    def _tell_what_is_seen(self, eyes: set[str]) -> None:
        """By those the step is about; what else has come is left out."""
        for who, screen in self._screens.items():
            news = screen.news()
            for one in news if who in eyes else []:
                self._tell_lines("✎" if one.changed else "▸", who, one.lines)
        for who, person in self._people.items():
            for toast in person.toasts[self._toasts[who] :]:
                self._tell_lines("○", who, tuple(toast.text.split("\n")))
            self._toasts[who] = len(person.toasts)

    def _tell_lines(self, mark: str, who: str, lines: tuple[str, ...]) -> None:
        """Under the name of who sees them, all names equally wide; what is empty is left out."""
        name = self._name(who)
        begin = f"    {mark} {name}{' ' * (self._margin - _columns(name))} │ "
        for line in filter(None, lines):
            self._tell(begin + line.replace(self._words["mark"], ""))
            begin = f"{' ' * (self._margin + 7)}│ "


def _columns(text: str) -> int:
    """Terminal columns; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


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
