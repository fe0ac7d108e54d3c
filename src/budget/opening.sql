-- The opening of the books.

-- name: opening_area (id int)
-- scope: none, because the road asks where an object lies before it can authorise
SELECT area FROM opening WHERE id = :id

-- name: opening (id int, scope)
SELECT id, area, county, as_at, state, line_count, total_fen, allocated_fen, paid_fen,
    in_transit_fen, left_fen, treasury_fen, proposed_staff, confirmed_staff, closed_staff
FROM opening WHERE id = :id AND area >= :scope_low AND area < :scope_end

-- name: opening_page (before int, limit int, scope)
-- Newest first.
SELECT id, area, county, as_at, state, line_count, total_fen, allocated_fen, paid_fen,
    in_transit_fen, left_fen, treasury_fen, proposed_staff, confirmed_staff, closed_staff
FROM opening
WHERE (:before = 0 OR id < :before) AND area >= :scope_low AND area < :scope_end
ORDER BY id DESC LIMIT :limit

-- name: opening_lines (opening_id int, after int, limit int, scope)
SELECT opening_id, ordinal, area, county, unit_id, number, parent_number, year, origin_year,
    programme, subject, source, mark, issued_by, total_fen, allocated_fen, paid_fen, in_transit_fen,
    treasury_fen
FROM opening_line
WHERE opening_id = :opening_id AND ordinal > :after AND area >= :scope_low AND area < :scope_end
ORDER BY ordinal LIMIT :limit

-- name: opened_numbers (low int, end int)
-- scope: none, because an order asks for what lies in the area it was granted
-- What is in the books already, by another opening or by its document.
SELECT l.number, l.area
FROM opening_line l JOIN opening o ON o.id = l.opening_id AND o.state IN ('confirmed', 'signed_off')
WHERE l.area >= :low AND l.area < :end
UNION ALL
SELECT d.number, i.area
FROM document_item i JOIN issuing_document d ON d.id = i.document_id
    AND d.state IN ('registered', 'posted_by_item') AND d.kind <> 'adjust'
WHERE i.area >= :low AND i.area < :end
ORDER BY 1, 2

-- name: add_opening (id int, area int, county int, as_at text, state text, line_count int, total_fen int, allocated_fen int, paid_fen int, in_transit_fen int, left_fen int, treasury_fen int, proposed_staff int, confirmed_staff int, closed_staff int, order_id int)
-- scope: none, because the order's area was authorised and is the opening's
INSERT INTO opening (id, area, county, as_at, state, line_count, total_fen, allocated_fen, paid_fen,
    in_transit_fen, left_fen, treasury_fen, proposed_staff, confirmed_staff, closed_staff, order_id)
VALUES (:id, :area, :county, :as_at, :state, :line_count, :total_fen, :allocated_fen, :paid_fen,
    :in_transit_fen, :left_fen, :treasury_fen, :proposed_staff, :confirmed_staff, :closed_staff,
    :order_id)

-- name: add_opening_line (opening_id int, ordinal int, area int, county int, unit_id int, number text, parent_number text, year int, origin_year int, programme text, subject text, source text, mark text, issued_by text, total_fen int, allocated_fen int, paid_fen int, in_transit_fen int, treasury_fen int?, order_id int)
-- scope: none, because the order's area was authorised and holds the line's
INSERT INTO opening_line (opening_id, ordinal, area, county, unit_id, number, parent_number, year,
    origin_year, programme, subject, source, mark, issued_by, total_fen, allocated_fen, paid_fen,
    in_transit_fen, treasury_fen, order_id)
VALUES (:opening_id, :ordinal, :area, :county, :unit_id, :number, :parent_number, :year,
    :origin_year, :programme, :subject, :source, :mark, :issued_by, :total_fen, :allocated_fen,
    :paid_fen, :in_transit_fen, :treasury_fen, :order_id)

-- name: set_opening (state text, treasury_fen int, confirmed_staff int, closed_staff int, order_id int, id int)
-- scope: none, because the order's area was authorised and is the opening's
UPDATE opening SET state = :state, treasury_fen = :treasury_fen,
    confirmed_staff = :confirmed_staff, closed_staff = :closed_staff, order_id = :order_id
WHERE id = :id

-- name: entries_of_opening (id int, scope)
-- Newest first: what came last is undone first.
SELECT e.id, e.kind, e.area, e.posting_date, e.cause_kind, e.cause_id, e.reverses,
    COALESCE((SELECT r.id FROM journal_entry r WHERE r.reverses = e.id AND r.reverses <> 0), 0)
        AS reversed_by,
    e.transit_id, e.hold_id
FROM journal_entry e
WHERE e.cause_kind = 'opening' AND e.cause_id = :id AND e.kind <> 'reversal'
    AND e.area >= :scope_low AND e.area < :scope_end
ORDER BY e.id DESC

-- name: legs_of_opening (id int, scope)
SELECT l.entry_id, l.allotment_id, l.bucket, l.fen
FROM journal_entry e JOIN journal_leg l ON l.entry_id = e.id
WHERE e.cause_kind = 'opening' AND e.cause_id = :id AND e.kind <> 'reversal'
    AND e.area >= :scope_low AND e.area < :scope_end
ORDER BY l.entry_id, l.ordinal
