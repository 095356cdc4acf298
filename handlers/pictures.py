"""The pictures of a case: which of them a card shows, and which of those are still on their way."""

from domain.facts import Fact
from domain.messages import MediaKind, Peer, Picture, PictureRole
from domain.notices import View
from storage.photos import Photo, PhotoRole


def on_card(view: View, taken: tuple[Photo, ...]) -> tuple[Picture, ...]:
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
    return next((photo.id for photo in taken if photo.can_be_seen and photo.role is role), None)


def _last_round(taken: tuple[Photo, ...]) -> int | None:
    """The first picture of the newest reply: those of earlier rounds show what did not pass."""
    results = [photo for photo in taken if photo.can_be_seen and photo.role is PhotoRole.AFTER]
    newest = max((photo.round for photo in results), default=0)
    return next((photo.id for photo in results if photo.round == newest), None)


def awaited(shown: tuple[Picture, ...], taken: tuple[Photo, ...], peers: tuple[Peer, ...]) -> list[int]:
    """Those of the shown photos that some reader's chat cannot show yet.

    Alone, what a channel re-encoded itself is shown there by the channel's own reference, before it is fetched.
    """
    coming = {photo.id: photo for photo in taken if photo.state == "wanted"}
    return [
        photo
        for picture in shown
        for photo in picture.photos
        if photo in coming and not (picture.role is PictureRole.SINGLE and _by_reference(coming[photo], peers))
    ]


def _by_reference(photo: Photo, peers: tuple[Peer, ...]) -> bool:
    return photo.kind is MediaKind.PHOTO and all(peer.account == photo.account for peer in peers)


def count_facts(taken: tuple[Photo, ...]) -> dict[str, Fact]:
    """How many pictures of the problem there are to be seen."""
    return {"photos": sum(photo.can_be_seen and photo.role is PhotoRole.BEFORE for photo in taken)}
