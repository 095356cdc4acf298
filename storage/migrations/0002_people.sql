-- People, the chats in which they are reached, what they are bound to, and the invitations that bind them.

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    language TEXT NOT NULL,
    introduced INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

CREATE TABLE peers (
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    peer TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    reachable INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (channel, account, peer)
);

CREATE INDEX peers_of_person ON peers (person_id);

CREATE TABLE roles (
    person_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    unit TEXT,
    area TEXT,
    since_at BIGINT NOT NULL,
    until_at BIGINT
);

CREATE UNIQUE INDEX roles_held ON roles (person_id, kind, coalesce(unit, ''), coalesce(area, '')) WHERE until_at IS NULL;
CREATE INDEX roles_of_unit ON roles (unit) WHERE until_at IS NULL AND unit IS NOT NULL;
CREATE INDEX roles_of_area ON roles (area) WHERE until_at IS NULL AND area IS NOT NULL;

-- Only the hash of an invitation's token is kept: whoever reads the database cannot use it.
CREATE TABLE invitations (
    token_hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    unit TEXT,
    area TEXT,
    created_by BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    used_by BIGINT
);
