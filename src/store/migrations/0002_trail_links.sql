-- The trail: one chained link per order and pen, and the digest of every row an order wrote.

-- owner: trail
-- area: none, because a link belongs to a pen; reading it asks for trail.read first
-- trail: none, because it is the chain itself, and verify recomputes every link
-- append-only
CREATE TABLE trail (
    pen BIGINT NOT NULL, -- open
    seq BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    order_type TEXT NOT NULL, -- open
    at_ms BIGINT NOT NULL, -- open
    account_id BIGINT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    channel TEXT NOT NULL, -- open
    host_user TEXT NOT NULL, -- open
    generation TEXT NOT NULL, -- open
    order_digest BYTEA NOT NULL, -- open
    facts TEXT NOT NULL, -- open
    other_pens TEXT NOT NULL, -- open
    row_count BIGINT NOT NULL, -- open
    rows_digest BYTEA NOT NULL, -- open
    key_id BIGINT NOT NULL, -- open
    link BYTEA NOT NULL, -- open
    PRIMARY KEY (pen, seq)
);
CREATE INDEX trail_by_order ON trail (order_id);

-- What the link's rows_digest is made of: entries of (key, digest), so that verify names the row.
-- owner: trail
-- area: none, because it holds row keys and digests only
-- trail: none, because the link binds it
-- append-only
CREATE TABLE trail_rows (
    order_id BIGINT NOT NULL, -- open
    table_name TEXT NOT NULL, -- open
    part BIGINT NOT NULL, -- open
    column_count BIGINT NOT NULL, -- open
    entries BYTEA NOT NULL, -- open
    PRIMARY KEY (order_id, table_name, part)
);

-- Signed heads of all pens; each goes to the sink outside the database as well.
-- owner: trail
-- area: none, because it binds the heads of all pens
-- trail: none, because it is signed and names its predecessor
-- append-only
CREATE TABLE trail_checkpoint (
    number BIGINT NOT NULL, -- open
    at_ms BIGINT NOT NULL, -- open
    note TEXT NOT NULL, -- open
    PRIMARY KEY (number)
);
