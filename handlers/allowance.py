"""At most so many reports a day: then a friendly no, and the draft waits for tomorrow."""

from dataclasses import replace

from domain.allowance import day_of, limited, reports_a_day
from domain.draft import Draft
from domain.errors import NotNow
from domain.messages import Notice, Toast
from handlers.desk import Desk
from storage import cases, drafts, people


def most(desk: Desk, draft: Draft) -> int:
    """How many reports its person may file on a day."""
    return reports_a_day(people.actor(desk.work, draft.person), desk.district.settings)


def used_up(desk: Desk, draft: Draft) -> bool:
    """Whether the person has filed all they may today, and this report is none that is never refused."""
    today, _ = day_of(desk.now, desk.district.calendar)
    return limited(draft) and cases.reported_since(desk.work, draft.person, today) >= most(desk, draft)


def demand(desk: Desk, draft: Draft) -> None:
    """Raises NotNow when the draft cannot be filed today."""
    if used_up(desk, draft):
        raise NotNow("enough_today", most=most(desk, draft))


def hold(desk: Desk, draft: Draft) -> Toast:
    """The draft stays open and files itself tomorrow at the earliest. That is said once."""
    _, tomorrow = day_of(desk.now, desk.district.calendar)
    until = desk.wall + (tomorrow - desk.now)
    drafts.save(desk.work, replace(draft, held_until=until), desk.district.settings, desk.wall)
    if draft.held_until is None or draft.held_until <= desk.wall:
        desk.tell(draft.person, Notice("held", {"most": most(desk, draft)}))
    return Toast("refused_enough_today", {"most": most(desk, draft)}, alert=True)
