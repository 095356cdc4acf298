-- What the office looks up.

-- `said` is all that people wrote about a case, in one width and case, to be searched. A case from before is searched
-- in its whole body until it changes next; one whose texts are erased, in nothing.
ALTER TABLE cases ADD COLUMN said TEXT NOT NULL DEFAULT '';
UPDATE cases SET said = lower(body) WHERE erased = 0;

CREATE INDEX cases_filed ON cases (filed_at, id);

-- Who looked at who reported a case, when (product time) and why. Rows are only ever added.
CREATE TABLE looks (
    id INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    reason TEXT NOT NULL
);

CREATE INDEX looks_of_case ON looks (case_id);

CREATE INDEX cases_on_board ON cases (id) WHERE state IN ('dispatched', 'rectifying', 'checking', 'suspended');
