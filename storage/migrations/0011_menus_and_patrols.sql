-- What people are shown, and what they walk.

-- The menu of commands that was last owed to a person, with its language; '' for the one everybody has.
ALTER TABLE people ADD COLUMN menu TEXT NOT NULL DEFAULT '';

-- The patrol somebody is on: it ends by itself when it is left alone until then (machine time).
CREATE TABLE patrols (
    person_id BIGINT PRIMARY KEY REFERENCES people (id),
    ends_at BIGINT NOT NULL,
    body TEXT NOT NULL
);

CREATE INDEX patrols_ending ON patrols (ends_at);
