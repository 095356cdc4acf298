"""What the card of the office's triage has besides: which units may be right and why, and how many cases wait."""

from domain.case import Case, State
from domain.facts import Facts
from domain.life import Verb
from domain.messages import Style
from domain.option import Option
from domain.suggestions import Because, Suggestion, suggested
from handlers.desk import Desk
from storage import cases


def sorting_facts(desk: Desk, case: Case) -> Facts:
    """The suggestions with their reasons, and where the case stands in the line, as long as it waits there."""
    if not waits(case):
        return {}
    line = cases.triage_line(desk.work, case)
    offered = [_facts(desk, case, one) for one in suggested(case, desk.district)]
    return {"lead": "", "suggestions": offered, "waiting": line.waiting, "turn": line.turn}


def waits(case: Case) -> bool:
    """Whether the office is to decide, and nobody is waited for."""
    return case.state is State.TRIAGE and not case.asked


def dispatching(desk: Desk, case: Case) -> tuple[Option, ...]:
    """A button for each unit that may be right; then any other."""
    units = [one.unit for one in suggested(case, desk.district) if one.because is not Because.RETURNED]
    named = (Option(Verb.DISPATCH.value, unit, name=desk.unit_name(unit), style=Style.PRIMARY) for unit in units)
    return (*named, Option(Verb.DISPATCH.value, label="other_unit" if units else "dispatch"))


def _facts(desk: Desk, case: Case, one: Suggestion) -> Facts:
    return {
        "unit": desk.unit_name(one.unit),
        "because": one.because.value,
        "by_rule": one.by_rule,
        "category": desk.category_name(case.category),
        "left": int(one.left.amount.total_seconds() // 3600) if one.left else 0,
        "left_unit": ("wh" if one.left.working else "h") if one.left else "",
    }
