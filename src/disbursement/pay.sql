-- Funding, claims and the approval.

-- name: candidates (programme text, year int, holder int, today text)
-- scope: none, because the holder is the batch's own county, in which the order was authorised
SELECT a.id, a.source, a.mark, a.subject, b.available_fen FROM allotment a
JOIN allotment_balance b ON b.allotment_id = a.id
WHERE a.programme = :programme AND a.year = :year AND a.area = :holder AND b.available_fen > 0
    AND a.usable_from <= :today ORDER BY a.id

-- name: touch_person_months (batch int, period text)
-- scope: none, because the person's pen is touched wherever the person lives (E1)
-- In person order, in one statement: counties that pay the same people wait, and never deadlock.
INSERT INTO person_month (person_key, period, n)
SELECT DISTINCT person_id, :period, 1 FROM payment_line WHERE batch_id = :batch AND state = 'ready'
    ORDER BY 1
ON CONFLICT (person_key, period) DO UPDATE SET n = person_month.n + 1

-- name: take_claims (batch int)
-- scope: none, because claims are not keyed by county (E1)
INSERT INTO claim (person_key, programme, period, kind, cause, period_from, period_to, live_line)
SELECT l.person_id, b.programme, b.period, b.claim_kind, b.cause,
    b.period_from, b.period_to, l.id
FROM batch b JOIN payment_line l ON l.batch_id = b.id
WHERE b.id = :batch AND l.state = 'ready' ORDER BY l.person_id
ON CONFLICT (person_key, programme, period, kind, cause) DO UPDATE
    SET live_line = excluded.live_line
WHERE claim.live_line IN (0, excluded.live_line)

-- name: drop_claims (batch int)
-- scope: none, because claims are not keyed by county (E1); only those of the batch's own lines
-- A line that pays again held its claim before the approval, and goes on holding it (S6).
UPDATE claim SET live_line = 0 WHERE live_line <> 0
    AND live_line IN (SELECT id FROM payment_line WHERE batch_id = :batch AND attempt = 1)

-- name: hand_over_claims (batch int)
-- scope: none, because claims are not keyed by county (E1); only those that the batch takes up
-- What failed or came back holds its claim until its correction does (S6).
UPDATE claim SET live_line = n.id FROM payment_line n
WHERE n.batch_id = :batch AND n.corrects_line <> 0 AND n.attempt > 1 AND claim.live_line <> 0
    AND claim.live_line = n.corrects_line

-- name: hand_back_claims (batch int)
-- scope: none, because claims are not keyed by county (E1); only those of the batch's own lines
UPDATE claim SET live_line = n.corrects_line FROM payment_line n
WHERE n.batch_id = :batch AND n.corrects_line <> 0 AND n.attempt > 1 AND n.state <> 'dropped'
    AND claim.live_line <> 0 AND claim.live_line = n.id

-- name: free_claim (line int)
-- scope: none, because claims are not keyed by county (E1); the order found the line in scope
UPDATE claim SET live_line = 0 WHERE live_line <> 0 AND live_line = :line

-- name: lay_end_to_end (batch int)
-- scope: none, because the batch was found in scope before
-- Where each payable line begins in the batch's money: its shares of the funding follow (P8).
UPDATE payment_line SET from_fen = w.start_fen
FROM (SELECT id AS line_id, CAST(SUM(fen) OVER (ORDER BY ordinal) - fen AS BIGINT) AS start_fen
      FROM payment_line WHERE batch_id = :batch AND state = 'ready') w
WHERE payment_line.id = w.line_id

-- name: what_is_paid (batch int)
-- scope: none, because the batch was found in scope before; ids, indexes, amounts (S6)
SELECT l.id, l.person_id, l.account_id, l.fen, a.account_index, a.holder_index
FROM payment_line l JOIN payee_account a ON a.id = l.account_id
WHERE l.batch_id = :batch AND l.from_fen IS NOT NULL ORDER BY l.ordinal

-- name: add_funding (id int, batch_id int, run int, ordinal int, allotment_id int, from_fen int, fen int, hold_id int, order_id int)
INSERT INTO funding (id, batch_id, run, ordinal, allotment_id, from_fen, fen, hold_id, order_id)
VALUES (:id, :batch_id, :run, :ordinal, :allotment_id, :from_fen, :fen, :hold_id, :order_id)

