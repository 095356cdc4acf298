-- name: person_of_peer^
-- The person behind a chat, and whether the chat can be reached.
SELECT people.id, people.language, people.introduced, people.blocked, peers.reachable
FROM peers JOIN people ON people.id = peers.person_id
WHERE peers.channel = :channel AND peers.account = :account AND peers.peer = :peer;

-- name: add_person^
-- Somebody new.
INSERT INTO people (language, created_at) VALUES (:language, :now) RETURNING id;

-- name: add_peer!
-- The chat in which a person is reached.
INSERT INTO peers (channel, account, peer, person_id) VALUES (:channel, :account, :peer, :person);

-- name: set_introduced!
-- The person has been told what is kept about them.
UPDATE people SET introduced = 1 WHERE id = :person;

-- name: set_language!
-- The language a person reads.
UPDATE people SET language = :language WHERE id = :person;

-- name: set_reachable!
-- Whether a chat can be reached: 0 once the person blocked us.
UPDATE peers SET reachable = :reachable
WHERE channel = :channel AND account = :account AND peer = :peer AND reachable <> :reachable;

-- name: peers_of
-- The chats in which a person is reached; none for whom the office has shut out.
SELECT peers.channel, peers.account, peers.peer FROM peers JOIN people ON people.id = peers.person_id
WHERE peers.person_id = :person AND peers.reachable = 1 AND people.blocked = 0 ORDER BY peers.channel, peers.peer;

-- name: language_of_peer^
-- The language of whoever reads there.
SELECT people.language FROM peers JOIN people ON people.id = peers.person_id
WHERE peers.channel = :channel AND peers.account = :account AND peers.peer = :peer;

-- name: roles_of
-- What a person is bound to.
SELECT kind, unit, area FROM roles WHERE person_id = :person AND until_at IS NULL ORDER BY since_at, unit, area;

-- name: set_blocked!
-- Whether the office has shut a person out.
UPDATE people SET blocked = :blocked WHERE id = :person;

-- name: end_roles!
-- A person is bound to nothing any more.
UPDATE roles SET until_at = :now WHERE person_id = :person AND until_at IS NULL;

-- name: add_role!
-- Bind a person; once is enough.
INSERT INTO roles (person_id, kind, unit, area, since_at) VALUES (:person, :kind, :unit, :area, :now)
ON CONFLICT DO NOTHING;

-- name: officers_of
-- The officers of a unit who can be reached.
SELECT DISTINCT roles.person_id
FROM roles JOIN peers ON peers.person_id = roles.person_id AND peers.reachable = 1
WHERE roles.unit = :unit AND roles.kind = 'officer' AND roles.until_at IS NULL
ORDER BY roles.person_id;

-- name: volunteers_of
-- The volunteers of an area (a street or a community) who can be reached.
SELECT DISTINCT roles.person_id
FROM roles JOIN peers ON peers.person_id = roles.person_id AND peers.reachable = 1
WHERE roles.area = :area AND roles.kind = 'volunteer' AND roles.until_at IS NULL
ORDER BY roles.person_id;

-- name: add_invitation!
-- A one-time invitation; only the hash of its token is kept.
INSERT INTO invitations (token_hash, kind, unit, area, created_by, created_at, expires_at)
VALUES (:token_hash, :kind, :unit, :area, :created_by, :now, :expires_at);

-- name: invitation^
-- An invitation by the hash of its token.
SELECT kind, unit, area, expires_at, used_at, used_by FROM invitations WHERE token_hash = :token_hash;

-- name: use_invitation!
-- Use it up; nothing changes when somebody was quicker.
UPDATE invitations SET used_at = :now, used_by = :person WHERE token_hash = :token_hash AND used_at IS NULL;

-- name: bound_units
-- Every unit with somebody bound, and how many.
SELECT unit, count(*) AS officers FROM roles WHERE kind = 'officer' AND until_at IS NULL GROUP BY unit ORDER BY unit;

-- name: menu_of^
-- The menu that was owed to a person last.
SELECT menu FROM people WHERE id = :person;

-- name: set_menu!
-- The menu that is owed to a person.
UPDATE people SET menu = :menu WHERE id = :person;

-- name: mistrust_menu!
-- A menu that was not taken in a chat counts as not owed yet; whoever has that of everybody is owed none.
UPDATE people SET menu = '?'
WHERE menu <> '' AND id = (SELECT person_id FROM peers WHERE channel = :channel AND account = :account AND peer = :peer);

-- name: people_with_menus
-- Those who can be reached and are bound to something, or have a menu of their own.
SELECT id FROM people
WHERE blocked = 0
    AND EXISTS (SELECT 1 FROM peers WHERE peers.person_id = people.id AND peers.reachable = 1)
    AND (menu <> '' OR EXISTS (SELECT 1 FROM roles WHERE roles.person_id = people.id AND roles.until_at IS NULL))
ORDER BY id;
