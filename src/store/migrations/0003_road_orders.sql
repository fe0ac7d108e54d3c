-- What the road keeps about orders: keys already used, refusals, events, jobs.

-- owner: road
-- area: none, because a key belongs to an account and an order type
-- trail: none, because uniqueness of payments never depends on it, and it lapses
CREATE TABLE order_key (
    account_id BIGINT NOT NULL, -- open
    order_type TEXT NOT NULL, -- open
    key TEXT NOT NULL, -- open
    order_digest BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    receipt TEXT NOT NULL, -- open
    at_ms BIGINT NOT NULL, -- open
    PRIMARY KEY (account_id, order_type, key)
);

-- owner: road
-- area: none, because it names no object, only an order type and a code
-- trail: none, because refusals are written in batches and may be lost in a crash (E43)
-- append-only
CREATE TABLE refused_order (
    id BIGINT NOT NULL, -- open
    at_ms BIGINT NOT NULL, -- open
    order_type TEXT NOT NULL, -- open
    code TEXT NOT NULL, -- open
    account_id BIGINT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    channel TEXT NOT NULL, -- open
    PRIMARY KEY (id)
);

-- Events for whoever reads on: numbered by the link of their order, so that none is skipped (E11).
-- owner: road
-- area: area
-- trail: none, because an event repeats what the link and its rows say
CREATE TABLE outbox (
    pen BIGINT NOT NULL, -- open
    seq BIGINT NOT NULL, -- open
    ordinal BIGINT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    subject BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    at_ms BIGINT NOT NULL, -- open
    PRIMARY KEY (pen, seq, ordinal)
);

-- owner: road
-- area: none, because a reader's place is its own
-- trail: none, because it is a reader's place
CREATE TABLE outbox_cursor (
    reader TEXT NOT NULL, -- open
    pen BIGINT NOT NULL, -- open
    seq BIGINT NOT NULL, -- open
    PRIMARY KEY (reader, pen)
);

-- Work that may take over two seconds (E7).
-- owner: road
-- area: area
-- trail: none, because a job only stages; what it posts goes by an order
CREATE TABLE job (
    id BIGINT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    done BIGINT NOT NULL, -- open
    total BIGINT NOT NULL, -- open
    input TEXT NOT NULL, -- open
    output TEXT NOT NULL, -- open
    account_id BIGINT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    channel TEXT NOT NULL, -- open
    holder TEXT NOT NULL, -- open
    holder_until_ms BIGINT NOT NULL, -- open
    created_ms BIGINT NOT NULL, -- open
    ended_ms BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX job_by_state ON job (state, id);
