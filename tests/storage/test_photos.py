"""Pictures in the store: where they belong, whether they are here, when they go."""

from datetime import UTC, datetime, timedelta

from domain.messages import Media, MediaKind, Peer
from storage import people, photos
from storage.store import Store, Work

NOW = datetime(2026, 4, 21, 1, 0, tzinfo=UTC)
WANG = Peer("telegram", "1", "100")
SHA = "a" * 64


def sent(work: Work, album: str | None = None) -> int:
    """A photo that came with an answer and belongs nowhere yet."""
    person = people.person_of(work, WANG, None, NOW).id
    media = Media(MediaKind.PHOTO, "file-id", "unique", album)
    return photos.add(work, media, WANG, person, NOW)


async def test_a_photo_is_wanted_until_it_is_kept(store: Store) -> None:
    photo = await store.run(sent)
    assert [one.id for one in await store.read(photos.wanted, NOW, 10)] == [photo]
    assert await store.run(photos.kept, photo, SHA, 1234)
    assert not await store.run(photos.kept, photo, SHA, 1234)
    assert await store.read(photos.wanted, NOW, 10) == ()


async def test_one_that_fails_is_wanted_again_later(store: Store) -> None:
    photo = await store.run(sent)
    later = NOW + timedelta(seconds=30)
    await store.run(photos.later, photo, "TimedOut", later)
    assert await store.read(photos.wanted, NOW, 10) == ()
    assert await store.read(photos.next_fetch, NOW) == later
    assert [one.attempts for one in await store.read(photos.wanted, later, 10)] == [1]


async def test_one_that_can_never_be_had_is_given_up(store: Store) -> None:
    photo = await store.run(sent)
    await store.run(photos.lost, photo, "too_big")
    assert await store.read(photos.next_fetch, NOW) is None


async def test_the_first_of_an_album_says_where_the_others_belong(store: Store) -> None:
    first = await store.run(sent, "album-7")
    await store.run(sent, "album-7")
    found = await store.read(photos.of_album, 1, "album-7")
    assert found is not None
    assert found.id == first
    assert await store.read(photos.of_album, 1, "album-8") is None


async def test_a_file_goes_when_no_photo_needs_it_any_more(store: Store) -> None:
    """Two people sent the same picture: it stays until the last of them is forgotten."""
    one, other = await store.run(sent), await store.run(sent)
    for photo in (one, other):
        await store.run(photos.kept, photo, SHA, 1234)
    await store.run(photos.give_to_case, [], 1, photos.PhotoRole.AFTER, 0)
    await store.run(photos.erase_stray, NOW + timedelta(days=3))
    assert await store.read(photos.files_to_remove) == (SHA,)
    await store.run(photos.file_removed, SHA)
    assert await store.read(photos.files_to_remove) == ()


async def test_a_file_that_comes_after_its_photo_was_forgotten_goes_as_well(store: Store) -> None:
    """Somebody gave up their report while the picture was on its way."""
    photo = await store.run(sent)
    await store.run(photos.erase_stray, NOW + timedelta(days=3))
    assert not await store.run(photos.kept, photo, SHA, 1234)
    assert await store.read(photos.files_to_remove) == (SHA,)


async def test_a_file_that_is_still_needed_stays(store: Store) -> None:
    early = await store.run(sent)
    await store.run(photos.kept, early, SHA, 1234)

    def sent_later(work: Work) -> int:
        person = people.person_of(work, WANG, None, NOW).id
        return photos.add(work, Media(MediaKind.PHOTO, "x", "y"), WANG, person, NOW + timedelta(days=9))

    late = await store.run(sent_later)
    await store.run(photos.kept, late, SHA, 1234)
    await store.run(photos.erase_stray, NOW + timedelta(days=3))
    assert await store.read(photos.files_to_remove) == ()
