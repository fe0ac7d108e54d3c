-- The checks before pay (R3.01–R3.05), set-based: each answers (line_id, other_id) of what it hits.

-- name: twice_in_batch (batch int)
-- scope: none, because the batch was found in scope before; the answer is row ids of its own lines
SELECT l.id AS line_id, f.first_line AS other_id FROM payment_line l
JOIN (SELECT person_id, MIN(id) AS first_line FROM payment_line
      WHERE batch_id = :batch AND state = 'ready' GROUP BY person_id HAVING count(*) > 1) f
    ON f.person_id = l.person_id
WHERE l.batch_id = :batch AND l.state = 'ready' AND l.id <> f.first_line ORDER BY l.id

-- name: claimed_before (batch int)
-- scope: none, because another county may have paid the person (E1); row ids only
SELECT l.id AS line_id, MIN(c.live_line) AS other_id
FROM batch b JOIN payment_line l ON l.batch_id = b.id JOIN claim c ON c.person_key = l.person_id
WHERE b.id = :batch AND l.state = 'ready' AND c.live_line <> 0 AND c.live_line <> l.id
    AND c.programme = b.programme AND c.kind = b.claim_kind
    AND c.cause = b.cause
    AND (c.period = b.period OR (c.period_from <> '' AND b.period_from <> ''
         AND c.period_from <= b.period_to AND b.period_from <= c.period_to))
GROUP BY l.id ORDER BY l.id

-- name: conflicting (batch int)
-- scope: none, because another county may pay the other programme (E1, R3.04); row ids only
SELECT l.id AS line_id, MIN(c.live_line) AS other_id
FROM batch b JOIN payment_line l ON l.batch_id = b.id JOIN claim c ON c.person_key = l.person_id
JOIN programme_conflict x ON x.known_to = 0 AND x.relation IN ('exclusive', 'choose_one')
    AND x.applies <> 'full_amount'
    AND ((x.programme_a = b.programme AND x.programme_b = c.programme)
      OR (x.programme_b = b.programme AND x.programme_a = c.programme))
WHERE b.id = :batch AND l.state = 'ready' AND c.live_line <> 0 AND c.programme <> b.programme
    AND b.claim_kind = 'regular' AND c.kind = 'regular'
    AND c.period_from <> '' AND b.period_from <> ''
    AND c.period_from <= b.period_to AND b.period_from <= c.period_to
GROUP BY l.id ORDER BY l.id

-- name: dead_before (batch int, before text)
-- scope: none, because what stops a payment stops it wherever it was recorded (R3.02); row ids only
SELECT l.id AS line_id, MIN(s.id) AS other_id FROM payment_line l
JOIN person_status s ON s.person_id = l.person_id
WHERE l.batch_id = :batch AND l.state = 'ready' AND s.kind = 'dead' AND s.known_to = 0
    AND s.valid_from < :before
GROUP BY l.id ORDER BY l.id

-- name: unable (batch int, from_day text, to_day text)
-- scope: none, because a fact known anywhere is looked at before paying (R1.AE); row ids only
SELECT l.id AS line_id, MIN(s.id) AS other_id FROM payment_line l
JOIN person_status s ON s.person_id = l.person_id
WHERE l.batch_id = :batch AND l.state = 'ready' AND s.kind IN ('imprisoned', 'missing',
    'fiscal_staff')
    AND s.known_to = 0 AND s.valid_from < :to_day AND (s.valid_to = '' OR s.valid_to > :from_day)
GROUP BY l.id ORDER BY l.id

-- name: account_not_payable (batch int)
-- scope: none, because the account is that of the batch's own line (R3.05); row ids only
-- A line of a person who does not exist has no account either, whatever id the order named.
SELECT l.id AS line_id, l.account_id AS other_id FROM payment_line l
LEFT JOIN payee_account a ON a.id = l.account_id LEFT JOIN person p ON p.id = l.person_id
WHERE l.batch_id = :batch AND l.state = 'ready'
    AND (a.id IS NULL OR p.id IS NULL OR a.state <> 'active') ORDER BY l.id

