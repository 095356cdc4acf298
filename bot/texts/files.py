"""A file made of facts: JSON that people can read, too."""

import json
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from domain.facts import Fact, Facts, instant


def as_json(facts: Facts, zone: tzinfo) -> bytes:
    """The facts as JSON, UTF-8; instants as ISO time in the district's zone."""
    return json.dumps(_said(facts, zone), ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _said(fact: Fact, zone: tzinfo, name: str = "") -> Any:
    if isinstance(fact, Mapping):
        return {key: _said(value, zone, key) for key, value in fact.items()}
    if isinstance(fact, list | tuple):
        return [_said(value, zone) for value in fact]
    if isinstance(fact, int) and name.endswith("_at"):
        return instant(fact).astimezone(zone).isoformat(timespec="seconds")
    return fact
