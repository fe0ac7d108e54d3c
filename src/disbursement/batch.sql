-- name: area_of_batch (batch int)
-- scope: none, because the road asks where the batch lies before anybody is authorised
SELECT area FROM batch WHERE id = :batch

-- name: batch (batch int, scope)
SELECT id, area, county, programme, period, kind, cause, corrects_batch, mode, line_count,
    total_fen,
    state, version, check_run, case_id, payable_count, payable_fen, approved_digest, created_ms
FROM batch WHERE id = :batch AND area >= :scope_low AND area < :scope_end

-- name: batches (before int, programme text, state text, limit int, scope)
SELECT id, area, county, programme, period, kind, cause, corrects_batch, mode, line_count,
    total_fen,
    state, version, check_run, case_id, payable_count, payable_fen, approved_digest, created_ms
FROM batch WHERE id < :before AND area >= :scope_low AND area < :scope_end
    AND (:programme = '' OR programme = :programme) AND (:state = '' OR state = :state)
ORDER BY id DESC LIMIT :limit

-- name: batch_of_import (digest bytes, area int, programme text, period text)
-- scope: none, because it answers only whether the caller's own file came before
SELECT id FROM batch WHERE import_digest = :digest AND area = :area AND programme = :programme
    AND period = :period AND state <> 'cancelled'

-- name: add_batch (id int, area int, county int, programme text, period text, period_from text, period_to text, kind text, claim_kind text, cause text, corrects_batch int, mode text, import_digest bytes, line_count int, total_fen int, case_id int, approved_digest bytes, created_ms int, order_id int)
-- scope: none, because the order was authorised for this area
INSERT INTO batch (id, area, county, programme, period, period_from, period_to, kind, claim_kind,
    cause, corrects_batch, mode,
    import_digest, line_count, total_fen, state, version, check_run, case_id, payable_count,
        payable_fen,
    approved_digest, created_ms, order_id)
VALUES (:id, :area, :county, :programme, :period, :period_from, :period_to, :kind, :claim_kind,
    :cause, :corrects_batch, :mode,
    :import_digest, :line_count, :total_fen, 'draft', 1, 0, :case_id, 0, 0, :approved_digest,
        :created_ms, :order_id)

-- name: move_batch (batch int, state text, case_id int, check_run int, payable_count int, payable_fen int, approved_digest bytes, order_id int)
-- scope: none, because the order was authorised for this batch's area, and load() found it in scope
UPDATE batch SET state = :state, version = version + 1, case_id = :case_id, check_run = :check_run,
    payable_count = :payable_count,
    payable_fen = :payable_fen, approved_digest = :approved_digest, order_id = :order_id
WHERE id = :batch

-- name: add_line (id int, batch_id int, ordinal int, area int, county int, person_id int, account_id int, fen int, reference text, corrects_line int, attempt int, order_id int, state text)
-- scope: none, because the order was authorised for the batch's area, and each line lies in it
INSERT INTO payment_line (id, batch_id, ordinal, area, county, person_id, account_id, fen,
    reference, corrects_line, attempt, order_id, state)
VALUES (:id, :batch_id, :ordinal, :area, :county, :person_id, :account_id, :fen, :reference,
    :corrects_line, :attempt, :order_id, :state)

-- name: payable_sum (batch int)
-- scope: none, because load() found the batch in scope before
SELECT count(*) AS lines, CAST(COALESCE(SUM(fen), 0) AS BIGINT) AS fen FROM payment_line
    WHERE batch_id = :batch AND state = 'ready'

-- name: lines (batch int, after int, state text, limit int, scope)
SELECT l.id, l.ordinal, l.person_id, l.account_id, l.fen, l.reference, l.state, l.corrects_line,
    COALESCE((SELECT e.code FROM line_event e WHERE e.batch_id = l.batch_id AND e.line_id = l.id
        AND e.event = 'sent' ORDER BY e.id DESC LIMIT 1), '') AS sent_as,
    COALESCE((SELECT e.code FROM line_event e WHERE e.batch_id = l.batch_id AND e.line_id = l.id
        AND e.event IN ('paid', 'failed', 'returned', 'pending', 'review')
        ORDER BY e.id DESC LIMIT 1), '') AS bank_code
FROM payment_line l
WHERE l.batch_id = :batch AND l.ordinal > :after AND (:state = '' OR l.state = :state)
    AND l.area >= :scope_low AND l.area < :scope_end
