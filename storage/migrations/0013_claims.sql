-- Which of several processes works at a message; 0 is none, or the only one there can be.
ALTER TABLE inbox ADD COLUMN owner BIGINT NOT NULL DEFAULT 0;
CREATE INDEX inbox_owned ON inbox (owner) WHERE owner <> 0;
