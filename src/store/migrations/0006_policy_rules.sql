-- Rules as data: documents, programmes and their conflicts, subjects, the subsidy list, the banks'
-- return codes, and every number that the law leaves to a place.

-- owner: policy
-- area: none, because a document binds every place it is addressed to, and all who work there
-- read it
-- trail: rows, inserted once
CREATE TABLE policy_document (
    id BIGINT NOT NULL, -- open
    number TEXT NOT NULL, -- open
    printed_number TEXT NOT NULL, -- open
    title TEXT NOT NULL, -- open
    level TEXT NOT NULL, -- open
    issuer TEXT NOT NULL, -- open
    issued_on TEXT NOT NULL, -- open
    received_on TEXT NOT NULL, -- open
    valid_from TEXT NOT NULL, -- open
    valid_to TEXT NOT NULL, -- open
    replaces BIGINT NOT NULL, -- open
    file_id BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX policy_document_by_number ON policy_document (number);

-- owner: policy
-- area: none, because a programme exists for the whole city
-- trail: rows
CREATE TABLE programme (
    id BIGINT NOT NULL, -- open
    code TEXT NOT NULL, -- open
    name_zh TEXT NOT NULL, -- open
    name_en TEXT NOT NULL, -- open
    basis TEXT NOT NULL, -- open
    label TEXT NOT NULL, -- open
    cycle TEXT NOT NULL, -- open
    decided TEXT NOT NULL, -- open
    card_item TEXT NOT NULL, -- open
    subjects TEXT NOT NULL, -- open
    valid_from TEXT NOT NULL, -- open
    valid_to TEXT NOT NULL, -- open
    known_from BIGINT NOT NULL, -- open
    known_to BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX programme_by_code ON programme (code);
CREATE INDEX programme_by_order ON programme (order_id);

-- Pairs with programme_a < programme_b (R3.04); a pair may have several rows, each for those it
-- applies to. A code that names no programme of ours is a benefit of others, e.g. `care-insurance`.
-- owner: policy
-- area: none, because the law of double payment is one for all places
-- trail: rows
CREATE TABLE programme_conflict (
    id BIGINT NOT NULL, -- open
    programme_a TEXT NOT NULL, -- open
    programme_b TEXT NOT NULL, -- open
    relation TEXT NOT NULL, -- open
    applies TEXT NOT NULL, -- open
    rule TEXT NOT NULL, -- open
    source TEXT NOT NULL, -- open
    known_from BIGINT NOT NULL, -- open
    known_to BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX programme_conflict_by_pair ON programme_conflict (programme_a, programme_b);
CREATE INDEX programme_conflict_by_order ON programme_conflict (order_id);

-- Functional and economic classification (R2.2).
-- owner: policy
-- area: none, because the classification is national
-- trail: rows
CREATE TABLE subject (
    id BIGINT NOT NULL, -- open
    code TEXT NOT NULL, -- open
    name_zh TEXT NOT NULL, -- open
    name_en TEXT NOT NULL, -- open
    book TEXT NOT NULL, -- open
    confirmed BIGINT NOT NULL, -- open
    source TEXT NOT NULL, -- open
    known_from BIGINT NOT NULL, -- open
    known_to BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX subject_by_code ON subject (code);
CREATE INDEX subject_by_order ON subject (order_id);

-- The published list of subsidies: what is not on it is not paid (P21, R3.10).
-- owner: policy
-- area: none, because the list is published
-- trail: rows
CREATE TABLE subsidy_item (
    id BIGINT NOT NULL, -- open
    code TEXT NOT NULL, -- open
    name_zh TEXT NOT NULL, -- open
    short_name TEXT NOT NULL, -- open
    function_class TEXT NOT NULL, -- open
    civil_affairs BIGINT NOT NULL, -- open
    document_id BIGINT NOT NULL, -- open
    valid_from TEXT NOT NULL, -- open
    valid_to TEXT NOT NULL, -- open
    known_from BIGINT NOT NULL, -- open
    known_to BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX subsidy_item_by_code ON subsidy_item (code);
CREATE INDEX subsidy_item_by_order ON subsidy_item (order_id);

-- What a bank's return code means for a line (R3.33): each channel has its own table.
-- owner: policy
-- area: none, because a channel serves the whole city
-- trail: rows
CREATE TABLE bank_code (
    id BIGINT NOT NULL, -- open
    channel TEXT NOT NULL, -- open
    code TEXT NOT NULL, -- open
    meaning TEXT NOT NULL, -- open
    outcome TEXT NOT NULL, -- open
    action TEXT NOT NULL, -- open
    known_from BIGINT NOT NULL, -- open
    known_to BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX bank_code_by_code ON bank_code (channel, code);
CREATE INDEX bank_code_by_order ON bank_code (order_id);

-- Every number the law leaves to a place: name × programme × area × validity × document,
-- bitemporal.
-- owner: policy
-- area: none, because a parameter binds every place below its own, so all who work there read it
-- trail: rows
CREATE TABLE parameter (
    id BIGINT NOT NULL, -- open
    name TEXT NOT NULL, -- open
    programme TEXT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    value TEXT NOT NULL, -- open
    valid_from TEXT NOT NULL, -- open
    valid_to TEXT NOT NULL, -- open
    document_id BIGINT NOT NULL, -- open
    known_from BIGINT NOT NULL, -- open
    known_to BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX parameter_by_name ON parameter (name, area);
CREATE INDEX parameter_by_order ON parameter (order_id);
