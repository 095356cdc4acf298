"""The buttons of a draft's card: choosing, going back, 提交, 放弃. Each brings the card up to date."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from domain import intake
from domain.case import State
from domain.draft import Draft, Gap, Menu, Phase
from domain.errors import Outdated
from domain.gist import Place
from domain.messages import Toast
from handlers import allowance, report
from handlers.belongings import followed
from handlers.desk import Desk

OnDraft = Callable[[Desk, Draft, str], Toast | None]


_ASKS = {Menu.STREETS: Gap.PLACE, Menu.GROUPS: Gap.CATEGORY}
"""What a list that 提交 opened is to fill in."""


def submit(desk: Desk, draft: Draft, _argument: str) -> Toast:
    """提交: files it, or opens the choice of what is missing, once."""
    draft, ready = intake.submit(draft, desk.wall)
    if ready and allowance.used_up(desk, draft):
        return allowance.hold(desk, draft)
    if ready:
        case = report.file(desk, draft)
        return Toast("filed", {"number": case.number})
    report.put(desk, draft)
    return Toast("lacking", {"gap": _ASKS.get(draft.menu, Gap.CONTENT).value})


def menu(desk: Desk, draft: Draft, argument: str) -> Toast | None:
    """Another choice on the card, or back from it."""
    report.put(desk, intake.open_menu(draft, Menu(argument), "", desk.wall))
    return None


def group(desk: Desk, draft: Draft, argument: str) -> Toast | None:
    """A group of categories was picked."""
    report.put(desk, intake.open_menu(draft, Menu.CATEGORIES, argument, desk.wall))
    return None


def street(desk: Desk, draft: Draft, argument: str) -> Toast | None:
    """A street was picked: which community of it?"""
    report.put(desk, intake.open_menu(draft, Menu.COMMUNITIES, argument, desk.wall))
    return None


def category(desk: Desk, draft: Draft, argument: str) -> Toast:
    """A category was picked."""
    report.put(desk, intake.choose_category(draft, argument, desk.wall))
    return Toast("noted")


def community(desk: Desk, draft: Draft, argument: str) -> Toast:
    """A community was picked."""
    place = Place(street=desk.district.street_of(argument), community=argument, how="menu")
    report.put(desk, intake.choose_place(draft, place, desk.wall))
    return Toast("noted")


def whole_street(desk: Desk, draft: Draft, argument: str) -> Toast:
    """The street is all the person can say."""
    report.put(desk, intake.choose_place(draft, Place(street=argument, how="menu"), desk.wall))
    return Toast("noted")


def candidate(desk: Desk, draft: Draft, argument: str) -> Toast:
    """One of several places with the same name was picked."""
    index = int(argument)
    if index >= len(draft.places):
        raise Outdated("old_button")
    report.put(desk, intake.choose_place(draft, draft.places[index], desk.wall))
    return Toast("noted")


def same_place(desk: Desk, draft: Draft, _argument: str) -> Toast:
    """On a patrol: where the report before was."""
    if draft.earlier is None:
        raise Outdated("old_button")
    report.put(desk, intake.choose_place(draft, draft.earlier, desk.wall))
    return Toast("noted")


def unclear(desk: Desk, draft: Draft, argument: str) -> Toast:
    """说不清: an answer like any other."""
    report.put(desk, intake.unclear(draft, Gap(argument), desk.wall))
    return Toast("noted")


def add(desk: Desk, draft: Draft, _argument: str) -> Toast:
    """补充."""
    report.join(desk, draft)
    return Toast("noted")


def other(desk: Desk, draft: Draft, _argument: str) -> Toast:
    """另报: a report of its own, which is not about the case filed before."""
    own = replace(draft, phase=Phase.OPEN, after=None, apart=draft.after, touched_at=desk.wall, rev=draft.rev + 1)
    report.put(desk, own)
    return Toast("noted")


def same(desk: Desk, draft: Draft, _argument: str) -> Toast:
    """是同一个问题: one more report of an open case; when it was closed, the problem has come back.

    One that was merged is joined where it is part of now. What has otherwise ended meanwhile is no case any more, so
    the report becomes one of its own.
    """
    if draft.near is None:
        raise Outdated("old_button")
    case = followed(desk, draft.near)
    if case.open:
        own = draft.person in case.people
        report.join_other(desk, draft, case)
        return Toast("noted") if own else Toast("joined", {"number": case.number})
    recurs = case.number if case.state is State.CLOSED else None
    return Toast("filed", {"number": report.file(desk, draft, recurs=recurs).number})


def give_up(desk: Desk, draft: Draft, _argument: str) -> Toast:
    """放弃, confirmed."""
    report.close(desk, draft)
    return Toast("given_up")


BUTTONS: Mapping[str, OnDraft] = {
    "draft_submit": submit,
    "draft_menu": menu,
    "draft_group": group,
    "draft_category": category,
    "draft_street": street,
    "draft_community": community,
    "draft_whole_street": whole_street,
    "draft_candidate": candidate,
    "draft_same_place": same_place,
    "draft_unclear": unclear,
    "draft_add": add,
    "draft_other": other,
    "draft_same": same,
    "draft_give_up": give_up,
}
"""By the verb of the button's row."""

LASTING = frozenset(
    {
        "draft_menu",
        "draft_group",
        "draft_category",
        "draft_street",
        "draft_community",
        "draft_whole_street",
        "draft_same_place",
        "draft_unclear",
        "draft_add",
        "draft_other",
    }
)
"""The buttons that mean the same whatever has become of the card since; the others hold on the newest card only."""
