"""The life of a case as one table: from where, which verb, who, to where, and what it needs.

Whatever is not in `LIFE` is refused. The effects (what becomes of the due time) stand in `workflow`,
one small function a verb; the right to act is granted in `people.may`, from the column `who`.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.case import OPEN, Part, State


class Verb(StrEnum):
    """What can be done to a case. The buttons' words are `button.<verb>` in `bot/texts`."""

    FILE = "file"
    WITHDRAW = "withdraw"
    ADD = "add"
    JOIN = "join"
    DISPATCH = "dispatch"
    ASK = "ask"
    ANSWER = "answer"
    REJECT = "reject"
    CORRECT = "correct"
    ACKNOWLEDGE = "acknowledge"
    RETURN = "return"
    SEND_BACK = "send_back"
    REPLY = "reply"
    PASS = "pass"  # noqa: S105 — a verb, not a password
    FAIL = "fail"
    SOLVED = "solved"
    UNSOLVED = "unsolved"
    RATE = "rate"
    ASK_REWORK = "ask_rework"
    REOPEN = "reopen"
    UPHOLD = "uphold"
    ASK_EXTENSION = "ask_extension"
    ASK_SUSPENSION = "ask_suspension"
    EXTEND = "extend"
    SUSPEND = "suspend"
    DECLINE = "decline"
    RESUME = "resume"
    SUPERVISE = "supervise"
    MERGE = "merge"
    VOID = "void"
    DRAW = "draw"
    DISSOLVE = "dissolve"
    LOOK = "look"


class Need(StrEnum):
    """What must be given with a verb; asked for one after the other."""

    UNIT = "unit"
    CATEGORY = "category"
    TARGET = "target"
    PLACE = "place"
    REASON = "reason"
    RETURN_REASON = "return_reason"
    WORDS = "words"
    PHOTO = "photo"
    HOW = "how"
    UNTIL = "until"
    MARK = "mark"
    CASE = "case"
    ADDITION = "addition"
    VERB = "verb"


RETURN_REASONS = ("not_ours", "wrong_place", "duplicate", "too_little")
"""退回: 非我单位职责, 地点有误, 重复, 信息不足. Their words stand in `bot/texts`."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of the table. `to` None leaves the state as it is."""

    verb: Verb
    sources: frozenset[State]
    who: tuple[Part, ...]
    to: State | None
    needs: tuple[Need, ...] = ()


def _at(*states: State) -> frozenset[State]:
    return frozenset(states)


_IN_HAND = _at(State.DISPATCHED, State.RECTIFYING)
_UNTIL_DECIDED = _IN_HAND | _at(State.CHECKING, State.CLOSED)

