-- Group chats: one that a unit works in, or one that the bulletin goes to. A chat can be bound to several things.
-- `topic` is '' where there is none.
CREATE TABLE group_chats (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    chat TEXT NOT NULL,
    topic TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('group', 'bulletin')),
    unit TEXT,
    language TEXT NOT NULL,
    since_at BIGINT NOT NULL,
    until_at BIGINT
);

CREATE UNIQUE INDEX group_chats_bound ON group_chats (channel, account, chat, topic, kind, coalesce(unit, ''))
    WHERE until_at IS NULL;
CREATE INDEX group_chats_of_unit ON group_chats (unit) WHERE until_at IS NULL AND unit IS NOT NULL;

-- A card stands with a person or in a group chat.
CREATE TABLE cards_anew (
    case_id BIGINT NOT NULL REFERENCES cases (id),
    view TEXT NOT NULL,
    key TEXT NOT NULL,
    person_id BIGINT REFERENCES people (id),
    group_id BIGINT REFERENCES group_chats (id),
    shows TEXT NOT NULL,
    CHECK ((person_id IS NULL) <> (group_id IS NULL))
);

INSERT INTO cards_anew (case_id, view, key, person_id, group_id, shows)
SELECT case_id, view, key, person_id, NULL, shows FROM cards;
DROP TABLE cards;
ALTER TABLE cards_anew RENAME TO cards;
CREATE UNIQUE INDEX cards_standing ON cards (case_id, key, coalesce(person_id, 0), coalesce(group_id, 0));
