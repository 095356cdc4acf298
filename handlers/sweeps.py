"""What the clock asks: drafts that age, suspensions that end, and what has been kept long enough.

A sweep claims what is due and does it in the same unit; swept twice, nothing is due any more. Each returns how much
it did: after a full batch it is asked again at once.
"""

from collections.abc import Callable
from datetime import timedelta

from domain.act import NO_INPUTS
from domain.life import Verb
from domain.people import CLOCK
from handlers import acting, report
from handlers.desk import Desk
from storage import cases, drafts, inbox, outbox, photos, tokens

BATCH = 50

DELIVERIES_KEPT = timedelta(days=30)
"""For how long it is remembered what came in and went out: nothing is delivered to us twice after so long a time."""

Sweep = Callable[[Desk], int]


def drafts_age(desk: Desk) -> int:
    """Complete drafts file themselves, others are asked after once and go to triage in the end."""
    due = drafts.due(desk.work, desk.wall, BATCH)
    for draft in due:
        report.age(desk, draft)
    return len(due)


def suspensions_end(desk: Desk) -> int:
    """挂账 ends at its date: the clock goes on by itself."""
    waking = cases.waking(desk.work, desk.now, BATCH)
    for case in waking:
        acting.perform(desk, case, Verb.RESUME, CLOCK, NO_INPUTS)
    return len(waking)


def buttons_fade(desk: Desk) -> int:
    """Buttons that are out of date are forgotten."""
    tokens.purge(desk.work, desk.wall)
    return 0


def records_fade(desk: Desk) -> int:
    """Texts and photos of ended cases are deleted after 180 days; the numbers stay."""
    ended = cases.to_erase(desk.work, desk.now - desk.district.settings.photos_kept, BATCH)
    for case in ended:
        cases.erase(desk.work, case)
        drafts.erase_forms(desk.work, case.id)
        photos.erase_of_case(desk.work, case.id)
    photos.erase_stray(desk.work, desk.wall - drafts.QUESTION_HOLDS * 2)
    return len(ended)


def traces_fade(desk: Desk) -> int:
    """What came in and went out is forgotten after a month, and so are messages that were set aside."""
    before = desk.wall - DELIVERIES_KEPT
    inbox.purge(desk.work, before)
    outbox.purge(desk.work, before)
    inbox.erase_parked(desk.work, desk.wall - desk.district.settings.parked_kept)
    return 0
