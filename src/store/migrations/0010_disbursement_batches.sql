-- Paying: batches and their lines, findings, funding, the Treasury's steps, bank files and answers.

-- One payment list. state and version move with each order; the case holds who did what.
-- claim_kind:
-- the kind its claims bear, which of a correction is that of what it corrects.
-- owner: disbursement
-- area: area
-- trail: rows
CREATE TABLE batch (
    id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    programme TEXT NOT NULL, -- open
    period TEXT NOT NULL, -- open
    period_from TEXT NOT NULL, -- open
    period_to TEXT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    claim_kind TEXT NOT NULL, -- open
    cause TEXT NOT NULL, -- open
    corrects_batch BIGINT NOT NULL, -- open
    mode TEXT NOT NULL, -- open
    import_digest BYTEA NOT NULL, -- open
    line_count BIGINT NOT NULL, -- open
    total_fen BIGINT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    version BIGINT NOT NULL, -- open
    check_run BIGINT NOT NULL, -- open
    case_id BIGINT NOT NULL, -- open
    payable_count BIGINT NOT NULL, -- open
    payable_fen BIGINT NOT NULL, -- open
    approved_digest BYTEA NOT NULL, -- open
    created_ms BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX batch_by_order ON batch (order_id);
CREATE INDEX batch_by_area ON batch (area, id);
CREATE UNIQUE INDEX batch_by_import ON batch (import_digest, area, programme, period)
    WHERE state <> 'cancelled';

-- One payment to one person. from_fen: where the line begins in the batch's payable money; its
-- shares of the funding are where the two intervals meet. state follows the line's events.
-- owner: disbursement
-- area: area
-- trail: rows, inserted once
CREATE TABLE payment_line (
    id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    ordinal BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    person_id BIGINT NOT NULL, -- open
    account_id BIGINT NOT NULL, -- open
    fen BIGINT NOT NULL, -- open
    reference TEXT NOT NULL, -- open
    corrects_line BIGINT NOT NULL, -- open
    attempt BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    state TEXT NOT NULL, -- open, derived
    from_fen BIGINT, -- open, derived
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX payment_line_by_batch ON payment_line (batch_id, ordinal);
CREATE INDEX payment_line_by_person ON payment_line (person_id, batch_id);
CREATE UNIQUE INDEX payment_line_corrected_once ON payment_line (corrects_line, batch_id)
    WHERE corrects_line <> 0;

-- What became of a line after it was imported: set_aside, restored, sent, paid, failed, pending,
-- review, returned, dropped. The newest is the line's state. code: of a sent event the
-- end-to-end id
-- (S5), of an answer the bank's code, of set_aside the finding's.
-- owner: disbursement
-- area: none, because an event is reached through its line
-- trail: rows, inserted once
-- append-only
CREATE TABLE line_event (
    id BIGINT NOT NULL, -- open
    line_id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    event TEXT NOT NULL, -- open
    code TEXT NOT NULL, -- open
    on_day TEXT NOT NULL, -- open
    answer_id BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX line_event_by_batch ON line_event (batch_id, line_id, id);
CREATE INDEX line_event_by_code ON line_event (code) WHERE event = 'sent';

-- A claim is paid once (E2): its row holds the one live line, 0 when none. Not keyed by county.
-- A line that failed lives on until its correction takes the claim over (S6).
-- owner: disbursement
-- area: none, because a person may be paid by two counties, and this is where they meet (E1)
-- trail: derived, because it is recomputed from the lines and their events
CREATE TABLE claim (
    person_key BIGINT NOT NULL, -- open, derived
    programme TEXT NOT NULL, -- open, derived
    period TEXT NOT NULL, -- open, derived
    kind TEXT NOT NULL, -- open, derived
    cause TEXT NOT NULL, -- open, derived
    period_from TEXT NOT NULL, -- open, derived
    period_to TEXT NOT NULL, -- open, derived
    live_line BIGINT NOT NULL, -- open, derived
    PRIMARY KEY (person_key, programme, period, kind, cause)
);
CREATE INDEX claim_by_line ON claim (live_line) WHERE live_line <> 0;

-- What the checks found, per run; the newest run counts (P4). line_id 0: the batch itself.
-- owner: disbursement
-- area: none, because a finding is reached through its batch
-- trail: rows, inserted once
-- append-only
CREATE TABLE finding (
    id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    check_run BIGINT NOT NULL, -- open
    line_id BIGINT NOT NULL, -- open
    code TEXT NOT NULL, -- open
    severity TEXT NOT NULL, -- open
    other_id BIGINT NOT NULL, -- open
    left_fen BIGINT NOT NULL, -- open
    asked_fen BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX finding_by_batch ON finding (batch_id, check_run, line_id);

-- A warning passed by a second person with a reason, which is free text and so a cell.
-- owner: disbursement
-- area: none, because it is reached through its batch
-- trail: rows
CREATE TABLE finding_override (
    id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    line_id BIGINT NOT NULL, -- open
    code TEXT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    reason BYTEA NOT NULL, -- sensitive
    row_salt BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX finding_override_by_order ON finding_override (order_id);
CREATE UNIQUE INDEX finding_override_once ON finding_override (batch_id, line_id, code);

-- A line set aside (暂缓): who follows it up, and until when (P4).
-- owner: disbursement
-- area: area
-- trail: rows
CREATE TABLE set_aside (
    id BIGINT NOT NULL, -- open
    line_id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    code TEXT NOT NULL, -- open
    owner_staff BIGINT NOT NULL, -- open
    due_date TEXT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX set_aside_by_order ON set_aside (order_id);
CREATE INDEX set_aside_by_batch ON set_aside (batch_id, id);
CREATE INDEX set_aside_by_line ON set_aside (line_id);

-- Why a line was ended for good, and who said so: a second person (R3.23).
-- owner: disbursement
-- area: none, because it is reached through its batch
-- trail: rows
CREATE TABLE line_end (
    id BIGINT NOT NULL, -- open
    line_id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    why TEXT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    reason BYTEA NOT NULL, -- sensitive
    row_salt BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX line_end_by_order ON line_end (order_id);
CREATE INDEX line_end_by_batch ON line_end (batch_id);

-- The funding plan (P8): which allotment gives which interval of the batch's payable money. A new
-- plan is a new run; the newest counts. hold_id: the freeze.
-- owner: disbursement
-- area: none, because it is reached through its batch
-- trail: rows, inserted once
-- append-only
CREATE TABLE funding (
    id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    run BIGINT NOT NULL, -- open
    ordinal BIGINT NOT NULL, -- open
    allotment_id BIGINT NOT NULL, -- open
    from_fen BIGINT NOT NULL, -- open
    fen BIGINT NOT NULL, -- open
    hold_id BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX funding_by_batch ON funding (batch_id, run, ordinal);

-- The Treasury's steps, registered (P1, P2): plan 用款计划, request 支付申请, voucher 支付凭证,
-- sent_back 财政退回. month is the plan's; number and day are the document's.
-- owner: disbursement
-- area: none, because it is reached through its batch
-- trail: rows, inserted once
-- append-only
CREATE TABLE treasury_step (
    id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    run BIGINT NOT NULL, -- open
    allotment_id BIGINT NOT NULL, -- open
    step TEXT NOT NULL, -- open
    number TEXT NOT NULL, -- open
    day TEXT NOT NULL, -- open
    month TEXT NOT NULL, -- open
    fen BIGINT NOT NULL, -- open
    reason TEXT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX treasury_step_by_batch ON treasury_step (batch_id, run, step);
CREATE INDEX treasury_step_by_allotment ON treasury_step (allotment_id, step, month);

-- A bank file: made once per batch, layout and part (E13). Its bytes lie encrypted in the file
-- store.
-- owner: disbursement
-- area: none, because it is reached through its batch
-- trail: rows, inserted once
-- append-only
CREATE TABLE bank_file (
    id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    run BIGINT NOT NULL, -- open
    layout TEXT NOT NULL, -- open
    part BIGINT NOT NULL, -- open
    file_name TEXT NOT NULL, -- open
    line_count BIGINT NOT NULL, -- open
    total_fen BIGINT NOT NULL, -- open
    sm3 BYTEA NOT NULL, -- open
    sha256 BYTEA NOT NULL, -- open
    signature BYTEA NOT NULL, -- open
    file_id BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX bank_file_once ON bank_file (batch_id, run, layout, part);

-- The bank's written rejection of a whole file: only after it a second file may be made (E13).
-- owner: disbursement
-- area: none, because it is reached through its batch
-- trail: rows
CREATE TABLE bank_file_rejection (
    id BIGINT NOT NULL, -- open
    bank_file_id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    number TEXT NOT NULL, -- open
    day TEXT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    reason BYTEA NOT NULL, -- sensitive
    row_salt BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX bank_file_rejection_by_order ON bank_file_rejection (order_id);
CREATE INDEX bank_file_rejection_by_batch ON bank_file_rejection (batch_id);
CREATE UNIQUE INDEX bank_file_rejection_once ON bank_file_rejection (bank_file_id);

-- A bank answer as it came: the same file again changes nothing (R3.35). Counts by outcome in the
-- order of docs/cli.md.
-- owner: disbursement
-- area: none, because it is reached through its batch
-- trail: rows, inserted once
-- append-only
CREATE TABLE bank_answer (
    id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    file_digest BYTEA NOT NULL, -- open
    layout TEXT NOT NULL, -- open
    statement_day TEXT NOT NULL, -- open
    rows_read BIGINT NOT NULL, -- open
    paid_count BIGINT NOT NULL, -- open
    paid_fen BIGINT NOT NULL, -- open
    failed_count BIGINT NOT NULL, -- open
    failed_fen BIGINT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX bank_answer_once ON bank_answer (batch_id, file_digest);

-- Rows of an answer that fit no line as they stand: a visible item with owner and age (torture D).
-- owner: disbursement
-- area: area
-- trail: rows
CREATE TABLE answer_exception (
    id BIGINT NOT NULL, -- open
    answer_id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    line_id BIGINT NOT NULL, -- open
    row_number BIGINT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    expected_fen BIGINT NOT NULL, -- open
    answered_fen BIGINT NOT NULL, -- open
    code TEXT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    owner_staff BIGINT NOT NULL, -- open
    opened_ms BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX answer_exception_by_order ON answer_exception (order_id);
CREATE INDEX answer_exception_by_batch ON answer_exception (batch_id, id);
CREATE INDEX answer_exception_by_line ON answer_exception (line_id);

-- A second person's word that failed lines may be paid again (S6): the bank's confirmation in
-- writing, or the statement's debit that equals the paid lines.
-- owner: disbursement
-- area: none, because it is reached through its batch
-- trail: rows
CREATE TABLE reissue_confirmation (
    id BIGINT NOT NULL, -- open
    batch_id BIGINT NOT NULL, -- open
    basis TEXT NOT NULL, -- open
    debit_fen BIGINT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    reason BYTEA NOT NULL, -- sensitive
    row_salt BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX reissue_confirmation_by_order ON reissue_confirmation (order_id);
CREATE INDEX reissue_confirmation_by_batch ON reissue_confirmation (batch_id);

-- A statement of the bank, loaded while an old database recovers (S5): who brought it, and through
-- which day it tells what was paid.
-- owner: disbursement
-- area: area
-- trail: rows, inserted once
-- append-only
CREATE TABLE recovery_statement (
    id BIGINT NOT NULL, -- open
    generation TEXT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    file_digest BYTEA NOT NULL, -- open
    layout TEXT NOT NULL, -- open
    through_day TEXT NOT NULL, -- open
    paid_count BIGINT NOT NULL, -- open
    paid_fen BIGINT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX recovery_statement_once ON recovery_statement (generation, file_digest);

-- What became of a payment, by the bank's own statement: no bank file holds this reference again.
-- owner: disbursement
-- area: none, because a person may be paid by any county, and a reference names one payment (S5)
-- trail: rows, inserted once
-- append-only
CREATE TABLE recovery_payment (
    id BIGINT NOT NULL, -- open
    statement_id BIGINT NOT NULL, -- open
    reference TEXT NOT NULL, -- open
    outcome TEXT NOT NULL, -- open
    fen BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX recovery_payment_by_reference ON recovery_payment (reference);

-- Two persons end a recovery: the first proposes, the second closes (S5).
-- owner: disbursement
-- area: area
-- trail: rows, inserted once
-- append-only
CREATE TABLE recovery_act (
    id BIGINT NOT NULL, -- open
    generation TEXT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    act TEXT NOT NULL, -- open
    number TEXT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX recovery_act_once ON recovery_act (generation, act);
