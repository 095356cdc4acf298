"""The archive of a backup: what it holds, and what is not believed."""

import json
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.archive import BrokenArchive, Manifest, pack, unpack

MADE_AT = datetime(2026, 4, 21, tzinfo=UTC)
SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
PHOTO = f"photos/ba/78/{SHA256}.jpg"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A database, a photo, and one photo that was gone by then."""
    (tmp_path / "database").write_bytes(b"rows" * 1000)
    (tmp_path / "photo").write_bytes(b"abc")
    entries = [("bot.db", "database"), (PHOTO, "photo"), (PHOTO.replace("ba", "bb"), "gone")]
    pack(tmp_path / "made.tar", [(name, tmp_path / path) for name, path in entries], MADE_AT)
    return tmp_path / "made.tar"


def unpacked(archive: Path) -> Manifest:
    return unpack(archive, lambda name: archive.parent / "new" / name, lambda _done, _total: None)


def test_what_is_packed_comes_out_again(archive: Path) -> None:
    manifest = unpacked(archive)
    assert (manifest.photos, manifest.size) == (1, 4003)
    assert (archive.parent / "new" / PHOTO).read_bytes() == b"abc"


def test_the_manifest_says_what_is_in_an_archive_to_whoever_looks_without_us(archive: Path) -> None:
    with tarfile.open(archive) as tar:
        said = json.load(tar.extractfile("manifest.json") or pytest.fail("no manifest"))
    assert (said["format"], said["photos"], said["made_at"]) == (1, 1, "2026-04-21T00:00:00+00:00")
    assert said["files"][PHOTO] == {"size": 3, "sha256": SHA256}
    assert sorted(said["files"]) == ["bot.db", PHOTO]


def cut_off(content: bytes) -> bytes:
    return content[:2000]


def without_its_end(content: bytes) -> bytes:
    """Cut where an entry begins."""
    return content[: content.index(b"manifest.json")]


def one_byte_wrong(content: bytes) -> bytes:
    return content.replace(b"abc", b"abd", 1)


def no_archive(_: bytes) -> bytes:
    return b"once upon a time"


def empty(_: bytes) -> bytes:
    return b""


def of_the_future(content: bytes) -> bytes:
    return content.replace(b'"format": 1', b'"format": 2')


def with_another_manifest(content: bytes) -> bytes:
    return content.replace(b'"files"', b'"fails"')


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (cut_off, "read to its end"),
        (without_its_end, "end is missing"),
        (one_byte_wrong, "not as it was written"),
        (no_archive, "read to its end"),
        (empty, "read to its end"),
        (of_the_future, "newer program"),
        (with_another_manifest, "manifest cannot be read"),
    ],
)
def test_what_is_not_as_it_was_made_is_refused(archive: Path, spoil: Callable[[bytes], bytes], why: str) -> None:
    archive.write_bytes(spoil(archive.read_bytes()))
    with pytest.raises(BrokenArchive, match=why):
        unpacked(archive)


def entry(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, target
    return made


@pytest.mark.parametrize(
    "entries",
    [
        [entry("../escaped")],
        [entry("/tmp/escaped")],  # noqa: S108 - the very thing that is refused
        [entry(f"photos/../../{SHA256}.jpg")],
        [entry("bot.db", tarfile.SYMTYPE, "/etc/passwd")],
        [entry("bot.db", tarfile.CHRTYPE)],
        [entry("bot.db"), entry("bot.db")],
    ],
    ids=lambda entries: entries[0].name,
)
def test_no_entry_leads_out_of_its_place(tmp_path: Path, entries: list[tarfile.TarInfo]) -> None:
    with tarfile.open(tmp_path / "made.tar", "w") as tar:
        for one in entries:
            tar.addfile(one)
    with pytest.raises(BrokenArchive):
        unpacked(tmp_path / "made.tar")
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} <= {"made.tar", "bot.db"}
