"""The reporting conversation as a pure machine: a draft, and what somebody adds to it, give the next draft.

No order is required of anybody: photos, words, a position, a choice by button come as they come. Nothing that was sent
is dropped; each missing thing is asked once, with 说不清 as an answer. Waits run on machine time.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.allowance import limited
from domain.draft import Draft, Gap, Menu, Phase, Sentence, gaps
from domain.gist import Place
from domain.settings import Settings


@dataclass(frozen=True, slots=True)
class Addition:
    """One message's worth of report: how many pictures and other files, the words, a position."""

    photos: int = 0
    sounds: int = 0
    sentence: Sentence | None = None
    pinned: Place | None = None


def add(draft: Draft, addition: Addition, now: datetime) -> Draft:
    """The draft with one more message in it, or with a newer version of one."""
    numbers = addition.sentence.gist.numbers if addition.sentence else ()
    after = replace(
        draft,
        photos=draft.photos + addition.photos,
        sounds=draft.sounds + addition.sounds,
        sentences=_with_sentence(draft.sentences, addition.sentence),
        pinned=addition.pinned or draft.pinned,
        numbers=tuple(dict.fromkeys((*draft.numbers, *numbers))),
        menu=Menu.NONE,
    )
    return _touched(_understood(after), now)


def locate(draft: Draft, pinned: Place) -> Draft:
    """The draft with the position that was found in one of its pictures; it touches nothing else, nor the waits."""
    return _understood(replace(draft, pinned=draft.pinned or pinned, rev=draft.rev + 1))


def _with_sentence(sentences: tuple[Sentence, ...], new: Sentence | None) -> tuple[Sentence, ...]:
    """A new version of a message takes the place of the old one."""
    if new is None:
        return sentences
    if any(sentence.handle == new.handle for sentence in sentences):
        return tuple(new if sentence.handle == new.handle else sentence for sentence in sentences)
    return (*sentences, new)


def _understood(draft: Draft) -> Draft:
    """What the sentences say together: of place and category what was named last. What the person chose stays.

    Only a clear suggestion is a category without asking.
    """
    sentences = tuple(_settled(sentence, draft.pinned) for sentence in draft.sentences)
    gists = [sentence.gist for sentence in sentences]
    clear = [gist.categories[0] for gist in gists if gist.clear and gist.categories]
    named = [gist.place for gist in gists if gist.place]
    telling = [gist for gist in gists if gist.place or gist.places]
    suggesting = [gist for gist in gists if gist.categories]
    return replace(
        draft,
        sentences=sentences,
        named=_more_exactly(draft.chosen_place, named[-1] if named else None),
        places=telling[-1].places if telling and draft.chosen_place is None else (),
        category=draft.chosen_category or (clear[-1] if clear else None),
        categories=suggesting[-1].categories if suggesting else (),
        urgent=any(gist.urgent for gist in gists),
    )


def _settled(sentence: Sentence, pinned: Place | None) -> Sentence:
    """Of several places with one name, the one where the person stands; from then on the sentence means that one."""
    if pinned is None or pinned.community is None:
        return sentence
    near = [place for place in sentence.gist.places if place.community == pinned.community]
    if len(near) != 1:
        return sentence
    return replace(sentence, gist=replace(sentence.gist, place=near[0], places=()))


def _more_exactly(chosen: Place | None, named: Place | None) -> Place | None:
    """A street or community that was chosen stays, and takes on the name of what lies in it."""
    if chosen is None or named is None:
        return chosen or named
    within = named.street == chosen.street and chosen.community in (None, named.community)
    return named if within and chosen.name is None else chosen


def choose_category(draft: Draft, code: str, now: datetime) -> Draft:
    """The person picked a category."""
    after = replace(draft, chosen_category=code, unclear=draft.unclear - {Gap.CATEGORY}, menu=Menu.NONE)
    return _touched(_understood(after), now)


def choose_place(draft: Draft, place: Place, now: datetime) -> Draft:
    """The person picked a place by buttons, or came with a printed code."""
    after = replace(draft, chosen_place=place, unclear=draft.unclear - {Gap.PLACE}, menu=Menu.NONE)
    return _touched(_understood(after), now)


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
