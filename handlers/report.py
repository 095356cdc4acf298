"""A resident reports: whatever they send becomes a draft on one live card, and the draft becomes a case."""

from dataclasses import replace

from domain import draft_options, intake, workflow
from domain.act import Filing, Inputs
from domain.case import Case, Reporter
from domain.draft import Draft, Gap, Phase, Sentence, gaps
from domain.gist import Kind, Place
from domain.intake import Addition
from domain.life import Verb
from domain.messages import Ask, Notice, Said
from domain.notices import View
from handlers import acting, allowance, cards, nearby, patrol
from handlers.belongings import added_role, addition, followed, keep
from handlers.desk import Desk
from handlers.faces import draft_facts
from storage import cases, drafts, people, photos
from storage.photos import PhotoRole


def said(desk: Desk, message: Said) -> None:
    """Somebody sent something that answers no question and belongs to no case: it is, or joins, a report.

    What is no report gets a short honest answer and opens nothing; a newer version of it may.
    """
    if _is_report(desk, message):
        draft = drafts.under_way(desk.work, desk.person_id) or _begin(desk)
        take_in(desk, draft, message)
        return
    drafts.hear(desk.work, desk.private_peer, message.handle, message.text, desk.wall)
    if desk.gist.kind is not Kind.EMERGENCY and not message.edited:
        desk.reply(Notice(f"answer_{desk.gist.kind.value}"))


def _is_report(desk: Desk, message: Said) -> bool:
    return desk.gist.kind is Kind.REPORT or bool(message.media) or message.geo is not None


def _begin(desk: Desk) -> Draft:
    """A new draft. Soon after a filed report the person is asked first whether this belongs to that one.

    On a patrol they are not: there one report follows the other.
    """
    after = _just_filed(desk)
    draft = Draft(
        person=desk.person_id,
        opened_at=desk.wall,
        touched_at=desk.wall,
        received_at=desk.now,
        phase=Phase.UNDECIDED if after else Phase.OPEN,
        after=after,
    )
    return drafts.add(desk.work, patrol.on_the_way(desk, draft), desk.district.settings)


def _just_filed(desk: Desk) -> int | None:
    last = drafts.last_filed(desk.work, desk.person_id)
    if last is None or desk.wall - last[1] > desk.district.settings.addition_within:
        return None
    case = followed(desk, last[0])
    return case.id if case.open else None


def take_in(desk: Desk, draft: Draft, message: Said) -> None:
    """The message goes into the draft: pictures, words, position."""
    keep(desk, message.media, PhotoRole.BEFORE, draft=draft.id)
    hear(desk, message, draft.id)
    addition = Addition(
        photos=sum(item.kind.visible for item in message.media),
        sounds=sum(not item.kind.visible for item in message.media),
        sentence=Sentence(message.handle, message.text, desk.gist) if message.text else None,
        pinned=desk.pinned,
    )
    put(desk, intake.add(draft, addition, desk.wall))


def correct(desk: Desk, draft: Draft, message: Said) -> None:
    """A message in the draft has new words; a picture may have got its first."""
    sentence = Sentence(message.handle, message.text, desk.gist)
    put(desk, intake.add(draft, Addition(sentence=sentence), desk.wall))


def hear(desk: Desk, message: Said, draft_id: int) -> None:
    """Remember in which draft the message, with these words, is: there its next version goes."""
    drafts.hear(desk.work, desk.private_peer, message.handle, message.text, desk.wall, draft=draft_id)


def of_draft(desk: Desk, message: Said) -> bool:
    """A picture of an album that began in the report the person is making."""
    album = next((item.album for item in message.media if item.album), None)
    first = photos.of_album(desk.work, desk.person_id, album) if album else None
    draft = drafts.under_way(desk.work, desk.person_id)
    return first is not None and draft is not None and first.draft == draft.id


# --- the card ---------------------------------------------------------------------------------------------------------


def put(desk: Desk, draft: Draft) -> None:
    """Keep the draft and bring its card up to date."""
    draft = nearby.look(desk, draft)
    wants_position = draft.phase is Phase.OPEN and draft.has_content and Gap.PLACE in gaps(draft)
    asked, draft = draft.position_asked, replace(draft, position_asked=wants_position)
    drafts.save(desk.work, draft, desk.district.settings, desk.wall)
    options = draft_options.options(draft, desk.district)
    desk.tell(
        draft.person,
        Notice(
            "draft",
            draft_facts(desk, draft),
            pictures=nearby.pictures(desk, draft),
            actions=desk.actions(options, draft=draft.id, version=draft.rev, person=draft.person),
            key=draft_key(draft),
            in_sight=True,
        ),
    )
    if wants_position and not asked:
        desk.tell(draft.person, Notice("ask_position", ask=Ask.POSITION, key=position_key(draft)))
    elif asked and not wants_position:
        desk.retract(draft.person, position_key(draft))


