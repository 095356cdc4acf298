"""Pictures, voice messages and files: what came, where it belongs, whether it is here. The bytes lie elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.facts import instant, millis
from domain.messages import Media, MediaKind, Peer
from storage.store import Row, Work


class PhotoRole(StrEnum):
    """What a picture shows: the problem, the result, the checker's visit, something added along the way.

    `wish`: why a reporter asks for rework.
    """

    BEFORE = "before"
    AFTER = "after"
    CHECK = "check"
    NOTE = "note"
    WISH = "wish"


@dataclass(frozen=True, slots=True)
class Photo:
    """One of them. `sha256` is set once it is kept, `ref` is the channel's name, `round` that of the work."""

    id: int
    person: int
    draft: int | None
    case: int | None
    role: PhotoRole
    round: int
    kind: MediaKind
    channel: str
    account: str
    ref: str
    album: str | None
    size: int | None
    state: str
    sha256: str | None
    attempts: int

    @property
    def visible(self) -> bool:
        """Something to look at, as far as its kind tells."""
        return self.kind.visible

    @property
    def can_be_had(self) -> bool:
        """Here, or on its way; not lost, not erased."""
        return self.state in ("wanted", "kept")

    @property
    def can_be_seen(self) -> bool:
        """A picture that is here, or on its way."""
        return self.visible and self.can_be_had


def add(
    work: Work,
    media: Media,
    peer: Peer,
    person: int,
    now: datetime,
    *,
    role: PhotoRole = PhotoRole.BEFORE,
    draft: int | None = None,
    case: int | None = None,
    round_: int = 0,
) -> int:
    """Keep what came, to be fetched later. Returns its id."""
    row = work.row(
        "add_photo",
        person=person,
        draft=draft,
        case_id=case,
        role=role.value,
        round=round_,
        kind=media.kind.value,
        channel=peer.channel,
        account=peer.account,
        ref=media.ref,
        album=media.album,
        size=media.size,
        now=millis(now),
    )
    if row is None:
        raise RuntimeError("a photo was added and has no id")
    return int(row["id"])


def load(work: Work, photo_id: int) -> Photo | None:
    """One of them by its id."""
    row = work.row("photo", id=photo_id)
    return None if row is None else _photo(row)


def of_case(work: Work, case_id: int) -> tuple[Photo, ...]:
    """Those of a case, in the order in which they came."""
    return _photos(work.rows("photos_of_case", case_id=case_id))


def of_album(work: Work, person: int, album: str) -> Photo | None:
    """An earlier picture of the same album: it says where a late one belongs."""
    row = work.row("photo_of_album", person=person, album=album)
    return None if row is None else _photo(row)


def give_draft_to_case(work: Work, draft_id: int, case_id: int, role: PhotoRole) -> None:
    """The draft has become a case, or an addition to one."""
    work.change("give_photos_to_case", draft=draft_id, case_id=case_id, role=role.value)


def give_to_case(work: Work, photo_ids: Iterable[int], case_id: int, role: PhotoRole, round_: int) -> None:
    """Pictures sent with an answer belong to the case, in the round of work it stands in."""
    for photo_id in photo_ids:
        work.change("give_photo_to_case", id=photo_id, case_id=case_id, role=role.value, round=round_)


def move(work: Work, case_id: int, into: int) -> None:
    """What reporters sent of a case shows another one, too, which it is merged into; late ones of an album follow."""
    roles = {"role": PhotoRole.BEFORE.value, "added": PhotoRole.NOTE.value}
    work.change("move_photos", case_id=case_id, into=into, **roles)


def wanted(work: Work, now: datetime, limit: int) -> tuple[Photo, ...]:
    """Files that are still to be fetched and whose time has come. Machine time."""
    return _photos(work.rows("photos_to_fetch", now=millis(now), limit=limit))


def next_fetch(work: Work, now: datetime) -> datetime | None:
    """When the next file is to be fetched that is not yet due at `now`. Machine time."""
    row = work.row("next_fetch", now=millis(now))
    return None if row is None or row["at"] is None else instant(row["at"])


def kept(work: Work, photo_id: int, sha256: str, size: int) -> bool:
    """Fetched, cleaned and kept. False when that was known already, or when the photo was forgotten meanwhile."""
    if work.change("photo_kept", id=photo_id, sha256=sha256, size=size) > 0:
        return True
    work.change("photo_kept_in_vain", id=photo_id, sha256=sha256)
    return False


def later(work: Work, photo_id: int, why: str, not_before: datetime) -> None:
    """Could not be had this time."""
    work.change("photo_later", id=photo_id, why=why, not_before=millis(not_before))


def lost(work: Work, photo_id: int, why: str) -> None:
    """Can never be had: too large, expired, no picture at all."""
    work.change("photo_lost", id=photo_id, why=why)


def erase_of_case(work: Work, case_id: int) -> None:
    """Forget the photos of a case; their files are removed next."""
    work.change("erase_photos_of_case", case_id=case_id)


def erase_of_draft(work: Work, draft_id: int) -> None:
    """Forget the photos of a draft that was given up."""
    work.change("erase_photos_of_draft", draft=draft_id)


def erase_stray(work: Work, before: datetime) -> None:
    """Forget photos that came with an answer which was never finished."""
    work.change("erase_stray_photos", before=millis(before))


def files_to_remove(work: Work) -> tuple[str, ...]:
    """Hashes of files that no photo needs any more."""
    return tuple(row["sha256"] for row in work.rows("files_to_remove"))


def file_removed(work: Work, sha256: str) -> None:
    """The file is gone."""
    work.change("file_removed", sha256=sha256)


def _photos(rows: Iterable[Row]) -> tuple[Photo, ...]:
    return tuple(_photo(row) for row in rows)


def _photo(row: Row) -> Photo:
    return Photo(
        row["id"],
        row["person_id"],
        row["draft_id"],
        row["case_id"],
        PhotoRole(row["role"]),
        row["round"],
        MediaKind(row["kind"]),
        row["channel"],
        row["account"],
        row["ref"],
        row["album"],
        row["size"],
        row["state"],
        row["sha256"],
        row["attempts"],
    )
