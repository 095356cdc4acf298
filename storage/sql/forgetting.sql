-- name: forget_chat_outbox!
-- Everything that is, or was, to be sent to a person's private chat.
DELETE FROM outbox WHERE channel = :channel AND account = :account AND chat = :chat AND is_group = 0;

-- name: forget_chat_shown!
-- What stands in a person's private chat.
DELETE FROM shown WHERE channel = :channel AND account = :account AND chat = :chat AND is_group = 0;

-- name: forget_chat_heard!
-- Where the messages of a person's private chat went.
DELETE FROM heard WHERE channel = :channel AND account = :account AND peer = :chat;

-- name: forget_chat_count!
-- How many messages a person's private chat has seen.
DELETE FROM chats WHERE channel = :channel AND account = :account AND chat = :chat AND is_group = 0;

-- name: forget_looks!
-- That somebody looked at who reported stays recorded, and why.
UPDATE looks SET person_id = :nobody WHERE person_id = :person;

-- name: forget_chat_inbox!
-- That a message came stays, so that it is not taken twice; what it said and where from goes. What still waits is later.
UPDATE inbox SET chat = '', payload = NULL, error = NULL
WHERE channel = :channel AND chat = :chat AND state <> 'waiting';

-- name: forget_tokens!
-- A person's buttons, and those that name the person: the office's lists are asked for anew.
DELETE FROM tokens WHERE person_id = :person OR verb IN ('person', 'unbind', 'unbind_yes', 'people_page')
    OR (verb IN ('block', 'unblock') AND argument = CAST(:person AS TEXT));

-- name: forget_patrol!
-- The patrol a person was on, with where they were.
DELETE FROM patrols WHERE person_id = :person;

-- name: forget_forms!
-- The question a person was asked.
DELETE FROM forms WHERE person_id = :person;

-- name: forget_cards!
-- The cards that stand with a person.
DELETE FROM cards WHERE person_id = :person;

-- name: forget_reporters!
-- Which cases a person reported.
DELETE FROM reporters WHERE person_id = :person;

-- name: add_nobody!
-- Whom photos belong to once their sender asked to be forgotten.
INSERT INTO people (id, language, introduced, created_at) VALUES (:nobody, '', 1, 0) ON CONFLICT (id) DO NOTHING;

-- name: forget_unfiled_photos!
-- Photos that came and belong to no case are erased; their files go next.
UPDATE photos SET state = 'erased', ref = '' WHERE person_id = :person AND case_id IS NULL;

-- name: forget_photos!
-- Photos of cases stay, and are nobody's.
UPDATE photos SET person_id = :nobody, draft_id = NULL, album = NULL WHERE person_id = :person;

-- name: forget_drafts!
-- A person's drafts, open and finished.
DELETE FROM drafts WHERE person_id = :person;

-- name: cases_of_person
-- The cases a person reported or had a hand in.
SELECT id, body FROM cases WHERE id IN (
    SELECT case_id FROM reporters WHERE person_id = :person
    UNION SELECT case_id FROM events WHERE person_id = :person
) ORDER BY id;

-- name: forget_in_case!
-- The case without the person; that is no event.
UPDATE cases SET body = :body WHERE id = :id;

-- name: events_of_person
-- What a person did to cases.
SELECT case_id, seq, detail FROM events WHERE person_id = :person ORDER BY id;

-- name: forget_in_event!
-- What was done stays, and nobody did it.
UPDATE events SET person_id = :nobody, detail = :detail WHERE case_id = :case_id AND seq = :seq;

-- name: forget_invitations_used!
-- An invitation that a person used stays used.
UPDATE invitations SET used_by = :nobody WHERE used_by = :person;

-- name: forget_invitations_made!
-- An invitation that a person handed out still holds.
UPDATE invitations SET created_by = :nobody WHERE created_by = :person;

-- name: forget_roles!
-- What a person was bound to.
DELETE FROM roles WHERE person_id = :person;

-- name: forget_peers!
-- The chats in which a person was reached.
DELETE FROM peers WHERE person_id = :person;

-- name: forget_person!
-- The person.
DELETE FROM people WHERE id = :person;

-- name: all_peers_of
-- The chats in which a person is, or was, reached.
SELECT channel, account, peer FROM peers WHERE person_id = :person ORDER BY channel, peer;
