"""The reporting conversation as a pure machine: a draft, and what somebody adds to it, give the next draft.

No order is required of anybody: photos, words, a position, a choice by button come as they come. Nothing that was sent
is dropped; each missing thing is asked once, with 说不清 as an answer. Waits run on machine time.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.allowance import limited
from domain.draft import Draft, Gap, Menu, Phase, Sentence, gaps
from domain.gist import NOTHING, Gist, Place
from domain.settings import Settings


@dataclass(frozen=True, slots=True)
class Addition:
    """One message's worth of report: how many pictures and other files, the words and their gist, a position."""

    photos: int = 0
    sounds: int = 0
    sentence: Sentence | None = None
    gist: Gist = NOTHING
    pinned: Place | None = None


def add(draft: Draft, addition: Addition, now: datetime) -> Draft:
    """The draft with one more message in it. A place named later wins; a category, once there, stays."""
    gist = addition.gist
    pinned = addition.pinned or draft.pinned
    places = gist.places or (() if gist.place else draft.places)
    settled = _settled(places, pinned)
    return _touched(
        replace(
            draft,
            photos=draft.photos + addition.photos,
            sounds=draft.sounds + addition.sounds,
            sentences=_with_sentence(draft.sentences, addition.sentence),
            named=settled or gist.place or draft.named,
            pinned=pinned,
            places=() if settled else places,
            category=_preselected(draft, gist),
            categories=gist.categories or draft.categories,
            numbers=tuple(dict.fromkeys((*draft.numbers, *gist.numbers))),
            urgent=draft.urgent or gist.urgent,
            menu=Menu.NONE,
        ),
        now,
    )


def _with_sentence(sentences: tuple[Sentence, ...], new: Sentence | None) -> tuple[Sentence, ...]:
    """A new version of a message takes the place of the old one."""
    if new is None:
        return sentences
    if any(sentence.handle == new.handle for sentence in sentences):
        return tuple(new if sentence.handle == new.handle else sentence for sentence in sentences)
    return (*sentences, new)


def _settled(places: tuple[Place, ...], pinned: Place | None) -> Place | None:
    """Of several places with one name, the one where the person stands."""
    if pinned is None or pinned.community is None:
        return None
    near = [place for place in places if place.community == pinned.community]
    return near[0] if len(near) == 1 else None


def _preselected(draft: Draft, gist: Gist) -> str | None:
    """Only a clear suggestion is chosen without asking, and never against what the person chose."""
    if draft.category is None and gist.clear and gist.categories:
        return gist.categories[0]
    return draft.category


def choose_category(draft: Draft, code: str, now: datetime) -> Draft:
    """The person picked a category."""
    return _touched(replace(draft, category=code, unclear=draft.unclear - {Gap.CATEGORY}, menu=Menu.NONE), now)


def choose_place(draft: Draft, place: Place, now: datetime) -> Draft:
    """The person picked a place by buttons, or came with a printed code."""
    return _touched(replace(draft, named=place, places=(), unclear=draft.unclear - {Gap.PLACE}, menu=Menu.NONE), now)


def open_menu(draft: Draft, menu: Menu, argument: str, now: datetime) -> Draft:
    """Show another choice on the card."""
    return _touched(replace(draft, menu=menu, argument=argument), now)


def unclear(draft: Draft, gap: Gap, now: datetime) -> Draft:
    """说不清: an answer like any other."""
    return _touched(replace(draft, unclear=draft.unclear | {gap}, menu=Menu.NONE), now)


def submit(draft: Draft, now: datetime) -> tuple[Draft, bool]:
    """提交: files it, or asks for what is missing and has not been asked for yet. Nobody is asked twice.

    Returns the draft and whether it is to be filed now. Without any content it can not be filed.
    """
    missing = gaps(draft)
    if Gap.CONTENT in missing:
        return replace(draft, menu=Menu.NONE, rev=draft.rev + 1), False
    unasked = [gap for gap in missing if gap not in draft.asked]
    if not unasked:
        return replace(draft, menu=Menu.NONE, unclear=draft.unclear | set(missing)), True
    gap = unasked[0]
    menu = Menu.STREETS if gap is Gap.PLACE else Menu.GROUPS
    return _touched(replace(draft, asked=draft.asked | {gap}, menu=menu, argument=""), now), False


def _touched(draft: Draft, now: datetime) -> Draft:
    return replace(draft, touched_at=now, rev=draft.rev + 1)


# --- what time does to a draft ----------------------------------------------------------------------------------------


class Fate(StrEnum):
    """What becomes of an untouched draft: `file` (also to triage), `remind` once, `join` the case before, or `drop`."""

    FILE = "file"
    REMIND = "remind"
    JOIN = "join"
    DROP = "drop"


def next_fate(draft: Draft, settings: Settings) -> tuple[datetime, Fate]:
    """When something happens to an untouched draft by itself, and what. Machine time.

    What came soon after a filed report joins it, unless it is a report of its own: complete, or telling of a danger.
    """
    at, fate = _untouched(draft, settings)
    if fate is Fate.FILE and draft.held_until is not None and limited(draft):
        return max(at, draft.held_until), fate
    return at, fate


def _untouched(draft: Draft, settings: Settings) -> tuple[datetime, Fate]:
    if draft.has_content and (draft.numbers or not gaps(draft)):
        return draft.touched_at + _patience(draft, settings), Fate.FILE
    if draft.phase is Phase.UNDECIDED:
        return draft.touched_at + settings.draft_files_after, Fate.JOIN
    if not draft.reminded:
        return draft.touched_at + settings.draft_asked_after, Fate.REMIND
    end = max(draft.opened_at + settings.draft_to_triage_after, draft.touched_at + settings.draft_asked_after)
    return end, Fate.FILE if draft.has_content else Fate.DROP


def _patience(draft: Draft, settings: Settings) -> timedelta:
    return settings.danger_files_after if draft.numbers or draft.urgent else settings.draft_files_after
