"""巡查: begun by /patrol, told on one line that is kept up to date, ended with a summary of what was reported."""

from collections.abc import Sequence
from datetime import timedelta

from domain import patrol
from domain.draft import Draft
from domain.facts import Facts
from domain.gist import Place
from domain.messages import Called, Notice, Said
from domain.option import Option
from domain.patrol import Patrol
from handlers.desk import Desk
from handlers.faces import facts_of, place_facts
from storage import cases, drafts, patrols, people

_LINE = "patrol"
"""What the line is known by in the chat."""

_LISTED = 20
"""So many cases are named in the summary, the newest; 我的报送 has all."""


def begin(desk: Desk, _call: Called) -> None:
    """/patrol: a new one, or the line of the one under way. Raises NotAllowed for whom it is of no use."""
    walk = patrols.under_way(desk.work, desk.person_id) or patrol.begin(desk.actor, desk.wall)
    desk.set_aside(walk.person, _LINE)
    _keep(desk, walk)


def touched(desk: Desk) -> None:
    """Whoever wrote has done something: the patrol they may be on goes on."""
    walk = patrols.under_way(desk.work, desk.person_id)
    if walk is not None:
        patrols.save(desk.work, patrol.touched(walk, desk.wall), desk.district.settings)


def followed(desk: Desk, message: Said, *, free: bool) -> bool:
    """Somebody on patrol shares where they are, or goes on. Returns whether that was all the message is for.

    `free`: it answers no question and no card. As long as no report is under way it begins none then.
    """
    walk = patrols.under_way(desk.work, desk.person_id)
    if walk is None or desk.pinned is None or message.geo is None or message.geo.how != "live":
        return False
    before = patrol.whereabouts(walk, desk.wall)
    walk = patrol.moved(walk, desk.pinned, desk.wall)
    if _area(before) == _area(patrol.whereabouts(walk, desk.wall)):
        patrols.save(desk.work, walk, desk.district.settings)
    else:
        _keep(desk, walk)
    return message.edited or (free and drafts.under_way(desk.work, desk.person_id) is None)


def on_the_way(desk: Desk, draft: Draft) -> Draft:
    """A draft about to begin, as it begins for somebody on patrol; for others as it is."""
    walk = patrols.under_way(desk.work, draft.person)
    if walk is None:
        return draft
    last = cases.load(desk.work, walk.cases[-1]).place if walk.cases else None
    return patrol.next_draft(draft, walk, last, desk.wall)


def counted(desk: Desk, person: int, case_id: int) -> None:
    """Somebody, who may be on patrol, has reported a case."""
    walk = patrols.under_way(desk.work, person)
    if walk is not None:
        _keep(desk, patrol.reported(walk, case_id))


def end(desk: Desk, walk: Patrol, *, by_itself: bool = False) -> None:
    """The line goes; a new message says what was reported, and who has it now."""
    patrols.end(desk.work, walk.person)
    desk.retract(walk.person, _LINE)
    listed = [cases.load(desk.work, case_id) for case_id in walk.cases[-_LISTED:]]
    facts: Facts = {
        "cases": [facts_of(desk, case) for case in listed],
        "count": len(walk.cases),
        "further": len(walk.cases) - len(listed),
        "hours": desk.district.settings.patrol_ends_after // timedelta(hours=1) if by_itself else 0,
    }
    desk.tell(walk.person, Notice("patrol_done" if listed else "patrol_done_none", facts))


def unbound(desk: Desk, person: int) -> None:
    """Somebody has lost a role: without any they are on patrol no longer."""
    walk = patrols.under_way(desk.work, person)
    if walk is not None and not people.actor(desk.work, person).roles:
        end(desk, walk)


def due(desk: Desk) -> Sequence[int]:
    """The persons whose patrol has been left alone for long enough."""
    return patrols.due(desk.work, desk.wall)


def end_due(desk: Desk, person: int) -> None:
    """It ends by itself, unless the person has gone on meanwhile."""
    walk = patrols.under_way(desk.work, person)
    if walk is not None and patrol.ends_at(walk, desk.district.settings) <= desk.wall:
        end(desk, walk, by_itself=True)


def _keep(desk: Desk, walk: Patrol) -> None:
    """Keep it, and bring its line up to date. The count is a text, since none is said, too."""
    patrols.save(desk.work, walk, desk.district.settings)
    facts: Facts = {"reported": str(len(walk.cases)), **place_facts(desk, patrol.whereabouts(walk, desk.wall))}
    actions = desk.actions([Option("patrol_end", label="patrol_end")], person=walk.person)
    desk.tell(walk.person, Notice("patrol", facts, actions=actions, key=_LINE, in_sight=True))


def _area(place: Place | None) -> tuple[str | None, str | None]:
    return (place.street, place.community) if place else (None, None)
