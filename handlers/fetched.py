"""A file that was sent has been fetched, or never can be: draft and cards learn of it, the sender of what was lost."""

from domain import intake
from domain.gist import Place
from domain.messages import Notice
from handlers import cards, report
from handlers.desk import Desk
from storage import cases, drafts, photos
from storage.photos import Photo


def kept(desk: Desk, photo_id: int, sha256: str, size: int, pinned: Place | None) -> None:
    """It is kept under its hash. A picture sent as a file may carry a position, which the draft then learns."""
    if not photos.kept(desk.work, photo_id, sha256, size):
        return
    photo = photos.load(desk.work, photo_id)
    if photo is None:
        return
    draft = drafts.under_way(desk.work, photo.person)
    if draft is not None and draft.id == photo.draft and pinned and draft.pinned is None:
        report.put(desk, intake.locate(draft, pinned))
    _refresh(desk, photo)


def lost(desk: Desk, photo_id: int, why: str) -> None:
    """It can never be had: the person hears of it, the case goes on without."""
    photo = photos.load(desk.work, photo_id)
    photos.lost(desk.work, photo_id, why)
    if photo is not None:
        desk.tell(photo.person, Notice("file_lost", {"why": why}))
        _refresh(desk, photo)


def _refresh(desk: Desk, photo: Photo) -> None:
    """Cards that went out without a picture show it now; they no longer show or count one that is lost."""
    if photo.case is not None:
        cards.refresh(desk, cases.load(desk.work, photo.case))
