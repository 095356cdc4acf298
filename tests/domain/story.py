"""A case lived through step by step: a cast in which everybody has one part, and what each verb is usually done with.

The usual case is 卫生死角 (0304, led by the street, 2 working days) in S01C02: lead S01, paired unit D02, overseer D17,
supervising group G3. Wall times are those of the district, in 2026.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.act import NO_INPUTS, Act, Filing, Inputs
from domain.case import Case, Decision, Event, How, Mark, Reporter
from domain.district import District
from domain.gist import Place
from domain.life import Verb
from domain.people import CLOCK, Actor, Role, RoleKind
from domain.workflow import decide, file

NUMBER = "XM-260421-007"
BEHIND_THE_MARKET = Place("长江农贸市场后院", "S01", "S01C02")

_ZONE = ZoneInfo("Asia/Shanghai")


def local(text: str) -> datetime:
    """An instant by the clocks of the district, as in `04-21 09:00`."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=_ZONE)


def officer(person: int, *units: str) -> Actor:
    """Somebody bound to these units."""
    return Actor(person, tuple(Role(RoleKind.OFFICER, unit=unit) for unit in units))


def volunteer(person: int, *areas: str) -> Actor:
    """Somebody who checks in these areas."""
    return Actor(person, tuple(Role(RoleKind.VOLUNTEER, area=area) for area in areas))


RESIDENT = Actor(900_001)
REPORTER = Reporter(900_001)
CAST: Mapping[str, Actor] = {
    "reporter": RESIDENT,
    "lead": officer(11, "S01"),
    "partner": officer(12, "D02"),
    "volunteer": volunteer(13, "S01C02"),
    "group": officer(14, "G3"),
    "office": officer(15, "O01"),
    "overseer": officer(16, "D17"),
    "other unit": officer(17, "S02"),
    "other volunteer": volunteer(18, "S02C01"),
    "somebody": Actor(19),
    "clock": CLOCK,
}

UNTIL = local("05-20 17:30")

GIVEN: Mapping[Verb, Inputs] = {
    Verb.ADD: Inputs(words="还有一堆在墙后"),
    Verb.JOIN: Inputs(words="我也看到了"),
    Verb.ANSWER: Inputs(words="在东门"),
    Verb.DISPATCH: Inputs(unit="S02"),
    Verb.ASK: Inputs(words="在哪个门？"),
    Verb.REJECT: Inputs(reason="不在本区"),
    Verb.CORRECT: Inputs(category="0205"),
    Verb.RETURN: Inputs(reason="not_ours", words="是物业的院子"),
    Verb.REPLY: Inputs(words="已清走", photos=2),
    Verb.PASS: Inputs(how=How.SEEN),
    Verb.FAIL: Inputs(reason="墙角还有"),
    Verb.RATE: Inputs(mark=Mark.GOOD),
    Verb.ASK_REWORK: Inputs(reason="又堆上了"),
    Verb.UPHOLD: Inputs(reason="是新的问题"),
    Verb.DRAW: Inputs(reason="根本没清"),
    Verb.ASK_EXTENSION: Inputs(reason="等车", until=UNTIL),
    Verb.ASK_SUSPENSION: Inputs(reason="等拆迁", until=UNTIL),
    Verb.DECLINE: Inputs(reason="来得及"),
    Verb.SUPERVISE: Inputs(words="请抓紧"),
    Verb.MERGE: Inputs(case="XM-260420-001"),
    Verb.VOID: Inputs(reason="测试"),
}
"""What a verb is done with when nothing else is said; the others need nothing."""

DOER: Mapping[Verb, str] = {
    **dict.fromkeys(Verb, "office"),
    **dict.fromkeys(
        (Verb.ACKNOWLEDGE, Verb.RETURN, Verb.REPLY, Verb.ASK_EXTENSION, Verb.ASK_SUSPENSION),
        "lead",
    ),
    **dict.fromkeys(
        (Verb.WITHDRAW, Verb.ADD, Verb.ANSWER, Verb.SOLVED, Verb.UNSOLVED, Verb.RATE, Verb.ASK_REWORK),
        "reporter",
    ),
    **dict.fromkeys((Verb.PASS, Verb.FAIL, Verb.DRAW), "partner"),
    Verb.JOIN: "somebody",
    **dict.fromkeys((Verb.RESUME, Verb.DISSOLVE), "clock"),
}
"""Who does it when nobody else is named."""


@dataclass(slots=True)
class Story:
    """A case and everything that has happened to it."""

    district: District
    case: Case
    events: list[Event] = field(default_factory=list)

    def then(self, verb: Verb, at: str | datetime, by: str | Actor | None = None, **given: Any) -> "Story":
        """Something more happens; `given` replaces parts of what the verb is usually done with."""
        decision = self.decided(verb, at, by, replace(GIVEN.get(verb, NO_INPUTS), **given))
        self.case = decision.case
        self.events.append(decision.event)
        return self

    def decided(self, verb: Verb, at: str | datetime, by: str | Actor | None, inputs: Inputs) -> Decision:
        """What would become of the case, without it happening."""
        actor = by if isinstance(by, Actor) else CAST[by or DOER[verb]]
        instant = local(at) if isinstance(at, str) else at
        return decide(self.case, Act(verb, actor, instant, inputs), self.district)

    def joined_by(self, *reporters: Reporter) -> "Story":
        """Others have reported the same problem."""
        self.case = replace(self.case, reporters=(*self.case.reporters, *reporters))
        return self


def filed(
    district: District,
    at: str = "04-21 09:00",
    *,
    category: str | None = "0304",
    place: Place = BEHIND_THE_MARKET,
    reporter: Reporter = REPORTER,
    urgent: bool = False,
) -> Story:
    """A story that begins with a report filed at that time."""
    filing = Filing(NUMBER, reporter, local(at), category, place, "市场后院一大堆垃圾", urgent)
    decision = file(filing, district, local(at))
    return Story(district, decision.case, [decision.event])


def before_the_holidays(district: District, *then: tuple[Verb, str]) -> Story:
    """The usual case, filed two working hours before the holidays of May: on 04-30 at 15:30, due on 05-07 at 15:30.

    Thursday 30 April is a workday, 1–5 May are holidays, 6–8 May are workdays, and so is Saturday 9 May (调休).
    """
    story = filed(district, "04-30 15:30")
    for verb, at in then:
        story.then(verb, at)
    return story
