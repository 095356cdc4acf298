"""The product's table "The life of a case", written down a second time, so that the first can be held against it."""

from dataclasses import dataclass

from domain.case import State
from domain.district import District
from domain.life import Need, Verb
from tests.domain.story import CAST, Story, filed

TRIAGE, DISPATCHED, RECTIFYING, CHECKING, SUSPENDED, CLOSED, REJECTED, VOID, MERGED = State

IN_HAND = (DISPATCHED, RECTIFYING)
ANY_OPEN = (TRIAGE, DISPATCHED, RECTIFYING, CHECKING, SUSPENDED)

DECIDED = (CHECKING, CLOSED)
"""Where a request can still be decided after the reply."""

CHECKERS = ("partner", "volunteer", "office")
EVERYBODY = tuple(name for name in CAST if name != "clock")

EARLIER, NOW = "04-21 10:00", "04-22 10:00"
"""When a case is brought to its state, and when somebody acts on it."""

KEPT = "kept"
"""The due time stays as it is; where the clock stands still, it goes on standing."""


@dataclass(frozen=True, slots=True)
class Line:
    """From where, which verb, who of the cast, to where (None: it stays); what it needs; the due time after it.

    `before` is what must have happened in the state the verb starts from; `later` are further states it starts from
    when that happened earlier on, which have tests of their own. The due time holds for the usual case,
    filed on 04-21 at 09:00, brought to its state at `EARLIER` and acted on at `NOW`.
    """

    verb: Verb
    sources: tuple[State, ...]
    who: tuple[str, ...]
    to: State | None
    needs: tuple[Need, ...] = ()
    due: str | None = KEPT
    before: tuple[Verb, ...] = ()
    later: tuple[State, ...] = ()


TABLE: tuple[Line, ...] = (
    Line(Verb.WITHDRAW, (DISPATCHED,), ("reporter",), VOID, due=None),
    Line(Verb.ADD, ANY_OPEN, ("reporter",), None, (Need.ADDITION,)),
    Line(Verb.JOIN, ANY_OPEN, EVERYBODY, None),
    Line(Verb.DISPATCH, (TRIAGE,), ("office",), DISPATCHED, (Need.UNIT,), due="04-24 10:00"),
    Line(Verb.ASK, (TRIAGE,), ("office",), None, (Need.WORDS,)),
    Line(Verb.ANSWER, (TRIAGE,), ("reporter",), None, (Need.ADDITION,), before=(Verb.ASK,)),
    Line(Verb.REJECT, (TRIAGE,), ("office",), REJECTED, (Need.REASON,), due=None),
    Line(Verb.CORRECT, ANY_OPEN, ("office",), None, (Need.TARGET,)),
    Line(Verb.ACKNOWLEDGE, (DISPATCHED,), ("lead",), RECTIFYING),
    Line(Verb.RETURN, IN_HAND, ("lead",), TRIAGE, (Need.RETURN_REASON, Need.WORDS), due=None),
    Line(Verb.SEND_BACK, (TRIAGE,), ("office",), DISPATCHED, due="04-24 09:00"),
    Line(Verb.REPLY, IN_HAND, ("lead",), CHECKING, (Need.PHOTO, Need.WORDS)),
    Line(Verb.PASS, (CHECKING,), CHECKERS, CLOSED, (Need.HOW,)),
    Line(Verb.FAIL, (CHECKING,), CHECKERS, RECTIFYING, (Need.REASON,)),
    Line(Verb.SOLVED, (CHECKING,), ("reporter",), CLOSED),
    Line(Verb.UNSOLVED, (CHECKING,), ("reporter",), None),
    Line(Verb.RATE, (CLOSED,), ("reporter",), None, (Need.MARK,)),
    Line(Verb.ASK_REWORK, (CLOSED,), ("reporter",), None, (Need.REASON,)),
    Line(Verb.REOPEN, (CLOSED,), ("office",), RECTIFYING, due="04-23 10:00", before=(Verb.ASK_REWORK,)),
    Line(Verb.UPHOLD, (CLOSED,), ("office",), None, (Need.REASON,), before=(Verb.ASK_REWORK,)),
    Line(Verb.ASK_EXTENSION, IN_HAND, ("lead",), None, (Need.REASON, Need.UNTIL)),
    Line(Verb.EXTEND, IN_HAND, ("office",), None, due="05-20 17:30", before=(Verb.ASK_EXTENSION,), later=DECIDED),
    Line(Verb.DECLINE, IN_HAND, ("office",), None, (Need.REASON,), before=(Verb.ASK_EXTENSION,), later=DECIDED),
    Line(Verb.ASK_SUSPENSION, IN_HAND, ("lead",), None, (Need.REASON, Need.UNTIL)),
    Line(Verb.SUSPEND, IN_HAND, ("office",), SUSPENDED, due=None, before=(Verb.ASK_SUSPENSION,), later=DECIDED),
    Line(Verb.RESUME, (SUSPENDED,), ("clock",), RECTIFYING, due="05-22 16:30"),
    Line(Verb.SUPERVISE, ANY_OPEN, ("group", "office"), None, (Need.WORDS,)),
    Line(Verb.MERGE, ANY_OPEN, ("office",), MERGED, (Need.CASE,), due=None),
    Line(Verb.VOID, ANY_OPEN, ("office",), VOID, (Need.REASON,), due=None),
    Line(Verb.DRAW, (CLOSED,), CHECKERS, RECTIFYING, (Need.REASON,), due="04-23 10:00"),
    Line(Verb.DISSOLVE, ANY_OPEN, ("clock",), TRIAGE, due=None),
)

WAYS: dict[State, tuple[Verb, ...]] = {
    TRIAGE: (Verb.RETURN,),
    DISPATCHED: (),
    RECTIFYING: (Verb.ACKNOWLEDGE,),
    CHECKING: (Verb.ACKNOWLEDGE, Verb.REPLY),
    SUSPENDED: (Verb.ACKNOWLEDGE, Verb.ASK_SUSPENSION, Verb.SUSPEND),
    CLOSED: (Verb.ACKNOWLEDGE, Verb.REPLY, Verb.PASS),
    REJECTED: (Verb.RETURN, Verb.REJECT),
    VOID: (Verb.VOID,),
    MERGED: (Verb.MERGE,),
}
"""How a case that has just been filed comes to stand in each state."""


def standing(district: District, state: State, *then: Verb) -> Story:
    """The usual case, come to stand in a state; and what has happened there since."""
    story = filed(district)
    for verb in (*WAYS[state], *then):
        story.then(verb, EARLIER)
    return story
