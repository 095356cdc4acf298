-- name: outbox_owe^
-- Owe a message, unless one is known by its dedupe key; answers with the id of the new one.
INSERT INTO outbox (
    dedupe, channel, account, chat, topic, is_group, kind, notice, key, case_id, purpose, line, state,
    not_before, not_after, created_at
)
VALUES (
    :dedupe, :channel, :account, :chat, :topic, :is_group, :kind, :notice, :key, :case_id, :purpose, :line, 'waiting',
    :not_before, :not_after, :now
)
ON CONFLICT (dedupe) DO NOTHING RETURNING id;

-- name: outbox_pull!
-- What is due or in flight at an address and was owed earlier goes no later than this message, so that order stands.
UPDATE outbox SET line = :line
WHERE id IN (
    SELECT id FROM outbox
    WHERE (channel, account, chat, topic, is_group) = (:channel, :account, :chat, :topic, :is_group)
        AND state = 'waiting' AND line > :line AND id < :id AND (not_before <= :now OR attempts > 0)
    UNION ALL
    SELECT id FROM outbox
    WHERE (channel, account, chat, topic, is_group) = (:channel, :account, :chat, :topic, :is_group)
        AND state = 'leased' AND line > :line
);

-- name: outbox_newest_of_key^
-- The newest waiting message with the key, and at the address, of a given one.
SELECT newest.id, newest.kind FROM outbox AS given JOIN outbox AS newest
    ON (newest.channel, newest.account, newest.chat, newest.topic, newest.is_group)
        = (given.channel, given.account, given.chat, given.topic, given.is_group)
    AND newest.key = given.key AND newest.state = 'waiting'
WHERE given.id = :id ORDER BY newest.id DESC LIMIT 1;

-- name: outbox_supersede
-- The waiting messages that a newer one with their key, at their address, makes void; answers with their places.
UPDATE outbox SET state = :state, notice = NULL, done_at = :now
WHERE (channel, account, chat, topic, is_group, key)
        = (SELECT channel, account, chat, topic, is_group, key FROM outbox WHERE id = :newest)
    AND state = 'waiting' AND id < :newest
RETURNING line, attempts, not_before;

-- name: outbox_take_place!
-- The place in the line of a message that was superseded goes to the newer one, and so does its backing off.
UPDATE outbox SET
    line = CASE WHEN line > :line THEN :line ELSE line END,
    attempts = attempts + :attempts,
    not_before = CASE WHEN :attempts > 0 AND not_before < :not_before THEN :not_before ELSE not_before END
WHERE id = :id;

-- name: outbox_unwind!
-- The clock was set back: what was owed, as it seems, later than now is owed now, and waits no longer for that.
UPDATE outbox SET created_at = :now, line = line - (created_at - :now), not_after = not_after - (created_at - :now),
    not_before = CASE WHEN not_before = 0 THEN 0 ELSE not_before - (created_at - :now) END
WHERE state = 'waiting' AND created_at > :now;

-- name: outbox_reclaim
-- Messages whose lease ran out wait again.
UPDATE outbox SET state = 'waiting', attempts = attempts + 1, owner = NULL, lease_until = NULL
WHERE state = 'leased' AND lease_until <= :now RETURNING id;

-- name: outbox_give_back
-- Messages that somebody else leased wait again.
UPDATE outbox SET state = 'waiting', attempts = attempts + 1, owner = NULL, lease_until = NULL
WHERE state = 'leased' AND owner <> :owner RETURNING id;

-- name: outbox_hold!
-- A message that is still in flight stays leased to whoever sends it.
UPDATE outbox SET lease_until = :until WHERE id = :id AND owner = :owner AND state = 'leased';

-- name: outbox_expire!
-- Waiting messages whose time is over.
UPDATE outbox SET state = 'expired', notice = NULL, done_at = :now
WHERE state = 'waiting' AND not_after IS NOT NULL AND not_after < :now;

-- name: outbox_lease
-- Lease the first due message of each address that has none in flight and does not back off, in the order of the line.
UPDATE outbox SET state = 'leased', owner = :owner, lease_until = :until
WHERE id IN (
    SELECT head.id FROM outbox AS head
    WHERE head.state = 'waiting' AND head.not_before <= :now
        AND NOT EXISTS (
            SELECT 1 FROM outbox AS ahead
            WHERE (ahead.channel, ahead.account, ahead.chat, ahead.topic, ahead.is_group)
                    = (head.channel, head.account, head.chat, head.topic, head.is_group)
                AND ahead.state = 'waiting' AND ahead.not_before <= :now
                AND (ahead.line, ahead.id) < (head.line, head.id)
        )
        AND NOT EXISTS (
            SELECT 1 FROM outbox AS flying
            WHERE (flying.channel, flying.account, flying.chat, flying.topic, flying.is_group)
                    = (head.channel, head.account, head.chat, head.topic, head.is_group)
                AND flying.state = 'leased'
        )
        AND NOT EXISTS (
            SELECT 1 FROM outbox AS tried
            WHERE (tried.channel, tried.account, tried.chat, tried.topic, tried.is_group)
                    = (head.channel, head.account, head.chat, head.topic, head.is_group)
                AND tried.state = 'waiting' AND tried.attempts > 0 AND tried.not_before > :now
        )
    ORDER BY head.line, head.id LIMIT :limit
)
RETURNING id, channel, account, chat, topic, is_group, notice, key, case_id, purpose, line, attempts, created_at;

