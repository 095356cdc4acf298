"""Which commands somebody is shown."""

import pytest

from domain import menus
from domain.people import Actor
from handlers import COMMANDS
from tests.domain.story import RESIDENT, officer, volunteer

TABLE: tuple[tuple[str, Actor, set[str]], ...] = (
    ("a resident", RESIDENT, set()),
    ("an officer", officer(1, "D12"), {"todo", "checks", "board", "patrol"}),
    ("a volunteer", volunteer(1, "S01C01"), {"checks", "patrol"}),
    (
        "one of the office",
        officer(1, "O01"),
        {"todo", "checks", "board", "patrol", "triage", "find", "people", "invite"},
    ),
    (
        "an officer who is a volunteer, too",
        Actor(1, (*officer(1, "D12").roles, *volunteer(1, "S01").roles)),
        {"todo", "checks", "board", "patrol"},
    ),
)


@pytest.mark.parametrize(("actor", "own"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_roles_bring_commands(actor: Actor, own: set[str]) -> None:
    shown = menus.commands(actor)
    assert set(shown) == own | set(menus.EVERYBODY)
    assert len(shown) == len(set(shown))
    assert set(shown[: len(own)]) == own, "what somebody works with stands first"


def test_every_command_is_shown_to_somebody() -> None:
    everything = {name for _, actor, _ in TABLE for name in menus.commands(actor)}
    assert everything == {"start", *COMMANDS}
