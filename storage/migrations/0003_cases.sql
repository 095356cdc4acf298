-- Cases as they stand, the events that made them, who reported them, and where a card of them stands in a chat.
-- The columns beside `body` are those that are searched; `body` is the whole case.

CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    category TEXT,
    street TEXT,
    community TEXT,
    lead TEXT,
    partner TEXT,
    due_at BIGINT,
    wakes_at BIGINT,
    filed_at BIGINT NOT NULL,
    ended_at BIGINT,
    erased INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL,
    body TEXT NOT NULL
);

CREATE INDEX cases_of_lead ON cases (lead, state);
CREATE INDEX cases_of_partner ON cases (partner, state);
CREATE INDEX cases_waking ON cases (wakes_at) WHERE wakes_at IS NOT NULL;
CREATE INDEX cases_to_erase ON cases (ended_at) WHERE ended_at IS NOT NULL AND erased = 0;
CREATE INDEX cases_in_triage ON cases (filed_at) WHERE state = 'triage';

-- `id` numbers the events of the whole district, `seq` those of one case.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    verb TEXT NOT NULL,
    part TEXT NOT NULL,
    person_id BIGINT,
    unit TEXT,
    state TEXT NOT NULL,
    due_at BIGINT,
    detail TEXT NOT NULL,
    UNIQUE (case_id, seq)
);

CREATE TABLE reporters (
    person_id BIGINT NOT NULL REFERENCES people (id),
    case_id BIGINT NOT NULL REFERENCES cases (id),
    PRIMARY KEY (person_id, case_id)
);

-- `shows` is a digest of what the card shows: what would show the same is not sent again.
CREATE TABLE cards (
    case_id BIGINT NOT NULL REFERENCES cases (id),
    view TEXT NOT NULL,
    key TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    shows TEXT NOT NULL,
    PRIMARY KEY (case_id, key, person_id)
);

-- What counts up: the cases of a day.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
