"""What becomes of a report nobody touches any more. Machine time throughout."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.draft import Draft, Gap, Phase, Sentence
from domain.gist import Place
from domain.intake import Fate, next_fate
from domain.settings import Settings
from tests.domain.story import local

OPENED = local("04-21 09:00")
TOUCHED = local("04-21 09:07")
DRAFT = Draft(person=1, opened_at=OPENED, touched_at=TOUCHED, received_at=OPENED)
COMPLETE = replace(DRAFT, photos=1, category="0304", named=Place("长江农贸市场", "S01", "S01C01"))
HELD = replace(COMPLETE, held_until=local("04-22 00:00"))
PHOTO = replace(DRAFT, photos=1)
SENTENCE = replace(DRAFT, sentences=(Sentence("m1", "脏"),))
POSITION = replace(DRAFT, pinned=Place(None, "S01", "S01C01", how="position"))


@pytest.mark.parametrize(
    ("draft", "fate", "at"),
    [
        pytest.param(COMPLETE, Fate.FILE, "04-21 09:17", id="complete"),
        pytest.param(replace(COMPLETE, urgent=True), Fate.FILE, "04-21 09:09", id="complete, danger"),
        pytest.param(replace(COMPLETE, numbers=("119",)), Fate.FILE, "04-21 09:09", id="complete, a number was told"),
        pytest.param(replace(COMPLETE, reminded=True), Fate.FILE, "04-21 09:17", id="completed after the reminder"),
        pytest.param(
            replace(PHOTO, unclear=frozenset({Gap.PLACE, Gap.CATEGORY})), Fate.FILE, "04-21 09:17", id="all answered"
        ),
        pytest.param(replace(PHOTO, numbers=("119",)), Fate.FILE, "04-21 09:09", id="danger does not wait for a place"),
        pytest.param(HELD, Fate.FILE, "04-22 00:00", id="held till tomorrow"),
        pytest.param(replace(HELD, touched_at=local("04-22 08:00")), Fate.FILE, "04-22 08:10", id="the hold is over"),
        pytest.param(replace(HELD, urgent=True), Fate.FILE, "04-21 09:09", id="no danger is held"),
        pytest.param(replace(HELD, category=None), Fate.REMIND, "04-21 10:07", id="held and not complete"),
        pytest.param(PHOTO, Fate.REMIND, "04-21 10:07", id="photo alone"),
        pytest.param(SENTENCE, Fate.REMIND, "04-21 10:07", id="sentence alone"),
        pytest.param(POSITION, Fate.REMIND, "04-21 10:07", id="position alone"),
        pytest.param(replace(PHOTO, reminded=True), Fate.FILE, "04-22 09:00", id="photo, reminded"),
        pytest.param(replace(SENTENCE, reminded=True), Fate.FILE, "04-22 09:00", id="sentence, reminded"),
        pytest.param(replace(DRAFT, sounds=1, reminded=True), Fate.FILE, "04-22 09:00", id="voice, reminded"),
        pytest.param(replace(POSITION, reminded=True), Fate.DROP, "04-22 09:00", id="position, reminded"),
        pytest.param(replace(DRAFT, reminded=True), Fate.DROP, "04-22 09:00", id="nothing at all"),
        pytest.param(replace(COMPLETE, phase=Phase.UNDECIDED, after=3), Fate.FILE, "04-21 09:17", id="its own report"),
        pytest.param(
            replace(PHOTO, phase=Phase.UNDECIDED, after=3, numbers=("119",)),
            Fate.FILE,
            "04-21 09:09",
            id="a danger after",
        ),
        pytest.param(replace(PHOTO, phase=Phase.UNDECIDED, after=3), Fate.JOIN, "04-21 09:17", id="undecided photo"),
    ],
)
def test_what_happens_next_and_when(draft: Draft, fate: Fate, at: str) -> None:
    """10 minutes, 2 with danger; asked after once, after an hour; to triage after 24 hours."""
    assert next_fate(draft, Settings()) == (local(at), fate)


def test_whoever_answers_at_the_last_minute_has_another_hour() -> None:
    """It is not filed over them."""
    touched = replace(PHOTO, touched_at=local("04-22 08:55"), reminded=True)
    assert next_fate(touched, Settings()) == (local("04-22 09:55"), Fate.FILE)


def test_the_reminder_comes_once() -> None:
    """Whatever is touched afterwards."""
    at, fate = next_fate(PHOTO, Settings())
    assert fate is Fate.REMIND
    reminded = replace(PHOTO, reminded=True)
    for minutes in range(0, 1440, 90):
        again = replace(reminded, touched_at=at + timedelta(minutes=minutes))
        assert next_fate(again, Settings())[1] is Fate.FILE


def test_the_district_sets_the_waits() -> None:
    """Every one of them."""
    settings = Settings(
        draft_files_after=timedelta(minutes=1),
        danger_files_after=timedelta(seconds=1),
        draft_asked_after=timedelta(minutes=2),
        draft_to_triage_after=timedelta(minutes=30),
    )
    assert next_fate(COMPLETE, settings)[0] == local("04-21 09:08")
    assert next_fate(replace(COMPLETE, urgent=True), settings)[0] == local("04-21 09:07:01")
    assert next_fate(PHOTO, settings)[0] == local("04-21 09:09")
    assert next_fate(replace(PHOTO, reminded=True), settings)[0] == local("04-21 09:30")
