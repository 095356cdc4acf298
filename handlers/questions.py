"""The questions a person has been asked: put, kept up to date as one message each, answered or given up.

The first takes the next input. Whoever answers a card in the middle of a question comes back to that question.
"""

from collections.abc import Iterable
from dataclasses import replace

from domain.case import Case
from domain.forms import Form, options, question
from domain.life import Need
from domain.messages import Action, Ask, Notice
from domain.option import Option
from handlers.desk import Desk
from storage import drafts

_ASKS = {Need.PHOTO: Ask.PHOTO, Need.WORDS: Ask.TEXT, Need.REASON: Ask.TEXT}
_THEN = "|"


def key(form: Form) -> str:
    """What the question is known by in the chat."""
    return f"form:{form.case}:{form.begun or form.verb.value}"


def about(desk: Desk, case: int | None) -> Form | None:
    """The question that takes what somebody sends: the first, or the one about the case whose message they answer."""
    asked = drafts.questions(desk.work, desk.person_id, desk.wall)
    return next((form for form in asked if case in (None, form.case)), None)


def of_button(desk: Desk, argument: str) -> tuple[Form | None, str]:
    """The question a button belongs to, if it is still open, and what the button says."""
    name, _, said = argument.partition(_THEN)
    asked = drafts.questions(desk.work, desk.person_id, desk.wall)
    return next((form for form in asked if key(form) == name), None), said


def put(desk: Desk, case: Case, form: Form) -> None:
    """Put the next question of a form, which takes the next input from now on."""
    need = question(form, case)
    if need is None:
        raise ValueError(f"nothing is lacking for {form.verb}")
    drafts.keep_questions(desk.work, form.person, (form, *_others(desk, form)), desk.wall)
    desk.tell(
        form.person,
        Notice(
            f"ask_{need.value}",
            {"number": case.number, "verb": form.verb.value, "photos": form.given.photos, "words": form.given.words},
            actions=_actions(desk, case, form, options(need, form, case, desk.district, desk.now)),
            ask=_ASKS.get(need),
            key=key(form),
        ),
        case.id,
    )


def close(desk: Desk, form: Form) -> None:
    """The question is answered or given up; what waits behind it is asked again."""
    desk.retract(form.person, key(form))
    drafts.keep_questions(desk.work, form.person, _others(desk, form), desk.wall)


def close_all(desk: Desk, person: int) -> None:
    """Somebody begins something else: what they were at is given up."""
    for form in drafts.questions(desk.work, person, desk.wall):
        close(desk, form)


def _others(desk: Desk, form: Form) -> tuple[Form, ...]:
    asked = drafts.questions(desk.work, form.person, desk.wall)
    return tuple(other for other in asked if key(other) != key(form))


def _actions(desk: Desk, case: Case, form: Form, choices: Iterable[Option]) -> tuple[Action, ...]:
    """Buttons that belong to this question and to no other, not even one about the same case."""
    own = (replace(option, argument=f"{key(form)}{_THEN}{option.argument}") for option in choices)
    return desk.actions(own, case=case.id, version=case.rework, person=form.person)
