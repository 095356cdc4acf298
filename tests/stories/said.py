"""What is said, for stories that care that somebody is told and not in which words: those may get better."""

import re

from bot.texts.catalog import load
from tests.stories.readers import read_by_all

_CUT = re.compile(r"\{\w+\}|<[^>]+>|\n")


def said(key: str) -> str:
    """The longest piece, without blanks, of what is always said under a key such as `notice.parked`."""
    table, _, name = key.partition(".")
    always = "\n".join(line for line in load(read_by_all())[table][name].split("\n") if not line.startswith("? "))
    return max((part.strip() for part in _CUT.split(always)), key=len)
