"""What can go wrong in the trade itself. Each is an answer to a person, never a failure of the program.

    DomainError
    ├── NotAllowed        this person has no right to do that to this case
    │   └── OwnWork       … because they reported it or did it themselves
    ├── NotNow            the case is in a state in which this cannot be done
    │   └── Outdated      … because somebody was quicker, or the button is old
    ├── Missing           something the verb needs was not given (a reason, a photo, a unit)
    └── NotFound          there is no such case, unit, invitation …

Every error carries `kind`, the key under which its sentence stands in `bot/texts`, and `facts` for the blanks.
"""

from collections.abc import Mapping

from domain.facts import Fact


class DomainError(Exception):
    """A refusal with a sentence: what is true now, and what can be done instead."""

    def __init__(self, kind: str, **facts: Fact) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts: Mapping[str, Fact] = facts


class NotAllowed(DomainError):
    """This person has no right to do that to this case."""


class OwnWork(NotAllowed):
    """Nobody checks what they reported or did themselves."""


class NotNow(DomainError):
    """The life of a case has no such edge from where the case stands."""


class Outdated(NotNow):
    """The button belongs to an earlier state of the case; the facts say what became of it and through whom."""


class Missing(DomainError):
    """The verb needs something that was not given."""


class NotFound(DomainError):
    """Nothing goes by that name, number or token."""
