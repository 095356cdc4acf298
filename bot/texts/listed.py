"""What the words need where several things are listed: people, steps, units, what was understood of a search."""

from collections.abc import Callable, Mapping

from bot.texts.blanks import Derive
from bot.texts.catalog import fill


def _person_line(d: Derive) -> str:
    """Somebody who is bound, by their number."""
    volunteer = d.facts.get("role") == "volunteer"
    return fill(d.words["phrase"]["volunteer_line" if volunteer else "officer_line"], d)


def _people_lines(d: Derive) -> str:
    listed = d.facts.get("people")
    people = listed if isinstance(listed, list | tuple) else ()
    return "\n".join(_person_line(d.inner(facts)) for facts in people if isinstance(facts, Mapping))


def _lost(d: Derive) -> str:
    return d.words["phrase"]["lost"] if d.facts.get("lost") else ""


def _blocked(d: Derive) -> str:
    return d.words["phrase"]["blocked"] if d.facts.get("blocked") else ""


def _language(d: Derive) -> str:
    return d.words["button"].get(f"language_{d.plain('language')}", "")


def _reporter_lines(d: Derive) -> str:
    """Those who reported, by their numbers."""
    return _lines(d, "reporters", "reporter_line")


def _history_lines(d: Derive) -> str:
    """What became of a case, a step a line."""
    return _lines(d, "steps", "history_line")


def _lines(d: Derive, fact: str, phrase: str) -> str:
    """Each of several, by a template of its own."""
    listed = d.facts.get(fact)
    items = listed if isinstance(listed, list | tuple) else ()
    template = d.words["phrase"][phrase]
    return "\n".join(fill(template, d.inner(facts)) for facts in items if isinstance(facts, Mapping))


def _board_lines(d: Derive) -> str:
    """Somebody's own units, a line each."""
    return _lines(d, "own", "board_line")


def _below_lines(d: Derive) -> str:
    """The units below them."""
    return _lines(d, "below", "board_line")


def _patrol_lines(d: Derive) -> str:
    """What was reported on a patrol, and who has it."""
    return _lines(d, "cases", "patrol_line")


def _patrol_unit(d: Derive) -> str:
    """The unit that has it; as long as that is being looked for, the office."""
    looked_for = d.facts.get("state") == "triage"
    return d.words["phrase"]["with_office"] if looked_for else d.plain("lead")


_LOOKED_FOR = {
    "number": "find_number",
    "units": "find_units",
    "areas": "find_areas",
    "categories": "find_categories",
    "states": "find_states",
    "days": "find_days",
    "said_words": "find_words",
}


def _understood(d: Derive) -> str:
    """What was understood of a search, sort by sort."""
    phrases = d.words["phrase"]
    return phrases["find_comma"].join(fill(phrases[key], d) for blank, key in _LOOKED_FOR.items() if d[blank])


def _states(d: Derive) -> str:
    """The states that are looked for; being overdue is said like one."""
    listed = d.facts.get("states")
    states = [d.words["state"][str(state)] for state in listed] if isinstance(listed, list | tuple) else []
    overdue = [d.words["phrase"]["overdue"]] if d.facts.get("overdue") else []
    return d.words["phrase"]["list"].join((*states, *overdue))


_BECAUSE = {
    "trade": "because_trade",
    "community": "because_community",
    "street": "because_street",
    "returned": "because_returned",
}


def _suggestion_lines(d: Derive) -> str:
    """The units that may be right, each with the reason."""
    listed = d.facts.get("suggestions")
    units = [facts for facts in listed if isinstance(facts, Mapping)] if isinstance(listed, list | tuple) else []
    phrases = d.words["phrase"]
    return "\n".join(fill(phrases[_BECAUSE[str(facts["because"])]], d.inner({**d.facts, **facts})) for facts in units)


def _suggestion_head(d: Derive) -> str:
    return d.words["phrase"]["suggestion_head"] if d.facts.get("suggestions") else ""


def _by_rule(d: Derive) -> str:
    return d.words["phrase"]["by_rule"] if d.facts.get("by_rule") else ""


def _left(d: Derive) -> str:
    """The time that a unit gets back."""
    unit = str(d.facts.get("left_unit") or "")
    return fill(d.words["unit_of_time"][unit], {"value": d.plain("left")}) if unit else ""


def _page_note(d: Derive) -> str:
    """Which page of how many, where there is more than one."""
    pages = d.facts.get("pages")
    return fill(d.words["phrase"]["page_of"], d) if isinstance(pages, int) and pages > 1 else ""


def _units_in_all(d: Derive) -> str:
    """How many units there are below somebody's own, where there are any."""
    return fill(d.words["phrase"]["units_in_all"], d) if d.facts.get("count") else ""


LISTED: Mapping[str, Callable[[Derive], str]] = {
    "person_line": _person_line,
    "people_lines": _people_lines,
    "lost": _lost,
    "reporter_lines": _reporter_lines,
    "history_lines": _history_lines,
    "language": _language,
    "blocked": _blocked,
    "board_lines": _board_lines,
    "below_lines": _below_lines,
    "patrol_lines": _patrol_lines,
    "patrol_unit": _patrol_unit,
    "understood": _understood,
    "states": _states,
    "page_note": _page_note,
    "units_in_all": _units_in_all,
    "suggestion_head": _suggestion_head,
    "suggestion_lines": _suggestion_lines,
    "by_rule": _by_rule,
    "left": _left,
}
