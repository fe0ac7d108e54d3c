-- What holds after every order. `broken` of each takes :order_id, 0 for all: a range of order ids,
-- so that both databases walk the index of the one order. Counts say what verify looked at.

-- name: unbalanced_entries (order_id int)
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'journal_entry' AS table_name, CAST(e.id AS TEXT) AS row_key,
    'ledger.why.legs_unbalanced' AS detail
FROM journal_entry e
WHERE e.order_id >= :order_id
    AND e.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND (2 > (SELECT COUNT(*) FROM journal_leg l WHERE l.entry_id = e.id)
        OR 0 <> (SELECT SUM(l.fen) FROM journal_leg l WHERE l.entry_id = e.id))
ORDER BY e.id

-- name: negative_buckets (order_id int)
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'journal_leg' AS table_name,
    CAST(l.entry_id AS TEXT) || ',' || CAST(l.ordinal AS TEXT) AS row_key,
    'ledger.why.bucket_below_zero bucket=ledger.bucket.' || l.bucket || ' after_fen='
        || CAST(l.after_fen AS TEXT) AS detail
FROM journal_entry e JOIN journal_leg l ON l.entry_id = e.id
WHERE e.order_id >= :order_id
    AND e.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND ((l.bucket = 'issued' AND l.after_fen > 0) OR (l.bucket <> 'issued' AND l.after_fen < 0))
ORDER BY l.entry_id, l.ordinal

-- name: broken_running_sums (order_id int)
-- scope: none, because an invariant holds for all, whoever looks
-- Each leg's bucket after it is the bucket before it and the leg: so the last is the sum of all.
SELECT 'journal_leg' AS table_name,
    CAST(l.entry_id AS TEXT) || ',' || CAST(l.ordinal AS TEXT) AS row_key,
    'ledger.why.running_sum_off bucket=ledger.bucket.' || l.bucket || ' after_fen='
        || CAST(l.after_fen AS TEXT) AS detail
FROM journal_entry e JOIN journal_leg l ON l.entry_id = e.id
WHERE e.order_id >= :order_id
    AND e.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND l.after_fen <> l.fen + COALESCE((SELECT p.after_fen FROM journal_leg p
        WHERE p.allotment_id = l.allotment_id AND p.bucket = l.bucket AND p.entry_id < l.entry_id
        ORDER BY p.entry_id DESC LIMIT 1), 0)
ORDER BY l.entry_id, l.ordinal

-- name: unfounded_balances (order_id int)
-- walks: for order 0, which is everything
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'allotment_balance' AS table_name, CAST(b.allotment_id AS TEXT) AS row_key,
    'ledger.why.balance_off' AS detail
FROM (SELECT t.allotment_id FROM journal_entry e JOIN journal_leg t ON t.entry_id = e.id
        WHERE e.order_id = :order_id
    UNION SELECT w.allotment_id FROM allotment_balance w WHERE :order_id = 0) AS touched
    JOIN allotment_balance b ON b.allotment_id = touched.allotment_id
WHERE b.available_fen <> COALESCE((SELECT l.after_fen FROM journal_leg l
            WHERE l.allotment_id = b.allotment_id AND l.bucket = 'available'
            ORDER BY l.entry_id DESC LIMIT 1), 0)
    OR b.allocated_fen <> COALESCE((SELECT l.after_fen FROM journal_leg l
            WHERE l.allotment_id = b.allotment_id AND l.bucket = 'allocated'
            ORDER BY l.entry_id DESC LIMIT 1), 0)
    OR b.frozen_fen <> COALESCE((SELECT l.after_fen FROM journal_leg l
            WHERE l.allotment_id = b.allotment_id AND l.bucket = 'frozen'
            ORDER BY l.entry_id DESC LIMIT 1), 0)
    OR b.disbursed_fen <> COALESCE((SELECT l.after_fen FROM journal_leg l
            WHERE l.allotment_id = b.allotment_id AND l.bucket = 'disbursed'
            ORDER BY l.entry_id DESC LIMIT 1), 0)
    OR b.total_fen <> -COALESCE((SELECT l.after_fen FROM journal_leg l
            WHERE l.allotment_id = b.allotment_id AND l.bucket = 'issued'
            ORDER BY l.entry_id DESC LIMIT 1), 0)
