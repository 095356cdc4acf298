"""How well messages are read, and that it does not get worse. `python -m tests.reading.measure` tells the mistakes."""

import pytest

from reading import Reader
from tests.reading.measure import figures, measure, table

FLOORS = {
    "dev kind": 0.98,
    "dev numbers recall": 1.0,
    "dev numbers": 0.98,
    "dev urgent": 0.97,
    "dev community": 0.98,
    "dev street": 0.98,
    "dev category top 1": 0.95,
    "dev category top 3": 0.98,
    "dev category clear": 0.75,
    "dev right when clear": 0.98,
    "tuned kind": 0.98,
    "tuned category top 1": 0.96,
    "tuned right when clear": 0.98,
    "unseen kind": 0.96,
    "unseen category top 1": 0.68,
    "unseen category top 3": 0.74,
    "unseen right when clear": 0.90,
}


def test_reading_is_as_good_as_it_was(reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    verdicts = measure(reader)
    with capsys.disabled():
        print(f"\n{table(verdicts)}")  # noqa: T201 - the figures belong in every run's log
    reached = {figure: right / of for figure, (right, of) in figures(verdicts).items()}
    assert {figure: reached[figure] for figure, floor in FLOORS.items() if reached[figure] < floor} == {}
