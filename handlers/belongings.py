"""Keeping what was sent along with a message: which case or draft it belongs to, and what it shows there."""

from collections.abc import Iterable

from domain.case import Case
from domain.messages import Media
from handlers.desk import Desk
from storage import photos
from storage.photos import PhotoRole


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


def added_role(case: Case) -> PhotoRole:
    """What a picture shows that is added to a case: the problem, until the lead has replied."""
    return PhotoRole.BEFORE if case.replied_at is None else PhotoRole.NOTE
