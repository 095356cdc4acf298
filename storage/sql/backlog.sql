-- name: backlog^
-- How much is under way: messages to be worked off, messages to be sent or in flight, files to be fetched.
SELECT
    (SELECT count(*) FROM inbox WHERE state = 'waiting') AS inbox,
    (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'leased')) AS outbox,
    (SELECT count(*) FROM photos WHERE state = 'wanted') AS photos;

-- name: standing^
-- What waits: messages to be worked off and the oldest of them, messages to be sent and when the first should have gone.
SELECT
    (SELECT count(*) FROM inbox WHERE state = 'waiting') AS inbox,
    (SELECT min(received_at) FROM inbox WHERE state = 'waiting') AS inbox_since,
    (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'leased')) AS outbox,
    (SELECT min(line) FROM outbox WHERE state IN ('waiting', 'leased')) AS outbox_since;

-- name: cases_by_state
-- How many cases stand in each state.
SELECT state, count(*) AS cases FROM cases GROUP BY state;