-- name: funding_of (batch int)
-- The newest run.
SELECT allotment_id, from_fen, fen, hold_id, run FROM funding
WHERE batch_id = :batch AND run = (SELECT MAX(run) FROM funding WHERE batch_id = :batch)
    ORDER BY ordinal

-- name: lift_lines (batch int)
-- scope: none, because the batch was found in scope before
UPDATE payment_line SET from_fen = NULL WHERE batch_id = :batch AND from_fen IS NOT NULL

-- name: add_step (id int, batch_id int, run int, allotment_id int, step text, number text, day text, month text, fen int, reason text, order_id int)
INSERT INTO treasury_step (id, batch_id, run, allotment_id, step, number, day, month, fen, reason,
    order_id)
VALUES (:id, :batch_id, :run, :allotment_id, :step, :number, :day, :month, :fen, :reason, :order_id)

-- name: month_of_allotment (allotment int, month text)
SELECT :allotment AS allotment, 
    CAST(COALESCE(SUM(CASE WHEN step = 'plan' THEN fen ELSE 0 END), 0) AS BIGINT) AS planned,
    CAST(COALESCE(SUM(CASE WHEN step = 'request' THEN fen ELSE 0 END), 0) AS BIGINT) AS requested
FROM treasury_step WHERE allotment_id = :allotment AND month = :month
    AND step IN ('plan', 'request')

-- name: vouchered_of (batch int, run int)
SELECT allotment_id, CAST(0 AS BIGINT) AS planned, CAST(SUM(fen) AS BIGINT) AS vouchered
    FROM treasury_step
WHERE batch_id = :batch AND run = :run AND step = 'voucher' GROUP BY allotment_id
    ORDER BY allotment_id

-- name: plan_month (batch int, run int)
SELECT MAX(month) FROM treasury_step WHERE batch_id = :batch AND run = :run AND step = 'plan'

-- name: bank_file_of (batch int)
-- The one that stands: the bank has not rejected it.
SELECT f.id, f.layout, f.part, f.file_name, f.line_count, f.total_fen, f.sm3, f.sha256, f.file_id
FROM bank_file f WHERE f.batch_id = :batch
    AND NOT EXISTS (SELECT 1 FROM bank_file_rejection r WHERE r.bank_file_id = f.id)
ORDER BY f.id DESC LIMIT 1

-- name: bank_files_made (batch int)
SELECT count(*) FROM bank_file WHERE batch_id = :batch

-- name: add_file_rejection (id int, bank_file_id int, batch_id int, number text, day text, staff_id int, reason bytes, row_salt bytes, order_id int)
INSERT INTO bank_file_rejection (id, bank_file_id, batch_id, number, day, staff_id, reason,
    row_salt, order_id)
VALUES (:id, :bank_file_id, :batch_id, :number, :day, :staff_id, :reason, :row_salt, :order_id)

-- name: sent_lines (batch int)
-- scope: none, because the batch was found in scope before; row ids of its own lines
SELECT id, state FROM payment_line WHERE batch_id = :batch AND state = 'sent' ORDER BY ordinal

-- name: take_back_sent (batch int)
-- scope: none, because the batch was found in scope before
UPDATE payment_line SET state = 'ready' WHERE batch_id = :batch AND state = 'sent'

-- name: lines_to_open (batch int)
-- scope: none, because the batch was found in scope by who may make its bank file
SELECT l.id, l.ordinal, l.fen, l.attempt, p.stable_ref, a.id AS account, a.account AS account_cell,
    a.holder AS holder_cell,
    a.bank_code, a.bank_name
FROM payment_line l JOIN person p ON p.id = l.person_id JOIN payee_account a ON a.id = l.account_id
WHERE l.batch_id = :batch AND l.from_fen IS NOT NULL ORDER BY l.ordinal

-- name: add_bank_file (id int, batch_id int, run int, layout text, part int, file_name text, line_count int, total_fen int, sm3 bytes, sha256 bytes, signature bytes, file_id int, order_id int)
INSERT INTO bank_file (id, batch_id, run, layout, part, file_name, line_count, total_fen, sm3,
    sha256, signature, file_id, order_id)
VALUES (:id, :batch_id, :run, :layout, :part, :file_name, :line_count, :total_fen, :sm3, :sha256,
    :signature, :file_id, :order_id)

