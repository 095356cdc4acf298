-- Which draft a message went into, so that a later version of it finds the draft, and the case that became of it.
-- Of its words only a digest is kept: it tells new words from the same ones again.

CREATE TABLE heard (
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    peer TEXT NOT NULL,
    handle TEXT NOT NULL,
    draft_id BIGINT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    heard_at BIGINT NOT NULL,
    PRIMARY KEY (channel, account, peer, handle)
);

CREATE INDEX heard_of_draft ON heard (draft_id);
CREATE INDEX heard_since ON heard (heard_at);
