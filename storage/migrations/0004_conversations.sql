-- What is under way in the chats: drafts, open questions, the tokens of buttons, and the pictures that came.

CREATE TABLE drafts (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    phase TEXT NOT NULL,
    case_id BIGINT REFERENCES cases (id),
    next_at BIGINT,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    body TEXT NOT NULL
);

CREATE UNIQUE INDEX drafts_under_way ON drafts (person_id) WHERE phase IN ('open', 'undecided');
CREATE INDEX drafts_waiting ON drafts (next_at) WHERE next_at IS NOT NULL;

-- One open question a person: the next input answers it.
CREATE TABLE forms (
    person_id BIGINT PRIMARY KEY REFERENCES people (id),
    case_id BIGINT NOT NULL REFERENCES cases (id),
    opened_at BIGINT NOT NULL,
    body TEXT NOT NULL
);

-- A button is a row: what it does, to what, as which version, for whom (NULL: whoever presses), until when.
CREATE TABLE tokens (
    token TEXT PRIMARY KEY,
    verb TEXT NOT NULL,
    argument TEXT NOT NULL,
    case_id BIGINT,
    draft_id BIGINT,
    version INTEGER NOT NULL,
    person_id BIGINT,
    expires_at BIGINT NOT NULL
);

CREATE INDEX tokens_expiring ON tokens (expires_at);

-- Every picture, voice message and file. `round` counts the reworks before it; `album` groups what was sent together.
CREATE TABLE photos (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    draft_id BIGINT REFERENCES drafts (id),
    case_id BIGINT REFERENCES cases (id),
    role TEXT NOT NULL,
    round INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    ref TEXT NOT NULL,
    album TEXT,
    size BIGINT,
    state TEXT NOT NULL,
    sha256 TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before BIGINT NOT NULL DEFAULT 0,
    why TEXT,
    created_at BIGINT NOT NULL
);

CREATE INDEX photos_of_case ON photos (case_id, role) WHERE case_id IS NOT NULL;
CREATE INDEX photos_of_draft ON photos (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX photos_of_album ON photos (person_id, album) WHERE album IS NOT NULL;
CREATE INDEX photos_wanted ON photos (not_before) WHERE state = 'wanted';
