"""One thing to choose, before it becomes a button."""

from dataclasses import dataclass

from domain.messages import Style


@dataclass(frozen=True, slots=True)
class Option:
    """What it does, with what, and how it is called: by our word (`label`) or by a name from the data (`name`)."""

    verb: str
    argument: str = ""
    label: str = "named"
    name: str = ""
    style: Style = Style.PLAIN