LIFE: tuple[Edge, ...] = (
    # The reporter may take it back until the lead has acknowledged it, if nobody has joined.
    Edge(Verb.WITHDRAW, _at(State.DISPATCHED), (Part.REPORTER,), State.VOID),
    Edge(Verb.ADD, OPEN, (Part.REPORTER,), None, (Need.ADDITION,)),
    # 是同一个问题: somebody else reports it, too.
    Edge(Verb.JOIN, OPEN, (Part.NEIGHBOUR,), None),
    # The office sorts what has no lead.
    Edge(Verb.DISPATCH, _at(State.TRIAGE), (Part.OFFICE,), State.DISPATCHED, (Need.UNIT,)),
    Edge(Verb.ASK, _at(State.TRIAGE), (Part.OFFICE,), None, (Need.WORDS,)),
    Edge(Verb.ANSWER, _at(State.TRIAGE), (Part.REPORTER,), None, (Need.ADDITION,)),
    Edge(Verb.REJECT, _at(State.TRIAGE), (Part.OFFICE,), State.REJECTED, (Need.REASON,)),
    Edge(Verb.SEND_BACK, _at(State.TRIAGE), (Part.OFFICE,), State.DISPATCHED),
    Edge(Verb.CORRECT, OPEN, (Part.OFFICE,), None, (Need.TARGET,)),
    # The lead works.
    Edge(Verb.ACKNOWLEDGE, _at(State.DISPATCHED), (Part.LEAD,), State.RECTIFYING),
    Edge(Verb.RETURN, _IN_HAND, (Part.LEAD,), State.TRIAGE, (Need.RETURN_REASON, Need.WORDS)),
    Edge(Verb.REPLY, _IN_HAND, (Part.LEAD,), State.CHECKING, (Need.PHOTO, Need.WORDS)),
    Edge(Verb.ASK_EXTENSION, _IN_HAND, (Part.LEAD,), None, (Need.REASON, Need.UNTIL)),
    Edge(Verb.ASK_SUSPENSION, _IN_HAND, (Part.LEAD,), None, (Need.REASON, Need.UNTIL)),
    # A request stays open through the reply. Agreed to after it, a suspension moves only the due time: see `effects`.
    Edge(Verb.EXTEND, _UNTIL_DECIDED, (Part.OFFICE,), None),
    Edge(Verb.SUSPEND, _UNTIL_DECIDED, (Part.OFFICE,), State.SUSPENDED),
    Edge(Verb.DECLINE, _UNTIL_DECIDED, (Part.OFFICE,), None, (Need.REASON,)),
    Edge(Verb.RESUME, _at(State.SUSPENDED), (Part.CLOCK,), State.RECTIFYING),
    # Somebody else checks.
    Edge(Verb.PASS, _at(State.CHECKING), (Part.CHECKER,), State.CLOSED, (Need.HOW,)),
    Edge(Verb.FAIL, _at(State.CHECKING), (Part.CHECKER,), State.RECTIFYING, (Need.REASON,)),
    # `to` CLOSED is reached only when every reporter who answered agrees: see `workflow`.
    Edge(Verb.SOLVED, _at(State.CHECKING), (Part.REPORTER,), State.CLOSED),
    Edge(Verb.UNSOLVED, _at(State.CHECKING), (Part.REPORTER,), None),
    # After the closing. A case is reopened in triage when its lead is gone: see `effects`.
    Edge(Verb.RATE, _at(State.CLOSED), (Part.REPORTER,), None, (Need.MARK,)),
    Edge(Verb.ASK_REWORK, _at(State.CLOSED), (Part.REPORTER,), None, (Need.REASON,)),
    Edge(Verb.REOPEN, _at(State.CLOSED), (Part.OFFICE,), State.RECTIFYING),
    Edge(Verb.UPHOLD, _at(State.CLOSED), (Part.OFFICE,), None, (Need.REASON,)),
    Edge(Verb.DRAW, _at(State.CLOSED), (Part.CHECKER,), State.RECTIFYING, (Need.REASON,)),
    # From above, and from the district's data.
    Edge(Verb.SUPERVISE, OPEN, (Part.SUPERVISOR, Part.OFFICE), None, (Need.WORDS,)),
    Edge(Verb.MERGE, OPEN, (Part.OFFICE,), State.MERGED, (Need.CASE,)),
    Edge(Verb.VOID, OPEN, (Part.OFFICE,), State.VOID, (Need.REASON,)),
    Edge(Verb.DISSOLVE, OPEN, (Part.CLOCK,), State.TRIAGE),
)

LOOK = Edge(Verb.LOOK, frozenset(State), (Part.OFFICE,), None, (Need.REASON,))
"""To see who reported: no line of the table, since nothing becomes of the case, but granted and asked about alike.

It is recorded as a look, not as an event.
"""

EDGES = {edge.verb: edge for edge in (*LIFE, LOOK)}


def verbs_from(state: State) -> tuple[Verb, ...]:
    """What the table allows where a case stands, in the table's order, whoever asks."""
    return tuple(edge.verb for edge in LIFE if state in edge.sources)
