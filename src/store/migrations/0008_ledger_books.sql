-- The books: lines of money, the double-entry journal, balances, holds and closed months.

-- A line of money 指标 (R2.40). Facts of its registration; what changes it later is allotment_change
-- and the journal. county is the pen: the holder's county, 0 for the city and above.
-- owner: ledger
-- area: area
-- trail: rows, inserted once
-- append-only
CREATE TABLE allotment (
    id BIGINT NOT NULL, -- open
    document_id BIGINT NOT NULL, -- open
    document_item BIGINT NOT NULL, -- open
    parent_id BIGINT NOT NULL, -- open
    transit_id BIGINT NOT NULL, -- open
    year BIGINT NOT NULL, -- open
    origin_year BIGINT NOT NULL, -- open
    programme TEXT NOT NULL, -- open
    subject TEXT NOT NULL, -- open
    source TEXT NOT NULL, -- open
    mark TEXT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    issued_by TEXT NOT NULL, -- open
    received_from TEXT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    unit_id BIGINT NOT NULL, -- open
    initial_fen BIGINT NOT NULL, -- open
    usable_from TEXT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX allotment_by_parent ON allotment (parent_id, id);
CREATE INDEX allotment_by_document ON allotment (document_id, document_item);
CREATE INDEX allotment_by_year ON allotment (year, area, id);

-- What a document added to a line or took from it: fen above zero adds. kind reversed undoes a
-- change, or the registration itself, so that total = initial + the sum of the changes.
-- owner: ledger
-- area: area
-- trail: rows, inserted once
-- append-only
CREATE TABLE allotment_change (
    id BIGINT NOT NULL, -- open
    allotment_id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    document_id BIGINT NOT NULL, -- open
    fen BIGINT NOT NULL, -- open
    posting_date TEXT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX allotment_change_of ON allotment_change (allotment_id, id);

-- The journal: gapless per pen. reverses: the entry that this one undoes; transit_id joins the two
-- entries of a downward split (E42); hold_id names the freeze that this entry makes or resolves.
-- owner: ledger
-- area: area
-- trail: rows, inserted once
-- append-only
CREATE TABLE journal_entry (
    id BIGINT NOT NULL, -- open
    pen BIGINT NOT NULL, -- open
    seq BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    posting_date TEXT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    cause_kind TEXT NOT NULL, -- open
    cause_id BIGINT NOT NULL, -- open
    reverses BIGINT NOT NULL, -- open
    transit_id BIGINT NOT NULL, -- open
    hold_id BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX journal_entry_by_pen ON journal_entry (pen, seq);
CREATE INDEX journal_entry_by_order ON journal_entry (order_id);
CREATE INDEX journal_entry_by_cause ON journal_entry (cause_id, cause_kind);
CREATE INDEX journal_entry_by_hold ON journal_entry (hold_id) WHERE hold_id <> 0;
CREATE INDEX journal_entry_by_transit ON journal_entry (transit_id) WHERE transit_id <> 0;
CREATE UNIQUE INDEX journal_entry_reversed_once ON journal_entry (reverses) WHERE reverses <> 0;

-- The legs of an entry sum to zero. fen above zero raises the bucket; after_fen is the bucket after
-- this leg, so that a balance is proved against its last leg and each leg against the one before.
-- owner: ledger
-- area: none, because a leg is reached through its entry
-- trail: rows, inserted once
-- append-only
CREATE TABLE journal_leg (
    entry_id BIGINT NOT NULL, -- open
    ordinal BIGINT NOT NULL, -- open
    allotment_id BIGINT NOT NULL, -- open
    bucket TEXT NOT NULL, -- open
    fen BIGINT NOT NULL, -- open
    after_fen BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (entry_id, ordinal)
);
CREATE UNIQUE INDEX journal_leg_of_bucket ON journal_leg (allotment_id, bucket, entry_id);

-- total = available + allocated + frozen + disbursed, which is what the issued bucket gave.
-- owner: ledger
-- area: area
-- trail: derived, because it is the sum of the journal, and an invariant compares them
CREATE TABLE allotment_balance (
    allotment_id BIGINT NOT NULL, -- open, derived
    area BIGINT NOT NULL, -- open, derived
    county BIGINT NOT NULL, -- open, derived
    available_fen BIGINT NOT NULL, -- open, derived
    allocated_fen BIGINT NOT NULL, -- open, derived
    frozen_fen BIGINT NOT NULL, -- open, derived
    disbursed_fen BIGINT NOT NULL, -- open, derived
    total_fen BIGINT NOT NULL, -- open, derived
    version BIGINT NOT NULL, -- open, derived
    PRIMARY KEY (allotment_id)
);

-- A freeze: what becomes of it stands in the journal under its id.
-- owner: ledger
-- area: area
-- trail: rows, inserted once
-- append-only
CREATE TABLE hold (
    id BIGINT NOT NULL, -- open
    allotment_id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    cause_kind TEXT NOT NULL, -- open
    cause_id BIGINT NOT NULL, -- open
    fen BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX hold_by_cause ON hold (cause_id, cause_kind);
CREATE INDEX hold_by_allotment ON hold (allotment_id, id);

-- The books of a pen are closed up to and including the latest month here.
-- owner: ledger
-- area: area
-- trail: rows, inserted once
-- append-only
CREATE TABLE closed_month (
    id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    month TEXT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX closed_month_once ON closed_month (county, month);
