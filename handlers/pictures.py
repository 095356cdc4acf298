"""The pictures of a case: which of them a card shows, which of those are still on their way, what 更多 has besides."""

from domain.case import Case, Wish
from domain.facts import Fact
from domain.messages import Address, MediaKind, Picture, PictureRole
from domain.notices import View
from storage.photos import Photo, PhotoRole

_OF_THE_RESULT = frozenset({View.CHECK, View.QUESTION, View.CLOSING})


def on_card(view: View, case: Case, taken: tuple[Photo, ...]) -> tuple[Picture, ...]:
    """The first photo of the problem; before and after side by side where the result is at stake.

    A wish for rework shows what the reporter sent with it, else the result it is about.
    """
    before = _first(taken, PhotoRole.BEFORE)
    after = _result(case, taken)
    again = view is View.REQUEST and case.request is not None and case.request.wish is Wish.REWORK
    wished = _wished(case, taken) if again else None
    if view is View.REPORTER:
        return ()
    if wished is not None:
        return (Picture(PictureRole.SINGLE, (wished,)),)
    if (again or view in _OF_THE_RESULT) and after is not None:
        pair = (before, after) if before is not None else (after,)
        role = PictureRole.PAIR if len(pair) == 2 else PictureRole.SINGLE
        return (Picture(role, pair),)
    return (Picture(PictureRole.SINGLE, (before,)),) if before is not None else ()


def of_problem(taken: tuple[Photo, ...]) -> int | None:
    """The first photo of the problem; None while there is none."""
    return _first(taken, PhotoRole.BEFORE)


def _first(taken: tuple[Photo, ...], role: PhotoRole) -> int | None:
    return next((photo.id for photo in taken if photo.can_be_seen and photo.role is role), None)


def _wished(case: Case, taken: tuple[Photo, ...]) -> int | None:
    """The newest that came with a wish for rework in this round."""
    found = [photo for photo in taken if photo.can_be_seen and photo.role is PhotoRole.WISH]
    return next((photo.id for photo in reversed(found) if photo.round == case.round), None)


def _result(case: Case, taken: tuple[Photo, ...]) -> int | None:
    """The first picture of the lead's newest reply: earlier rounds did not pass, or were another's."""
    results = [photo for photo in taken if photo.visible and photo.role is PhotoRole.AFTER]
    results = [photo for photo in results if case.replied_at and photo.round >= case.earlier_rounds]
    newest = max((photo.round for photo in results), default=0)
    return next((photo.id for photo in results if photo.can_be_seen and photo.round == newest), None)


def awaited(shown: tuple[Picture, ...], taken: tuple[Photo, ...], chats: tuple[Address, ...]) -> list[int]:
    """Those of the shown photos that some reader's chat cannot show yet.

    Alone, what a channel re-encoded itself is shown there by the channel's own reference, before it is fetched.
    """
    coming = {photo.id: photo for photo in taken if photo.state == "wanted"}
    return [
        photo
        for picture in shown
        for photo in picture.photos
        if photo in coming and not (picture.role is PictureRole.SINGLE and _by_reference(coming[photo], chats))
    ]


def _by_reference(photo: Photo, chats: tuple[Address, ...]) -> bool:
    return photo.kind is MediaKind.PHOTO and all(chat.account == photo.account for chat in chats)


def further(view: View, case: Case, taken: tuple[Photo, ...]) -> tuple[Photo, ...]:
    """What 更多 shows: the pictures that the card does not show by themselves, at full size."""
    alone = [picture.photos for picture in on_card(view, case, taken) if picture.role is PictureRole.SINGLE]
    return tuple(photo for photo in taken if photo.can_be_seen and (photo.id,) not in alone)


def voices(taken: tuple[Photo, ...]) -> tuple[Photo, ...]:
    """The voice messages there are. In them nobody can mask a number, so they are for the office alone."""
    return tuple(photo for photo in taken if photo.can_be_had and photo.kind is MediaKind.VOICE)


def videos(taken: tuple[Photo, ...]) -> tuple[Photo, ...]:
    """The videos there are, for whoever works on the case: they show what is wrong, as a photo does."""
    return tuple(photo for photo in taken if photo.can_be_had and photo.kind is MediaKind.VIDEO)


def count_facts(taken: tuple[Photo, ...]) -> dict[str, Fact]:
    """How many pictures of the problem there are to be seen, voice messages, videos, and what is none of these."""
    heard, filmed = len(voices(taken)), len(videos(taken))
    return {
        "photos": sum(photo.can_be_seen and photo.role is PhotoRole.BEFORE for photo in taken),
        "voices": heard,
        "videos": filmed,
        "files": sum(photo.can_be_had and not photo.visible for photo in taken) - heard - filmed,
    }
