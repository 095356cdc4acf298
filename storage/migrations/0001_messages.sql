-- What came in and what is to go out. Instants are milliseconds UTC, machine time.

-- `done_at` is when a message left the line, done or parked. The payload goes once nobody needs it;
-- the row stays for a while, so that the same message is not taken twice.
-- `head` marks the oldest waiting message of each chat: the next one is found without looking at those behind it.
CREATE TABLE inbox (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    external_id TEXT NOT NULL,
    chat TEXT NOT NULL,
    payload BLOB,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'parked')),
    head INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before BIGINT NOT NULL DEFAULT 0,
    first_failed_at BIGINT,
    error TEXT,
    received_at BIGINT NOT NULL,
    done_at BIGINT,
    UNIQUE (channel, external_id),
    CHECK (head = 0 OR (head = 1 AND state = 'waiting')),
    CHECK (state <> 'waiting' OR payload IS NOT NULL),
    CHECK ((state = 'waiting') = (done_at IS NULL))
);

CREATE INDEX inbox_heads ON inbox (id, not_before) WHERE head = 1;
CREATE INDEX inbox_of_chat ON inbox (channel, chat, id) WHERE state = 'waiting';
CREATE INDEX inbox_parked ON inbox (done_at) WHERE state = 'parked';
CREATE INDEX inbox_finished ON inbox (done_at) WHERE payload IS NULL;

-- `topic` is '' where there is none. `line` is the place in the line: the instant from which a message is owed plus
-- what its purpose can wait; the smallest goes first. The notice goes when the message is finished with; kind, key,
-- case and handle stay, so that an answer to the message finds what it spoke of. Only a retraction has no `dedupe`.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    dedupe TEXT UNIQUE,
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    chat TEXT NOT NULL,
    topic TEXT NOT NULL,
    is_group INTEGER NOT NULL CHECK (is_group IN (0, 1)),
    kind TEXT NOT NULL,
    notice TEXT,
    key TEXT,
    case_id BIGINT,
    purpose TEXT NOT NULL CHECK (purpose IN ('reply', 'notify', 'broadcast')),
    line BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN (
        'waiting', 'leased', 'sent', 'expired', 'superseded', 'retracted', 'unreachable', 'refused'
    )),
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before BIGINT NOT NULL,
    not_after BIGINT,
    lease_until BIGINT,
    owner TEXT,
    handle TEXT,
    why TEXT,
    created_at BIGINT NOT NULL,
    done_at BIGINT,
    CHECK ((state IN ('waiting', 'leased')) = (notice IS NOT NULL)),
    CHECK ((state IN ('waiting', 'leased')) = (done_at IS NULL)),
    CHECK ((state = 'leased') = (lease_until IS NOT NULL))
);

-- One message an address is in flight, whatever goes wrong.
CREATE UNIQUE INDEX outbox_in_flight ON outbox (channel, account, chat, topic, is_group) WHERE state = 'leased';
CREATE INDEX outbox_line ON outbox (line, id) WHERE state = 'waiting';
CREATE INDEX outbox_of_address ON outbox (channel, account, chat, topic, is_group, line, id) WHERE state = 'waiting';
CREATE INDEX outbox_of_key ON outbox (channel, account, chat, topic, is_group, key) WHERE state = 'waiting';
CREATE INDEX outbox_backing_off ON outbox (channel, account, chat, topic, is_group, not_before)
    WHERE state = 'waiting' AND attempts > 0;
CREATE INDEX outbox_due ON outbox (not_before) WHERE state = 'waiting';
CREATE INDEX outbox_ending ON outbox (not_after) WHERE state = 'waiting' AND not_after IS NOT NULL;
CREATE INDEX outbox_handles ON outbox (channel, account, chat, handle) WHERE handle IS NOT NULL;
CREATE INDEX outbox_finished ON outbox (done_at) WHERE done_at IS NOT NULL;

-- The message that stands in a chat under a key, and the one of ours that put it there.
CREATE TABLE shown (
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    chat TEXT NOT NULL,
    topic TEXT NOT NULL,
    is_group INTEGER NOT NULL,
    key TEXT NOT NULL,
    handle TEXT NOT NULL,
    form TEXT NOT NULL,
    case_id BIGINT,
    outbox_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (channel, account, chat, topic, is_group, key)
);
