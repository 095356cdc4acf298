-- name: bonds
-- Everybody who is bound to something, officers before volunteers, with the number of chats that reach them.
SELECT person_id, kind, unit, area, since_at,
    (SELECT count(*) FROM peers WHERE peers.person_id = roles.person_id AND peers.reachable = 1) AS chats
FROM roles WHERE until_at IS NULL
ORDER BY kind, unit, area, since_at, person_id LIMIT :limit OFFSET :offset;

-- name: count_bonds^
-- How many roles there are that somebody holds.
SELECT count(*) AS bonds FROM roles WHERE until_at IS NULL;

-- name: end_role!
-- A person holds a role no longer.
UPDATE roles SET until_at = :now
WHERE person_id = :person AND kind = :kind AND coalesce(unit, '') = :unit AND coalesce(area, '') = :area
    AND until_at IS NULL;

-- name: let_cards_be!
-- Working cards of a person who lost a role stay as they are: all when no role is left, else those that came with it.
DELETE FROM cards WHERE person_id = :person AND view NOT IN ('reporter', 'question', 'closing') AND (
    NOT EXISTS (SELECT 1 FROM roles WHERE roles.person_id = :person AND roles.until_at IS NULL)
    OR case_id IN (SELECT id FROM cases WHERE lead = :unit OR partner = :unit OR community = :area OR street = :area)
    OR (:office = 1 AND view IN ('triage', 'sorting', 'request'))
);

-- name: person_by_id^
-- The language a person reads, and whether nothing more is taken from them.
SELECT language, blocked FROM people WHERE id = :person;

-- name: blocked_people
-- Those from whom nothing more is taken.
SELECT id FROM people WHERE blocked = 1 ORDER BY id LIMIT :limit OFFSET :offset;

-- name: count_blocked^
-- How many people there are from whom nothing more is taken.
SELECT count(*) AS people FROM people WHERE blocked = 1;
