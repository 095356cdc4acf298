"""/forgetme: asked once more, then everything that leads to the person goes. The cases stay and go on."""

from collections.abc import Sequence
from datetime import timedelta

from domain.facts import Facts
from domain.messages import Called, Notice, Style, Toast
from domain.option import Option
from handlers import account, menus
from handlers.desk import Desk
from storage import cases, drafts, forgetting, outbox, tokens
from storage.tokens import Token

CONFIRM_WITHIN = timedelta(minutes=10)
"""For how long the button holds. Machine time."""

QUESTION = "forgetme"
"""What the question is known by in the chat."""

YES = "forget_yes"
"""What its button does."""


def forgetme(desk: Desk, _call: Called) -> None:
    """Sure? What goes, and what stays."""
    actor = desk.actor
    facts: Facts = {
        "units": [desk.unit_name(unit) for unit in actor.units],
        "areas": [desk.area_name(area) for area in actor.areas],
        "count": cases.count_of_reporter(desk.work, desk.person_id),
        "draft": drafts.under_way(desk.work, desk.person_id) is not None,
        "minutes": CONFIRM_WITHIN // timedelta(minutes=1),
    }
    options = (Option(YES, label="forget_yes", style=Style.DANGER), Option("forget_no", label="forget_no"))
    actions = desk.actions(options, person=desk.person_id, hold=CONFIRM_WITHIN)
    desk.set_aside(desk.person_id, QUESTION)
    desk.reply(Notice("forget_ask", facts, actions=actions, key=QUESTION))


def confirmed(desk: Desk, _token: Token) -> Toast:
    """Forget whoever pressed. The last word is in their language, which is forgotten as well."""
    language = desk.writer.language if desk.writer else None
    actor = desk.actor
    forgetting.forget(desk.work, desk.person_id)
    account.without(desk, actor.units, actor.areas)
    desk.reply(Notice(outbox.FAREWELL, language=language))
    menus.take_back(desk)
    return Toast("forgotten", language=language)


def declined(desk: Desk, _token: Token) -> Toast:
    """Everything stays as it is."""
    desk.retract(desk.person_id, QUESTION)
    return Toast("cancelled")


def run_out(desk: Desk) -> Sequence[int]:
    """Whose question has not been answered in time."""
    return tokens.run_out(desk.work, YES, CONFIRM_WITHIN, desk.wall)


def take_back(desk: Desk, person: int) -> None:
    """It goes from the chat: pressing its button would do nothing."""
    if person in run_out(desk):
        desk.retract(person, QUESTION)
        tokens.drop(desk.work, YES, person, desk.wall)
