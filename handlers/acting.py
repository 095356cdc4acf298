"""Doing something to a case: begin with a verb, collect what it needs, decide, save, owe.

Every button of a case, every answer to a question and the clock come through `perform`; so rights, the life table and
what is owed are the same wherever a verb is begun.
"""

from dataclasses import replace

from domain.act import NO_INPUTS, Act, Inputs
from domain.case import Case, Mark
from domain.errors import Missing, NotNow, Outdated
from domain.forms import Form, choose, feed, placed, question
from domain.life import Need, Verb
from domain.messages import Notice, Said, Toast
from domain.notices import View
from domain.people import Actor
from domain.workflow import begin, decide
from handlers import cards, looks, questions, triage
from handlers.belongings import added_role, addition, hear, keep
from handlers.desk import Desk
from handlers.faces import last_step
from handlers.questions import ADDITIONS, fitting
from storage import cases, drafts, photos
from storage.photos import PhotoRole
from storage.tokens import Token

_JUDGEMENTS = frozenset({Verb.PASS, Verb.FAIL, Verb.SOLVED, Verb.UNSOLVED})
_PHOTO_ROLES = {
    Verb.REPLY: PhotoRole.AFTER,
    Verb.PASS: PhotoRole.CHECK,
    Verb.FAIL: PhotoRole.CHECK,
    Verb.ASK_REWORK: PhotoRole.WISH,
}


def press(desk: Desk, token: Token) -> Toast:
    """A verb's button was pressed. What it needs is asked for; if it needs nothing, it is done."""
    if token.case is None:
        raise Outdated("old_button")
    case = cases.load(desk.work, token.case)
    verb = fitting(Verb(token.verb), case)
    given = _given(verb, token.argument)
    try:
        _still_meant(case, verb, token)
        begin(case, verb, desk.actor, desk.now, desk.district)
    except Outdated as error:
        raise _with_history(desk, case, error) from error
    return start(desk, case, verb, given)


def _given(verb: Verb, argument: str) -> Inputs:
    """What the button itself says: the mark, the unit, or that the place is to be corrected."""
    if verb is Verb.DISPATCH and argument:
        return Inputs(unit=argument)
    if verb is Verb.RATE:
        return Inputs(mark=Mark(argument))
    return Inputs(target=Need(argument)) if verb is Verb.CORRECT and argument else Inputs()


def start(desk: Desk, case: Case, verb: Verb, given: Inputs) -> Toast:
    """Begin with a verb: ask for what is lacking, or do it. What was sent for it before, in reply to a card, counts."""
    meant = _offered(desk, case, verb) if given == NO_INPUTS else None
    if meant is not None:
        return choose_answer(desk, meant, Need.VERB.value, verb.value)
    form = Form(desk.person_id, case.id, case.number, verb, given, begun=desk.cause)
    if question(form, case) is None:
        toast = _finish(desk, case, form)
        triage.decided(desk, case)
        return toast
    questions.give_way(desk, form)
    questions.put(desk, case, form)
    return Toast("asked")


def _offered(desk: Desk, case: Case, verb: Verb) -> Form | None:
    """The question what something about the case was sent for, when this verb is one of its answers."""
    asked = drafts.questions(desk.work, desk.person_id, desk.wall)
    about = (form for form in asked if form.case == case.id and form.over_until is None)
    return next((form for form in about if verb in form.choices), None)


def answer(desk: Desk, form: Form, message: Said) -> None:
    """The next input of somebody who has been asked something. A voice message is kept, but is no photo of a result.

    When it was the last that was lacking, the person is told what has been done: there is no press to be answered.
    """
    case = cases.load(desk.work, form.case)
    form = replace(form, verb=fitting(form.verb, case))
    _still_asked(desk, case, form)
    hear(desk, message, case)
    if questions.wants_result(desk, case, form):
        _show_result(desk, case, form, message)
        return
    form = _fed(desk, case, form, message)
    _go_on(desk, case, form)
    if question(form, case) is None and form.verb is not Verb.LOOK:
        _tell_done(desk, form)
        triage.decided(desk, case)


def _fed(desk: Desk, case: Case, form: Form, message: Said) -> Form:
    """The form with what was sent: pictures and words, and what a reporter adds in whatever way."""
    role = _role(form.verb, case)
    counts = [item for item in message.media if item.kind.visible or form.verb in ADDITIONS]
    others = [item for item in message.media if item not in counts]
    taken = keep(desk, counts, role, round_=case.round)
    form = replace(form, photos=(*form.photos, *keep(desk, others, role, round_=case.round)))
    if form.verb not in ADDITIONS:
        form = feed(form, case, words=message.text, photos=taken)
        return placed(form, desk.gist, desk.pinned) if question(form, case) is Need.PLACE else form
    said = addition(desk, case, message.text, desk.pinned)
    form = replace(form, given=replace(form.given, place=said.place))
    return feed(form, case, words=said.words, photos=taken)


def _tell_done(desk: Desk, form: Form) -> None:
    desk.reply(Notice("answer_done", {"number": form.number, "did": form.verb.value}), form.case)


