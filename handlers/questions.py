"""The questions a person has been asked: put, kept up to date as one message each, answered or given up.

The first takes the next input. Whoever answers a card in the middle of a question comes back to that question.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from domain.act import Inputs
from domain.brief import brief
from domain.case import Case, State
from domain.facts import Facts
from domain.forms import Form, options, other_cases, question
from domain.life import Need, Verb
from domain.messages import Action, Ask, Notice
from domain.option import Option
from domain.people import may
from domain.privacy import masked
from domain.workflow import possible
from handlers import nearby
from handlers.belongings import result_lost
from handlers.desk import Desk
from handlers.faces import facts_of, last_step
from storage import cases, drafts, people, photos
from storage.events import events_of
from storage.photos import Photo

ADDITIONS = frozenset({Verb.ADD, Verb.ANSWER})
"""What a reporter says of their case: it answers the office while that waits for an answer."""

PIECES_COME = timedelta(minutes=10)
"""For how long the rest of a refused answer may be on its way. Machine time."""

_LEAVE = (Option("form_cancel", label="other"),)
_ASKS = {Need.PHOTO: Ask.PHOTO, Need.WORDS: Ask.TEXT, Need.REASON: Ask.TEXT}
_THEN = "|"


def key(form: Form) -> str:
    """What the question is known by in the chat."""
    return f"form:{form.case}:{form.begun or form.verb.value}"


def about(desk: Desk, case: int | None) -> Form | None:
    """The question that takes what somebody sends: the first, or the one about the case whose message they answer.

    Whoever has gone on with a report since the office asked is still at that. A card can be answered anew, also where a
    question about its case is over.
    """
    asked = drafts.questions(desk.work, desk.person_id, desk.wall)
    if case is not None:
        return next((form for form in asked if form.case == case and form.over_until is None), None)
    form = asked[0] if asked else None
    if form is None or form.asked_at is None:
        return form
    draft = drafts.under_way(desk.work, desk.person_id)
    return None if draft is not None and draft.touched_at > form.asked_at else form


def of_album(desk: Desk, album: str) -> Form | None:
    """The open question that an earlier picture of the same album was an answer to."""
    first = photos.of_album(desk.work, desk.person_id, album)
    asked = drafts.questions(desk.work, desk.person_id, desk.wall)
    return next((form for form in asked if first is not None and first.id in form.photos), None)


def of_button(desk: Desk, argument: str) -> tuple[Form | None, str]:
    """The question a button belongs to, if it is still open, and what the button says."""
    name, _, said = argument.partition(_THEN)
    asked = drafts.questions(desk.work, desk.person_id, desk.wall)
    return next((form for form in asked if key(form) == name), None), said


def put(desk: Desk, case: Case, form: Form) -> None:
    """Put the next question of a form. It goes first, unless somebody else asks and the person is at something."""
    need = question(form, case)
    if need is None:
        raise ValueError(f"nothing is lacking for {form.verb}")
    _line_up(desk, form)
    _show(desk, case, form, need)


def _line_up(desk: Desk, form: Form) -> None:
    others = _others(desk, form)
    own = tuple(other for other in others if form.asked_at is not None and other.asked_at is None)
    line = (*own, form, *(other for other in others if other not in own))
    drafts.keep_questions(desk.work, form.person, line, desk.wall)


def _show(desk: Desk, case: Case, form: Form, need: Need) -> None:
    choices = options(need, form, case, desk.district, desk.now)
    if need is Need.CASE:
        choices = (*other_cases(nearby.likely(desk, case)), *choices)
    facts = _question_facts(desk, case, form)
    actions = _actions(desk, case, form, choices)
    notice = Notice(f"ask_{need.value}", facts, actions=actions, ask=_ASKS.get(need), key=key(form))
    desk.tell(form.person, notice, case.id)


def close(desk: Desk, form: Form) -> None:
    """The question is answered or given up; what waits behind it is asked again."""
    desk.retract(form.person, key(form))
    drafts.keep_questions(desk.work, form.person, _others(desk, form), desk.wall)


def give_way(desk: Desk, new: Form) -> None:
    """Somebody begins something else: what they were at is given up, and what they were asked of the same case."""
    remembered = drafts.questions(desk.work, new.person, desk.wall)
    for form in drafts.ever_asked(desk.work, new.person):
        if form.asked_at is None or form.case == new.case or form not in remembered:
            close(desk, form)


def ask_reporter(desk: Desk, case: Case, person: int) -> None:
    """请补充: what the reporter writes next is the answer."""
    form = Form(person, case.id, case.number, Verb.ANSWER, begun=desk.cause, asked_at=desk.wall)
    _close_about(desk, case, person)
    put(desk, case, form)


def ask_for_result(desk: Desk, case: Case, person: int, why: str) -> None:
    """The picture of the result could not be had: whoever sent it is asked for another."""
    given = Inputs(words=case.reply)
    form = Form(person, case.id, case.number, Verb.REPLY, given, begun=desk.cause, asked_at=desk.wall)
    _line_up(desk, form)
    actions = _actions(desk, case, form, options(Need.PHOTO, form, case, desk.district, desk.now))
    notice = Notice("result_lost", {"number": case.number, "why": why}, actions=actions, ask=Ask.PHOTO, key=key(form))
    desk.tell(person, notice, case.id)


def wants_result(desk: Desk, case: Case, form: Form) -> bool:
    """Whether it is another picture of a result that is asked for, and its case still waits for that."""
    lead = case.lead in people.actor(desk.work, form.person).units
    return form.verb is Verb.REPLY and lead and result_lost(case, photos.of_case(desk.work, case.id))


def without(desk: Desk, photo: Photo) -> None:
    """A picture sent for an answer cannot be had: where it is not finished yet, it is asked for again."""
    for form in drafts.questions(desk.work, photo.person, desk.wall):
        if photo.id not in form.photos or form.over_until is not None:
            continue
        counted = photo.visible or form.verb in ADDITIONS
        given = replace(form.given, photos=form.given.photos - counted)
        left = replace(form, given=given, photos=tuple(one for one in form.photos if one != photo.id))
        _replace(desk, form, left)
        case = cases.load(desk.work, form.case)
        need = question(left, case)
        if need is not None:
            _show(desk, case, left, need)


def settle(desk: Desk, before: Case, after: Case, verb: Verb, by: int | None) -> None:
    """Something was done to a case: questions that cannot be answered any more go away, or say what is true now."""
    if before.state is State.TRIAGE:
        for person in after.people:
            if after.state is not State.TRIAGE or (person == by and verb in ADDITIONS and not after.asked):
                _close_about(desk, after, person)
    for person in drafts.asked_about(desk.work, after.id, desk.wall):
        for form in drafts.questions(desk.work, person, desk.wall):
            if form.case != after.id or stands(desk, after, form):
                continue
            if person == by:
                close(desk, form)
            elif form.over_until is None:
                _end(desk, after, form)


def unbound(desk: Desk, person: int) -> None:
    """Somebody is bound to something no longer: what they cannot do any more, they are asked about no longer."""
    for form in drafts.questions(desk.work, person, desk.wall):
        if not stands(desk, cases.load(desk.work, form.case), form):
            close(desk, form)


def stands(desk: Desk, case: Case, form: Form) -> bool:
    """Whether the answer can still be given."""
    if wants_result(desk, case, form):
        return form.over_until is None
    actor = people.actor(desk.work, form.person)
    able = {*possible(case, actor, desk.now, desk.district), *((Verb.LOOK,) if may(actor, Verb.LOOK, case) else ())}
    return form.over_until is None and any(fitting(verb, case) in able for verb in form.choices or (form.verb,))


def fitting(verb: Verb, case: Case) -> Verb:
    """While the office waits for an answer, whatever a reporter adds is the answer."""
    return (Verb.ANSWER if case.asked else Verb.ADD) if verb in ADDITIONS else verb


def _end(desk: Desk, case: Case, form: Form) -> None:
    """Nobody needs the answer any more. What the person sends all the same is refused, and becomes no report."""
    over = replace(form, over_until=desk.wall + drafts.QUESTION_HOLDS)
    _replace(desk, form, over)
    facts = {**facts_of(desk, case), **last_step(desk, case, people.actor(desk.work, form.person))}
    notice = Notice("question_over", facts, actions=_actions(desk, case, over, _LEAVE), key=key(over))
    desk.update(form.person, notice, case.id)


def refused(desk: Desk, form: Form) -> tuple[Action, ...]:
    """An answer was refused. Where another can be given the question stays as it is.

    Else it goes, and so that no piece of the answer that comes late becomes a report, the person is to say when they
    have something else to report: returns the button for that.
    """
    case = cases.load(desk.work, form.case)
    if stands(desk, case, form):
        return ()
    desk.retract(form.person, key(form))
    over = replace(form, over_until=desk.wall + PIECES_COME)
    _replace(desk, form, over)
    return _actions(desk, case, over, _LEAVE)


def _replace(desk: Desk, form: Form, new: Form) -> None:
    """Another version of a question, where it stands in the line."""
    asked = drafts.questions(desk.work, form.person, desk.wall)
    line = tuple(new if key(one) == key(form) else one for one in asked)
    drafts.keep_questions(desk.work, form.person, line, desk.wall)


def _close_about(desk: Desk, case: Case, person: int) -> None:
    for form in drafts.questions(desk.work, person, desk.wall):
        if form.case == case.id and form.verb is Verb.ANSWER:
            close(desk, form)


def _others(desk: Desk, form: Form) -> tuple[Form, ...]:
    asked = drafts.questions(desk.work, form.person, desk.wall)
    return tuple(other for other in asked if key(other) != key(form))


def _question_facts(desk: Desk, case: Case, form: Form) -> Facts:
    facts: Facts = {
        "number": case.number,
        "verb": form.verb.value,
        "photos": form.given.photos,
        "words": brief(form.given.words),
    }
    return {**facts, "said_words": _asked_words(desk, case)} if form.verb is Verb.ANSWER else facts


def _asked_words(desk: Desk, case: Case) -> str:
    """What the office wanted to know, as it asked last."""
    asked = [event for event in events_of(desk.work, case.id) if event.verb == Verb.ASK.value]
    return brief(masked(str(asked[-1].detail.get("words", "")))) if asked else ""


def _actions(desk: Desk, case: Case, form: Form, choices: Iterable[Option]) -> tuple[Action, ...]:
    """Buttons that belong to this question and to no other, not even one about the same case."""
    own = (replace(option, argument=f"{key(form)}{_THEN}{option.argument}") for option in choices)
    return desk.actions(own, case=case.id, version=case.round, person=form.person)
