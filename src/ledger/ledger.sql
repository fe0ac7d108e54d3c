-- name: balances (i1 int, i2 int, i3 int, i4 int, i5 int, i6 int, i7 int, i8 int, i9 int, i10 int, i11 int, i12 int, i13 int, i14 int, i15 int, i16 int, scope)
-- Sixteen ids a call, padded with 0: a list that both databases read and plan by the key.
SELECT a.id, a.parent_id, a.area, a.county, a.year, a.origin_year, a.programme, a.subject,
    a.source, a.mark, a.kind, a.usable_from,
    COALESCE((SELECT MAX(c.month) FROM closed_month c WHERE c.county = a.county), '')
        AS closed_through,
    b.available_fen, b.allocated_fen, b.frozen_fen, b.disbursed_fen, b.total_fen, b.version
FROM allotment a JOIN allotment_balance b ON b.allotment_id = a.id
WHERE a.id IN (:i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9, :i10, :i11, :i12, :i13, :i14, :i15,
    :i16)
    AND a.area >= :scope_low AND a.area < :scope_end
ORDER BY a.id

-- name: holds (i1 int, i2 int, i3 int, i4 int, i5 int, i6 int, i7 int, i8 int, i9 int, i10 int, i11 int, i12 int, i13 int, i14 int, i15 int, i16 int, scope)
-- What is left of a hold is the sum of its entries; the newest one on its frozen bucket says how it
-- was resolved.
SELECT h.id, h.allotment_id, h.area, h.cause_kind, h.cause_id, h.fen,
    COALESCE((SELECT CAST(SUM(l.fen) AS BIGINT) FROM journal_entry e
        JOIN journal_leg l ON l.entry_id = e.id AND l.bucket = 'frozen'
        WHERE e.hold_id = h.id AND e.hold_id <> 0), 0) AS rest_fen,
    COALESCE((SELECT CAST(SUM(l.fen) AS BIGINT) FROM journal_entry e
        JOIN journal_leg l ON l.entry_id = e.id AND l.bucket = 'disbursed'
        WHERE e.hold_id = h.id AND e.hold_id <> 0), 0) AS paid_fen,
    (SELECT e.kind FROM journal_entry e
        JOIN journal_leg l ON l.entry_id = e.id AND l.bucket = 'frozen'
        WHERE e.hold_id = h.id AND e.hold_id <> 0 ORDER BY e.id DESC LIMIT 1) AS last_kind
FROM hold h WHERE h.id IN (:i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9, :i10, :i11, :i12, :i13,
    :i14, :i15, :i16)
    AND h.area >= :scope_low AND h.area < :scope_end
ORDER BY h.id

-- name: holds_of_cause (cause_kind text, cause_id int, scope)
SELECT h.id FROM hold h
WHERE h.cause_kind = :cause_kind AND h.cause_id = :cause_id
    AND h.area >= :scope_low AND h.area < :scope_end
ORDER BY h.id

-- name: buckets (i1 int, i2 int, i3 int, i4 int, i5 int, i6 int, i7 int, i8 int, i9 int, i10 int, i11 int, i12 int, i13 int, i14 int, i15 int, i16 int)
-- scope: none, because post() reads again, under the pen, the lines that decide has already judged
SELECT allotment_id, area, available_fen, allocated_fen, frozen_fen, disbursed_fen, total_fen,
    version
FROM allotment_balance
WHERE allotment_id IN (:i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9, :i10, :i11, :i12, :i13, :i14,
    :i15, :i16)
ORDER BY allotment_id

-- name: last_seq (pen int)
-- scope: none, because a number of the journal is given under its pen and shown to nobody
SELECT COALESCE(MAX(seq), 0) FROM journal_entry WHERE pen = :pen

-- name: closed_through (county int)
-- scope: none, because an order asks for the books of the area it was granted
SELECT COALESCE(MAX(month), '') FROM closed_month WHERE county = :county

-- name: set_balance (available_fen int, allocated_fen int, frozen_fen int, disbursed_fen int, total_fen int, allotment_id int, version int)
-- scope: none, because post() changes only what it has read under the pen
UPDATE allotment_balance SET available_fen = :available_fen, allocated_fen = :allocated_fen,
    frozen_fen = :frozen_fen, disbursed_fen = :disbursed_fen, total_fen = :total_fen,
    version = version + 1
WHERE allotment_id = :allotment_id AND version = :version

