-- name: kept_of_person^
-- Since when somebody is known, and how much of what they sent and did is kept. Photos that were erased do not count.
SELECT
    people.created_at AS since_at,
    (SELECT count(*) FROM photos WHERE photos.person_id = people.id AND photos.state <> 'erased') AS photos,
    (SELECT count(*) FROM events WHERE events.person_id = people.id AND events.part NOT IN ('reporter', 'neighbour')) AS acts
FROM people WHERE people.id = :person;

-- name: kept_roles
-- What somebody is bound to, and since when.
SELECT kind, unit, area, since_at FROM roles WHERE person_id = :person AND until_at IS NULL
ORDER BY since_at, unit, area;

-- name: kept_reports
-- What somebody reported, the newest first.
SELECT cases.number, cases.state, cases.filed_at FROM reporters JOIN cases ON cases.id = reporters.case_id
WHERE reporters.person_id = :person ORDER BY cases.id DESC;

-- name: kept_judgements
-- What somebody said of the result of what they reported, oldest first.
SELECT cases.number, events.verb, events.at, events.detail FROM reporters
JOIN cases ON cases.id = reporters.case_id
JOIN events ON events.case_id = cases.id AND events.person_id = reporters.person_id
WHERE reporters.person_id = :person AND events.verb IN ('rate', 'solved', 'unsolved') ORDER BY events.id;
