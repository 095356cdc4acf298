"""What the command line says, in the words of `bot/texts`."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from bot.checkup import Finding

from bot.archive import Manifest
from bot.backup import Made
from bot.clock import machine_time
from bot.requests import unpacked_fault
from bot.texts import Words
from domain.errors import DomainError
from domain.settings import Settings
from storage.backup import Progress
from storage.district.faults import Fault
from storage.looks import Look

_SHOWN = 5


class Terminal:
    """Prints to whoever sits at the command line. Each `…ed` returns the exit code."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.words = Words(
            now=machine_time, zone=lambda: Settings().zone, entry=lambda scene, _: scene, rehearsal=False
        )

    def failed(self, what: str, /, **facts: object) -> typer.Exit:
        """A sentence on standard error; raise what it returns."""
        typer.echo(self._say(f"failure.{what}", **facts), err=True)
        return typer.Exit(1)

    def loaded(self, answer: Mapping[str, Any], directory: Path) -> int:
        """What a load changed, or every fault of the files."""
        if "error" in answer:
            return self._refused(answer)
        if "faults" in answer:
            for packed in answer["faults"]:
                typer.echo(self._fault(packed), err=True)
            self.failed("nothing_loaded", count=len(answer["faults"]))
            return 1
        for change in answer["changes"]:
            typer.echo(self._change(change))
        changed = bool(answer["changes"])
        typer.echo(self._say("done.loaded" if changed else "done.unchanged", directory=directory))
        if answer["dissolved"]:
            typer.echo(self._say("done.dissolved", count=answer["dissolved"]))
        return 0

    def invited(self, answer: Mapping[str, Any]) -> int:
        """The link, alone on the last line."""
        if "error" in answer:
            return self._refused(answer)
        typer.echo(answer["link"])
        return 0

    def looked(self, looks: Sequence[Look], zone: tzinfo) -> int:
        """Looks at who reported, a line each; what people typed cannot steer the terminal."""
        for look in looks:
            at, reason = f"{look.at.astimezone(zone):%Y-%m-%d %H:%M}", " ".join(look.reason.split())
            shown = "".join(filter(str.isprintable, reason))
            typer.echo(self._say("done.look", at=at, number=look.number, by=look.by, reason=shown))
        if not looks:
            typer.echo(self._say("done.no_looks"))
        return 0

    def counted(self, work: Iterable[object], total: int) -> None:
        """Do it one by one; somebody at a terminal sees how far it is."""
        with typer.progressbar(work, length=total, file=sys.stderr) as steps:
            for _ in steps:
                pass

    def printed(self, directory: Path, count: int, left_out: int) -> int:
        """Where the posters lie, and for how many places there is none."""
        typer.echo(self._say("done.printed", count=count, directory=directory))
        if left_out:
            typer.echo(self._say("done.left_out", count=left_out))
        return 0

    def refused(self, error: DomainError) -> int:
        """Why not, in the words people in the chat read."""
        return self._refused({"error": error.kind, "facts": error.facts})

    @contextmanager
    def show(self, step: str) -> Iterator[Progress]:
        """How far long work has come, for somebody who sits there: cron gets none of it."""
        label, hidden = self._say(f"progress.{step}"), not sys.stderr.isatty()
        with typer.progressbar(length=100, label=label, file=sys.stderr, hidden=hidden) as bar:
            yield lambda done, total: bar.update(done * 100 // max(total, 1) - bar.pos)
            bar.update(100 - bar.pos)

    def backed_up(self, made: Made, file: Path) -> int:
        """What is in the backup, and what should have been."""
        typer.echo(self._say("done.backed_up", file=file, **_amounts(made.manifest)))
        if made.missing:
            typer.echo(self._say("done.photos_missing", count=made.missing), err=True)
        return 0

    def restored(self, manifest: Manifest, file: Path) -> int:
        """What is back."""
        typer.echo(self._say("done.restored", file=file, made_at=manifest.made_at, **_amounts(manifest)))
        return 0

    def moved(self, counts: Mapping[str, int]) -> int:
        """How much has moved."""
        for table, rows in counts.items():
            typer.echo(f"{table}: {rows}")
        typer.echo(self._say("done.moved", tables=len(counts), rows=sum(counts.values())))
        return 0

    def sped(self, answer: Mapping[str, Any], times: float) -> int:
        """From when on the rehearsal runs at its new speed."""
        if "error" in answer:
            return self._refused(answer)
        typer.echo(self._say("done.sped", now=answer["now"], times=f"{times:g}"))
        return 0

    def _refused(self, answer: Mapping[str, Any]) -> int:
        typer.echo(self._say(f"refused.{answer['error']}", **answer["facts"]), err=True)
        return 1

    def parked(self, lines: Sequence[str]) -> int:
        """Those that were set aside, one a line."""
        for line in lines or [self._say("done.nothing_parked")]:
            typer.echo(line)
        return 0

    def retried(self, answer: Mapping[str, Any]) -> int:
        """It waits again, or there is none."""
        if "error" in answer:
            return self._refused(answer)
        typer.echo(self._say("done.retried", id=answer["id"]))
        return 0

    def found(self, finding: "Finding") -> None:
        """One need: ok, or what to do."""
        sentence = self._say(f"check.{finding.need}_{finding.state}", **finding.facts)
        typer.echo(f"{'✓' if finding.ok else '✗'} {sentence}")

    def _fault(self, packed: Mapping[str, Any]) -> str:
        fault = unpacked_fault(packed)
        where = [self._say(_row_word(fault), row=fault.row)] if fault.row is not None else []
        where += [self._say("failure.column", column=fault.column)] if fault.column else []
        sentence = self._say(f"fault.{fault.rule.value}", **fault.facts)
        return ": ".join((", ".join((fault.file, *where)), sentence))

    def _change(self, change: Mapping[str, Any]) -> str:
        parts = [
            self._say(f"done.{how}", count=len(change[how]), keys=_few(change[how]))
            for how in ("added", "changed", "removed")
            if change[how]
        ]
        return f"{change['file']}: {self._say('list').join(parts)}"

    def _say(self, key: str, /, **facts: object) -> str:
        return self.words.phrase(key, self._language, **{name: str(value) for name, value in facts.items()})


def _amounts(manifest: Manifest) -> Mapping[str, str]:
    return {"megabytes": f"{manifest.size / 1e6:.1f}", "photos": str(manifest.photos)}


def _row_word(fault: Fault) -> str:
    """A row is a line of a table, a feature of a map, or a key of the settings."""
    if isinstance(fault.row, str):
        return "failure.key"
    return "failure.feature" if fault.file.endswith(".geojson") else "failure.row"


def _few(keys: list[str]) -> str:
    shown = ", ".join(keys[:_SHOWN])
    return f"{shown} …" if len(keys) > _SHOWN else shown
