"""What time does to a report in the making: it files itself, is asked after, joins one before, or comes to nothing."""

from dataclasses import replace

from domain import intake
from domain.draft import Draft, Phase
from domain.intake import Fate
from domain.messages import Notice
from handlers import allowance, report
from handlers.belongings import followed
from handlers.desk import Desk
from handlers.faces import draft_facts


def age(desk: Desk, draft: Draft) -> None:
    """What becomes of a draft nobody has touched for its time."""
    at, fate = intake.next_fate(draft, desk.district.settings)
    if at > desk.wall:
        return
    match fate:
        case Fate.FILE if _says_the_same(desk, draft):
            report.join(desk, draft)
        case Fate.FILE if allowance.used_up(desk, draft):
            allowance.hold(desk, draft)
        case Fate.FILE:
            report.file(desk, draft, by_itself=True)
        case Fate.JOIN:
            report.join(desk, draft)
        case Fate.REMIND:
            report.put(desk, replace(draft, reminded=True))
            desk.tell(draft.person, Notice("draft_reminder", draft_facts(desk, draft)))
        case Fate.DROP:
            report.close(desk, draft)


def _says_the_same(desk: Desk, draft: Draft) -> bool:
    """Whether what came soon after a filed report tells of the same problem in the same place, and of no danger."""
    if draft.phase is not Phase.UNDECIDED or draft.after is None or draft.numbers:
        return False
    case = followed(desk, draft.after)
    community = draft.place.community if draft.place else None
    return (case.category, case.place.community) == (draft.category, community)
