"""The menu of commands somebody sees, which changes with their roles and their language.

What was owed last is kept with the person, in the same unit as what changed it; what is missing all the same, after a
new version of the program or when a channel would not take it, is made up for by a sweep.
"""

from collections.abc import Sequence

from domain import menus
from domain.messages import Notice
from handlers.desk import Desk
from storage import outbox, people, roster


def show(desk: Desk, person: int) -> None:
    """Bring a person's menu up to date wherever they can be reached; what stands already is not sent again."""
    wanted = _wanted(desk, person)
    if people.menu(desk.work, person) != wanted and desk.addresses(person):
        commands = menus.commands(people.actor(desk.work, person))
        desk.tell(person, Notice(outbox.MENU, {"commands": commands}, key=outbox.MENU))
        people.set_menu(desk.work, person, wanted)


def take_back(desk: Desk) -> None:
    """Whoever wrote has from now on the menu that everybody has; for somebody of whom nothing is kept any more."""
    desk.reply(Notice(outbox.MENU, {"commands": ()}, key=outbox.MENU))


def outdated(desk: Desk) -> Sequence[int]:
    """The persons, with a role or with a menu of their own, whose menu is not as it should be."""
    return tuple(
        person for person in people.with_menus(desk.work) if people.menu(desk.work, person) != _wanted(desk, person)
    )


def _wanted(desk: Desk, person: int) -> str:
    commands = menus.commands(people.actor(desk.work, person))
    return " ".join((roster.language(desk.work, person), *commands))
