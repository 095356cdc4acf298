"""The district as it was loaded, and the few values kept by name."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime

from domain.facts import millis
from storage.district.files import Files
from storage.store import Work


@dataclass(frozen=True, slots=True)
class Loaded:
    """One load of a district's files: `version` counts up, the newest counts."""

    version: int
    files: Files


def newest(work: Work) -> Loaded | None:
    """The district that counts; None before the first load."""
    row = work.row("newest_district")
    if row is None:
        return None
    files = {name: base64.b64decode(content) for name, content in json.loads(row["files"]).items()}
    return Loaded(row["version"], files)


def version(work: Work) -> int:
    """The version of the district that counts; 0 before the first load."""
    row = work.row("district_version")
    return 0 if row is None else int(row["version"])


def add(work: Work, files: Files, now: datetime) -> int:
    """Keep a load of the district's files, byte for byte. Returns its version."""
    text = json.dumps({name: base64.b64encode(content).decode() for name, content in files.items()})
    row = work.row("add_district", files=text, now=millis(now))
    if row is None:
        raise RuntimeError("a district was added and has no version")
    return int(row["version"])


def kept(work: Work, name: str) -> str | None:
    """A value kept by name."""
    row = work.row("kept", name=name)
    return None if row is None else str(row["value"])


def keep(work: Work, name: str, value: str) -> None:
    """Keep a value by name."""
    work.change("keep", name=name, value=value)