-- name: mark_sent (batch int)
-- scope: none, because the batch was found in scope before
UPDATE payment_line SET state = 'sent' WHERE batch_id = :batch AND from_fen IS NOT NULL
    AND state = 'ready'

-- name: batch_of_e2e (code text)
-- scope: none, because it answers only whose an answer is; the order then asks for its area
SELECT batch_id FROM line_event WHERE event = 'sent' AND code = :code ORDER BY id DESC LIMIT 1

-- name: lines_sent (batch int)
-- scope: none, because the batch was found in scope before; ids, indexes and amounts
-- A line that went in two files, of which the bank rejected one, bears one name in both (S5).
SELECT DISTINCT e.code, l.id, l.fen, l.from_fen, l.state, l.area, a.account_index, a.holder_index
FROM line_event e JOIN payment_line l ON l.id = e.line_id JOIN payee_account a
    ON a.id = l.account_id
WHERE e.batch_id = :batch AND e.event = 'sent' ORDER BY l.id

-- name: answer_brought_by (digest bytes, batch int)
SELECT staff_id FROM bank_answer WHERE file_digest = :digest AND batch_id = :batch

-- name: paid_since (digest bytes, batch int)
-- scope: none, because the batch was found in scope before; row ids of its own lines
-- Lines that another answer reported paid after this file had been brought.
SELECT e.line_id FROM bank_answer a JOIN line_event e ON e.batch_id = a.batch_id
    AND e.id > a.id AND e.answer_id <> a.id AND e.event = 'paid'
WHERE a.file_digest = :digest AND a.batch_id = :batch ORDER BY e.line_id

-- name: add_answer (id int, batch_id int, file_digest bytes, layout text, statement_day text, rows_read int, paid_count int, paid_fen int, failed_count int, failed_fen int, staff_id int, order_id int)
INSERT INTO bank_answer (id, batch_id, file_digest, layout, statement_day, rows_read, paid_count,
    paid_fen, failed_count, failed_fen, staff_id, order_id)
VALUES (:id, :batch_id, :file_digest, :layout, :statement_day, :rows_read, :paid_count, :paid_fen,
    :failed_count, :failed_fen, :staff_id, :order_id)

-- name: follow_answer (batch int, answer int)
-- scope: none, because the batch was found in scope before
UPDATE payment_line SET state = e.event FROM line_event e
WHERE e.batch_id = :batch AND e.answer_id = :answer AND e.line_id = payment_line.id

-- name: add_exception (id int, answer_id int, batch_id int, area int, county int, line_id int, row_number int, kind text, expected_fen int, answered_fen int, code text, owner_staff int, opened_ms int, order_id int)
-- scope: none, because the order was authorised for the batch's area
INSERT INTO answer_exception (id, answer_id, batch_id, area, county, line_id, row_number, kind,
    expected_fen, answered_fen, code, state, owner_staff, opened_ms, order_id)
VALUES (:id, :answer_id, :batch_id, :area, :county, :line_id, :row_number, :kind, :expected_fen,
    :answered_fen, :code, 'open', :owner_staff, :opened_ms, :order_id)

-- name: exceptions (batch int, after int, limit int, scope)
SELECT id, batch_id, line_id, row_number, kind, expected_fen, answered_fen, code, state,
    owner_staff, opened_ms FROM answer_exception
WHERE (:batch = 0 OR batch_id = :batch) AND id > :after AND area >= :scope_low
    AND area < :scope_end ORDER BY id LIMIT :limit

-- name: open_exceptions (batch int)
-- scope: none, because the batch was found in scope before
SELECT count(*) FROM answer_exception WHERE batch_id = :batch AND state = 'open'

-- name: exception (id int, scope)
SELECT id, batch_id, state FROM answer_exception WHERE id = :id AND area >= :scope_low
    AND area < :scope_end

-- name: area_of_exception (id int)
-- scope: none, because the road asks where it lies before anybody is authorised
SELECT area FROM answer_exception WHERE id = :id

-- name: settle_exception (id int, state text, order_id int)
-- scope: none, because the order found it in scope before
UPDATE answer_exception SET state = :state, order_id = :order_id WHERE id = :id

