"""Keeping what was sent along with a message: which case or draft it belongs to, and what it shows there."""

from collections.abc import Iterable

from domain.act import Inputs
from domain.case import Case, State
from domain.gist import Place
from domain.messages import Media, Said
from handlers.desk import Desk
from storage import cases, drafts, photos
from storage.photos import Photo, PhotoRole


def keep(
    desk: Desk,
    media: Iterable[Media],
    role: PhotoRole,
    *,
    draft: int | None = None,
    case: int | None = None,
    round_: int = 0,
) -> tuple[int, ...]:
    """Keep it, to be fetched later. Returns the ids. Without draft and case it waits for an answer to be finished."""
    return tuple(
        photos.add(
            desk.work,
            item,
            desk.private_peer,
            desk.person_id,
            desk.wall,
            role=role,
            draft=draft,
            case=case,
            round_=round_,
        )
        for item in media
    )


def hear(desk: Desk, message: Said, case: Case) -> None:
    """Remember that the message, with these words, was said of the case: there its next version goes."""
    drafts.hear(desk.work, desk.private_peer, message.handle, message.text, desk.wall, case=case.id)


def followed(desk: Desk, case_id: int) -> Case:
    """The case; for one that was merged, the case that it is part of now: whatever is said of it belongs there."""
    case = cases.load(desk.work, case_id)
    while case.merged_into is not None:
        case = cases.by_number(desk.work, case.merged_into)
    return case


def addition(desk: Desk, case: Case, words: str, place: Place | None) -> Inputs:
    """What somebody says of a case, in words or with a place.

    While the office waits for an answer, a position in the district becomes the case's place, and so does a name where
    the case has none; any other is told in words.
    """
    named = desk.gist.place if case.place.street is None else None
    fits = place is not None and place.street and (place.how == "position" or case.place.street is None)
    where = place if fits and place is not None and not place.outside else named
    if case.asked and where is not None:
        return Inputs(words=words, place=where)
    return Inputs(words=words or (_told(desk, place) if place else ""))


def _told(desk: Desk, place: Place) -> str:
    """A place in words, as far as it has a name; its degrees."""
    degrees = f"{place.lat:.5f}, {place.lon:.5f}" if place.lat is not None and place.lon is not None else ""
    name = place.name or desk.area_name(place.community) or desk.area_name(place.street)
    return " ".join(part for part in (name, degrees) if part)


def result_lost(case: Case, taken: Iterable[Photo]) -> bool:
    """Whether a case waits for its check and none of the pictures of the result can be had."""
    results = [photo for photo in taken if photo.role is PhotoRole.AFTER and photo.round == case.round]
    states = {photo.state for photo in results if photo.visible}
    return case.state is State.CHECKING and states == {"lost"}


def added_role(case: Case) -> PhotoRole:
    """What a picture shows that is added to a case: the problem, until the lead has replied."""
    return PhotoRole.BEFORE if case.replied_at is None else PhotoRole.NOTE
