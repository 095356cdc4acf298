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

-- name: cards_at_work
-- The working cards of a person that still ask for something, the newest case first.
SELECT cards.case_id, cards.view, cards.key, cards.shows FROM cards JOIN cases ON cases.id = cards.case_id
WHERE cards.person_id = :person AND cards.view NOT IN ('reporter', 'question', 'closing')
    AND (cases.ended_at IS NULL OR cards.view = 'request')
ORDER BY cards.case_id DESC, cards.key;

-- name: let_cards_be!
-- Working cards of ended cases stay as they are with a person who lost a role: all when no role is left, else those
-- that came with it. Those that still ask for something come to rest one by one.
DELETE FROM cards WHERE person_id = :person AND view NOT IN ('reporter', 'question', 'closing', 'request')
    AND case_id IN (SELECT id FROM cases WHERE ended_at IS NOT NULL) AND (
    NOT EXISTS (SELECT 1 FROM roles WHERE roles.person_id = :person AND roles.until_at IS NULL)
    OR case_id IN (SELECT id FROM cases WHERE lead = :unit OR partner = :unit OR community = :area OR street = :area)
    OR (:office = 1 AND view IN ('triage', 'sorting'))
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
