"""The seed decides: when is killed, what is written. And what is written is always a report or an answer."""

from pathlib import Path
from random import Random

from domain.gist import Kind
from domain.routing import Atlas
from reading import Reader
from storage.district.files import parse, read
from tests.crash.killer import LATEST, SOONEST, plan
from tests.crash.words import Supply

XIMING = Path(__file__).parents[2] / "districts" / "ximing"


def test_a_seed_has_one_plan() -> None:
    assert plan(Random("7/killer"), 50) == plan(Random("7/killer"), 50) != plan(Random("8/killer"), 50)


def test_a_plan_kills_at_all_sorts_of_moments() -> None:
    moments = plan(Random("7/killer"), 200)
    assert all(SOONEST / 3 <= moment.after <= LATEST for moment in moments)
    assert 5 < sum(moment.starting for moment in moments) < 40
    assert len({moment.on for moment in moments}) > 8


def test_nothing_anybody_writes_is_small_talk_or_a_danger() -> None:
    """What is no report may come to nothing, and would be missed at the end."""
    district = parse(read(XIMING))
    reader, supply, rng = Reader(district, Atlas(district)), Supply(), Random(7)
    written = [said(rng) for said in (supply.report, supply.answer) for _ in range(150)]
    assert {reader.read(words).kind for words, _ in written} == {Kind.REPORT}
    assert not any(reader.read(words).numbers for words, _ in written)
    assert len({mark for _, mark in written}) == len(written)


def test_no_picture_is_like_another() -> None:
    supply = Supply()
    assert len({supply.picture() for _ in range(300)}) == 300