def _show_result(desk: Desk, case: Case, form: Form, message: Said) -> None:
    """Another picture of a result whose own could not be had: the cards get it, the reply stands as it was."""
    pictures = [item for item in message.media if item.kind.visible]
    if not pictures:
        raise Missing("missing", need=Need.PHOTO.value)
    keep(desk, pictures, PhotoRole.AFTER, case=case.id, round_=case.round)
    questions.close(desk, form)
    cards.refresh(desk, case)
    _tell_done(desk, form)


def begin_with(desk: Desk, case: Case, verb: Verb, message: Said) -> None:
    """Somebody begins with a verb by what it needs: the lead by the photo of the result, or its sentence."""
    answer(desk, Form(desk.person_id, case.id, case.number, verb, begun=desk.cause), message)


def offer(desk: Desk, case: Case, verbs: tuple[Verb, ...], message: Said) -> None:
    """Somebody sent something about a case: for which of these verbs? It is kept until they say."""
    answer(desk, Form(desk.person_id, case.id, case.number, verbs[0], begun=desk.cause, choices=verbs), message)


def choose_answer(desk: Desk, form: Form, need: str, argument: str) -> Toast:
    """A button under the question was pressed."""
    case = cases.load(desk.work, form.case)
    _still_asked(desk, case, form)
    chosen = choose(form, need, argument)
    _still_asked(desk, case, chosen)
    toast = _go_on(desk, case, chosen)
    triage.decided(desk, case)
    return toast


def show_menu(desk: Desk, form: Form, menu: str) -> None:
    """Show another list of answers."""
    case = cases.load(desk.work, form.case)
    _still_asked(desk, case, form)
    questions.put(desk, case, replace(form, menu=menu))


def _go_on(desk: Desk, case: Case, form: Form) -> Toast:
    if question(form, case) is not None:
        questions.put(desk, case, form)
        return Toast("noted")
    questions.close(desk, form)
    return _finish(desk, case, form)


def _finish(desk: Desk, case: Case, form: Form) -> Toast:
    """All is there. Pictures are given to the case first, so that the cards already show them."""
    if form.verb is Verb.LOOK:
        return looks.look(desk, case, form.given.reason or form.given.words)
    try:
        role = _role(form.verb, case)
        photos.give_to_case(desk.work, form.photos, case.id, role, case.round)
        if form.verb is Verb.MERGE:
            _merge(desk, case, form.given)
        else:
            perform(desk, case, form.verb, desk.actor, form.given)
    except Outdated as error:
        raise _with_history(desk, case, error) from error
    return Toast(f"done_{form.verb.value}", {"number": case.number})


def _merge(desk: Desk, case: Case, given: Inputs) -> None:
    """合并: the other case gets the words, the pictures and the reporters, who follow that one from now on."""
    other = cases.by_number(desk.work, given.case or "")
    if not other.open:
        raise NotNow("merge_into_ended", number=other.number, state=other.state.value)
    perform(desk, case, Verb.MERGE, desk.actor, replace(given, case=other.number))
    photos.move(desk.work, case.id, other.id)
    for reporter in case.people:
        cases.add_reporter(desk.work, other.id, reporter)
    joining = Inputs(words=case.words, case=case.number, reporters=case.reporters)
    other = perform(desk, other, Verb.JOIN, desk.actor, joining)
    for reporter in case.people:
        cards.show(desk, other, View.REPORTER, reporter)


def perform(desk: Desk, case: Case, verb: Verb, actor: Actor, given: Inputs) -> Case:
    """Decide, save, owe. Raises what `workflow.decide` raises."""
    decision = decide(case, Act(verb, actor, desk.now, given), desk.district)
    after = cases.save(desk.work, decision)
    cards.publish(desk, case, after, decision.event)
    questions.settle(desk, case, after, verb, actor.person)
    return after


def _role(verb: Verb, case: Case) -> PhotoRole:
    """What a picture sent with a verb shows."""
    return added_role(case) if verb in ADDITIONS else _PHOTO_ROLES.get(verb, PhotoRole.NOTE)


def _still_meant(case: Case, verb: Verb, token: Token) -> None:
    """A judgement holds for the result it was made on: in another round there is another one to look at."""
    if verb in _JUDGEMENTS and token.version != case.round:
        raise Outdated("not_now", verb=verb.value, number=case.number, state=case.state.value)


def _still_asked(desk: Desk, case: Case, form: Form) -> None:
    """The case may have gone on meanwhile. Raises what `workflow.begin` raises, with what became of the case."""
    over = Outdated("question_over", number=case.number, state=case.state.value)
    try:
        if not form.choices and not questions.wants_result(desk, case, form):
            begin(case, form.verb, desk.actor, desk.now, desk.district)
    except Outdated as error:
        raise _with_history(desk, case, over) from error
    if not questions.stands(desk, case, form):
        raise _with_history(desk, case, over)


def _with_history(desk: Desk, case: Case, error: Outdated) -> Outdated:
    """The refusal with what has become of the case: which unit did what, and when."""
    return Outdated(error.kind, **{**error.facts, **last_step(desk, case, desk.actor)})
