-- The district's files as they were loaded, each load a row; the newest counts. And the few values kept by name.

CREATE TABLE districts (
    version INTEGER PRIMARY KEY,
    loaded_at BIGINT NOT NULL,
    files TEXT NOT NULL
);

CREATE TABLE kept (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
