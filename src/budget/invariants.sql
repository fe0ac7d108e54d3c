-- What holds after every order. `broken` of each takes :order_id, 0 for all.

-- name: unequal_documents (order_id int)
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'issuing_document' AS table_name, CAST(d.id AS TEXT) AS row_key,
    'budget.why.items_differ' AS detail
FROM issuing_document d
WHERE d.order_id >= :order_id
    AND d.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND (d.sum_fen <> COALESCE((SELECT CAST(SUM(i.fen) AS BIGINT) FROM document_item i
            WHERE i.document_id = d.id), 0)
        OR d.item_count <> (SELECT COUNT(*) FROM document_item i WHERE i.document_id = d.id))
ORDER BY d.id

-- name: unposted_documents (order_id int)
-- scope: none, because an invariant holds for all, whoever looks
-- Each item of what brings or splits money has its one line; of what changes lines, its change.
SELECT 'issuing_document' AS table_name, CAST(d.id AS TEXT) AS row_key,
    'budget.why.lines_are_not_items' AS detail
FROM issuing_document d
WHERE d.order_id >= :order_id
    AND d.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND d.state IN ('registered', 'posted_by_item')
    AND ((d.kind <> 'adjust' AND (d.item_count <>
                (SELECT COUNT(*) FROM document_item i JOIN allotment a
                    ON a.document_id = i.document_id AND a.document_item = i.ordinal
                        AND a.initial_fen = i.fen AND a.area = i.area
                        AND a.parent_id = i.parent_id
                    WHERE i.document_id = d.id)
            OR d.item_count <> (SELECT COUNT(*) FROM allotment a WHERE a.document_id = d.id)))
        OR (d.kind = 'adjust' AND (d.sum_fen <>
                COALESCE((SELECT CAST(SUM(CASE WHEN c.fen < 0 THEN -c.fen ELSE c.fen END) AS BIGINT)
                    FROM document_item i JOIN allotment_change c ON c.allotment_id = i.allotment_id
                        AND c.document_id = i.document_id AND c.kind = i.change
                    WHERE i.document_id = d.id
                        AND NOT EXISTS (SELECT 1 FROM document_item e
                            WHERE e.document_id = i.document_id AND e.ordinal < i.ordinal
                                AND e.allotment_id = i.allotment_id AND e.change = i.change)), 0))))
ORDER BY d.id

-- name: posted_while_pending (order_id int)
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'issuing_document' AS table_name, CAST(d.id AS TEXT) AS row_key,
    'budget.why.pending_has_posted state=budget.state.' || d.state AS detail
FROM issuing_document d
WHERE d.order_id >= :order_id
    AND d.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND d.state NOT IN ('registered', 'posted_by_item')
    AND (EXISTS (SELECT 1 FROM allotment a WHERE a.document_id = d.id)
        OR EXISTS (SELECT 1 FROM journal_entry e
            WHERE e.cause_id = d.id AND e.cause_kind = 'document'))
ORDER BY d.id

-- name: one_person_documents (order_id int)
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'issuing_document' AS table_name, CAST(d.id AS TEXT) AS row_key,
    'budget.why.one_person_or_no_answer' AS detail
FROM issuing_document d
WHERE d.order_id >= :order_id
    AND d.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND d.state = 'posted_by_item'
    AND (d.proposed_staff = d.confirmed_staff OR d.proposed_staff = 0 OR d.answer_file_id = 0)
ORDER BY d.id

-- name: unequal_openings (order_id int)
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'opening' AS table_name, CAST(d.id AS TEXT) AS row_key,
    'budget.why.opening_lines_differ' AS detail
FROM opening d
WHERE d.order_id >= :order_id
    AND d.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND (d.total_fen <> COALESCE((SELECT CAST(SUM(l.total_fen) AS BIGINT) FROM opening_line l
            WHERE l.opening_id = d.id), 0)
        OR d.left_fen <> COALESCE((SELECT CAST(SUM(l.total_fen - l.allocated_fen - l.paid_fen
            - l.in_transit_fen) AS BIGINT) FROM opening_line l WHERE l.opening_id = d.id), 0)
        OR (d.state IN ('confirmed', 'signed_off') AND (d.treasury_fen <> d.left_fen
            OR d.line_count <> (SELECT COUNT(*) FROM opening_line l JOIN allotment a
                ON a.document_id = l.opening_id AND a.document_item = l.ordinal
                    AND a.initial_fen = l.total_fen AND a.area = l.area
                WHERE l.opening_id = d.id)))
        OR (d.state = 'proposed'
            AND EXISTS (SELECT 1 FROM allotment a WHERE a.document_id = d.id)))
ORDER BY d.id

-- name: one_person_openings (order_id int)
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'opening' AS table_name, CAST(d.id AS TEXT) AS row_key,
    'budget.why.one_person' AS detail
FROM opening d
WHERE d.order_id >= :order_id
    AND d.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND d.state IN ('confirmed', 'signed_off')
    AND (d.proposed_staff = d.confirmed_staff OR d.proposed_staff = 0)
ORDER BY d.id

-- name: count_documents ()
-- walks: it counts all
-- scope: none, because an invariant holds for all, whoever looks
SELECT COUNT(*) FROM issuing_document

-- name: count_openings ()
-- walks: it counts all
-- scope: none, because an invariant holds for all, whoever looks
SELECT COUNT(*) FROM opening
