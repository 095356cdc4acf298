"""Lists of cases, all in one way: each case with its button, how many there are in all, and the buttons that turn.

A list that is asked for anew comes as the newest message; its pages are turned where it stands.
"""

from collections.abc import Iterable

from domain.case import Case
from domain.facts import Facts
from domain.messages import Notice
from domain.option import Option
from domain.pages import Page
from handlers.desk import Desk

SIZE = 8
"""Cases on a page."""


def list_cases(desk: Desk, kind: str, page: Page, lines: Iterable[Facts], options: Iterable[Option]) -> None:
    """A page of a list, known by its kind; `<kind>_none` when there is nothing at all."""
    facts: Facts = {"cases": list(lines), **page_facts(page)}
    actions = desk.actions(options, person=desk.person_id)
    desk.reply(Notice(kind if page.count else f"{kind}_none", facts, actions=actions, key=kind))


def page_facts(page: Page) -> Facts:
    """Which page of how many, and how many things in all."""
    return {"count": page.count, "page": page.number + 1, "pages": page.pages}


def opening(shown: Iterable[Case], verb: str = "open_case") -> tuple[Option, ...]:
    """A button for each case, called by its number."""
    return tuple(Option(verb, str(case.id), name=case.number) for case in shown)
