-- name: inbox_take!
-- Keep what came in, unless it came before. It heads its chat when nothing of it waits.
INSERT INTO inbox (channel, external_id, chat, payload, state, head, received_at)
VALUES (
    :channel, :external_id, :chat, :payload, 'waiting',
    CASE WHEN EXISTS (SELECT 1 FROM inbox WHERE channel = :channel AND chat = :chat AND state = 'waiting')
        THEN 0 ELSE 1 END,
    :now
)
ON CONFLICT (channel, external_id) DO NOTHING;

-- name: inbox_done^
-- Mark a message done and erase what it said; answers with its chat, or with nothing when it waits no longer.
UPDATE inbox SET state = 'done', head = 0, owner = 0, payload = NULL, error = NULL, done_at = :now
WHERE id = :id AND state = 'waiting' AND owner = :owner RETURNING channel, chat;

-- name: inbox_failed!
-- Count a failure and back off.
UPDATE inbox SET attempts = attempts + 1, owner = 0, error = :error, not_before = :not_before,
    first_failed_at = COALESCE(first_failed_at, :now)
WHERE id = :id AND state = 'waiting' AND owner = :owner;

-- name: inbox_parked^
-- Put a message aside with what it said, out of its chat's way; answers with its chat.
UPDATE inbox SET state = 'parked', head = 0, owner = 0, error = :error, done_at = :now
WHERE id = :id AND state = 'waiting' AND owner = :owner RETURNING channel, chat;

-- name: inbox_retry^
-- A parked message waits again, as if it had just come; answers with its chat.
UPDATE inbox SET state = 'waiting', attempts = 0, not_before = 0, first_failed_at = NULL, error = NULL, done_at = NULL
WHERE id = :id AND state = 'parked' AND payload IS NOT NULL RETURNING channel, chat;

-- name: inbox_behead!
-- The chat has no head for a moment, because an older message comes back into the line.
UPDATE inbox SET head = 0 WHERE channel = :channel AND chat = :chat AND state = 'waiting' AND head = 1;

-- name: inbox_promote!
-- The oldest waiting message of a chat is its head.
UPDATE inbox SET head = 1
WHERE id = (SELECT MIN(id) FROM inbox WHERE channel = :channel AND chat = :chat AND state = 'waiting');

-- name: inbox_list_parked
-- What is parked and still has its payload, the longest parked first.
SELECT id, channel, external_id, chat, payload, attempts, error, received_at, done_at FROM inbox
WHERE state = 'parked' AND payload IS NOT NULL ORDER BY done_at, id LIMIT :limit;

-- name: inbox_find_parked^
-- One that is parked and still has its payload.
SELECT id, channel, external_id, chat, payload, attempts, error, received_at, done_at FROM inbox
WHERE id = :id AND state = 'parked' AND payload IS NOT NULL;

-- name: inbox_erase_parked!
-- Erase what parked messages said that were put aside before an instant.
UPDATE inbox SET payload = NULL, error = NULL
WHERE state = 'parked' AND payload IS NOT NULL AND done_at < :before;

-- name: inbox_earliest^
-- When the next head that backs off is due.
SELECT MIN(not_before) AS due FROM inbox WHERE head = 1 AND not_before > :now;

-- name: inbox_unwind!
-- The clock was set back: what has failed, as it seems, later than now is tried again now, and its minute begins anew.
UPDATE inbox SET first_failed_at = :now, not_before = :now WHERE head = 1 AND first_failed_at > :now;

-- name: inbox_purge!
-- Forget messages that were finished with before an instant; after that they would be taken again.
DELETE FROM inbox WHERE payload IS NULL AND done_at < :before;

-- name: inbox_waiting_count^
-- How many messages wait.
SELECT COUNT(*) AS waiting FROM inbox WHERE state = 'waiting';
