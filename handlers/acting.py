"""Doing something to a case: begin with a verb, collect what it needs, decide, save, owe.

Every button of a case, every answer to a question and the clock come through `perform`; so rights, the life table and
what is owed are the same wherever a verb is begun.
"""

from dataclasses import replace

from domain.act import Act, Inputs
from domain.case import Case, Mark
from domain.errors import Outdated
from domain.facts import Fact, millis
from domain.forms import Form, choose, feed, options, question
from domain.life import Need, Verb
from domain.messages import Ask, Notice, Said, Toast
from domain.people import Actor
from domain.workflow import begin, decide
from handlers import cards, looks
from handlers.belongings import added_role, keep
from handlers.desk import Desk
from storage import cases, drafts, photos
from storage.photos import PhotoRole
from storage.tokens import Token

_JUDGEMENTS = frozenset({Verb.PASS, Verb.FAIL, Verb.SOLVED, Verb.UNSOLVED})
_ADDITIONS = frozenset({Verb.ADD, Verb.ANSWER})
_PHOTO_ROLES = {Verb.REPLY: PhotoRole.AFTER, Verb.PASS: PhotoRole.CHECK, Verb.FAIL: PhotoRole.CHECK}


def press(desk: Desk, token: Token) -> Toast:
    """A verb's button was pressed. What it needs is asked for; if it needs nothing, it is done."""
    if token.case is None:
        raise Outdated("old_button")
    case = cases.load(desk.work, token.case)
    verb = Verb(token.verb)
    given = Inputs(mark=Mark(token.argument)) if verb is Verb.RATE else Inputs()
    try:
        _still_meant(case, verb, token)
        begin(case, verb, desk.actor, desk.now, desk.district)
    except Outdated as error:
        raise _with_history(desk, case, error) from error
    return start(desk, case, verb, given)


def start(desk: Desk, case: Case, verb: Verb, given: Inputs) -> Toast:
    """Begin with a verb: ask for what is lacking, or do it."""
    form = Form(desk.person_id, case.id, case.number, verb, given)
    if question(form, case) is None:
        return _finish(desk, case, form)
    ask(desk, case, form)
    return Toast("asked")


def answer(desk: Desk, form: Form, message: Said) -> None:
    """The next input of somebody who has been asked something. A voice message is kept, but is no photo of a result."""
    case = cases.load(desk.work, form.case)
    counts = [item for item in message.media if item.kind.visible or form.verb in _ADDITIONS]
    others = [item for item in message.media if item not in counts]
    role = _role(form.verb, case)
    taken = keep(desk, counts, role, round_=case.rework)
    form = replace(form, photos=(*form.photos, *keep(desk, others, role, round_=case.rework)))
    _go_on(desk, case, feed(form, case, words=message.text, photos=taken))


def reply_with(desk: Desk, case: Case, message: Said) -> None:
    """The lead answers a card with pictures: that is the result, and a caption is its sentence."""
    begin(case, Verb.REPLY, desk.actor, desk.now, desk.district)
    form = Form(desk.person_id, case.id, case.number, Verb.REPLY)
    answer(desk, form, message)


def choose_answer(desk: Desk, form: Form, need: Need, argument: str) -> Toast:
    """A button under the question was pressed."""
    case = cases.load(desk.work, form.case)
    return _go_on(desk, case, choose(form, need, argument))


def show_menu(desk: Desk, form: Form, menu: str) -> None:
    """Show another list of answers."""
    ask(desk, cases.load(desk.work, form.case), replace(form, menu=menu))


def _go_on(desk: Desk, case: Case, form: Form) -> Toast:
    if question(form, case) is not None:
        ask(desk, case, form)
        return Toast("noted")
    drafts.close_form(desk.work, form.person)
    desk.retract(form.person, question_key(form))
    return _finish(desk, case, form)


def ask(desk: Desk, case: Case, form: Form) -> None:
    """Put the next question; one message, kept up to date until all is answered."""
    need = question(form, case)
    if need is None:
        raise ValueError(f"nothing is lacking for {form.verb}")
    drafts.ask(desk.work, form, desk.wall)
    choices = options(need, form, case, desk.district, desk.now)
    desk.reply(
        Notice(
            f"ask_{need.value}",
            {"number": case.number, "verb": form.verb.value, "photos": form.given.photos, "words": form.given.words},
            actions=desk.actions(choices, case=case.id, version=case.rework, person=form.person),
            ask={Need.PHOTO: Ask.PHOTO, Need.WORDS: Ask.TEXT, Need.REASON: Ask.TEXT}.get(need),
            key=question_key(form),
        ),
        case.id,
    )


def question_key(form: Form) -> str:
    """What the question is known by in the chat: a person has one at a time."""
    return f"form:{form.case}:{form.verb.value}"


def _finish(desk: Desk, case: Case, form: Form) -> Toast:
    """All is there. Pictures are given to the case first, so that the cards already show them."""
    if form.verb is Verb.LOOK:
        return looks.look(desk, case, form.given.reason or form.given.words)
    try:
        role = _role(form.verb, case)
        photos.give_to_case(desk.work, form.photos, case.id, role, case.rework)
        perform(desk, case, form.verb, desk.actor, form.given)
    except Outdated as error:
        raise _with_history(desk, case, error) from error
    return Toast(f"done_{form.verb.value}", {"number": case.number})


def perform(desk: Desk, case: Case, verb: Verb, actor: Actor, given: Inputs) -> Case:
    """Decide, save, owe. Raises what `workflow.decide` raises."""
    decision = decide(case, Act(verb, actor, desk.now, given), desk.district)
    after = cases.save(desk.work, decision)
    cards.publish(desk, case, after, decision.event)
    return after


def _role(verb: Verb, case: Case) -> PhotoRole:
    """What a picture sent with a verb shows."""
    return added_role(case) if verb in _ADDITIONS else _PHOTO_ROLES.get(verb, PhotoRole.NOTE)


def _still_meant(case: Case, verb: Verb, token: Token) -> None:
    """A judgement holds for the result it was made on: after a rework there is another one to look at."""
    if verb in _JUDGEMENTS and token.version != case.rework:
        raise Outdated("not_now", verb=verb.value, number=case.number, state=case.state.value)


def _with_history(desk: Desk, case: Case, error: Outdated) -> Outdated:
    """The refusal with what has become of the case: which unit did what, and when."""
    last = cases.events(desk.work, case.id)[-1]
    facts: dict[str, Fact] = {"last": last.verb, "unit": desk.unit_name(last.unit), "done_at": millis(last.at)}
    return Outdated(error.kind, **{**error.facts, **facts})
