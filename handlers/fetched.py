"""A file that was sent has been fetched, or never can be: draft and cards learn of it, the sender of what was lost."""

from domain import intake
from domain.act import Inputs
from domain.case import Case
from domain.gist import Place, with_position
from domain.life import Verb
from domain.messages import Notice
from handlers import acting, cards, questions, report
from handlers.belongings import followed, result_lost
from handlers.desk import Desk
from storage import cases, drafts, people, photos
from storage.photos import Photo, PhotoRole


def kept(desk: Desk, photo_id: int, sha256: str, size: int, pinned: Place | None) -> None:
    """It is kept under its hash. A picture sent as a file may carry a position, which the draft or its case learns."""
    if not photos.kept(desk.work, photo_id, sha256, size):
        return
    photo = photos.load(desk.work, photo_id)
    if photo is None:
        return
    draft = drafts.under_way(desk.work, photo.person)
    if draft is not None and draft.id == photo.draft and pinned and draft.pinned is None:
        report.put(desk, intake.locate(draft, pinned))
    elif photo.case is not None and photo.role is PhotoRole.BEFORE and pinned:
        _locate(desk, followed(desk, photo.case), photo.person, pinned)
    _refresh(desk, photo)


def _locate(desk: Desk, case: Case, person: int, pinned: Place) -> None:
    """A case without a place gets the position of its reporter's picture; who has it keeps it, and nobody is asked."""
    place = with_position(case.place, pinned)
    if case.open and person in case.people and place != case.place:
        acting.perform(desk, case, Verb.ADD, people.actor(desk.work, person), Inputs(place=place))


def lost(desk: Desk, photo_id: int, why: str) -> None:
    """It can never be had: the person hears of it, the case goes on without.

    The picture of a result is asked for again, and the cards of those who check say that it is not there.
    """
    photo = photos.load(desk.work, photo_id)
    photos.lost(desk.work, photo_id, why)
    if photo is None:
        return
    _refresh(desk, photo)
    case = cases.load(desk.work, photo.case) if photo.case is not None else None
    if case is not None and photo.role is PhotoRole.AFTER and result_lost(case, photos.of_case(desk.work, case.id)):
        questions.ask_for_result(desk, case, photo.person, why)
        return
    desk.tell(photo.person, Notice("file_lost", {"why": why}))
    questions.without(desk, photo)


def _refresh(desk: Desk, photo: Photo) -> None:
    """Cards that went out without a picture show it now; they no longer show or count one that is lost."""
    if photo.case is not None:
        cards.refresh(desk, cases.load(desk.work, photo.case))