ORDER BY l.ordinal LIMIT :limit

-- name: set_line_state (batch int, line int, state text)
-- scope: none, because the order found the line in scope before
UPDATE payment_line SET state = :state WHERE batch_id = :batch AND id = :line

-- name: lines_by_state (batch int)
-- scope: none, because the batch was found in scope before
SELECT state, count(*) AS lines, CAST(SUM(fen) AS BIGINT) AS fen FROM payment_line
    WHERE batch_id = :batch GROUP BY state ORDER BY state

-- name: add_event (id int, line_id int, batch_id int, event text, code text, on_day text, answer_id int, order_id int)
INSERT INTO line_event (id, line_id, batch_id, event, code, on_day, answer_id, order_id)
VALUES (:id, :line_id, :batch_id, :event, :code, :on_day, :answer_id, :order_id)

-- name: programme_in_force (code text, period_from text, period_to text, today text)
-- The programme's row as known now, and whether its card item is in force for the period (P21). A
-- once-payment has no months: today decides.
SELECT p.subjects, (SELECT count(*) FROM subsidy_item i
    WHERE i.code = p.card_item AND i.known_to = 0
    AND (i.valid_from = '' OR i.valid_from <= CASE WHEN :period_to = '' THEN :today
        ELSE :period_to END)
    AND (i.valid_to = '' OR i.valid_to > CASE WHEN :period_from = '' THEN :today
        ELSE :period_from END)) AS on_list
FROM programme p WHERE p.code = :code AND p.known_to = 0
    AND (p.valid_from = '' OR p.valid_from <= :today) AND (p.valid_to = '' OR p.valid_to > :today)

-- name: probed_persons (probe int)
-- scope: none, because a payment may go to a person of another county (E1); ids and indexes only
SELECT q.ordinal, p.id, p.area, p.name_index FROM registry_probe q JOIN person p
    ON p.id_index = q.key_bytes
WHERE q.probe_id = :probe ORDER BY q.ordinal

-- name: probed_accounts (probe int)
-- scope: none, because the accounts are those of the roster's own persons; ids and indexes only
SELECT DISTINCT a.person_id, a.id, a.account_index FROM registry_probe q JOIN person p
    ON p.id_index = q.key_bytes
JOIN payee_account a ON a.person_id = p.id WHERE q.probe_id = :probe AND a.state = 'active'
    ORDER BY a.person_id, a.id

-- name: claim_kind (batch int)
-- scope: none, because the batch was found in scope before
SELECT claim_kind FROM batch WHERE id = :batch

-- name: history (batch int)
-- scope: none, because the batch was found in scope before
-- The links of the orders that rewrote the batch's row: who moved it, and when.
SELECT t.order_type, t.staff_id, t.at_ms, COALESCE(s.name, '') AS staff_name
FROM trail t LEFT JOIN staff s ON s.id = t.staff_id
WHERE t.order_id IN (SELECT order_id FROM payment_line WHERE batch_id = :batch
    UNION SELECT order_id FROM finding WHERE batch_id = :batch
    UNION SELECT order_id FROM case_act WHERE case_id = (SELECT case_id FROM batch
        WHERE id = :batch)
    UNION SELECT order_id FROM line_event WHERE batch_id = :batch
    UNION SELECT order_id FROM treasury_step WHERE batch_id = :batch
    UNION SELECT order_id FROM bank_answer WHERE batch_id = :batch
    UNION SELECT order_id FROM finding_override WHERE batch_id = :batch
    UNION SELECT order_id FROM bank_file_rejection WHERE batch_id = :batch
    UNION SELECT order_id FROM answer_exception WHERE batch_id = :batch
    UNION SELECT order_id FROM reissue_confirmation WHERE batch_id = :batch
    UNION SELECT order_id FROM line_end WHERE batch_id = :batch
    UNION SELECT order_id FROM batch WHERE id = :batch)
    AND t.pen = (SELECT county FROM batch WHERE id = :batch)
ORDER BY t.seq

-- name: maker (batch int, pen int)
-- scope: none, because the batch was found in scope before
-- The first line's order is the one that brought the batch in.
SELECT t.staff_id FROM payment_line l JOIN trail t ON t.order_id = l.order_id
WHERE l.batch_id = :batch AND l.ordinal = 1 AND t.pen = :pen
