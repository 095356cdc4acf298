-- A message can have gone to a case, as an answer or an addition, or nowhere, being no report: then a later version of it
-- finds the case, or may be the report. Of its words still only a digest is kept.

CREATE TABLE heard_anew (
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    peer TEXT NOT NULL,
    handle TEXT NOT NULL,
    draft_id BIGINT REFERENCES drafts (id) ON DELETE CASCADE,
    case_id BIGINT REFERENCES cases (id),
    digest TEXT NOT NULL,
    heard_at BIGINT NOT NULL,
    PRIMARY KEY (channel, account, peer, handle)
);

INSERT INTO heard_anew (channel, account, peer, handle, draft_id, case_id, digest, heard_at)
SELECT channel, account, peer, handle, draft_id, NULL, digest, heard_at FROM heard;
DROP TABLE heard;
ALTER TABLE heard_anew RENAME TO heard;
CREATE INDEX heard_of_draft ON heard (draft_id);
CREATE INDEX heard_since ON heard (heard_at);
