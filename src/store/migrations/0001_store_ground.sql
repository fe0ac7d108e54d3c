-- The ground: what the store itself keeps.

-- owner: store
-- area: none, because it describes the database, not a place
-- trail: none, because migrate.cpp compares each row with the program's own checksums
CREATE TABLE schema_migration (
    number BIGINT NOT NULL, -- open
    name TEXT NOT NULL, -- open
    checksum TEXT NOT NULL, -- open
    at_ms BIGINT NOT NULL, -- open
    PRIMARY KEY (number)
);

-- born, demo, generation, recovered_from, recovering. Only a recovery changes what is there (S5).
-- owner: store
-- area: none, because it describes the database, not a place
-- trail: none, because each checkpoint repeats generation and demo mark
CREATE TABLE meta (
    key TEXT NOT NULL, -- open
    value TEXT NOT NULL, -- open
    PRIMARY KEY (key)
);

-- The person's pen (E1): an order that grants or pays persons touches these rows first, in person
-- order. person_key is the person's row id, so that nothing here says who it is.
-- owner: store
-- area: none, because a person may be paid by two counties
-- trail: none, because it is a lock; n counts touches and proves nothing
CREATE TABLE person_month (
    person_key BIGINT NOT NULL, -- open
    period TEXT NOT NULL, -- open
    n BIGINT NOT NULL, -- open
    PRIMARY KEY (person_key, period)
);

-- Who is the one sequencer, scheduler, id node: a lease with a fencing number (E11, B6).
-- owner: store
-- area: none, because a lease belongs to a server
-- trail: none, because it lapses by itself
CREATE TABLE lease (
    name TEXT NOT NULL, -- open
    holder TEXT NOT NULL, -- open
    fence BIGINT NOT NULL, -- open
    until_ms BIGINT NOT NULL, -- open
    PRIMARY KEY (name)
);

-- Files by digest. The bytes lie encrypted beside the database (E41); here is what they are.
-- owner: store
-- area: none, because a file is reached through the object that names it
-- trail: rows
CREATE TABLE file (
    id BIGINT NOT NULL, -- open
    public_id TEXT NOT NULL, -- open
    keyed_digest BYTEA NOT NULL, -- open
    size BIGINT NOT NULL, -- open
    media_type TEXT NOT NULL, -- open
    purpose TEXT NOT NULL, -- open
    at_ms BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX file_by_digest ON file (keyed_digest, purpose);
CREATE INDEX file_by_order ON file (order_id);