-- name: answers_of (batch int)
SELECT id, staff_id, statement_day, paid_count, paid_fen, failed_count, failed_fen FROM bank_answer
    WHERE batch_id = :batch ORDER BY id

-- name: add_confirmation (id int, batch_id int, basis text, debit_fen int, staff_id int, reason bytes, row_salt bytes, order_id int)
INSERT INTO reissue_confirmation (id, batch_id, basis, debit_fen, staff_id, reason, row_salt,
    order_id)
VALUES (:id, :batch_id, :basis, :debit_fen, :staff_id, :reason, :row_salt, :order_id)

-- name: confirmations_of (batch int)
SELECT id, basis, staff_id FROM reissue_confirmation WHERE batch_id = :batch ORDER BY id

-- name: contradicted (batch int)
-- scope: none, because the corrected lines are those of the batch's own; row ids only
-- Lines that pay again what the bank's answers contradict each other about (S6, DESIGN §5).
SELECT l.id AS line_id, MIN(x.id) AS other_id FROM payment_line l
JOIN answer_exception x ON x.line_id = l.corrects_line AND x.state = 'open'
WHERE l.batch_id = :batch AND l.corrects_line <> 0 AND l.state = 'ready'
GROUP BY l.id ORDER BY l.id

-- name: lines_to_correct (batch int)
-- scope: none, because the batch was found in scope before; row ids of its own lines
-- Failed, returned and set-aside lines that no other batch has taken up, with the account
-- their person has now. What was dropped in its following batch has ended, whatever became of that.
SELECT l.id, l.person_id, l.account_id, l.fen, l.area, l.attempt, l.state, l.reference,
    COALESCE((SELECT MAX(a.id) FROM payee_account a WHERE a.person_id = l.person_id
        AND a.state = 'active'), 0) AS account_now,
    COALESCE((SELECT MAX(e.id) FROM line_event e WHERE e.batch_id = l.batch_id
        AND e.line_id = l.id), 0) AS newest_event
FROM payment_line l
WHERE l.batch_id = :batch AND l.state IN ('failed', 'returned', 'set_aside')
    AND NOT EXISTS (SELECT 1 FROM payment_line c JOIN batch b ON b.id = c.batch_id
                    WHERE c.corrects_line = l.id AND c.corrects_line <> 0
                        AND (b.state <> 'cancelled' OR c.state = 'dropped'))
    AND NOT EXISTS (SELECT 1 FROM answer_exception x
                    WHERE x.line_id = l.id AND x.batch_id = l.batch_id AND x.state = 'open')
ORDER BY l.ordinal

-- name: open_lines (batch int)
-- scope: none, because the batch was found in scope before
-- Sent without an end, and failed or returned or set aside without a batch that takes them up.
SELECT count(*) FROM payment_line l WHERE l.batch_id = :batch
    AND (l.state IN ('ready', 'sent', 'pending', 'review')
    OR (l.state IN ('failed', 'returned', 'set_aside') AND NOT EXISTS (
        SELECT 1 FROM payment_line c JOIN batch b ON b.id = c.batch_id
        WHERE c.corrects_line = l.id AND c.corrects_line <> 0
            AND (b.state <> 'cancelled' OR c.state = 'dropped'))))

-- name: add_line_end (id int, line_id int, batch_id int, why text, staff_id int, reason bytes, row_salt bytes, order_id int)
INSERT INTO line_end (id, line_id, batch_id, why, staff_id, reason, row_salt, order_id)
VALUES (:id, :line_id, :batch_id, :why, :staff_id, :reason, :row_salt, :order_id)

-- name: duties (batch int)
-- scope: none, because the batch was found in scope before
-- Duties outside the case: a warning passed, the bank file made, an answer brought (S7).
SELECT 'override' AS step, staff_id FROM finding_override WHERE batch_id = :batch
UNION SELECT 'release', t.staff_id FROM bank_file f JOIN trail t ON t.order_id = f.order_id
    WHERE f.batch_id = :batch
UNION SELECT 'answer', staff_id FROM bank_answer WHERE batch_id = :batch
UNION SELECT 'drop', staff_id FROM line_end WHERE batch_id = :batch
UNION SELECT 'file_rejected', staff_id FROM bank_file_rejection WHERE batch_id = :batch

-- name: newest_run (batch int)
SELECT COALESCE(MAX(run), 0) FROM funding WHERE batch_id = :batch
