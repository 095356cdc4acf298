-- name: bind_group!
-- A group chat is a unit's, or one for the bulletin, from now on; once is enough.
INSERT INTO group_chats (channel, account, chat, topic, kind, unit, language, since_at)
VALUES (:channel, :account, :chat, :topic, :kind, :unit, :language, :now)
ON CONFLICT DO NOTHING;

-- name: group_by_id^
-- A group chat that is bound.
SELECT id, channel, account, chat, topic, kind, unit, language FROM group_chats WHERE id = :id AND until_at IS NULL;

-- name: groups_of_unit
-- The group chats a unit works in.
SELECT id, channel, account, chat, topic, kind, unit, language
FROM group_chats WHERE unit = :unit AND kind = 'group' AND until_at IS NULL ORDER BY id;

-- name: groups_of_kind
-- All group chats of a kind.
SELECT id, channel, account, chat, topic, kind, unit, language
FROM group_chats WHERE kind = :kind AND until_at IS NULL ORDER BY id;

-- name: groups_of_chat
-- What a chat is bound to, in any of its topics.
SELECT id, channel, account, chat, topic, kind, unit, language
FROM group_chats WHERE channel = :channel AND account = :account AND chat = :chat AND until_at IS NULL ORDER BY id;

-- name: unbind_chat!
-- A chat is bound to nothing any more, in none of its topics.
UPDATE group_chats SET until_at = :now
WHERE channel = :channel AND account = :account AND chat = :chat AND until_at IS NULL;

-- name: move_group!
-- The chat goes on under another id; what is bound there already stays as it is.
UPDATE group_chats SET chat = :new, until_at = NULL
WHERE channel = :channel AND account = :account AND chat = :chat AND (until_at IS NULL OR until_at >= :lately)
    AND NOT EXISTS (
    SELECT 1 FROM group_chats AS there
    WHERE (there.channel, there.account, there.topic, there.kind, coalesce(there.unit, ''))
            = (group_chats.channel, group_chats.account, group_chats.topic, group_chats.kind,
                coalesce(group_chats.unit, ''))
        AND there.chat = :new AND there.until_at IS NULL
);
