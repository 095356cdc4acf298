"""What the words need beyond the bare facts: names of states, times in the reader's way, lines for what is there."""

from collections.abc import Callable, Mapping

from bot.texts.blanks import Derive
from bot.texts.catalog import fill
from bot.texts.listed import LISTED

_DONE = frozenset({"closed", "rejected", "void", "merged"})


def _state(d: Derive) -> str:
    """Where the case stands: in the trade's word, for residents in everyday words. Merged: into which."""
    table = "state_resident" if d.facts.get("resident") else "state"
    if d.facts.get("merged"):
        return fill(d.words["phrase"]["merged_resident" if d.facts.get("resident") else "merged"], d)
    returned = d.facts.get("returned") and d.facts.get("state") == "triage"
    return d.words[table]["returned"] if returned else d.word(table, "state")


def _where(d: Derive) -> str:
    """The place, then the community it lies in, else the street."""
    parts = [d.plain("place"), d.plain("community") or d.plain("street")]
    return " · ".join(part for part in parts if part)


def _category(d: Derive) -> str:
    if "gaps" in d.facts:
        return d.plain("category")
    return d.plain("category") or d.words["phrase"]["no_category"]


def _urgent(d: Derive) -> str:
    return d.words["phrase"]["urgent"] if d.facts.get("urgent") else ""


def _limit(d: Derive) -> str:
    unit = str(d.facts.get("limit_unit") or "")
    return fill(d.words["unit_of_time"][unit], {"value": d.plain("limit")}) if unit else ""


def _rework_note(d: Derive) -> str:
    return d.notice("rework_note") if d.facts.get("rework") else ""


def _reporter_note(d: Derive) -> str:
    state = str(d.facts.get("state"))
    note = "done" if state in _DONE else "triage" if state == "triage" else "open"
    return d.notice(f"reporter_note_{note}")


def _partner_note(d: Derive) -> str:
    """What the paired unit is asked for, as long as the case is open."""
    return "" if str(d.facts.get("state")) in _DONE else d.notice("partner_note")


def _question_note(d: Derive) -> str:
    if d.facts.get("state") != "checking":
        return d.notice("question_note_past")
    if d.facts.get("result_lost") and not d.facts.get("opinion"):
        return d.notice("question_note_lost")
    opinion = {"1": "solved", "0": "unsolved"}.get(str(d.facts.get("opinion") or ""))
    return d.notice(f"question_note_{opinion or ('open' if d.facts.get('photos') else 'one')}")


def _closing_note(d: Derive) -> str:
    if d.facts.get("state") != "closed":
        return d.notice("closing_note_past")
    if d.facts.get("wish") == "rework":
        return d.notice("closing_note_wished")
    return d.notice("closing_note_marked" if d.facts.get("mark") else "closing_note_ask")


def _check_note(d: Derive) -> str:
    if d.facts.get("state") != "checking":
        return d.notice("check_note_done")
    return d.notice("check_note_onsite" if d.facts.get("onsite_only") else "check_note_any")


def _done_by(d: Derive) -> str:
    """Until when it is to be done, as long as that is what is waited for."""
    return "" if d.facts.get("state") == "checking" else d.time("due_at")


def _check_by(d: Derive) -> str:
    """Until when it is to be checked, for whoever may be asked to."""
    checking = d.facts.get("state") == "checking" and not d.facts.get("resident")
    return d.time("check_due_at") if checking else ""


def _lost_note(d: Derive) -> str:
    lost = d.facts.get("result_lost") and d.facts.get("state") == "checking"
    return d.notice("lost_note") if lost else ""


def _how(d: Derive) -> str:
    return d.word("how", "how") or d.words["notice"]["how_resident"]


def _rework_reason(d: Derive) -> str:
    """Why it has to be done again, as long as it is being done. A reporter may have shown it instead of saying it."""
    if not d.facts.get("rework") or d.facts.get("state") != "rectifying":
        return ""
    shown = d.facts.get("rework_by") == "reporter"
    return d.plain("rework_reason") or (d.words["phrase"]["see_more"] if shown else "")


def _wish_reason(d: Derive) -> str:
    """Why it is asked for; whoever asks for rework may show it instead of saying it."""
    shown = d.facts.get("wish") == "rework"
    return d.plain("wish_reason") or (d.words["phrase"]["see_photo"] if shown else "")


def _return_reason(d: Derive) -> str:
    return d.word("reason", "reason") if d.facts.get("returned") else ""