ORDER BY b.allotment_id

-- name: unequal_totals (order_id int)
-- walks: for order 0, which is everything
-- total = initial + added - cut, and total = available + allocated + frozen + disbursed.
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'allotment' AS table_name, CAST(a.id AS TEXT) AS row_key,
    'ledger.why.total_off' AS detail
FROM (SELECT t.allotment_id FROM journal_entry e JOIN journal_leg t ON t.entry_id = e.id
        WHERE e.order_id = :order_id
    UNION SELECT w.id FROM allotment w WHERE :order_id = 0) AS touched
    JOIN allotment a ON a.id = touched.allotment_id
    LEFT JOIN allotment_balance b ON b.allotment_id = a.id
WHERE b.allotment_id IS NULL
    OR b.total_fen <> b.available_fen + b.allocated_fen + b.frozen_fen + b.disbursed_fen
    OR b.total_fen <> a.initial_fen + COALESCE((SELECT CAST(SUM(c.fen) AS BIGINT)
        FROM allotment_change c WHERE c.allotment_id = a.id), 0)
ORDER BY a.id

-- name: parts_exceeding_parent (order_id int)
-- walks: for order 0, which is everything
-- What a line gave down is what its children have; asked when an order gave down or took back.
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'allotment' AS table_name, CAST(b.allotment_id AS TEXT) AS row_key,
    'ledger.why.parts_off allocated_fen=' || CAST(b.allocated_fen AS TEXT) AS detail
FROM (SELECT CASE WHEN t.bucket = 'allocated' THEN a.id ELSE a.parent_id END AS allotment_id
        FROM journal_entry e
        JOIN journal_leg t ON t.entry_id = e.id AND t.bucket IN ('allocated', 'issued')
        JOIN allotment a ON a.id = t.allotment_id
        WHERE e.order_id = :order_id
    UNION SELECT w.allotment_id FROM allotment_balance w WHERE :order_id = 0) AS touched
    JOIN allotment_balance b ON b.allotment_id = touched.allotment_id
WHERE b.allocated_fen <> COALESCE((SELECT CAST(SUM(k.total_fen) AS BIGINT)
        FROM allotment c JOIN allotment_balance k ON k.allotment_id = c.id
        WHERE c.parent_id = b.allotment_id), 0)
ORDER BY b.allotment_id

-- name: gaps_in_journal (order_id int)
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'journal_entry' AS table_name, CAST(e.id AS TEXT) AS row_key,
    'ledger.why.number_missing pen=' || CAST(e.pen AS TEXT) || ' number='
        || CAST(e.seq - 1 AS TEXT) AS detail
FROM journal_entry e
WHERE e.order_id >= :order_id
    AND e.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND e.seq <> 1
    AND NOT EXISTS (SELECT 1 FROM journal_entry p WHERE p.pen = e.pen AND p.seq = e.seq - 1)
ORDER BY e.id

-- name: overresolved_holds (order_id int)
-- walks: for order 0, which is everything
-- Disbursed, unfrozen and expired together are never more than the hold, and what bounced never
-- more than what was disbursed.
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'hold' AS table_name, CAST(touched.hold_id AS TEXT) AS row_key,
    'ledger.why.hold_off' AS detail
FROM (SELECT e.hold_id FROM journal_entry e WHERE e.order_id = :order_id AND e.hold_id <> 0
    UNION SELECT w.id FROM hold w WHERE :order_id = 0
    UNION SELECT j.hold_id FROM journal_entry j WHERE j.hold_id <> 0 AND :order_id = 0) AS touched
    LEFT JOIN hold h ON h.id = touched.hold_id
