-- name: shown_of^
-- The message that stands at an address under a key.
SELECT handle, form, case_id, messages FROM shown
WHERE (channel, account, chat, topic, is_group, key) = (:channel, :account, :chat, :topic, :is_group, :key);

-- name: shown_put!
-- This message stands there from now on, unless a newer one does.
INSERT INTO shown (channel, account, chat, topic, is_group, key, handle, form, case_id, outbox_id, messages, at)
VALUES (:channel, :account, :chat, :topic, :is_group, :key, :handle, :form, :case_id, :outbox_id, :messages, :now)
ON CONFLICT (channel, account, chat, topic, is_group, key) DO UPDATE SET
    messages = CASE WHEN excluded.handle = shown.handle THEN shown.messages ELSE excluded.messages END,
    handle = excluded.handle, form = excluded.form, case_id = excluded.case_id, outbox_id = excluded.outbox_id,
    at = excluded.at
WHERE excluded.outbox_id >= shown.outbox_id;

-- name: count_message!
-- One more message stands in a chat.
INSERT INTO chats (channel, account, chat, is_group, messages) VALUES (:channel, :account, :chat, :is_group, 1)
ON CONFLICT (channel, account, chat, is_group) DO UPDATE SET messages = chats.messages + 1;

-- name: move_count!
-- A group that moved has seen as many messages under its new id.
INSERT INTO chats (channel, account, chat, is_group, messages)
SELECT channel, account, :new, is_group, messages FROM chats
WHERE channel = :channel AND account = :account AND chat = :old AND is_group = 1
ON CONFLICT (channel, account, chat, is_group) DO UPDATE SET messages = chats.messages + excluded.messages;

-- name: messages_of^
-- How many messages a chat has seen.
SELECT messages FROM chats
WHERE channel = :channel AND account = :account AND chat = :chat AND is_group = :is_group;

-- name: shown_aside^
-- The message that stands at an address under a key stands there under a name of its own; answers with that.
UPDATE shown SET key = key || ':' || outbox_id
WHERE (channel, account, chat, topic, is_group, key) = (:channel, :account, :chat, :topic, :is_group, :key)
RETURNING key;

-- name: shown_gone!
-- Nothing stands there any more.
DELETE FROM shown
WHERE (channel, account, chat, topic, is_group, key) = (:channel, :account, :chat, :topic, :is_group, :key);

-- name: shown_move!
-- What stands in a group stands under its new id, unless something newer does.
INSERT INTO shown (channel, account, chat, topic, is_group, key, handle, form, case_id, outbox_id, messages, at)
SELECT channel, account, :new, topic, is_group, key, handle, form, case_id, outbox_id, messages, at FROM shown
WHERE channel = :channel AND account = :account AND chat = :old AND is_group = 1
ON CONFLICT (channel, account, chat, topic, is_group, key) DO UPDATE SET
    handle = excluded.handle, form = excluded.form, case_id = excluded.case_id, outbox_id = excluded.outbox_id,
    at = excluded.at
WHERE excluded.outbox_id >= shown.outbox_id;

-- name: shown_leave!
-- A group that moved has nothing under its old id.
DELETE FROM shown WHERE channel = :channel AND account = :account AND chat = :old AND is_group = 1;
