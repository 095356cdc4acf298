"""A button was pressed: find out what it does, whether it still holds, and do it.

Pressing an old button does no harm: the answer says what has become of the draft or the case.
"""

from collections.abc import Callable, Mapping

from domain.draft import Phase
from domain.errors import NotAllowed, Outdated
from domain.forms import Form
from domain.life import Need, Verb
from domain.messages import Acted, Toast
from handlers import account, acting, draft_buttons, follow, forgetting
from handlers.desk import Desk
from storage import cases, drafts, tokens
from storage.tokens import Token

OnToken = Callable[[Desk, Token], Toast | None]


def pressed(desk: Desk, press: Acted) -> Toast | None:
    """Whatever the button does, by its row. Only the person it was shown to may press a private one."""
    found = tokens.find(desk.work, press.token)
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
    if draft.phase in (Phase.OPEN, Phase.UNDECIDED):
        return draft_buttons.BUTTONS[token.verb](desk, draft, token.argument)
    number = cases.load(desk.work, case_id).number if case_id else ""
    raise Outdated(f"draft_{draft.phase.value}", number=number)


def form_choose(desk: Desk, token: Token) -> Toast | None:
    """One of the answers under a question."""
    need, _, argument = token.argument.partition(":")
    return acting.choose_answer(desk, _form(desk, token), Need(need), argument)


def form_menu(desk: Desk, token: Token) -> Toast | None:
    """Another list of answers under the question."""
    form = _form(desk, token)
    acting.show_menu(desk, form, token.argument)
    return None


def form_cancel(desk: Desk, token: Token) -> Toast:
    """取消: the question is given up, the case stays as it is."""
    form = _form(desk, token)
    drafts.close_form(desk.work, desk.person_id)
    desk.retract(desk.person_id, acting.question_key(form))
    return Toast("cancelled")


def _form(desk: Desk, token: Token) -> Form:
    """The question this button belongs to, if it is still open."""
    form = drafts.form_of(desk.work, desk.person_id, desk.wall)
    if form is None or form.case != token.case:
        raise Outdated("old_button")
    return form


BUTTONS: Mapping[str, OnToken] = {
    "form_choose": form_choose,
    "form_menu": form_menu,
    "form_cancel": form_cancel,
    "open_case": follow.open_case,
    "more": follow.more,
    "my": follow.page,
    "my_page": follow.page,
    "language": account.choose_language,
    "forget_yes": forgetting.confirmed,
    "forget_no": forgetting.declined,
    **{verb.value: acting.press for verb in Verb},
}