-- name: entries_to_reverse (id int, transit_id int, scope)
-- The entry, and what a transit joins it with.
SELECT e.id, e.kind, e.area, e.posting_date, e.cause_kind, e.cause_id, e.reverses,
    COALESCE((SELECT r.id FROM journal_entry r WHERE r.reverses = e.id AND r.reverses <> 0), 0)
        AS reversed_by,
    e.transit_id, e.hold_id
FROM journal_entry e
WHERE (e.id = :id OR (e.transit_id = :transit_id AND e.transit_id <> 0 AND e.reverses = 0))
    AND e.area >= :scope_low AND e.area < :scope_end
ORDER BY e.id

-- name: entry_place (id int)
-- scope: none, because the road asks where an order acts before it can grant a scope
SELECT e.area, e.transit_id,
    CASE WHEN e.transit_id = 0 THEN e.area ELSE (SELECT MIN(t.area) FROM journal_entry t
        WHERE t.transit_id = e.transit_id AND t.transit_id <> 0) END AS widest
FROM journal_entry e WHERE e.id = :id

-- name: legs_of_entry (entry_id int)
SELECT allotment_id, bucket, fen FROM journal_leg WHERE entry_id = :entry_id ORDER BY ordinal

-- name: add_allotment (id int, document_id int, document_item int, parent_id int, transit_id int, year int, origin_year int, programme text, subject text, source text, mark text, kind text, issued_by text, received_from text, area int, county int, unit_id int, initial_fen int, usable_from text, order_id int)
-- scope: none, because the order that writes it was granted its area, and holds its pen
INSERT INTO allotment (id, document_id, document_item, parent_id, transit_id, year, origin_year,
    programme, subject, source, mark, kind, issued_by, received_from, area, county, unit_id,
    initial_fen, usable_from, order_id)
VALUES (:id, :document_id, :document_item, :parent_id, :transit_id, :year, :origin_year,
    :programme, :subject, :source, :mark, :kind, :issued_by, :received_from, :area, :county,
    :unit_id, :initial_fen, :usable_from, :order_id)

-- name: add_change (id int, allotment_id int, area int, county int, kind text, document_id int, fen int, posting_date text, order_id int)
-- scope: none, because the order that writes it was granted its area, and holds its pen
INSERT INTO allotment_change (id, allotment_id, area, county, kind, document_id, fen,
    posting_date, order_id)
VALUES (:id, :allotment_id, :area, :county, :kind, :document_id, :fen, :posting_date, :order_id)

-- name: add_entry (id int, pen int, seq int, area int, posting_date text, kind text, cause_kind text, cause_id int, reverses int, transit_id int, hold_id int, order_id int)
-- scope: none, because the order that writes it was granted its area, and holds its pen
INSERT INTO journal_entry (id, pen, seq, area, posting_date, kind, cause_kind, cause_id, reverses,
    transit_id, hold_id, order_id)
VALUES (:id, :pen, :seq, :area, :posting_date, :kind, :cause_kind, :cause_id, :reverses,
    :transit_id, :hold_id, :order_id)

-- name: add_leg (entry_id int, ordinal int, allotment_id int, bucket text, fen int, after_fen int, order_id int)
INSERT INTO journal_leg (entry_id, ordinal, allotment_id, bucket, fen, after_fen, order_id)
VALUES (:entry_id, :ordinal, :allotment_id, :bucket, :fen, :after_fen, :order_id)

-- name: add_balance (allotment_id int, area int, county int, available_fen int, allocated_fen int, frozen_fen int, disbursed_fen int, total_fen int, version int)
-- scope: none, because the order that writes it was granted its area, and holds its pen
INSERT INTO allotment_balance (allotment_id, area, county, available_fen, allocated_fen,
    frozen_fen, disbursed_fen, total_fen, version)
VALUES (:allotment_id, :area, :county, :available_fen, :allocated_fen, :frozen_fen,
    :disbursed_fen, :total_fen, :version)

-- name: add_hold (id int, allotment_id int, area int, county int, cause_kind text, cause_id int, fen int, order_id int)
-- scope: none, because the order that writes it was granted its area, and holds its pen
INSERT INTO hold (id, allotment_id, area, county, cause_kind, cause_id, fen, order_id)
VALUES (:id, :allotment_id, :area, :county, :cause_kind, :cause_id, :fen, :order_id)

-- name: add_closed_month (id int, area int, county int, month text, order_id int)
-- scope: none, because the order that writes it was granted its area, and holds its pen
INSERT INTO closed_month (id, area, county, month, order_id)
VALUES (:id, :area, :county, :month, :order_id)
