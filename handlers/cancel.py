"""/cancel, and the word 取消 by itself: out of what one is at. Nothing that was sent goes without being asked about."""

from domain import intake, wording
from domain.draft import Draft, Menu
from domain.errors import Outdated
from domain.forms import Form
from domain.life import Verb
from domain.messages import Called, Notice, Said, Toast
from handlers import forgetting, patrol, questions, report
from handlers.desk import Desk
from storage import drafts, outbox, patrols
from storage.tokens import Token


def cancel(desk: Desk, _call: Called) -> None:
    """/cancel. With nothing open: so it is said, and what can be done instead."""
    asked = drafts.questions(desk.work, desk.person_id, desk.wall)
    if not _left(desk, asked[0] if asked else None) and not _takes_back_a_doubt(desk):
        desk.reply(Notice("nothing_open"))


def by_word(desk: Desk, message: Said, form: Form | None) -> bool:
    """Whether the message was only the word 取消, where something was open that has been left with it.

    `form` is the question that the message would answer.
    """
    alone = not (message.media or message.geo or message.edited)
    return alone and wording.calls_off(message.text, desk.district) and _left(desk, form)


def _left(desk: Desk, form: Form | None) -> bool:
    """The question first, else the patrol, and with it the draft. Returns whether there was something."""
    if form is not None:
        questions.close(desk, form)
        waited_for = form.verb is Verb.ANSWER and form.over_until is None
        desk.reply(Notice("answer_left" if waited_for else "question_left", {"number": form.number}))
        return True
    walk = patrols.under_way(desk.work, desk.person_id)
    draft = drafts.under_way(desk.work, desk.person_id)
    if walk is not None:
        patrol.end(desk, walk)
    if draft is not None:
        _leave_draft(desk, draft)
    return walk is not None or draft is not None


def end_patrol(desk: Desk, _token: Token) -> Toast:
    """结束巡查. A report that is not filed yet is asked about."""
    if patrols.under_way(desk.work, desk.person_id) is None:
        raise Outdated("old_button")
    _left(desk, None)
    return Toast("noted")


def _leave_draft(desk: Desk, draft: Draft) -> None:
    """Its card comes down: with something in it, it asks what is to become of that; an empty one goes."""
    desk.set_aside(draft.person, report.draft_key(draft))
    if draft.has_content:
        report.put(desk, intake.open_menu(draft, Menu.KEPT, "", desk.wall))
    else:
        report.close(desk, draft)


def _takes_back_a_doubt(desk: Desk) -> bool:
    """Whether somebody was asked if they want to be forgotten: they do not."""
    doubted = outbox.retract(desk.work, desk.private_peer, forgetting.QUESTION, desk.wall)
    if doubted:
        desk.reply(Notice("cancelled"))
    return doubted
