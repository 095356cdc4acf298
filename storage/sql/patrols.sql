-- name: patrol_of^
-- The patrol a person is on.
SELECT body FROM patrols WHERE person_id = :person;

-- name: save_patrol!
-- A patrol as it stands now.
INSERT INTO patrols (person_id, ends_at, body) VALUES (:person, :ends_at, :body)
ON CONFLICT (person_id) DO UPDATE SET ends_at = excluded.ends_at, body = excluded.body;

-- name: end_patrol!
-- A patrol is over.
DELETE FROM patrols WHERE person_id = :person;

-- name: patrols_due
-- Whose patrol has been left alone for long enough.
SELECT person_id FROM patrols WHERE ends_at <= :now ORDER BY ends_at, person_id;