-- name: holder_differs (batch int)
-- scope: none, because person and account are those of the batch's own line (R3.05); row ids only
SELECT l.id AS line_id, a.id AS other_id FROM payment_line l
JOIN payee_account a ON a.id = l.account_id JOIN person p ON p.id = l.person_id
WHERE l.batch_id = :batch AND l.state = 'ready' AND a.state = 'active' AND a.custody = 0
    AND a.unit_id = 0
    AND (a.person_id <> p.id OR a.holder_index <> p.name_index) ORDER BY l.id

-- name: account_shared (batch int)
-- scope: none, because an account shared across counties is looked for (R3.05); row ids only
SELECT l.id AS line_id, MIN(o.id) AS other_id FROM payment_line l
JOIN payee_account a ON a.id = l.account_id
JOIN payee_account o ON o.account_index = a.account_index AND o.person_id <> a.person_id
    AND o.state = 'active'
WHERE l.batch_id = :batch AND l.state = 'ready' AND a.custody = 0 AND o.custody = 0
    AND a.unit_id = 0
GROUP BY l.id ORDER BY l.id

-- name: account_changed_lately (batch int, since text)
-- scope: none, because the account is that of the batch's own line (S6, P24); row ids only
SELECT l.id AS line_id, a.id AS other_id FROM payment_line l JOIN payee_account a
    ON a.id = l.account_id
WHERE l.batch_id = :batch AND l.state = 'ready' AND a.confirmed_by_staff <> 0
    AND a.valid_from >= :since ORDER BY l.id

-- name: account_refused (batch int)
-- scope: none, because the corrected line is that of the batch's own; row ids only
-- The bank refused this very account when the line was paid before, for what the account is
-- (R3.33).
SELECT l.id AS line_id, l.account_id AS other_id
FROM payment_line l JOIN payment_line c ON c.id = l.corrects_line
JOIN line_event e ON e.batch_id = c.batch_id AND e.line_id = c.id
    AND e.event IN ('failed', 'returned')
JOIN bank_answer a ON a.id = e.answer_id
JOIN bank_code k ON k.channel IN ('common', a.layout) AND k.code = e.code AND k.known_to = 0
    AND k.action IN ('new_account', 'holder_name')
WHERE l.batch_id = :batch AND l.corrects_line <> 0 AND l.state = 'ready'
    AND l.account_id = c.account_id
GROUP BY l.id, l.account_id ORDER BY l.id

-- name: elsewhere (batch int, area_low int, area_end int)
-- scope: none, because the person is that of the batch's own line; row ids only
SELECT l.id AS line_id, p.id AS other_id FROM payment_line l JOIN person p ON p.id = l.person_id
WHERE l.batch_id = :batch AND l.state = 'ready' AND (p.area < :area_low OR p.area >= :area_end)
    ORDER BY l.id

-- name: add_finding (id int, batch_id int, check_run int, line_id int, code text, severity text, other_id int, left_fen int, asked_fen int, order_id int)
INSERT INTO finding (id, batch_id, check_run, line_id, code, severity, other_id, left_fen,
    asked_fen, order_id)
VALUES (:id, :batch_id, :check_run, :line_id, :code, :severity, :other_id, :left_fen, :asked_fen,
    :order_id)

-- name: findings (batch int, check_run int, after int, limit int, scope)
SELECT f.id, f.line_id, f.code, f.severity, f.other_id, f.left_fen, f.asked_fen,
    CASE WHEN o.id IS NULL THEN 0 ELSE 1 END AS overridden, COALESCE(l.state, '') AS line_state,
        COALESCE(l.ordinal, 0) AS ordinal
FROM finding f JOIN batch b ON b.id = f.batch_id
LEFT JOIN payment_line l ON l.id = f.line_id
LEFT JOIN finding_override o ON o.batch_id = f.batch_id AND o.line_id = f.line_id
    AND o.code = f.code
WHERE f.batch_id = :batch AND f.check_run = :check_run AND f.id > :after AND b.area >= :scope_low
    AND b.area < :scope_end
ORDER BY f.id LIMIT :limit

