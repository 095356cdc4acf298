"""How well messages are read: `python -m tests.reading.measure` prints the figures and every mistake.

`dev` are the labelled reports of the sample district; whoever wrote the lists of words had read them, so those figures
are too good to be true of other texts. `tuned` are sentences of our own from which the lists were extended afterwards.
`unseen` gave no word to any category: they tell what to expect. Who takes words from them writes new ones.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.gist import Gist
from domain.routing import Atlas
from reading import Reader
from storage.district.files import parse, read

SAMPLE = Path(__file__).parents[2] / "districts" / "ximing"
PROBLEMS = Path(__file__).parent / "problems.csv"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one question about one message was answered rightly."""

    figure: str
    right: bool
    message: str
    got: object


def measure(reader: Reader) -> list[Verdict]:
    """All verdicts on the labelled reports and on our own sentences."""
    return [*_reports(reader), *_problems(reader)]


def figures(verdicts: Iterable[Verdict]) -> Mapping[str, tuple[int, int]]:
    """For each figure how many are right, of how many."""
    counts: defaultdict[str, list[bool]] = defaultdict(list)
    for verdict in verdicts:
        counts[verdict.figure].append(verdict.right)
    return {figure: (sum(rights), len(rights)) for figure, rights in counts.items()}


def _reports(reader: Reader) -> Iterator[Verdict]:
    for line in (SAMPLE / "reports_dev.jsonl").read_text("utf-8").splitlines():
        report = json.loads(line)
        gist = reader.read(report["text"], report["lat"], report["lon"])
        for figure, right, got in _answers(gist, report["gold"]):
            yield Verdict(f"dev {figure}", right, f"{report['id']} {report['text']}", got)


def _answers(gist: Gist, gold: Mapping[str, Any]) -> Iterator[tuple[str, bool, object]]:
    numbers = set(gold["emergency"])
    yield "kind", gist.kind == gold["kind"], gist.kind
    yield "numbers", set(gist.numbers) == numbers, gist.numbers
    yield "urgent", gist.urgent == gold["urgent"], gist.urgent
    if numbers:
        yield "numbers recall", numbers <= set(gist.numbers), gist.numbers
    if gold["category"]:
        yield from _category_answers(gist, {gold["category"], *gold["category_alt"]})
    if gold["kind"] in {"report", "emergency"}:
        place = gist.place
        yield "community", (place.community if place else None) == gold["community"], place
        yield "street", (place.street if place else None) == gold["street"], place


def _category_answers(gist: Gist, fair: set[str]) -> Iterator[tuple[str, bool, object]]:
    yield "category top 1", bool(fair & set(gist.categories[:1])), gist.categories
    yield "category top 3", bool(fair & set(gist.categories)), gist.categories
    yield "category clear", gist.clear, gist.categories
    if gist.clear:
        yield "right when clear", bool(fair & set(gist.categories[:1])), gist.categories


def _problems(reader: Reader) -> Iterator[Verdict]:
    with PROBLEMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            gist = reader.read(row["text"])
            yield Verdict(f"{row['list']} kind", gist.kind == "report", row["text"], gist.kind)
            for figure, right, got in _category_answers(gist, {row["category"]}):
                yield Verdict(f"{row['list']} {figure}", right, f"{row['category']} {row['text']}", got)


def table(verdicts: Iterable[Verdict]) -> str:
    """The figures, one a line."""
    return "\n".join(
        f"{figure:<24} {right:>4} / {of:<4} {right / of:6.1%}" for figure, (right, of) in figures(verdicts).items()
    )


def _main() -> None:
    district = parse(read(SAMPLE))
    verdicts = measure(Reader(district, Atlas(district)))
    for verdict in verdicts:
        if not verdict.right and not verdict.figure.endswith("clear"):
            print(f"{verdict.figure}: {verdict.message} -> {verdict.got}")  # noqa: T201 - printing is what it is for - this is what it is for
    print(table(verdicts))  # noqa: T201 - printing is what it is for


if __name__ == "__main__":
    _main()
