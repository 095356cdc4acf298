-- name: draft_under_way^
-- The draft a person is making.
SELECT id, body FROM drafts WHERE person_id = :person AND phase IN ('open', 'undecided');

-- name: draft_by_id^
-- A draft, also a finished one.
SELECT id, body, case_id FROM drafts WHERE id = :id;

-- name: add_draft^
-- A new draft.
INSERT INTO drafts (person_id, phase, next_at, opened_at, body)
VALUES (:person, :phase, :next_at, :opened_at, :body) RETURNING id;

-- name: save_draft!
-- The draft as it stands now.
UPDATE drafts SET phase = :phase, next_at = :next_at, case_id = :case_id, closed_at = :closed_at, body = :body
WHERE id = :id;

-- name: drafts_due
-- Drafts with which something happens by itself.
SELECT id FROM drafts WHERE next_at IS NOT NULL AND next_at <= :now ORDER BY next_at, id;

-- name: questions_of^
-- The questions a person has been asked.
SELECT case_id, body FROM forms WHERE person_id = :person AND opened_at >= :since;

-- name: asked_about
-- Who has been asked about a case, be it their first question or one that waits; told by how a body names it.
SELECT person_id, body FROM forms WHERE body LIKE :about AND opened_at >= :since ORDER BY person_id;

-- name: save_questions!
-- The questions of a person, in the place of those there were. The case is that of the first.
INSERT INTO forms (person_id, case_id, opened_at, body) VALUES (:person, :case_id, :now, :body)
ON CONFLICT (person_id) DO UPDATE SET case_id = excluded.case_id, opened_at = excluded.opened_at, body = excluded.body;

-- name: drop_questions!
-- All questions are answered or given up.
DELETE FROM forms WHERE person_id = :person;

-- name: leave_questions!
-- Some questions of a person are forgotten; the others were asked when they were.
UPDATE forms SET case_id = :case_id, body = :body WHERE person_id = :person;

-- name: add_token!
-- A button.
INSERT INTO tokens (token, verb, argument, case_id, draft_id, version, person_id, expires_at)
VALUES (:token, :verb, :argument, :case_id, :draft_id, :version, :person, :expires_at);

-- name: token^
-- What a button does.
SELECT token, verb, argument, case_id, draft_id, version, person_id, expires_at FROM tokens WHERE token = :token;

-- name: purge_tokens!
-- Buttons that are out of date.
DELETE FROM tokens WHERE expires_at < :now;

-- name: tokens_run_out
-- Who has buttons of a kind that are out of date, and no newer one; those hold until `latest` at most.
SELECT DISTINCT person_id FROM tokens WHERE expires_at < :now AND verb = :verb AND person_id IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM tokens AS newer
        WHERE newer.expires_at >= :now AND newer.expires_at <= :latest
            AND newer.verb = :verb AND newer.person_id = tokens.person_id
    )
ORDER BY person_id;

-- name: drop_tokens!
-- A person's buttons of a kind that are out of date.
DELETE FROM tokens WHERE expires_at < :now AND verb = :verb AND person_id = :person;

-- name: last_filed_draft^
-- The report a person finished last, and when (machine time).
SELECT case_id, closed_at FROM drafts WHERE person_id = :person AND phase = 'filed' ORDER BY closed_at DESC, id DESC LIMIT 1;

-- name: hear!
-- The draft or the case a message went into, if any, and a digest of the words it went there with last.
INSERT INTO heard (channel, account, peer, handle, draft_id, case_id, digest, heard_at)
VALUES (:channel, :account, :peer, :handle, :draft, :case_id, :digest, :now)
ON CONFLICT (channel, account, peer, handle) DO UPDATE SET draft_id = excluded.draft_id, case_id = excluded.case_id,
    digest = excluded.digest, heard_at = excluded.heard_at;

-- name: heard^
-- Where a message went.
SELECT draft_id, case_id, digest FROM heard WHERE channel = :channel AND account = :account AND peer = :peer AND handle = :handle;

-- name: forget_heard!
-- Messages too old to be changed.
DELETE FROM heard WHERE heard_at < :before;
