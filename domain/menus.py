"""Which commands somebody is shown, by their roles. Whether they may use one is decided when they do."""

from domain.people import Actor

EVERYBODY = ("start", "report", "my", "help", "language", "mydata", "forgetme", "cancel")
_OFFICERS = ("todo", "checks", "board", "patrol")
_VOLUNTEERS = ("checks", "patrol")
_OFFICE = ("triage", "find", "people", "invite")


def commands(actor: Actor) -> tuple[str, ...]:
    """The names of the commands for a person, first those that come with their roles."""
    own = (
        *(_OFFICERS if actor.units else ()),
        *(_VOLUNTEERS if actor.areas else ()),
        *(_OFFICE if actor.of_office else ()),
    )
    return tuple(dict.fromkeys((*own, *EVERYBODY)))
