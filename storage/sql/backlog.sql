-- name: backlog^
-- How much is under way: messages to be worked off, messages to be sent or in flight, files to be fetched.
SELECT
    (SELECT count(*) FROM inbox WHERE state = 'waiting') AS inbox,
    (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'leased')) AS outbox,
    (SELECT count(*) FROM photos WHERE state = 'wanted') AS photos;
