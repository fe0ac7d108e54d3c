-- What holds after every order on batches (DESIGN §5). :order_id 0 looks at everything; an order
-- writes its batch's row last, so that its id finds the batches it touched: as a range, since an OR
-- makes both databases walk every line there is after every order (E16).

-- name: totals_off (order_id int)
-- scope: none, because an invariant looks at the books, not for anybody
SELECT 'batch' AS table_name, CAST(b.id AS TEXT) AS row_key,
    'disbursement.why.totals_off' AS detail
FROM batch b WHERE b.order_id >= :order_id
    AND b.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND (b.total_fen <> (SELECT CAST(COALESCE(SUM(l.fen), 0) AS BIGINT) FROM payment_line l
        WHERE l.batch_id = b.id)
      OR b.line_count <> (SELECT count(*) FROM payment_line l WHERE l.batch_id = b.id))

-- name: payable_off (order_id int)
-- scope: none, because an invariant looks at the books, not for anybody
SELECT 'batch' AS table_name, CAST(b.id AS TEXT) AS row_key,
    'disbursement.why.payable_off' AS detail
FROM batch b WHERE b.order_id >= :order_id
    AND b.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND b.payable_fen <> (SELECT CAST(COALESCE(SUM(l.fen), 0) AS BIGINT) FROM payment_line l
        WHERE l.batch_id = b.id AND l.from_fen IS NOT NULL)

-- name: funding_off (order_id int)
-- scope: none, because an invariant looks at the books, not for anybody
SELECT 'batch' AS table_name, CAST(b.id AS TEXT) AS row_key,
    'disbursement.why.funding_off' AS detail
FROM batch b WHERE b.order_id >= :order_id
    AND b.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND b.state IN ('approved', 'planned', 'requested', 'vouchered', 'sent', 'answered', 'closed')
    AND b.payable_fen <> (SELECT CAST(COALESCE(SUM(h.fen), 0) AS BIGINT) FROM funding f JOIN hold h
        ON h.id = f.hold_id
        WHERE f.batch_id = b.id AND f.run = (SELECT MAX(g.run) FROM funding g
            WHERE g.batch_id = b.id))

-- name: entries_off (order_id int)
-- scope: none, because an invariant looks at the books, not for anybody
-- What the journal disbursed for the batch, less what came back, is what its paid lines sum to. A
-- return of a closed year is its own item and posts nothing (P5).
SELECT 'batch' AS table_name, CAST(b.id AS TEXT) AS row_key,
    'disbursement.why.entries_off' AS detail
FROM batch b WHERE b.order_id >= :order_id
    AND b.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND (SELECT CAST(COALESCE(SUM(g.fen), 0) AS BIGINT) FROM journal_entry e JOIN journal_leg g
        ON g.entry_id = e.id
         WHERE e.cause_kind = 'batch' AND e.cause_id = b.id AND g.bucket = 'disbursed')
     <> (SELECT CAST(COALESCE(SUM(l.fen), 0) AS BIGINT) FROM payment_line l WHERE l.batch_id = b.id
         AND l.state = 'paid')
      + (SELECT CAST(COALESCE(SUM(x.answered_fen), 0) AS BIGINT) FROM answer_exception x
         WHERE x.batch_id = b.id AND x.kind = 'prior_year_return')

-- name: paid_twice (order_id int)
-- scope: none, because a claim is held wherever the person is paid (E1)
-- By what is approved, on its way or paid, and by what failed until it is taken up or ended (S6).
SELECT 'payment_line' AS table_name, CAST(l.id AS TEXT) AS row_key,
    'disbursement.why.claim_not_held' AS detail
