"""Somebody does something: the verb, who, when, and what was given with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from domain.case import Case, How, Mark, Part, Reporter
from domain.district import District
from domain.errors import Missing
from domain.gist import Place
from domain.life import Need, Verb
from domain.people import Actor


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was given with a verb. `photos` counts pictures; `reason` is the key of a choice or free words.

    `reporters` are those of another case that is merged into this one; `case` is the number of the other one. `target`
    says what a correction is to be of: the category unless the place is meant.
    """

    reason: str = ""
    words: str = ""
    photos: int = 0
    unit: str | None = None
    category: str | None = None
    place: Place | None = None
    target: Need = Need.TARGET
    until: datetime | None = None
    how: How | None = None
    mark: Mark | None = None
    case: str | None = None
    reporters: tuple[Reporter, ...] = ()


NO_INPUTS = Inputs()


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something at an instant. `part` is the capacity, filled in once the right is found."""

    verb: Verb
    actor: Actor
    at: datetime
    inputs: Inputs = NO_INPUTS
    part: Part = Part.CLOCK

    @property
    def said(self) -> str:
        """Why, as chosen or in the actor's own words."""
        return self.inputs.reason or self.inputs.words

    @property
    def person(self) -> int:
        """The person who acts. Raises Missing when it is the clock or the data."""
        if self.actor.person is None:
            raise Missing("missing", need="person")
        return self.actor.person


Effect = Callable[[Case, Act, District], Case]
"""What an act makes of a case; the state the table names is set afterwards."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What a finished draft hands over. `reporter` carries the units the person belongs to.

    `recurs` is the number of the closed case whose problem has come back.
    """

    number: str
    reporter: Reporter
    received_at: datetime
    category: str | None
    place: Place
    words: str
    urgent: bool
    recurs: str | None = None
