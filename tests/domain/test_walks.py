"""Random walks: whoever does whatever, whenever, a case stays what it is said to be."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.act import NO_INPUTS, Act, Inputs
from domain.case import OPEN, Case, How, Mark, Reporter, State, Wish
from domain.district import District
from domain.errors import DomainError
from domain.gist import Place
from domain.life import LIFE, Verb
from domain.people import Actor
from domain.workflow import decide, possible
from storage.district.files import parse, read
from tests.domain.story import CAST, RESIDENT, Story, filed, local, officer

PLACES = (
    Place("院", "S01", "S01C02"),
    Place("村口", "S05", "S05V07"),
    Place("站前", "S06", "S06C02"),
    Place("路", "S02"),
)
CATEGORIES = ("0304", "0401", "0301", "0901", "0404")
UNITS = ("S01", "S02", "S05", "S06", "D17", "D01", "S01C02", "S05V07")

NEIGHBOUR = 900_002
ACTORS = (*CAST.values(), officer(21, *UNITS), officer(22, "D02", "D14", "D17"), Actor(NEIGHBOUR))

ENDINGS = {Verb.WITHDRAW, Verb.REJECT, Verb.MERGE, Verb.VOID}
STOPS = {Verb.RETURN, Verb.SUSPEND, Verb.DISSOLVE}
STARTS = {Verb.DISPATCH, Verb.SEND_BACK, Verb.CORRECT, Verb.EXTEND, Verb.RESUME, Verb.REOPEN, Verb.DRAW, Verb.SUSPEND}
BY_THE_WAY = ENDINGS | {Verb.ADD, Verb.SUPERVISE, Verb.CORRECT, Verb.DISSOLVE}
"""What would cut most walks short, or fill them; it is left to those who try anything."""

FULL = Inputs(reason="not_ours", words="一句话", photos=1, how=How.SEEN, mark=Mark.BAD, case="XM-260420-001")
INPUTS = (
    *(replace(FULL, unit=unit, category=category) for unit in UNITS for category in CATEGORIES),
    *(replace(FULL, unit="S02", place=place) for place in PLACES),
)
WAITS = [timedelta(minutes=5), timedelta(hours=2), timedelta(days=1), timedelta(days=6)]

longer = st.integers(-1, 9).map(lambda days: timedelta(days=days))


@cache
def district() -> District:
    """The sample district; machines know no fixtures."""
    return parse(read(Path(__file__).parents[2] / "districts" / "ximing"))


class Life(RuleBasedStateMachine):
    """One case among people who try everything."""

    def __init__(self) -> None:
        super().__init__()
        self.now = local("04-29 09:00")
        self.before: Case | None = None

    @initialize(
        category=st.sampled_from([None, *CATEGORIES]), place=st.sampled_from([Place(), *PLACES]), joined=st.booleans()
    )
    def file(self, category: str | None, place: Place, joined: bool) -> None:
        """It begins with a resident's report, which a neighbour may have joined."""
        self.story: Story = filed(district(), "04-29 09:00", category=category, place=place)
        if joined:
            self.story.joined_by(Reporter(NEIGHBOUR))

    @rule(
        pick=st.integers(0, 9999),
        given=st.sampled_from(INPUTS),
        wait=st.sampled_from(WAITS),
        longer=longer,
    )
    def somebody_does_something_they_can(self, pick: int, given: Inputs, wait: timedelta, longer: timedelta) -> None:
        """With all it needs, so that walks get far."""
        self.now += wait
        able = [
            (verb, actor)
            for actor in ACTORS
            for verb in possible(self.story.case, actor, self.now, self.story.district)
            if verb not in BY_THE_WAY
        ]
        verbs = list(dict.fromkeys(verb for verb, _ in able))
        if able:
            verb = verbs[pick % len(verbs)]
            actors = [actor for other, actor in able if other is verb]
            self._try(verb, actors[pick % len(actors)], given, longer)

    @rule(
        verb=st.sampled_from([edge.verb for edge in LIFE]),
        actor=st.sampled_from(ACTORS),
        given=st.sampled_from([NO_INPUTS, *INPUTS]),
        longer=longer,
    )
    def anybody_tries_anything(self, verb: Verb, actor: Actor, given: Inputs, longer: timedelta) -> None:
        """Most of it is refused, with a sentence."""
        self._try(verb, actor, given, longer)

    def _try(self, verb: Verb, actor: Actor, given: Inputs, longer: timedelta) -> None:
        given = replace(given, until=(self.story.case.due_at or self.now) + longer)
        try:
            decision = decide(self.story.case, Act(verb, actor, self.now, given), self.story.district)
        except DomainError:
            return
        self.before = self.story.case
        self.story.case = decision.case
        self.story.events.append(decision.event)

    @invariant()
    def every_change_is_an_event(self) -> None:
        """Numbered without gaps, and the last says how the case stands."""
        case, events = self.story.case, self.story.events
        assert [event.seq for event in events] == list(range(1, case.version + 1))
        last = events[-1]
        assert (last.state, last.due_at, last.detail.get("lead")) == (case.state, case.due_at, case.lead)

    @invariant()
    def the_case_is_open_as_long_as_its_state_is(self) -> None:
        """And closed or merged exactly then."""
        case = self.story.case
        assert case.open is (case.state in OPEN)
        assert (case.closed_at is not None) is (case.state is State.CLOSED)
        assert (case.merged_into is not None) is (case.state is State.MERGED)

    @invariant()
    def a_case_that_had_a_unit_has_a_clock_that_runs_or_stands(self) -> None:
        """It stands in triage and while suspended, and is gone after an ending."""
        case = self.story.case
        if case.open and case.first_dispatched_at is not None:
            assert (case.due_at is None) is not (case.left is None)
            assert (case.due_at is None) is (case.state in (State.TRIAGE, State.SUSPENDED))
        elif case.state is not State.CLOSED:
            assert (case.due_at, case.left) == (None, None)

    @invariant()
    def somebody_answers_for_what_is_not_in_triage(self) -> None:
        """Within a limit."""
        case = self.story.case
        if case.open and case.state is not State.TRIAGE:
            assert case.lead is not None
            assert case.limit is not None

    @invariant()
    def what_runs_or_waits_belongs_to_the_state(self) -> None:
        """Nothing is left over from a state before."""
        case = self.story.case
        assert (case.suspended_until is not None) is (case.state is State.SUSPENDED)
        assert (case.check_due_at is not None) is (case.state is State.CHECKING)
        assert case.redo_at is None or case.state is State.RECTIFYING
        assert case.state is State.TRIAGE or not (case.asked or case.returned)

    @invariant()
    def requests_wait_only_where_they_can_be_decided(self) -> None:
        """An open case has no request for a rework, a closed one none for more time when it was done in time."""
        case = self.story.case
        if case.request is not None:
            after_closing = case.request.wish is Wish.REWORK
            at_work = (State.DISPATCHED, State.RECTIFYING, State.CHECKING, State.CLOSED)
            assert case.state in ((State.CLOSED,) if after_closing else at_work)
            if not after_closing and case.state is State.CLOSED:
                assert case.replied_at is not None
                assert case.due_at is not None
                assert case.replied_at > case.due_at
        assert case.extensions <= self.story.district.settings.extensions

    @invariant()
    def the_due_time_moves_only_by_what_may_move_it(self) -> None:
        """A correction only with the unit."""
        before, after, verb = self.before, self.story.case, self.story.events[-1].verb
        if before is not None and before.due_at != after.due_at:
            assert verb in (STARTS if after.due_at else STOPS | ENDINGS)
            assert verb != Verb.CORRECT or before.lead != after.lead

    @invariant()
    def nobody_has_judged_their_own_work(self) -> None:
        """Neither what they reported, nor what they did, nor what their unit leads."""
        case, last = self.story.case, self.story.events[-1]
        if last.verb in (Verb.PASS, Verb.FAIL, Verb.DRAW):
            assert last.by not in (*case.people, case.replied_by)
            assert last.unit is None or last.unit != case.lead

    @invariant()
    def no_event_names_a_reporter(self) -> None:
        """Units read them."""
        told = repr(self.story.events[-1].detail)
        assert str(RESIDENT.person) not in told
        assert str(NEIGHBOUR) not in told


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=20, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
