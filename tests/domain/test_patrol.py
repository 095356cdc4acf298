"""巡查: who may, what the next report begins with, when it is over."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain import patrol
from domain.draft import Gap, Phase, gaps
from domain.errors import NotAllowed
from domain.gist import Place
from domain.patrol import POSITION_HOLDS, Patrol
from domain.people import CLOCK, Actor
from domain.settings import Settings
from tests.domain.drafting import AT_HOME, BEYOND, EMPTY, MARKET, NOW
from tests.domain.story import RESIDENT, officer, volunteer

WALK = Patrol(1, NOW)
SETTINGS = Settings()
LATER = timedelta(minutes=5)


@pytest.mark.parametrize(("actor", "may"), [(officer(1, "D12"), True), (volunteer(1, "S01"), True), (RESIDENT, False)])
def test_a_role_is_needed(actor: Actor, may: bool) -> None:
    if may:
        assert patrol.begin(actor, NOW) == WALK
    else:
        with pytest.raises(NotAllowed, match="patrollers_only"):
            patrol.begin(actor, NOW)


def test_the_clock_walks_nowhere() -> None:
    with pytest.raises(NotAllowed):
        patrol.begin(CLOCK, NOW)


BEGINNINGS: tuple[tuple[str, Place | None, timedelta, Place | None, Place | None, Place | None], ...] = (
    # what is known,       shared,  how long ago,                         last,   pinned,  earlier
    ("nothing", None, LATER, None, None, None),
    ("where it was before", None, LATER, MARKET, None, MARKET),
    ("where one is", AT_HOME, LATER, None, AT_HOME, None),
    ("both", AT_HOME, POSITION_HOLDS, MARKET, AT_HOME, MARKET),
    ("a position of long ago", AT_HOME, POSITION_HOLDS + LATER, MARKET, None, MARKET),
    ("a position outside", BEYOND, LATER, BEYOND, None, None),
    ("no street", None, LATER, Place("某处"), None, None),
)


@pytest.mark.parametrize(
    ("shared", "ago", "last", "pinned", "earlier"), [row[1:] for row in BEGINNINGS], ids=[row[0] for row in BEGINNINGS]
)
def test_the_next_report_begins_with_what_is_known(
    shared: Place | None, ago: timedelta, last: Place | None, pinned: Place | None, earlier: Place | None
) -> None:
    """It is one of its own, and nobody is asked whether it is."""
    walk = patrol.moved(WALK, shared, NOW - ago) if shared else WALK
    asked = replace(EMPTY, phase=Phase.UNDECIDED, after=7)
    draft = patrol.next_draft(asked, walk, last, NOW)
    assert (draft.phase, draft.after, draft.pinned, draft.earlier) == (Phase.OPEN, None, pinned, earlier)
    assert (Gap.PLACE in gaps(draft)) is (pinned is None), "where it was before is only offered"


@pytest.mark.parametrize(
    ("walk", "end"),
    [
        (WALK, NOW),
        (patrol.touched(WALK, NOW + LATER), NOW + LATER),
        (patrol.moved(WALK, AT_HOME, NOW + LATER), NOW),
        (patrol.reported(WALK, 3), NOW),
    ],
    ids=["begun", "gone on with", "a position that moves by itself", "a report that filed itself"],
)
def test_left_alone_it_ends(walk: Patrol, end: datetime) -> None:
    assert patrol.ends_at(walk, SETTINGS) == end + SETTINGS.patrol_ends_after


def test_a_case_counts_once() -> None:
    assert patrol.reported(patrol.reported(patrol.reported(WALK, 3), 4), 3).cases == (3, 4)
