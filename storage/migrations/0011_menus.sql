-- What people are shown.

-- The menu of commands that was last owed to a person, with its language; '' for the one everybody has.
ALTER TABLE people ADD COLUMN menu TEXT NOT NULL DEFAULT '';