-- name: outbox_sent^
-- Delivered; answers with where it stands now. Also when the lease had run out: what is in the chat is in the chat.
UPDATE outbox SET state = 'sent', handle = :handle, why = NULL, notice = NULL, owner = NULL, lease_until = NULL,
    done_at = :now
WHERE id = :id AND state <> 'sent'
RETURNING channel, account, chat, topic, is_group, kind, key, case_id;

-- name: outbox_later!
-- Not now: the message waits again.
UPDATE outbox SET state = 'waiting', attempts = attempts + 1, not_before = :until, why = :why, owner = NULL,
    lease_until = NULL
WHERE id = :id AND state IN ('waiting', 'leased');

-- name: outbox_finish!
-- The message will not be delivered; its notice is erased.
UPDATE outbox SET state = :state, why = :why, notice = NULL, owner = NULL, lease_until = NULL, done_at = :now
WHERE id = :id AND state IN ('waiting', 'leased');

-- name: outbox_drop!
-- Nothing that waits for an address will reach it.
UPDATE outbox SET state = 'unreachable', why = :why, notice = NULL, done_at = :now
WHERE (channel, account, chat, topic, is_group) = (:channel, :account, :chat, :topic, :is_group)
    AND state = 'waiting';

-- name: outbox_land!
-- What is in flight to a group, in any of its topics, comes back and waits.
UPDATE outbox SET state = 'waiting', owner = NULL, lease_until = NULL
WHERE channel = :channel AND account = :account AND chat = :old AND is_group = 1 AND state = 'leased';

-- name: outbox_move
-- What waits for a group, in any of its topics, waits for its new id; answers with the ids of the messages.
UPDATE outbox SET chat = :new
WHERE channel = :channel AND account = :account AND chat = :old AND is_group = 1 AND state = 'waiting'
RETURNING id;

-- name: outbox_flying^
-- The message with a key that is on its way to an address right now.
SELECT case_id FROM outbox
WHERE (channel, account, chat, topic, is_group) = (:channel, :account, :chat, :topic, :is_group)
    AND state = 'leased' AND key = :key;

-- name: outbox_retract!
-- Messages with a key that wait for an address are taken back before anybody saw them.
UPDATE outbox SET state = 'retracted', notice = NULL, done_at = :now
WHERE (channel, account, chat, topic, is_group, key) = (:channel, :account, :chat, :topic, :is_group, :key)
    AND state = 'waiting';

-- name: outbox_spoke_of^
-- What a message of ours spoke of, by its handle in the chat. A handle is the same in every topic of a group.
SELECT key, case_id FROM outbox
WHERE channel = :channel AND account = :account AND chat = :chat AND is_group = :is_group AND handle = :handle
    AND (key IS NOT NULL OR case_id IS NOT NULL)
ORDER BY id DESC LIMIT 1;

-- name: outbox_earliest^
-- When something becomes due that is not due now: a message that waits for its time, or a lease that runs out.
SELECT MIN(due) AS due FROM (
    SELECT MIN(not_before) AS due FROM outbox WHERE state = 'waiting' AND not_before > :now
    UNION ALL
    SELECT MIN(lease_until) AS due FROM outbox WHERE state = 'leased'
) AS dues;

-- name: outbox_waiting_count^
-- How many messages wait to be sent.
SELECT COUNT(*) AS waiting FROM outbox WHERE state = 'waiting';

-- name: outbox_forget!
-- No trace stays of a message of this kind that is finished with.
DELETE FROM outbox WHERE id = :id AND kind = :kind AND done_at IS NOT NULL;

-- name: outbox_purge!
-- Forget messages finished with before an instant; after that they could be owed again. What stands in a chat and
-- speaks of an open case stays: an answer to it belongs there, however late it comes.
DELETE FROM outbox WHERE done_at IS NOT NULL AND done_at < :before AND (
    handle IS NULL
    OR NOT EXISTS (SELECT 1 FROM cases WHERE cases.id = outbox.case_id AND cases.ended_at IS NULL)
);
