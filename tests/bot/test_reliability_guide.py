"""Every test that docs/reliability.md names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "reliability.md").read_text("utf-8")
WITNESS = re.compile(r"\[`(\w+)`\]\(\.\./(tests/[\w/]+\.py)\)")


def test_every_fault_has_tests_that_exist() -> None:
    faults = [line for line in GUIDE.splitlines() if line.startswith("| ")][2:]
    assert all(WITNESS.search(fault) for fault in faults)
    named = WITNESS.findall(GUIDE)
    assert len(named) == GUIDE.count("`test_")
    assert [name for name, file in named if f"def {name}(" not in (ROOT / file).read_text("utf-8")] == []
