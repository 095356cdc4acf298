"""The faces of a case: which facts, pictures and buttons a reader sees on a card, by the view and by their rights."""

import hashlib
import json
from collections.abc import Callable, Mapping

from domain.case import Case, Event, Mark
from domain.draft import Draft, gaps
from domain.facts import Fact, Facts, millis
from domain.gist import Place
from domain.life import Verb
from domain.messages import Notice, Picture, PictureRole, Style
from domain.notices import VERBS, View
from domain.option import Option
from domain.people import Actor, may
from domain.privacy import masked
from domain.workflow import possible
from handlers.desk import Desk
from storage import cases, people, photos
from storage.photos import Photo, PhotoRole

BRIEF = 300
"""Characters of what a person typed that stand on a card, so that the due time is never cut off."""

_STYLES: Mapping[Verb, Style] = {
    Verb.ACKNOWLEDGE: Style.PRIMARY,
    Verb.DISPATCH: Style.PRIMARY,
    Verb.REPLY: Style.SUCCESS,
    Verb.PASS: Style.SUCCESS,
    Verb.SOLVED: Style.SUCCESS,
    Verb.EXTEND: Style.SUCCESS,
    Verb.SUSPEND: Style.SUCCESS,
    Verb.FAIL: Style.DANGER,
    Verb.VOID: Style.DANGER,
}


class Face:
    """A card as one person sees it now. `digest` is the same for what shows the same."""

    def __init__(self, desk: Desk, case: Case, view: View, person: int) -> None:
        actor = people.actor(desk.work, person)
        taken = photos.of_case(desk.work, case.id)
        self.view = view
        self.person = person
        self._desk = desk
        self._case = case
        self._facts = {**facts_of(desk, case, unmasked=actor.of_office), **_photo_facts(taken), **_own(case, person)}
        self._facts["resident"] = view in _OF_RESIDENTS
        self._pictures = _pictures(view, taken)
        self._options = _options(desk, case, view, actor, taken)

    @property
    def digest(self) -> str:
        """What is shown, in short."""
        shown = json.dumps([self._facts, repr(self._pictures), repr(self._options)], sort_keys=True)
        return hashlib.sha256(shown.encode()).hexdigest()[:16]

    def notice(self, key: str) -> Notice:
        """The card with fresh buttons, to stand under this key."""
        actions = self._desk.actions(self._options, case=self._case.id, version=self._case.rework, person=self.person)
        return Notice(f"card_{self.view.value}", self._facts, self._pictures, actions, key=key)


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
        "note": brief(hide(case.note)),
        "limit": case.limit.value if case.limit else 0,
        "limit_unit": case.limit.unit.value if case.limit else "",
        "how": case.checked.value if case.checked else "",
        "wish": case.request.wish.value if case.request else "",
        "wish_reason": hide(case.request.reason) if case.request else "",
        "onsite_only": case.onsite_only,
        "rate_days": desk.district.settings.rate_within.days,
        **units,
        **place_facts(desk, case.place),
        **_instants(case),
    }


def brief(text: str) -> str:
    """As much of a text as a card has room for; 更多 shows the whole."""
    return text if len(text) <= BRIEF else f"{text[:BRIEF]}…"


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
        **place_facts(desk, draft.place),
    }


def news_facts(desk: Desk, case: Case, event: Event) -> Facts:
    """The case, and what was said with this very event."""
    said = {name: event.detail.get(name, "") for name in ("reason", "words", "until_at")}
    spoken = {f"said_{name}": brief(masked(text)) if isinstance(text, str) else text for name, text in said.items()}
    return {**facts_of(desk, case), **spoken}


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


def _photo_facts(taken: tuple[Photo, ...]) -> dict[str, Fact]:
    return {"photos": sum(photo.visible and photo.role is PhotoRole.BEFORE for photo in taken)}


def _own(case: Case, person: int) -> dict[str, Fact]:
    """What this reader said of the case: their mark, their opinion."""
    mark = next((rating.mark.value for rating in case.ratings if rating.person == person), "")
    opinion = next((str(int(opinion.solved)) for opinion in case.opinions if opinion.person == person), "")
    return {"mark": mark, "opinion": opinion}


# --- pictures ---------------------------------------------------------------------------------------------------------


def _pictures(view: View, taken: tuple[Photo, ...]) -> tuple[Picture, ...]:
    """The first photo of the problem; before and after side by side where the result is at stake."""
    before = _first(taken, PhotoRole.BEFORE)
    after = _last_round(taken)
    if view is View.REPORTER:
        return ()
    if view in (View.CHECK, View.QUESTION, View.CLOSING) and after is not None:
        pair = (before, after) if before is not None else (after,)
        role = PictureRole.PAIR if len(pair) == 2 else PictureRole.SINGLE
        return (Picture(role, pair),)
    return (Picture(PictureRole.SINGLE, (before,)),) if before is not None else ()


def _first(taken: tuple[Photo, ...], role: PhotoRole) -> int | None:
    return next((photo.id for photo in taken if photo.visible and photo.role is role and photo.state != "lost"), None)


def _last_round(taken: tuple[Photo, ...]) -> int | None:
    """The first picture of the newest reply: those of earlier rounds show what did not pass."""
    results = [photo for photo in taken if photo.visible and photo.role is PhotoRole.AFTER and photo.state != "lost"]
    newest = max((photo.round for photo in results), default=0)
    return next((photo.id for photo in results if photo.round == newest), None)


# --- buttons ----------------------------------------------------------------------------------------------------------


def _options(desk: Desk, case: Case, view: View, actor: Actor, taken: tuple[Photo, ...]) -> tuple[Option, ...]:
    looks = (Verb.LOOK,) if may(actor, Verb.LOOK, case) and case.people else ()
    allowed = (*possible(case, actor, desk.now, desk.district), *looks)
    found: list[Option] = []
    for verb in VERBS[view]:
        if verb in allowed:
            found.extend(_BUTTONS.get(verb, _button)(verb))
    return (*found, *_extras(view, case, taken))


_OF_RESIDENTS = frozenset({View.REPORTER, View.QUESTION, View.CLOSING})
"""Views whose reader is told in everyday words where the case stands."""


def _button(verb: Verb) -> tuple[Option, ...]:
    return (Option(verb.value, label=verb.value, style=_STYLES.get(verb, Style.PLAIN)),)


def _marks(verb: Verb) -> tuple[Option, ...]:
    return tuple(Option(verb.value, mark.value, label=mark.value) for mark in Mark)


_BUTTONS: Mapping[Verb, Callable[[Verb], tuple[Option, ...]]] = {Verb.RATE: _marks}


def _extras(view: View, case: Case, taken: tuple[Photo, ...]) -> tuple[Option, ...]:
    """更多 on the cards of those who work or check; 我的报送 on the reporter's."""
    if view is View.REPORTER:
        return (Option("my", label="my"),)
    history = (Option("history", label="history"),) if view in (View.TRIAGE, View.REQUEST) else ()
    more = len(taken) > 1 or case.place.lat is not None or len(case.words) > BRIEF
    if view in (View.LEAD, View.PARTNER, View.SUPERVISOR, View.CHECK, View.TRIAGE) and more:
        return (Option("more", label="more"), *history)
    return history
