"""People in the store: known by their chat, bound once, reachable or not."""

from datetime import UTC, datetime, timedelta

from domain.messages import Peer
from domain.people import Role, RoleKind
from storage import people
from storage.store import Store

NOW = datetime(2026, 4, 21, 1, 0, tzinfo=UTC)
LEE = Peer("telegram", "1", "100")
OFFICER = Role(RoleKind.OFFICER, unit="D02")


async def test_somebody_is_added_once_and_keeps_their_language(store: Store) -> None:
    first = await store.run(people.person_of, LEE, "en", NOW)
    again = await store.run(people.person_of, LEE, "zh", NOW)
    assert (first.id, first.language) == (again.id, again.language)
    assert await store.read(people.language_of, LEE) == "en"


async def test_an_unknown_language_is_chinese(store: Store) -> None:
    assert (await store.run(people.person_of, LEE, None, NOW)).language == "zh"


async def test_a_role_is_given_once(store: Store) -> None:
    person = (await store.run(people.person_of, LEE, None, NOW)).id
    assert await store.run(people.bind, person, OFFICER, NOW)
    assert not await store.run(people.bind, person, OFFICER, NOW)
    assert (await store.read(people.actor, person)).units == ("D02",)


async def test_whoever_cannot_be_reached_is_no_officer_to_send_to_until_they_write_again(store: Store) -> None:
    person = (await store.run(people.person_of, LEE, None, NOW)).id
    await store.run(people.bind, person, OFFICER, NOW)
    assert await store.run(people.set_reachable, LEE, reachable=False)
    assert not await store.run(people.set_reachable, LEE, reachable=False)
    assert await store.read(people.officers_of, "D02") == ()
    assert await store.read(people.peers_of, person) == ()
    await store.run(people.person_of, LEE, None, NOW)
    assert await store.read(people.officers_of, "D02") == (person,)


async def test_an_invitation_is_used_once_and_its_token_is_kept_nowhere(store: Store) -> None:
    expires_at = NOW + timedelta(days=7)
    await store.run(people.invite, "secret-token", OFFICER, by=None, now=NOW, expires_at=expires_at)
    found = await store.read(people.invitation, "secret-token")
    assert found is not None
    assert (found.role, found.expires_at, found.used_by) == (OFFICER, expires_at, None)
    person = (await store.run(people.person_of, LEE, None, NOW)).id
    assert await store.run(people.use_invitation, "secret-token", person, NOW)
    assert not await store.run(people.use_invitation, "secret-token", person, NOW)
    assert await store.read(people.invitation, "another") is None
