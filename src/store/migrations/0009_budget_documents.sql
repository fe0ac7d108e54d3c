-- The Treasury's documents as registered, what stands in them, and the opening of the books.

-- A document of the Treasury side (P1). number is canonical, printed_number as it stands on paper.
-- total_text '': no total is printed. state: registered, pending (待核), proposed (to be posted
-- item by
-- item), corrected, posted_by_item. The staff columns are persons (S7); 0: nobody.
-- owner: budget
-- area: area
-- trail: rows
CREATE TABLE issuing_document (
    id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    number TEXT NOT NULL, -- open
    printed_number TEXT NOT NULL, -- open
    title TEXT NOT NULL, -- open
    year BIGINT NOT NULL, -- open
    origin_year BIGINT NOT NULL, -- open
    fund TEXT NOT NULL, -- open
    source TEXT NOT NULL, -- open
    mark TEXT NOT NULL, -- open
    issued_by TEXT NOT NULL, -- open
    issued_on TEXT NOT NULL, -- open
    received_on TEXT NOT NULL, -- open
    is_advance BIGINT NOT NULL, -- open
    is_partial BIGINT NOT NULL, -- open
    file_id BIGINT NOT NULL, -- open
    total_text TEXT NOT NULL, -- open
    printed_total_fen BIGINT NOT NULL, -- open
    sum_fen BIGINT NOT NULL, -- open
    item_count BIGINT NOT NULL, -- open
    verdict TEXT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    posting_date TEXT NOT NULL, -- open
    corrects BIGINT NOT NULL, -- open
    corrected_by BIGINT NOT NULL, -- open
    answer_file_id BIGINT NOT NULL, -- open
    registered_staff BIGINT NOT NULL, -- open
    proposed_staff BIGINT NOT NULL, -- open
    confirmed_staff BIGINT NOT NULL, -- open
    case_id BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX issuing_document_by_order ON issuing_document (order_id);
CREATE INDEX issuing_document_by_number ON issuing_document (number);
CREATE INDEX issuing_document_by_area ON issuing_document (area, id);
CREATE UNIQUE INDEX issuing_document_once ON issuing_document (number, area, kind)
    WHERE state <> 'corrected';

-- A line of a document. Of a split, parent_id is the allotment that gives; of an adjustment,
-- allotment_id is the line that changes and change says how. last_digit_fen: what the last printed
-- digit is worth (E23).
-- owner: budget
-- area: area
-- trail: rows, inserted once
CREATE TABLE document_item (
    document_id BIGINT NOT NULL, -- open
    ordinal BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    unit_id BIGINT NOT NULL, -- open
    receiver TEXT NOT NULL, -- open
    programme TEXT NOT NULL, -- open
    subject TEXT NOT NULL, -- open
    parent_id BIGINT NOT NULL, -- open
    allotment_id BIGINT NOT NULL, -- open
    change TEXT NOT NULL, -- open
    fen BIGINT NOT NULL, -- open
    last_digit_fen BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (document_id, ordinal)
);
CREATE INDEX document_item_by_area ON document_item (area, document_id);

-- The books as found on a day (P6). state: proposed, confirmed, signed_off, revoked. left_fen is
-- what
-- our lines leave, treasury_fen what the Treasury printed and the confirming person copied.
-- owner: budget
-- area: area
-- trail: rows
CREATE TABLE opening (
    id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    as_at TEXT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    line_count BIGINT NOT NULL, -- open
    total_fen BIGINT NOT NULL, -- open
    allocated_fen BIGINT NOT NULL, -- open
    paid_fen BIGINT NOT NULL, -- open
    in_transit_fen BIGINT NOT NULL, -- open
    left_fen BIGINT NOT NULL, -- open
    treasury_fen BIGINT NOT NULL, -- open
    proposed_staff BIGINT NOT NULL, -- open
    confirmed_staff BIGINT NOT NULL, -- open
    closed_staff BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX opening_by_order ON opening (order_id);
CREATE INDEX opening_by_area ON opening (area, id);

-- A line of money as found. number is its document's; parent_number names the line of the same
-- opening that it was given down from. treasury_fen: the balance that the Treasury printed, if
-- it did.
-- owner: budget
-- area: area
-- trail: rows, inserted once
CREATE TABLE opening_line (
    opening_id BIGINT NOT NULL, -- open
    ordinal BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    unit_id BIGINT NOT NULL, -- open
    number TEXT NOT NULL, -- open
    parent_number TEXT NOT NULL, -- open
    year BIGINT NOT NULL, -- open
    origin_year BIGINT NOT NULL, -- open
    programme TEXT NOT NULL, -- open
    subject TEXT NOT NULL, -- open
    source TEXT NOT NULL, -- open
    mark TEXT NOT NULL, -- open
    issued_by TEXT NOT NULL, -- open
    total_fen BIGINT NOT NULL, -- open
    allocated_fen BIGINT NOT NULL, -- open
    paid_fen BIGINT NOT NULL, -- open
    in_transit_fen BIGINT NOT NULL, -- open
    treasury_fen BIGINT, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (opening_id, ordinal)
);
CREATE INDEX opening_line_by_number ON opening_line (number);
CREATE INDEX opening_line_by_area ON opening_line (area, opening_id);