FROM batch b JOIN payment_line l ON l.batch_id = b.id
WHERE b.order_id >= :order_id
    AND b.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND (b.state <> 'cancelled' OR l.state = 'dropped')
    AND (l.state IN ('sent', 'paid', 'pending', 'review')
      OR (l.state = 'dropped' AND (l.attempt > 1 OR EXISTS (SELECT 1 FROM line_event e
            WHERE e.batch_id = l.batch_id AND e.line_id = l.id
                AND e.event IN ('failed', 'returned')))
        AND NOT EXISTS (SELECT 1 FROM line_end z WHERE z.batch_id = l.batch_id
            AND z.line_id = l.id AND z.why = 'paid_elsewhere'))
      OR (l.state = 'ready' AND (l.attempt > 1 OR l.from_fen IS NOT NULL))
      OR ((l.state IN ('failed', 'returned') OR (l.state = 'set_aside' AND l.attempt > 1))
        AND NOT EXISTS (SELECT 1 FROM payment_line n JOIN batch o ON o.id = n.batch_id
            WHERE n.corrects_line = l.id AND n.corrects_line <> 0
                AND (o.state <> 'cancelled' OR n.state = 'dropped'))))
    AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.live_line = l.id AND c.person_key = l.person_id
        AND c.programme = b.programme AND c.period = b.period AND c.kind = b.claim_kind
            AND c.cause = b.cause)
ORDER BY l.id LIMIT 1000

-- name: claims_off (order_id int)
-- scope: none, because a claim is held wherever the person is paid (E1)
-- A claim says what its line says, and no line that is not to be paid keeps anybody's period.
SELECT 'payment_line' AS table_name, CAST(l.id AS TEXT) AS row_key,
    'disbursement.why.claim_of_another' AS detail
FROM batch b JOIN payment_line l ON l.batch_id = b.id
WHERE b.order_id >= :order_id
    AND b.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND EXISTS (SELECT 1 FROM claim c WHERE c.live_line = l.id AND c.live_line <> 0
      AND (c.person_key <> l.person_id OR c.programme <> b.programme OR c.period <> b.period
      OR c.kind <> b.claim_kind OR c.cause <> b.cause OR c.period_from <> b.period_from
      OR c.period_to <> b.period_to OR (b.state = 'cancelled' AND l.state <> 'dropped')
      OR (l.attempt = 1 AND (l.state = 'set_aside'
        OR (l.state = 'ready' AND l.from_fen IS NULL)))))
ORDER BY l.id LIMIT 1000

-- name: claims_of_nobody (order_id int)
-- walks: only when everything is asked for
-- scope: none, because a claim is held wherever the person is paid (E1)
-- No order leaves such a row; only somebody behind the program's back does.
SELECT 'claim' AS table_name,
    CAST(c.person_key AS TEXT) || ' ' || c.programme || ' ' || c.period AS row_key,
    'disbursement.why.claim_of_nobody' AS detail
FROM claim c LEFT JOIN payment_line l ON l.id = c.live_line
WHERE :order_id = 0 AND c.live_line <> 0 AND l.id IS NULL
ORDER BY c.live_line LIMIT 1000

-- name: count_claims ()
-- walks: it counts all
-- scope: none, because it counts what was looked at
SELECT count(*) FROM claim

-- name: state_off (order_id int)
-- scope: none, because an invariant looks at the books, not for anybody
-- The newest event in a sub-select: joined, PostgreSQL hashed all events there are for every order.
SELECT 'payment_line' AS table_name, CAST(l.id AS TEXT) AS row_key,
    'disbursement.why.state_off' AS detail
FROM batch b JOIN payment_line l ON l.batch_id = b.id
WHERE b.order_id >= :order_id
    AND b.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND l.state <> COALESCE((SELECT e.event FROM line_event e
        WHERE e.batch_id = b.id AND e.line_id = l.id ORDER BY e.id DESC LIMIT 1), 'ready')
ORDER BY l.id LIMIT 1000

-- name: count_batches ()
-- walks: it counts all
-- scope: none, because it counts what was looked at
SELECT count(*) FROM batch

-- name: count_lines ()
-- walks: it counts all
-- scope: none, because it counts what was looked at
SELECT count(*) FROM payment_line
