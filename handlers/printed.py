"""Somebody scanned a printed code: the place of their report is known before they say a word."""

from domain import intake, printed
from domain.draft import Draft
from domain.messages import Entered, Notice
from handlers import account, report
from handlers.desk import Desk
from storage import drafts


def scanned(desk: Desk, entry: Entered) -> None:
    """The draft under way, else a new one, is about the place where the code hangs."""
    account.introduce(desk)
    place = printed.place_of(desk.district, entry.scene)
    if place is None:
        desk.reply(Notice("unknown_place"))
        return
    draft = drafts.under_way(desk.work, desk.person_id) or _begun(desk)
    report.put(desk, intake.choose_place(draft, place, desk.wall))


def _begun(desk: Desk) -> Draft:
    """A report of its own, also soon after another: whoever scans means what stands there."""
    draft = Draft(person=desk.person_id, opened_at=desk.wall, touched_at=desk.wall, received_at=desk.now)
    return drafts.add(desk.work, draft, desk.district.settings)
