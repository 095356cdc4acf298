-- What the office looks up.

-- `said` is all that people wrote about a case, in one width and case, to be searched. A case from before is searched
-- in its whole body until it changes next; one whose texts are erased, in nothing.
ALTER TABLE cases ADD COLUMN said TEXT NOT NULL DEFAULT '';
UPDATE cases SET said = lower(body) WHERE erased = 0;

CREATE INDEX cases_filed ON cases (filed_at, id);
