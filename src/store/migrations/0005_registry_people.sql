-- The register: places, units, persons, what is known of them, and the accounts money goes to.

-- Places by statistics code, bitemporal (R9.03, E6): a renamed or merged place keeps its old row.
-- owner: registry
-- area: none, because names and codes of places are public facts
-- trail: rows
CREATE TABLE area_register (
    id BIGINT NOT NULL, -- open
    code BIGINT NOT NULL, -- open
    parent BIGINT NOT NULL, -- open
    name_zh TEXT NOT NULL, -- open
    name_en TEXT NOT NULL, -- open
    name_key TEXT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    fiscal_code TEXT NOT NULL, -- open
    successor BIGINT NOT NULL, -- open
    valid_from TEXT NOT NULL, -- open
    valid_to TEXT NOT NULL, -- open
    known_from BIGINT NOT NULL, -- open
    known_to BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX area_register_by_code ON area_register (code);
CREATE INDEX area_register_by_parent ON area_register (parent, code);
CREATE INDEX area_register_by_order ON area_register (order_id);

-- Budget units 预算单位 and the institutions that receive money for those in their care (P24).
-- owner: registry
-- area: area
-- trail: rows, inserted once
CREATE TABLE unit (
    id BIGINT NOT NULL, -- open
    code TEXT NOT NULL, -- open
    name_zh TEXT NOT NULL, -- open
    name_en TEXT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX unit_by_code ON unit (code);
CREATE INDEX unit_by_area ON unit (area, id);

-- Persons who may receive money. `area` is where the person lives now: first_area, or the newest
-- row of person_residence. stable_ref survives a new import (S5).
-- owner: registry
-- area: area
-- trail: rows
CREATE TABLE person (
    id BIGINT NOT NULL, -- open
    first_area BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open, derived
    county BIGINT NOT NULL, -- open, derived
    stable_ref BYTEA NOT NULL, -- sensitive
    id_kind TEXT NOT NULL, -- open
    id_number BYTEA NOT NULL, -- sensitive
    id_index BYTEA NOT NULL, -- sensitive
    name BYTEA NOT NULL, -- sensitive
    name_index BYTEA NOT NULL, -- sensitive
    birth_date TEXT NOT NULL, -- personal
    sex TEXT NOT NULL, -- personal
    phone BYTEA NOT NULL, -- sensitive
    phone_index BYTEA NOT NULL, -- sensitive
    label TEXT NOT NULL, -- open
    row_salt BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX person_by_id_index ON person (id_index);
CREATE INDEX person_by_name ON person (name_index, birth_date);
CREATE INDEX person_by_area ON person (area, id);
CREATE INDEX person_by_order ON person (order_id);

-- Moves after registration, bitemporal.
-- owner: registry
-- area: area
-- trail: rows
CREATE TABLE person_residence (
    id BIGINT NOT NULL, -- open
    person_id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    valid_from TEXT NOT NULL, -- open
    valid_to TEXT NOT NULL, -- open
    known_from BIGINT NOT NULL, -- open
    known_to BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX person_residence_by_person ON person_residence (person_id);
CREATE INDEX person_residence_by_order ON person_residence (order_id);

-- What stops or changes a payment (R1.AE, R3.02): dead, imprisoned, missing …, bitemporal. The
-- area is the person's own, for the scope.
-- owner: registry
-- area: area
-- trail: rows
CREATE TABLE person_status (
    id BIGINT NOT NULL, -- open
    person_id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open, derived
    county BIGINT NOT NULL, -- open, derived
    kind TEXT NOT NULL, -- personal
    source TEXT NOT NULL, -- open
    valid_from TEXT NOT NULL, -- personal
    valid_to TEXT NOT NULL, -- personal
    known_from BIGINT NOT NULL, -- open
    known_to BIGINT NOT NULL, -- open
    row_salt BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX person_status_by_person ON person_status (person_id);
CREATE INDEX person_status_by_order ON person_status (order_id);

-- Bank accounts money goes to. A person, or a unit for those in its care, owns each; two staff
-- persons stand behind a change (S6, P24). The area is the owner's, for the scope.
-- owner: registry
-- area: area
-- trail: rows
CREATE TABLE payee_account (
    id BIGINT NOT NULL, -- open
    person_id BIGINT NOT NULL, -- open
    unit_id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open, derived
    county BIGINT NOT NULL, -- open, derived
    account BYTEA NOT NULL, -- sensitive
    account_index BYTEA NOT NULL, -- sensitive
    holder BYTEA NOT NULL, -- sensitive
    holder_index BYTEA NOT NULL, -- sensitive
    last_four TEXT NOT NULL, -- personal
    bank_code TEXT NOT NULL, -- open
    bank_name TEXT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    custody BIGINT NOT NULL, -- open
    custody_note BYTEA NOT NULL, -- sensitive
    proof_file BIGINT NOT NULL, -- open
    checked_result TEXT NOT NULL, -- open
    checked_on TEXT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    changed_by_staff BIGINT NOT NULL, -- open
    confirmed_by_staff BIGINT NOT NULL, -- open
    valid_from TEXT NOT NULL, -- open
    valid_to TEXT NOT NULL, -- open
    known_from BIGINT NOT NULL, -- open
    known_to BIGINT NOT NULL, -- open
    row_salt BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id),
    CHECK ((person_id = 0 AND unit_id <> 0) OR (person_id <> 0 AND unit_id = 0))
);
CREATE INDEX payee_account_by_person ON payee_account (person_id);
CREATE INDEX payee_account_by_unit ON payee_account (unit_id) WHERE unit_id <> 0;
CREATE INDEX payee_account_by_account ON payee_account (account_index);
CREATE INDEX payee_account_by_order ON payee_account (order_id);

-- Who looked up whom, and for what (S11, S16, P25). The reason is free text, so it is a cell.
-- owner: registry
-- area: area
-- trail: rows
CREATE TABLE look_up (
    id BIGINT NOT NULL, -- open
    at_ms BIGINT NOT NULL, -- open
    day TEXT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    account_id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    purpose TEXT NOT NULL, -- open
    reason BYTEA NOT NULL, -- sensitive
    person_id BIGINT NOT NULL, -- open
    row_salt BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX look_up_by_staff ON look_up (staff_id, day);
CREATE INDEX look_up_by_person ON look_up (person_id);
CREATE INDEX look_up_by_order ON look_up (order_id);

-- Checked and sealed persons on their way in: staged without a pen, taken over by one order (E7).
-- owner: registry
-- area: area
-- trail: none, because staging proves nothing; what is taken over is digested in its own table
CREATE TABLE person_intake (
    intake_id BIGINT NOT NULL, -- open
    ordinal BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    person_id BIGINT NOT NULL, -- open
    stable_ref BYTEA NOT NULL, -- sensitive
    id_kind TEXT NOT NULL, -- open
    id_number BYTEA NOT NULL, -- sensitive
    id_index BYTEA NOT NULL, -- sensitive
    name BYTEA NOT NULL, -- sensitive
    name_index BYTEA NOT NULL, -- sensitive
    birth_date TEXT NOT NULL, -- personal
    sex TEXT NOT NULL, -- personal
    phone BYTEA NOT NULL, -- sensitive
    phone_index BYTEA NOT NULL, -- sensitive
    label TEXT NOT NULL, -- open
    row_salt BYTEA NOT NULL, -- open
    account_id BIGINT NOT NULL, -- open
    account BYTEA NOT NULL, -- sensitive
    account_index BYTEA NOT NULL, -- sensitive
    holder BYTEA NOT NULL, -- sensitive
    holder_index BYTEA NOT NULL, -- sensitive
    last_four TEXT NOT NULL, -- personal
    bank_code TEXT NOT NULL, -- open
    bank_name TEXT NOT NULL, -- open
    account_kind TEXT NOT NULL, -- open
    account_salt BYTEA NOT NULL, -- open
    PRIMARY KEY (intake_id, ordinal)
);

-- Keys to be joined with: filled by run_each, read, and deleted within one transaction.
-- owner: registry
-- area: none, because it holds the keys of one question, for as long as the question lasts
-- trail: none, because it is empty at every commit
CREATE TABLE registry_probe (
    probe_id BIGINT NOT NULL, -- open
    ordinal BIGINT NOT NULL, -- open
    key_bytes BYTEA NOT NULL, -- sensitive
    key_int BIGINT NOT NULL, -- open
    PRIMARY KEY (probe_id, ordinal)
);