def position_key(draft: Draft) -> str:
    """What the message that makes sending a position easy is known by; it goes as soon as the place is known."""
    return f"position:{draft.id}"


def is_draft(desk: Desk, key: str) -> bool:
    """Whether this is the card of the report the person is making."""
    draft = drafts.under_way(desk.work, desk.person_id)
    return draft is not None and draft_key(draft) == key


def draft_key(draft: Draft) -> str:
    """What the card is known by in the chat."""
    return f"draft:{draft.id}"


# --- becoming a case --------------------------------------------------------------------------------------------------


def file(desk: Desk, draft: Draft, *, by_itself: bool = False, recurs: str | None = None) -> Case:
    """立案: number, units, due time. The draft's card becomes the reporter's card; filed by itself, it says so anew.

    `recurs` is the number of a closed case whose problem has come back. Raises NotNow when the person has filed all
    they may today.
    """
    allowance.demand(desk, draft)
    settings = desk.district.settings
    number = cases.next_number(desk.work, settings.number_prefix, desk.district.calendar.local_date(desk.now))
    units = people.actor(desk.work, draft.person).units
    filing = Filing(
        number=number,
        reporter=Reporter(draft.person, units),
        received_at=draft.received_at,
        category=draft.category,
        place=draft.place or Place(),
        words=draft.words,
        urgent=draft.urgent or bool(draft.numbers),
        recurs=recurs,
    )
    decision = workflow.file(filing, desk.district, desk.now)
    case = cases.add(desk.work, decision)
    photos.give_draft_to_case(desk.work, draft.id, case.id, PhotoRole.BEFORE)
    drafts.save(desk.work, replace(draft, phase=Phase.FILED), settings, desk.wall, case.id)
    if draft.position_asked:
        desk.retract(draft.person, position_key(draft))
    if by_itself:
        desk.retract(draft.person, draft_key(draft))
        desk.tell(draft.person, Notice("filed_by_itself", {"number": case.number}), case.id)
    cards.publish(desk, None, case, decision.event, reporter_key=None if by_itself else draft_key(draft))
    patrol.counted(desk, draft.person, case.id)
    return case


def join(desk: Desk, draft: Draft) -> None:
    """补充: what was sent belongs to the case filed before. When that is closed by now, it is a report of its own."""
    case = followed(desk, draft.after) if draft.after else None
    if case is None or not case.open:
        put(desk, replace(draft, phase=Phase.OPEN, after=None, touched_at=desk.wall, rev=draft.rev + 1))
        return
    _give(desk, draft, case)
    given = addition(desk, case, draft.words, draft.place)
    add_to(desk, case, draft.person, replace(given, photos=draft.photos + draft.sounds))


def join_other(desk: Desk, draft: Draft, case: Case) -> None:
    """是同一个问题: what was sent belongs to somebody's case, whose progress this person is told from now on.

    Who has reported it before only adds to it.
    """
    if draft.person in case.people:
        join(desk, replace(draft, after=case.id))
        return
    _give(desk, draft, case)
    cases.add_reporter(desk.work, case.id, draft.person)
    given = Inputs(words=draft.words, photos=draft.photos + draft.sounds)
    case = acting.perform(desk, case, Verb.JOIN, people.actor(desk.work, draft.person), given)
    cards.show(desk, case, View.REPORTER, draft.person)
    patrol.counted(desk, draft.person, case.id)


def _give(desk: Desk, draft: Draft, case: Case) -> None:
    """The draft becomes part of a case: its pictures go there, its messages go away."""
    photos.give_draft_to_case(desk.work, draft.id, case.id, added_role(case))
    drafts.save(desk.work, replace(draft, phase=Phase.JOINED), desk.district.settings, desk.wall, case.id)
    desk.retract(draft.person, position_key(draft))
    desk.retract(draft.person, draft_key(draft))


def add_to(desk: Desk, case: Case, person: int, given: Inputs) -> None:
    """A reporter adds to a case; in triage it answers the office's question."""
    verb = Verb.ANSWER if case.asked else Verb.ADD
    acting.perform(desk, case, verb, people.actor(desk.work, person), given)
    desk.tell(person, Notice("added", {"number": case.number}), case.id)


# --- or coming to nothing ---------------------------------------------------------------------------------------------


def close(desk: Desk, draft: Draft) -> None:
    """The draft comes to nothing; the card says so and its buttons go."""
    draft = replace(draft, phase=Phase.GIVEN_UP)
    photos.erase_of_draft(desk.work, draft.id)
    desk.retract(draft.person, position_key(draft))
    drafts.save(desk.work, draft, desk.district.settings, desk.wall)
    desk.tell(draft.person, Notice("draft_given_up", key=draft_key(draft)))