-- name: open_findings (batch int, check_run int)
-- scope: none, because the batch was found in scope before
-- What still stands of the newest run: a line set aside answers its stops, an override its warning.
SELECT f.severity, count(*) AS findings, MIN(f.code) AS code FROM finding f
LEFT JOIN payment_line l ON l.id = f.line_id
LEFT JOIN finding_override o ON o.batch_id = f.batch_id AND o.line_id = f.line_id
    AND o.code = f.code
WHERE f.batch_id = :batch AND f.check_run = :check_run
    AND (f.line_id = 0 OR l.state = 'ready') AND (f.severity <> 'warning' OR o.id IS NULL)
GROUP BY f.severity ORDER BY f.severity

-- name: warnings_of (batch int, check_run int, line int, code text)
-- scope: none, because the batch was found in scope before; row ids of its own lines
-- Warnings of one kind that nobody passed yet; line 0: of all lines.
SELECT f.line_id, f.severity FROM finding f
WHERE f.batch_id = :batch AND f.check_run = :check_run AND f.code = :code
    AND f.severity = 'warning' AND (:line = 0 OR f.line_id = :line)
    AND NOT EXISTS (SELECT 1 FROM finding_override o WHERE o.batch_id = f.batch_id
        AND o.line_id = f.line_id AND o.code = f.code)
GROUP BY f.line_id, f.severity ORDER BY f.line_id

-- name: line_of_batch (batch int, line int)
-- scope: none, because the batch was found in scope before
SELECT ordinal FROM payment_line WHERE batch_id = :batch AND id = :line

-- name: add_override (id int, batch_id int, line_id int, code text, staff_id int, reason bytes, row_salt bytes, order_id int)
INSERT INTO finding_override (id, batch_id, line_id, code, staff_id, reason, row_salt, order_id)
VALUES (:id, :batch_id, :line_id, :code, :staff_id, :reason, :row_salt, :order_id)

-- name: lines_stopped (batch int, check_run int)
-- scope: none, because the batch was found in scope before; row ids of its own lines
-- Lines with a stop that are still to go, and the first reason.
SELECT l.id AS line_id, l.area AS area, MIN(f.code) AS code FROM finding f JOIN payment_line l
    ON l.id = f.line_id
WHERE f.batch_id = :batch AND f.check_run = :check_run AND f.severity IN ('line', 'legal')
    AND l.state = 'ready'
GROUP BY l.id, l.area ORDER BY l.id

-- name: add_set_aside (id int, line_id int, batch_id int, area int, county int, code text, owner_staff int, due_date text, order_id int)
-- scope: none, because the order was authorised for the batch's area
INSERT INTO set_aside (id, line_id, batch_id, area, county, code, owner_staff, due_date, state,
    order_id)
VALUES (:id, :line_id, :batch_id, :area, :county, :code, :owner_staff, :due_date, 'open', :order_id)

-- name: set_aside_rows (batch int, after int, limit int, scope)
SELECT id, line_id, batch_id, code, owner_staff, due_date, state FROM set_aside
WHERE (:batch = 0 OR batch_id = :batch) AND id > :after AND area >= :scope_low
    AND area < :scope_end ORDER BY id LIMIT :limit

-- name: end_set_aside (line int, state text, order_id int)
-- scope: none, because the order found the line in scope before
UPDATE set_aside SET state = :state, order_id = :order_id WHERE line_id = :line AND state = 'open'

-- name: end_set_asides_of (batch int, state text, order_id int)
-- scope: none, because the batch was found in scope before
UPDATE set_aside SET state = :state, order_id = :order_id WHERE batch_id = :batch AND state = 'open'

-- name: reopen_set_asides (batch int, order_id int)
-- scope: none, because the batch was found in scope before; the lines are those it corrects
UPDATE set_aside SET state = 'open', order_id = :order_id
WHERE state = 'taken_over' AND line_id IN (SELECT corrects_line FROM payment_line
    WHERE batch_id = :batch AND corrects_line <> 0 AND state <> 'dropped')

-- name: ready_line (batch int, line int, scope)
SELECT id AS line_id, area, 'by_hand' AS code FROM payment_line
WHERE batch_id = :batch AND id = :line AND state = 'ready' AND area >= :scope_low
    AND area < :scope_end
