-- name: inbox_heads
-- The oldest waiting message of each chat, where its time has come; the oldest first. One process has them all.
SELECT id, channel, chat, payload, attempts, received_at, first_failed_at, owner FROM inbox
WHERE head = 1 AND not_before <= :now AND owner = :owner ORDER BY id LIMIT :limit;

-- name: inbox_next^
-- The oldest waiting message of one chat, if its time has come.
SELECT id, channel, chat, payload, attempts, received_at, first_failed_at, owner FROM (
    SELECT * FROM inbox WHERE channel = :channel AND chat = :chat AND state = 'waiting' ORDER BY id LIMIT 1
) AS oldest WHERE not_before <= :now AND owner = :owner;

-- name: inbox_free!
-- What several processes had claimed on another engine is the one process's here.
UPDATE inbox SET owner = 0 WHERE owner <> 0;
