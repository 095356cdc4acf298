"""The words by which a search names states and days: those that we say ourselves, and what else people call them.

And the word by which somebody leaves what they are at, which is that of the button.
"""

from collections.abc import Mapping

from bot.texts.catalog import load
from bot.texts.words import LANGUAGES
from domain.case import State

_COMMA = {"zh": "、", "en": ", "}


def vocabulary() -> Mapping[str, tuple[str, ...]]:
    """Every language's words as lists of `District.words`, under `search`. A district's own lists come on top."""
    lists: dict[str, list[str]] = {}
    for language in LANGUAGES:
        words = load(language)
        for name, text in words["search"].items():
            key = f"search.states.{name}" if name in set(State) else f"search.{name}"
            lists.setdefault(key, []).extend(text.split(_COMMA[language]))
        for state in State:
            lists.setdefault(f"search.states.{state.value}", []).append(words["state"][state.value])
        months = [words["time"].get(f"month_{month}", "") for month in range(1, 13)]
        lists.setdefault("search.months", []).extend(filter(None, months))
        lists.setdefault("cancel", []).append(words["button"]["cancel"])
    return {name: tuple(found) for name, found in lists.items()}


def with_vocabulary(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """A district's lists of words together with ours."""
    ours = vocabulary()
    return {name: (*words.get(name, ()), *ours.get(name, ())) for name in (*words, *ours)}
