"""The word files, and filling a template's blanks."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter

Catalog = Mapping[str, Mapping[str, str]]
"""Table -> key -> template."""

_HERE = Path(__file__).parent
_IF = "? "


@cache
def load(language: str) -> Catalog:
    """The words of a language; read once."""
    with (_HERE / f"{language}.toml").open("rb") as file:
        tables: Catalog = tomllib.load(file)
    return tables


def blanks(template: str) -> frozenset[str]:
    """The names of a template's blanks."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def fill(template: str, facts: Mapping[str, str]) -> str:
    """The template with its blanks filled; conditional lines without their facts are left out, no line ends in blanks.

    Raises KeyError.
    """
    lines = (_line(line, facts) for line in template.strip("\n").split("\n"))
    text = "\n".join(line for line in lines if line is not None)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()


def _line(line: str, facts: Mapping[str, str]) -> str | None:
    if not line.startswith(_IF):
        return line.format_map(facts).rstrip()
    line = line[len(_IF) :]
    if not all(facts[name] for name in blanks(line)):
        return None
    return line.format_map(facts).rstrip()
