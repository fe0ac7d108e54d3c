-- Statements of the bank after an old database was put back, and the end of its recovery (S5).

-- name: add_statement (id int, generation text, area int, file_digest bytes, layout text, through_day text, paid_count int, paid_fen int, staff_id int, order_id int)
-- scope: none, because the order was authorised for the area
INSERT INTO recovery_statement (id, generation, area, file_digest, layout, through_day, paid_count,
    paid_fen, staff_id, order_id)
VALUES (:id, :generation, :area, :file_digest, :layout, :through_day, :paid_count, :paid_fen,
    :staff_id, :order_id)

-- name: statement_loaded (generation text, digest bytes)
-- scope: none, because a statement is of the whole installation
SELECT id FROM recovery_statement WHERE generation = :generation AND file_digest = :digest

-- name: statements_through (generation text)
-- scope: none, because a recovery is of the whole installation
SELECT MAX(through_day) FROM recovery_statement WHERE generation = :generation

-- name: add_recovery_payment (id int, statement_id int, reference text, outcome text, fen int, order_id int)
INSERT INTO recovery_payment (id, statement_id, reference, outcome, fen, order_id)
VALUES (:id, :statement_id, :reference, :outcome, :fen, :order_id)

-- name: recovery_references ()
-- walks: all of them are compared with a batch's, once
-- scope: none, because a reference names a payment of any county
SELECT reference FROM recovery_payment

-- name: add_recovery_act (id int, generation text, area int, act text, number text, staff_id int, order_id int)
-- scope: none, because the order was authorised for the area
INSERT INTO recovery_act (id, generation, area, act, number, staff_id, order_id)
VALUES (:id, :generation, :area, :act, :number, :staff_id, :order_id)

-- name: recovery_proposed_by (generation text)
-- scope: none, because a recovery is of the whole installation
SELECT staff_id FROM recovery_act WHERE generation = :generation AND act = 'proposed'
