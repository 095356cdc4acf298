"""Which conversation walks which edge of the life of a case: from the events stored by what is written down of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.texts.catalog import load
from domain.case import OPEN, State
from domain.errors import NotFound
from domain.life import LIFE, Verb
from storage import cases
from storage.events import events_of
from storage.store import Work

NOBODY_CAN_YET = {Verb.DRAW: "抽查 comes with the weekly bulletin"}
"""The lines of the table that nobody can walk, and why."""

FILED = (State.DISPATCHED, State.TRIAGE)
"""Where a case can begin."""

_ZH = load("zh")


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a case: from where, what was done, to where. From None when it was filed."""

    before: State | None
    verb: Verb
    after: State


@dataclass
class Index:
    """The steps that were walked, each with the chapters that walk it, in their order."""

    chapters: dict[Step, list[int]] = field(default_factory=dict)

    def add(self, steps: Iterable[Step], chapter: int) -> None:
        """A chapter walks these."""
        for step in dict.fromkeys(steps):
            self.chapters.setdefault(step, []).append(chapter)

    def missing(self) -> list[str]:
        """The lines of the table that no chapter walks; with each of the states they name, or from any open one."""
        return [wanted for wanted, walked in self._wanted() if not walked]

    def _wanted(self) -> Iterator[tuple[str, bool]]:
        steps = set(self.chapters)
        for to in FILED:
            yield f"file to {to}", Step(None, Verb.FILE, to) in steps
        walked = {(step.before, step.verb) for step in steps}
        for edge in LIFE:
            if edge.verb in NOBODY_CAN_YET:
                continue
            if edge.sources == OPEN:
                yield f"{edge.verb} from any open state", any((state, edge.verb) in walked for state in OPEN)
                continue
            for state in State:
                if state in edge.sources:
                    yield f"{edge.verb} from {state}", (state, edge.verb) in walked

    def table(self, links: dict[int, str]) -> str:
        """The index as it stands on the page."""
        rows = ["| from | what is done | to | chapters |", "| --- | --- | --- | --- |"]
        order = [Verb.FILE, *(edge.verb for edge in LIFE)]
        for step in sorted(
            self.chapters, key=lambda step: (order.index(step.verb), _rank(step.before), _rank(step.after))
        ):
            where = " · ".join(links[chapter] for chapter in self.chapters[step])
            rows.append(f"| {_state(step.before)} | {_verb(step.verb)} | {_state(step.after)} | {where} |")
        rows += [f"| | {_verb(verb)} | | nobody can yet: {why} |" for verb, why in NOBODY_CAN_YET.items()]
        return "\n".join(rows) + "\n"


def steps_of(work: Work) -> dict[tuple[int, int], Step]:
    """All that has become of the cases of a town, by case and number of the event."""
    return {(case, seq): step for case in _cases(work) for seq, step in _steps(work, case)}


def _cases(work: Work) -> Iterator[int]:
    """The ids of a fresh store, which begin with 1."""
    number = 1
    while True:
        try:
            yield cases.load(work, number).id
        except NotFound:
            return
        number += 1


def _steps(work: Work, case: int) -> Iterator[tuple[int, Step]]:
    before: State | None = None
    for event in events_of(work, case):
        yield event.seq, Step(before, Verb(event.verb), event.state)
        before = event.state


def _rank(state: State | None) -> int:
    return -1 if state is None else list(State).index(state)


def _state(state: State | None) -> str:
    return "–" if state is None else f"{state.value} {_ZH['state'][state.value]}"


def _verb(verb: Verb) -> str:
    """With the word of its button, or of what has become of the case where there is none."""
    said = _ZH["button"].get(_BUTTONS.get(verb, verb.value)) or _ZH["did"][verb.value]
    return f"{verb.value.replace('_', ' ')} {said}"


_BUTTONS = {Verb.FILE: "submit", Verb.JOIN: "same", Verb.RATE: "good"}
