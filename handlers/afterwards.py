"""What comes afterwards: late pictures of an album, newer versions of messages. Each goes where the first one went."""

from domain.act import Inputs
from domain.case import Case
from domain.facts import Facts
from domain.forms import Form, reworded
from domain.messages import Notice, Said
from handlers import cards, questions, report
from handlers.belongings import followed, hear, keep
from handlers.desk import Desk
from storage import cases, drafts, photos
from storage.drafts import Heard
from storage.photos import Photo


def late_picture(desk: Desk, message: Said, form: Form | None) -> bool:
    """A picture of an album of which some came before: it belongs where those went, also after 提交.

    Those of a draft or an answer that was given up are erased, and so this one is not kept. Returns whether the
    picture has found its place; one of the answer that is under way has not.
    """
    album = next((item.album for item in message.media if item.album), None)
    first = photos.of_album(desk.work, desk.person_id, album) if album else None
    if first is None or (form is not None and first.id in form.photos):
        return False
    if first.case is not None:
        _into_its_case(desk, message, first, first.case)
    elif first.draft is not None:
        _into_its_draft(desk, message, first.draft)
    return True


def _into_its_case(desk: Desk, message: Said, first: Photo, case_id: int) -> None:
    case = cases.load(desk.work, case_id)
    keep(desk, message.media, first.role, case=case.id, round_=first.round)
    cards.refresh(desk, case)
    if first.draft is not None:
        report.hear(desk, message, first.draft)
    else:
        hear(desk, message, case)
    if message.text:
        _add_words(desk, case, message.text, len(message.media))


def _into_its_draft(desk: Desk, message: Said, draft_id: int) -> None:
    draft = drafts.under_way(desk.work, desk.person_id)
    if draft is not None and draft.id == draft_id:
        report.take_in(desk, draft, message)


def edited(desk: Desk, message: Said) -> None:
    """New words of a message go where the first ones went; what was no report may have become one.

    A live position that moves on changes nothing, nor does what is told again with the same words.
    """
    heard = drafts.heard(desk.work, desk.private_peer, message.handle)
    if heard is None or message.geo is not None or heard.said(message.text):
        return
    if heard.draft is not None:
        _of_draft(desk, message, heard.draft)
    elif heard.case is not None:
        _of_case(desk, message, heard, heard.case)
    else:
        report.said(desk, message)


def _of_draft(desk: Desk, message: Said, draft_id: int) -> None:
    """They correct it; once it is filed, they are added to its case."""
    found = drafts.load(desk.work, draft_id)
    if found is None:
        return
    draft, case_id = found
    report.hear(desk, message, draft.id)
    if draft.under_way:
        report.correct(desk, draft, message)
    elif message.text and case_id is not None:
        _add_words(desk, followed(desk, case_id), message.text, 0)
    elif message.text:
        desk.reply(Notice("draft_given_up"))


def _of_case(desk: Desk, message: Said, heard: Heard, case_id: int) -> None:
    """An answer under way is corrected. To what a reporter said they are added; what others have done stands."""
    case = cases.load(desk.work, case_id)
    hear(desk, message, case)
    form = questions.about(desk, case_id)
    corrected = reworded(form, heard.said, message.text) if form is not None else None
    if corrected is not None:
        questions.put(desk, case, corrected)
    elif message.text and desk.person_id in case.people:
        _add_words(desk, followed(desk, case_id), message.text, 0)
    elif message.text:
        desk.reply(Notice("answer_stands", {"number": case.number}), case.id)


def _add_words(desk: Desk, case: Case, words: str, files: int) -> None:
    """Whoever works on the case hears them, as long as there is work to do; else the person hears why not."""
    resident = desk.person_id in case.people
    if case.open and resident:
        report.add_to(desk, case, desk.person_id, Inputs(words=words, photos=files))
    else:
        facts: Facts = {"number": case.number, "state": case.state.value, "resident": resident}
        desk.reply(Notice("words_too_late", facts), case.id)