def _prompt(d: Derive) -> str:
    """What the draft's card asks for at the moment."""
    prompts = d.words["prompt"]
    gaps = d.facts.get("gaps")
    missing = tuple(str(gap) for gap in gaps) if isinstance(gaps, list | tuple) else ()
    menu = str(d.facts.get("menu") or "none")
    if d.facts.get("after"):
        return fill(prompts["undecided"], d)
    if menu == "kept" and d.facts.get("near"):
        return fill(prompts["kept_near"], d)
    if menu != "none":
        return prompts[menu]
    if d.facts.get("choices"):
        return prompts["choices"]
    if d.facts.get("near"):
        return fill(prompts["near" if d.facts.get("near_metres") else "near_here"], d)
    if not missing:
        return prompts["complete"]
    if "place" in missing and d.facts.get("outside"):
        return prompts["outside"]
    return prompts["both" if {"place", "category"} <= set(missing) else missing[0]]


def _gaps(d: Derive) -> str:
    gaps = d.facts.get("gaps")
    named = [d.words["gap"][str(gap)] for gap in gaps] if isinstance(gaps, list | tuple) else []
    return d.words["phrase"]["list"].join(named)


def _lines(d: Derive, listed: str, template: str) -> str:
    """A line or more for each of the facts inside a fact."""
    inner = d.facts.get(listed)
    each = inner if isinstance(inner, list | tuple) else ()
    return "\n".join(fill(template, d.inner(facts)) for facts in each if isinstance(facts, Mapping))


def _unbound_lines(d: Derive) -> str:
    lines = _lines(d, "unbound", d.words["phrase"]["unbound_line"])
    return f"\n{lines}" if lines else ""


def _others(d: Derive) -> str:
    return fill(d.words["phrase"]["others"], {"count": d.plain("others")}) if d.facts.get("others") else ""


def _only_office(d: Derive) -> str:
    return d.words["phrase"]["only_office"] if d.facts.get("alone") else ""


def _report_lines(d: Derive) -> str:
    listed = d.facts.get("reports")
    reports = listed if isinstance(listed, list | tuple) else ()
    template = d.words["phrase"]["report_line"]
    return "\n".join(fill(template, d.inner(facts)) for facts in reports if isinstance(facts, Mapping))


def _link(d: Derive) -> str:
    return d.escape(d.entry(str(d.facts.get("scene") or ""), bool(d.facts.get("to_group"))))


DERIVED: Mapping[str, Callable[[Derive], str]] = {
    "state": _state,
    "where": _where,
    "category": _category,
    "urgent": _urgent,
    "limit": _limit,
    "rework_note": _rework_note,
    "reporter_note": _reporter_note,
    "partner_note": _partner_note,
    "question_note": _question_note,
    "closing_note": _closing_note,
    "check_note": _check_note,
    "done_by": _done_by,
    "check_by": _check_by,
    "lost_note": _lost_note,
    "how": _how,
    "mark": lambda d: d.word("mark", "mark"),
    "wish": lambda d: d.word("wish", "wish"),
    "wish_reason": _wish_reason,
    "shows": lambda d: d.word("photo", "shows"),
    "rework_reason": _rework_reason,
    "rework_by": lambda d: d.word("rework_by", "rework_by"),
    "return_reason": _return_reason,
    "last": lambda d: d.word("did", "last"),
    "done": lambda d: d.time("done_at"),
    "done_words": lambda d: d.words["toast"].get(f"done_{d.facts.get('did')}", ""),
    "gap": lambda d: d.word("gap", "gap"),
    "why_word": lambda d: d.word("why", "why"),
    "what": lambda d: d.word("strange", "what"),
    "said_reason": lambda d: d.word("reason", "said_reason") or d.plain("said_words"),
    "office_help": lambda d: d.notice("office_help") if d.facts.get("office") else "",
    "near_who": lambda d: d.words["phrase"]["near_you" if d.facts.get("near_own") else "near_somebody"],
    "near_asks": lambda d: d.words["phrase"]["near_adds" if d.facts.get("near_adds") else "near_same"],
    "near_state": lambda d: d.word("state_resident", "near_state"),
    "draft_note": lambda d: d.notice("mydata_draft") if d.facts.get("draft") else "",
    "patrol_note": lambda d: d.notice("mydata_patrol") if d.facts.get("patrol") else "",
    "draft_goes": lambda d: d.notice("forget_draft") if d.facts.get("draft") else "",
    "prompt": _prompt,
    "gaps": _gaps,
    "case_lines": lambda d: _lines(d, "cases", d.words["phrase"]["case_line"]),
    "report_lines": _report_lines,
    "unbound_lines": _unbound_lines,
    "unit_kind": lambda d: d.word("unit_kind", "unit_kind"),
    "others": _others,
    "only_office": _only_office,
    **LISTED,
    "link": _link,
}