WHERE h.id IS NULL
    OR COALESCE((SELECT CAST(SUM(l.fen) AS BIGINT) FROM journal_entry j
        JOIN journal_leg l ON l.entry_id = j.id AND l.bucket = 'frozen'
        WHERE j.hold_id = touched.hold_id AND j.hold_id <> 0), -1) < 0
    OR COALESCE((SELECT CAST(SUM(l.fen) AS BIGINT) FROM journal_entry j
        JOIN journal_leg l ON l.entry_id = j.id AND l.bucket = 'frozen'
        WHERE j.hold_id = touched.hold_id AND j.hold_id <> 0), -1) > h.fen
    OR COALESCE((SELECT CAST(SUM(l.fen) AS BIGINT) FROM journal_entry j
        JOIN journal_leg l ON l.entry_id = j.id AND l.bucket = 'disbursed'
        WHERE j.hold_id = touched.hold_id AND j.hold_id <> 0), 0) < 0
    OR COALESCE((SELECT CAST(SUM(l.fen) AS BIGINT) FROM journal_entry j
        JOIN journal_leg l ON l.entry_id = j.id AND l.bucket = 'disbursed'
        WHERE j.hold_id = touched.hold_id AND j.hold_id <> 0), 0) > h.fen
ORDER BY touched.hold_id

-- name: false_reversals (order_id int)
-- scope: none, because an invariant holds for all, whoever looks
-- A reversal has each leg of the entry it names, turned round, and no other.
SELECT 'journal_entry' AS table_name, CAST(e.id AS TEXT) AS row_key,
    'ledger.why.mirror_off entry=' || CAST(e.reverses AS TEXT) AS detail
FROM journal_entry e
WHERE e.order_id >= :order_id
    AND e.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND (e.kind = 'reversal' OR e.reverses <> 0)
    AND (e.kind <> 'reversal'
        OR NOT EXISTS (SELECT 1 FROM journal_entry o
            WHERE o.id = e.reverses AND o.kind <> 'reversal' AND o.hold_id = e.hold_id
                AND o.transit_id = e.transit_id)
        OR (SELECT COUNT(*) FROM journal_leg n WHERE n.entry_id = e.id)
            <> (SELECT COUNT(*) FROM journal_leg n JOIN journal_leg o ON o.entry_id = e.reverses
                AND o.allotment_id = n.allotment_id AND o.bucket = n.bucket AND o.fen = -n.fen
                WHERE n.entry_id = e.id)
        OR (SELECT COUNT(*) FROM journal_leg n WHERE n.entry_id = e.id)
            <> (SELECT COUNT(*) FROM journal_leg o WHERE o.entry_id = e.reverses))
ORDER BY e.id

-- name: unequal_transits (order_id int)
-- scope: none, because an invariant holds for all, whoever looks
-- What leaves the parent arrives at the child (E42).
SELECT 'journal_entry' AS table_name, CAST(e.id AS TEXT) AS row_key,
    'ledger.why.transit_off transit=' || CAST(e.transit_id AS TEXT) AS detail
FROM journal_entry e
WHERE e.order_id >= :order_id
    AND e.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND e.transit_id <> 0
    AND COALESCE((SELECT CAST(SUM(l.fen) AS BIGINT) FROM journal_entry j
        JOIN journal_leg l ON l.entry_id = j.id AND l.bucket IN ('issued', 'allocated')
        WHERE j.transit_id = e.transit_id AND j.transit_id <> 0), 1) <> 0
ORDER BY e.id

-- name: count_entries ()
-- walks: it counts all
-- scope: none, because an invariant holds for all, whoever looks
SELECT count(*) FROM journal_entry

-- name: count_legs ()
-- walks: it counts all
-- scope: none, because an invariant holds for all, whoever looks
SELECT count(*) FROM journal_leg

-- name: count_balances ()
-- walks: it counts all
-- scope: none, because an invariant holds for all, whoever looks
SELECT count(*) FROM allotment_balance

-- name: count_allotments ()
-- walks: it counts all
-- scope: none, because an invariant holds for all, whoever looks
SELECT count(*) FROM allotment

-- name: count_holds ()
-- walks: it counts all
-- scope: none, because an invariant holds for all, whoever looks
SELECT count(*) FROM hold
