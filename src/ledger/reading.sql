-- What people look at. Everything here takes the scope of whoever looks.

-- name: line_page (year int, programme text, holder_low int, holder_end int, after int, limit int, scope)
SELECT a.id, a.parent_id, a.document_id, a.document_item, a.year, a.origin_year, a.programme,
    a.subject, a.source, a.mark, a.kind, a.issued_by, a.received_from, a.area, a.unit_id,
    a.initial_fen, a.usable_from,
    b.available_fen, b.allocated_fen, b.frozen_fen, b.disbursed_fen, b.total_fen
FROM allotment a JOIN allotment_balance b ON b.allotment_id = a.id
WHERE (:year = 0 OR a.year = :year) AND (:programme = '' OR a.programme = :programme)
    AND a.area >= :holder_low AND a.area < :holder_end
    AND a.area >= :scope_low AND a.area < :scope_end
    AND a.id > :after
ORDER BY a.id LIMIT :limit

-- name: path_of_line (id int, scope)
-- From the root, whose document brought the money, down to the line.
WITH RECURSIVE up (id, parent_id, depth) AS (
    SELECT a.id, a.parent_id, 0 FROM allotment a WHERE a.id = :id
    UNION ALL
    SELECT a.id, a.parent_id, up.depth + 1 FROM up JOIN allotment a ON a.id = up.parent_id)
SELECT a.id, a.parent_id, a.document_id, a.document_item, a.year, a.origin_year, a.programme,
    a.subject, a.source, a.mark, a.kind, a.issued_by, a.received_from, a.area, a.unit_id,
    a.initial_fen, a.usable_from,
    b.available_fen, b.allocated_fen, b.frozen_fen, b.disbursed_fen, b.total_fen
FROM up JOIN allotment a ON a.id = up.id JOIN allotment_balance b ON b.allotment_id = a.id
WHERE a.area >= :scope_low AND a.area < :scope_end
ORDER BY up.depth DESC

-- name: parts_of_line (id int, after int, limit int, scope)
-- Everything below the line, however deep.
WITH RECURSIVE down (id) AS (
    SELECT a.id FROM allotment a WHERE a.parent_id = :id AND a.parent_id <> 0
    UNION ALL
    SELECT a.id FROM down JOIN allotment a ON a.parent_id = down.id)
SELECT a.id, a.parent_id, a.document_id, a.document_item, a.year, a.origin_year, a.programme,
    a.subject, a.source, a.mark, a.kind, a.issued_by, a.received_from, a.area, a.unit_id,
    a.initial_fen, a.usable_from,
    b.available_fen, b.allocated_fen, b.frozen_fen, b.disbursed_fen, b.total_fen
FROM down JOIN allotment a ON a.id = down.id JOIN allotment_balance b ON b.allotment_id = a.id
WHERE a.area >= :scope_low AND a.area < :scope_end AND a.id > :after
ORDER BY a.id LIMIT :limit

-- name: statement_of_line (allotment_id int, after int, limit int, scope)
-- 明细账: what happened on a line, with each bucket as it stood then.
SELECT e.id, e.seq, e.posting_date, e.kind, e.cause_kind, e.cause_id, e.reverses, e.hold_id,
    l.ordinal, l.bucket, l.fen, l.after_fen
FROM journal_leg l JOIN journal_entry e ON e.id = l.entry_id
WHERE l.allotment_id = :allotment_id AND l.entry_id > :after
    AND e.area >= :scope_low AND e.area < :scope_end
ORDER BY l.entry_id, l.ordinal LIMIT :limit

-- name: sums_of_lines (year int, programme text, holder_low int, holder_end int, scope)
-- Arranging level × using level (R2.46).
SELECT a.county, a.programme, a.source, a.mark, COUNT(*) AS lines,
    CAST(SUM(b.available_fen) AS BIGINT) AS available_fen,
    CAST(SUM(b.allocated_fen) AS BIGINT) AS allocated_fen,
    CAST(SUM(b.frozen_fen) AS BIGINT) AS frozen_fen,
    CAST(SUM(b.disbursed_fen) AS BIGINT) AS disbursed_fen,
    CAST(SUM(b.total_fen) AS BIGINT) AS total_fen
FROM allotment a JOIN allotment_balance b ON b.allotment_id = a.id
WHERE a.year = :year AND (:programme = '' OR a.programme = :programme)
    AND a.area >= :holder_low AND a.area < :holder_end
    AND a.area >= :scope_low AND a.area < :scope_end
GROUP BY a.county, a.programme, a.source, a.mark
ORDER BY a.county, a.programme, a.source, a.mark

-- name: accounts_of_journal (scope)
-- walks: an export is of everything
SELECT DISTINCT l.allotment_id, l.bucket
FROM journal_entry e JOIN journal_leg l ON l.entry_id = e.id
WHERE e.area >= :scope_low AND e.area < :scope_end
ORDER BY l.allotment_id, l.bucket

-- name: whole_journal (scope)
-- walks: an export is of everything
SELECT e.id, e.pen, e.seq, e.posting_date, e.kind, e.cause_kind, e.cause_id, l.allotment_id,
    l.bucket, l.fen
FROM journal_entry e JOIN journal_leg l ON l.entry_id = e.id
WHERE e.area >= :scope_low AND e.area < :scope_end
ORDER BY e.pen, e.seq, l.ordinal
