-- name: inbox_heads
-- Claim the oldest waiting message of each chat, where its time has come and no other process has claimed it.
UPDATE inbox SET owner = :owner WHERE id IN (
    SELECT id FROM inbox WHERE head = 1 AND not_before <= :now AND owner IN (0, :owner)
    ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED
)
RETURNING id, channel, chat, payload, attempts, received_at, first_failed_at, owner;

-- name: inbox_next^
-- Claim the oldest waiting message of one chat, if its time has come and no other process has claimed it.
UPDATE inbox SET owner = :owner WHERE id = (
    SELECT id FROM inbox WHERE channel = :channel AND chat = :chat AND head = 1 AND state = 'waiting'
        AND not_before <= :now AND owner IN (0, :owner)
    FOR UPDATE SKIP LOCKED
)
RETURNING id, channel, chat, payload, attempts, received_at, first_failed_at, owner;

-- name: inbox_free!
-- What was claimed by processes that are gone is free: the number of one that is there is an advisory lock.
UPDATE inbox SET owner = 0 WHERE owner <> 0 AND owner NOT IN (
    SELECT CAST(objid AS BIGINT) FROM pg_locks
    WHERE locktype = 'advisory' AND CAST(classid AS BIGINT) = 1398079489 AND objsubid = 2 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
);
