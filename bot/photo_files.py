"""Photos as files: the cleaned copy that may be passed on, and the folder that keeps it under its hash.

A picture sent as a file says where, when and with what it was taken, and sometimes holds an older version of itself.
The position is read once, for the draft; everything but the pixels is then left behind (product.md, "Privacy and
safety"). All of this blocks: callers go through `asyncio.to_thread`.
"""

import hashlib
import io
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PIL import Image

from bot.photo_notes import Position, is_bare_jpeg, position
from bot.photo_pixels import LONGEST_SIDE, NARROWEST, opened, pixels

QUALITY: Final = 88
MOST_KEPT_BYTES: Final = 5_000_000
"""A JPEG above this is encoded anew even when nothing else is wrong with it; Telegram takes photos up to 10 MB."""

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture that says nothing about its maker: a JPEG's bytes, and the position the original carried, if it did."""

    data: bytes
    suffix: str
    position: Position | None


def clean(data: bytes) -> Cleaned:
    """The copy that is kept and passed on: upright RGB JPEG, at most `LONGEST_SIDE`, nothing in it but pixels.

    Of a moving picture the first frame. A JPEG that already is all that stays byte for byte, so that cleaning twice
    changes nothing. Takes JPEG, PNG, WebP, GIF, BMP and HEIC. Raises `NotAPicture`.
    """
    with opened(data) as picture:
        where = position(picture)
        kept = data if _is_clean(picture, data) else jpeg(pixels(picture))
        return Cleaned(kept, ".jpg", where)


def _is_clean(picture: Image.Image, data: bytes) -> bool:
    small = len(data) <= MOST_KEPT_BYTES and max(picture.size) <= min(LONGEST_SIDE, NARROWEST * min(picture.size))
    if not (small and picture.mode == "RGB" and is_bare_jpeg(data)):
        return False
    picture.load()  # Raises when the file breaks off: then it is no picture, however clean.
    return True


def jpeg(picture: Image.Image) -> bytes:
    """The picture's bytes as we keep and send them; the same pixels give the same bytes."""
    encoded = io.BytesIO()
    picture.save(encoded, "JPEG", quality=QUALITY, optimize=True)
    return encoded.getvalue()


class PhotoFiles:
    """A folder of files named by the SHA-256 of their content, two levels deep: `ab/cd/abcd….jpg`.

    A file stands there whole or not at all, on the disk when `put` returns, readable by the owner only. The folder
    is made when it is needed, also when it disappears meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes, suffix: str) -> str:
        """Keep the bytes and say under which hash; twice does no harm. Raises OSError when the disk will not."""
        if not _SUFFIX.fullmatch(suffix):
            raise ValueError(f"not a suffix: {suffix!r}")
        digest = hashlib.sha256(data).hexdigest()
        home = self._home(digest)
        _make(home)
        if self.path(digest) is None:
            _write(home / (digest + suffix), data)
        _sync(home)
        return digest

    def path(self, sha256: str) -> Path | None:
        """Where the file stands; None when there is none, or when this is no hash."""
        if not _SHA256.fullmatch(sha256):
            return None
        return next(iter(self._home(sha256).glob(f"{sha256}.*")), None)

    def remove(self, sha256: str) -> None:
        """Delete for good. Not being there is no failure. The caller knows that nothing else refers to this hash."""
        path = self.path(sha256)
        if path is not None:
            path.unlink(missing_ok=True)
            _sync(path.parent)

    def remove_older(self, before: datetime) -> int:
        """Delete what was put before an instant, for folders whose files can be made again. Returns how many."""
        count = 0
        for path in self._folder.glob("??/??/*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    count += 1
        return count

    def writable(self) -> bool:
        """Whether a photo could be kept now: tries it with a file that leaves no trace."""
        try:
            _make(self._folder)
            with tempfile.TemporaryFile(dir=self._folder) as trial:
                trial.write(b"?")
                trial.flush()
                os.fsync(trial.fileno())
        except OSError:
            return False
        return True

    def _home(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:4]


def _make(folder: Path) -> None:
    """Make the folder and those above it that are missing, closed to others, each entered in its parent on the disk."""
    if folder.is_dir():
        return
    _make(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync(folder.parent)


def _write(path: Path, data: bytes) -> None:
    # mkstemp makes its files with mode 0600.
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
