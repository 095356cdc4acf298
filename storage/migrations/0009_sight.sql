-- How many messages a chat has seen, and how many it had when a message came to stand there: so far has it scrolled away.
CREATE TABLE chats (
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    chat TEXT NOT NULL,
    is_group INTEGER NOT NULL,
    messages BIGINT NOT NULL,
    PRIMARY KEY (channel, account, chat, is_group)
);

ALTER TABLE shown ADD COLUMN messages BIGINT NOT NULL DEFAULT 0;
