"""A button was pressed: find out what it does, whether it still holds, and do it.

Pressing an old button does no harm: the answer says what has become of the draft or the case.
"""

from collections.abc import Callable, Mapping

from domain.errors import NotAllowed, Outdated
from domain.forms import Form
from domain.life import Verb
from domain.messages import Acted, Toast
from handlers import (
    account,
    acting,
    blocking,
    board,
    cancel,
    draft_buttons,
    find,
    follow,
    forgetting,
    history,
    looks,
    office,
    questions,
    roster,
    triage,
)
from handlers.desk import Desk
from storage import cases, drafts, tokens
from storage.tokens import Token

OnToken = Callable[[Desk, Token], Toast | None]


def pressed(desk: Desk, press: Acted) -> Toast | None:
    """Whatever the button does, by its row. Only the person it was shown to may press a private one."""
    return _press(desk, press.token)


def by_link(desk: Desk, name: str) -> None:
    """A button in a group that goes on here, in the private chat."""
    account.introduce(desk)
    _press(desk, name)


def _press(desk: Desk, name: str) -> Toast | None:
    found = tokens.find(desk.work, name)
    if found is None or found.expires_at < desk.wall:
        raise Outdated("old_button")
    token = found.token
    if token.person is not None and token.person != desk.person_id:
        raise NotAllowed("not_your_button")
    if token.verb in draft_buttons.BUTTONS:
        return _on_draft(desk, token)
    return BUTTONS[token.verb](desk, token)


def _on_draft(desk: Desk, token: Token) -> Toast | None:
    found = drafts.load(desk.work, token.draft or 0)
    if found is None:
        raise Outdated("old_button")
    draft, case_id = found
    if draft.under_way and token.version != draft.rev and token.verb not in draft_buttons.LASTING:
        return Toast("card_changed")
    if draft.under_way:
        return draft_buttons.BUTTONS[token.verb](desk, draft, token.argument)
    number = cases.load(desk.work, case_id).number if case_id else ""
    raise Outdated(f"draft_{draft.phase.value}", number=number)


def form_choose(desk: Desk, token: Token) -> Toast | None:
    """One of the answers under a question."""
    form, answer = _question(desk, token)
    need, _, argument = answer.partition(":")
    return acting.choose_answer(desk, form, need, argument)


def form_menu(desk: Desk, token: Token) -> Toast | None:
    """Another list of answers under the question."""
    acting.show_menu(desk, *_question(desk, token))
    return None


def form_cancel(desk: Desk, token: Token) -> Toast:
    """取消, 另报: the question is given up, the case stays as it is."""
    form, _ = _question(desk, token)
    questions.close(desk, form)
    return Toast("send_it" if form.verb is Verb.ANSWER or form.over_until else "cancelled")


def _question(desk: Desk, token: Token) -> tuple[Form, str]:
    """The question this button belongs to, which must still be open, and what the button says."""
    form, said = questions.of_button(desk, token.argument)
    if form is None:
        raise Outdated("old_button")
    return form, said


BUTTONS: Mapping[str, OnToken] = {
    "form_choose": form_choose,
    "form_menu": form_menu,
    "form_cancel": form_cancel,
    "open_case": follow.open_case,
    "open_mine": follow.open_mine,
    "see_request": follow.see_request,
    "beyond_request": follow.beyond_request,
    "more": follow.more,
    "my": follow.mine_pressed,
    "my_page": follow.page,
    "board_page": board.turn,
    "board_unit": board.open_unit,
    "todo_page": office.todo_page,
    "checks_page": office.checks_page,
    "triage_skip": triage.skip,
    "triage_again": triage.begin_again,
    "triage_asked": triage.asked,
    "asked_page": triage.asked_page,
    "language": account.choose_language,
    "find_page": find.turn,
    "people_page": roster.turn,
    "person": roster.open_,
    "unbind": roster.ask,
    "unbind_yes": roster.unbind,
    "block": blocking.block_pressed,
    "unblock": blocking.unblock_pressed,
    "put_away": looks.put_away,
    "history": history.show,
    "patrol_end": cancel.end_patrol,
    "forget_yes": forgetting.confirmed,
    "forget_no": forgetting.declined,
    **{verb.value: acting.press for verb in Verb},
}
