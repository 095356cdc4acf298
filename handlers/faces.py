"""The faces of a case: which facts and pictures a reader sees on a card, by the view and by their rights.

The buttons come from `face_options`.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from domain.act import NO_INPUTS
from domain.brief import brief
from domain.case import Case, Event
from domain.district import OFFICE
from domain.draft import Draft, gaps
from domain.facts import Fact, Facts, millis
from domain.gist import Place
from domain.life import Verb
from domain.messages import Action, Notice
from domain.notices import OF_RESIDENTS, View, in_sight
from domain.option import Option
from domain.people import Actor, Role, RoleKind, may
from domain.privacy import masked
from domain.workflow import lacking
from handlers.belongings import result_lost
from handlers.desk import Desk, Recipient
from handlers.face_options import options
from handlers.pictures import awaited, count_facts, on_card
from handlers.suggestions import sorting_facts, waits
from storage import cases, people, photos
from storage.events import events_of
from storage.groups import GroupChat


class Face:
    """A card as one person, or a group chat, sees it now. `digest` is the same for what shows the same.

    Who had to do with the case in this view and no longer has sees only who has it now.
    """

    def __init__(self, desk: Desk, case: Case, view: View, to: Recipient) -> None:
        actor = _reader(desk, to)
        taken = photos.of_case(desk.work, case.id)
        self.view = view
        self.to = to
        self._desk = desk
        self._case = case
        self._concerned = _CONCERNED.get(view, _always)(actor, case)
        self._facts = {
            **facts_of(desk, case, unmasked=actor.of_office and actor.person is not None),
            **count_facts(taken),
            **_own(case, actor.person),
            "result_lost": result_lost(case, taken),
        }
        if view is View.SORTING:
            decided = {} if waits(case) else last_step(desk, case, actor)
            self._facts = {**self._facts, **sorting_facts(desk, case), **decided}
        self._facts["resident"] = view in OF_RESIDENTS
        if view in OF_RESIDENTS and case.returned:  # whose it is now is being looked for
            self._facts["lead"] = ""
        self._pictures = on_card(view, case, taken)
        self._awaited = awaited(self._pictures, taken, desk.addresses(to))
        self._options = options(desk, case, view, actor, taken)
        if not self._concerned:
            self._facts = {name: self._facts[name] for name in ("number", "category", "urgent", "lead")}
            self._options = ()

    @property
    def digest(self) -> str:
        """What is shown, in short; with a picture that is still on its way it is not the same as with the picture."""
        parts = [self._facts, repr(self._pictures), self._awaited, repr(self._options)]
        shown = json.dumps(parts, sort_keys=True)
        return hashlib.sha256(shown.encode()).hexdigest()[:16]

    def notice(self, key: str) -> Notice:
        """The card with fresh buttons, to stand under this key."""
        person = None if isinstance(self.to, GroupChat) else self.to
        actions = self._desk.actions(self._options, case=self._case.id, version=self._case.round, person=person)
        if isinstance(self.to, GroupChat):
            actions = tuple(map(self._in_group, self._options, actions))
        kind = f"card_{self.view.value}" if self._concerned else "card_passed_on"
        needed = self._concerned and in_sight(self.view, self._case)
        return Notice(kind, self._facts, self._pictures, actions, key=key, in_sight=needed)

    def at_rest(self, key: str) -> Notice:
        """The card of somebody who has nothing to do with it any more: which case it was, and no buttons."""
        facts = {name: self._facts[name] for name in ("number", "category", "urgent")}
        return Notice("card_at_rest", facts, self._pictures, key=key)

    def _in_group(self, option: Option, action: Action) -> Action:
        """In a group chat only what needs no further word is done there; the rest goes on in the private chat."""
        one_tap = option.verb in _VERBS and lacking(Verb(option.verb), self._case, NO_INPUTS) is None
        return action if one_tap else replace(action, link=f"{PRESS}{action.token}")


_VERBS = frozenset(verb.value for verb in Verb)

PRESS = "do_"
"""Begins the scene of a link that does in the private chat what a button would do."""


def _reader(desk: Desk, to: Recipient) -> Actor:
    """Who reads. In a group chat it is nobody in particular: an officer of the unit."""
    if isinstance(to, GroupChat):
        return Actor(None, (Role(RoleKind.OFFICER, to.role.unit),))
    return people.actor(desk.work, to)


def _always(_actor: Actor, _case: Case) -> bool:
    return True


_CONCERNED: Mapping[View, Callable[[Actor, Case], bool]] = {
    View.LEAD: lambda actor, case: case.lead in actor.units,
    View.PARTNER: lambda actor, case: bool({case.lead, case.partner} & set(actor.units)),
    View.CHECK: lambda actor, case: may(actor, Verb.PASS, case) is not None,
}
"""The views that are of no use to those who have to do with the case no longer."""

_WORKING: Mapping[View, Callable[[Actor, Case], bool]] = {
    **_CONCERNED,
    View.TRIAGE: lambda actor, _: actor.of_office,
    View.SORTING: lambda actor, _: actor.of_office,
    View.REQUEST: lambda actor, _: actor.of_office,
    View.SUPERVISOR: lambda actor, case: bool(set(case.supervisors) & set(actor.units)),
}


def works_by(actor: Actor, view: View, case: Case) -> bool:
    """Whether somebody works on a case by a card of this view, as far as their roles go."""
    return _WORKING.get(view, _always)(actor, case)


# --- facts ------------------------------------------------------------------------------------------------------------


def facts_of(desk: Desk, case: Case, *, unmasked: bool = False) -> dict[str, Fact]:
    """A case as plain values, names as the district has them. Only the office sees unmasked what people typed."""
    hide = str if unmasked else masked
    units = {role: desk.unit_name(code) for role, code in (("lead", case.lead), ("partner", case.partner))}
    return {
        "number": case.number,
        "state": case.state.value,
        "category": desk.category_name(case.category),
        "words": brief(hide(case.words)),
        "urgent": case.urgent,
        "rework": case.rework,
        "returned": case.returned,
        "reply": brief(hide(case.reply)),
        "reason": brief(hide(case.reason)),
        "rework_reason": brief(hide(case.rework_reason)),
        "rework_by": case.rework_by.value if case.rework_by else "",
        "note": brief(hide(case.note)),
        "limit": case.limit.value if case.limit else 0,
        "limit_unit": case.limit.unit.value if case.limit else "",
        "how": case.checked.value if case.checked else "",
        "wish": case.request.wish.value if case.request else "",
        "wish_reason": brief(hide(case.request.reason)) if case.request else "",
        "onsite_only": case.onsite_only,
        "recurs": case.recurs or "",
        "merged": case.merged_into or "",
        "rework_days": desk.district.settings.rework_within.days,
        "rate_days": desk.district.settings.rate_within.days,
        **units,
        **place_facts(desk, case.place),
        **_instants(case),
    }


def last_step(desk: Desk, case: Case, reader: Actor) -> dict[str, Fact]:
    """What has become of a case: what was done last, by which unit, and when.

    In the office, where several decide on the same cases, also by whom: by their number.
    """
    last = events_of(desk.work, case.id)[-1]
    unit = desk.unit_name(last.unit)
    named = last.unit == OFFICE and reader.of_office and last.by is not None
    return {"last": last.verb, "unit": f"{unit} {last.by}" if named else unit, "done_at": millis(last.at)}


def place_facts(desk: Desk, place: Place | None) -> dict[str, Fact]:
    """A place as plain values: its name, and the names of its community and street."""
    if place is None:
        return {"place": "", "community": "", "street": "", "outside": False}
    return {
        "place": place.name or "",
        "community": desk.area_name(place.community),
        "street": desk.area_name(place.street),
        "outside": place.outside,
    }


def draft_facts(desk: Desk, draft: Draft) -> dict[str, Fact]:
    """A draft as plain values, for its live card. The person sees their own words as they wrote them."""
    after = cases.load(desk.work, draft.after).number if draft.after else ""
    return {
        "photos": draft.photos,
        "sounds": draft.sounds,
        "words": brief(draft.words),
        "category": desk.category_name(draft.category),
        "gaps": [gap.value for gap in gaps(draft)],
        "menu": draft.menu.value,
        "choices": len(draft.open_places),
        "after": after,
        **_near_facts(desk, draft),
        **place_facts(desk, draft.place),
    }


def _near_facts(desk: Desk, draft: Draft) -> dict[str, Fact]:
    near = cases.load(desk.work, draft.near) if draft.near else None
    if near is None:
        return {"near": ""}
    return {
        "near": near.number,
        "near_metres": draft.near_metres,
        "near_state": near.state.value,
        "near_own": draft.person in near.people,
        "near_adds": draft.near_own,
    }


def news_facts(desk: Desk, case: Case, event: Event) -> Facts:
    """The case, and what was said with this very event; the due time as it stands after it, also when closed."""
    due: Facts = {"due_at": millis(event.due_at)} if event.due_at else {}
    said = {name: event.detail.get(name, "") for name in ("reason", "words", "until_at")}
    spoken = {f"said_{name}": brief(masked(text)) if isinstance(text, str) else text for name, text in said.items()}
    return {**facts_of(desk, case), **due, **spoken}


def _instants(case: Case) -> dict[str, Fact]:
    request = case.request
    instants = {
        "due_at": case.due_at if case.open else None,
        "redo_at": case.redo_at,
        "check_due_at": case.check_due_at,
        "suspended_until_at": case.suspended_until,
        "wish_until_at": request.until if request else None,
    }
    return {name: millis(at) if at else None for name, at in instants.items()}


def _own(case: Case, person: int | None) -> dict[str, Fact]:
    """What this reader said of the case: their mark, their opinion."""
    mark = next((rating.mark.value for rating in case.ratings if rating.person == person), "")
    opinion = next((str(int(opinion.solved)) for opinion in case.opinions if opinion.person == person), "")
    return {"mark": mark, "opinion": opinion}
