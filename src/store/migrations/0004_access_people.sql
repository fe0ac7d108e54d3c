-- The people who work here, their accounts, what they may do, and their sessions (S7, S8, S18).
-- Every row that decides who may do what carries `mac`, an HMAC over its content under a key that
-- is not in the database; src/access/rows.h makes and checks it.

-- owner: access
-- area: area
-- trail: rows
CREATE TABLE office (
    id BIGINT NOT NULL, -- open
    code TEXT NOT NULL, -- open
    name_zh TEXT NOT NULL, -- open
    name_en TEXT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX office_by_code ON office (code);
CREATE INDEX office_by_order ON office (order_id);

-- A person who works here. Duties are compared between these (S7).
-- owner: access
-- area: area
-- trail: rows
CREATE TABLE staff (
    id BIGINT NOT NULL, -- open
    name TEXT NOT NULL, -- personal
    office_id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    phone BYTEA NOT NULL, -- sensitive
    row_salt BYTEA NOT NULL, -- open
    state TEXT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX staff_by_order ON staff (order_id);
CREATE INDEX staff_by_office ON staff (office_id, id);

-- A sign-in account of a person. `area` is the person's. `fresh_ms` is when it was last created,
-- granted a role or reset: the probation of S7 counts from there.
-- owner: access
-- area: area
-- trail: rows
CREATE TABLE account (
    id BIGINT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    login TEXT NOT NULL, -- personal
    area BIGINT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    must_change BIGINT NOT NULL, -- open
    fresh_ms BIGINT NOT NULL, -- open
    password_ms BIGINT NOT NULL, -- open
    password BYTEA NOT NULL, -- secret
    row_salt BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    mac BYTEA NOT NULL, -- open
    PRIMARY KEY (id)
);
-- A refused request gives its sign-in name back.
CREATE UNIQUE INDEX account_by_login ON account (login) WHERE state <> 'refused';
CREATE INDEX account_by_order ON account (order_id);
CREATE INDEX account_by_staff ON account (staff_id);

-- A second factor of an account (S18): one kind now, room for others.
-- owner: access
-- area: none, because it is reached through its account
-- trail: rows
CREATE TABLE authenticator (
    id BIGINT NOT NULL, -- open
    account_id BIGINT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    secret BYTEA NOT NULL, -- secret
    state TEXT NOT NULL, -- open
    row_salt BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    mac BYTEA NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX authenticator_by_order ON authenticator (order_id);
CREATE INDEX authenticator_by_account ON authenticator (account_id);

-- The last step accepted, so that a code serves once.
-- owner: access
-- area: none, because it is reached through its account
-- trail: none, because it is a counter that moves with each sign-in and grants nothing
CREATE TABLE authenticator_use (
    authenticator_id BIGINT NOT NULL, -- open
    last_step BIGINT NOT NULL, -- open
    PRIMARY KEY (authenticator_id)
);

-- A role of an account in an area. Days are inclusive; an empty valid_to is open. `founding` marks
-- the two grants with which the database began.
-- owner: access
-- area: area
-- trail: rows
CREATE TABLE role_grant (
    id BIGINT NOT NULL, -- open
    account_id BIGINT NOT NULL, -- open
    role TEXT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    valid_from TEXT NOT NULL, -- open
    valid_to TEXT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    proposed_by_staff BIGINT NOT NULL, -- open
    confirmed_by_staff BIGINT NOT NULL, -- open
    founding BIGINT NOT NULL, -- open
    decided_ms BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    mac BYTEA NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX role_grant_by_order ON role_grant (order_id);
CREATE INDEX role_grant_by_account ON role_grant (account_id, state);

-- What two persons do to an account: create it, reset it. `password` is the one that the reset
-- brings, empty once it is decided.
-- owner: access
-- area: area
-- trail: rows
CREATE TABLE account_request (
    id BIGINT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    account_id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    ends_factors BIGINT NOT NULL, -- open
    proposed_by_staff BIGINT NOT NULL, -- open
    decided_by_staff BIGINT NOT NULL, -- open
    proposed_ms BIGINT NOT NULL, -- open
    decided_ms BIGINT NOT NULL, -- open
    password BYTEA NOT NULL, -- secret
    row_salt BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    mac BYTEA NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX account_request_by_order ON account_request (order_id);
CREATE INDEX account_request_by_account ON account_request (account_id);

-- token_mac is HMAC-SM3 of the token: whoever reads this table cannot sign in with it (S8).
-- owner: access
-- area: none, because a session is its holder's
-- trail: none, because it ends within a day; signing in and stepping up are orders in the trail
CREATE TABLE session (
    token_mac BYTEA NOT NULL, -- secret
    account_id BIGINT NOT NULL, -- open
    channel TEXT NOT NULL, -- open
    created_ms BIGINT NOT NULL, -- open
    last_seen_ms BIGINT NOT NULL, -- open
    expires_ms BIGINT NOT NULL, -- open
    stepped_up_ms BIGINT NOT NULL, -- open
    stepped_for BYTEA NOT NULL, -- open; digest of the order, empty: none (S18)
    mac BYTEA NOT NULL, -- open
    PRIMARY KEY (token_mac)
);
CREATE INDEX session_by_account ON session (account_id);

-- Tries at signing in, per name and source and per source alone, both as keyed digests: a name that
-- does not exist counts like one that does (S18).
-- owner: access
-- area: none, because a try belongs to no place
-- trail: none, because it lapses by itself within a day
CREATE TABLE sign_in_guard (
    subject BYTEA NOT NULL, -- open
    source BYTEA NOT NULL, -- open
    tries BIGINT NOT NULL, -- open
    first_ms BIGINT NOT NULL, -- open
    locked_until_ms BIGINT NOT NULL, -- open
    PRIMARY KEY (subject, source)
);
CREATE INDEX sign_in_guard_by_time ON sign_in_guard (first_ms);
