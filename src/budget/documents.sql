-- Documents and their items: what orders read and write.

-- name: known_documents (n1 text, n2 text, n3 text, n4 text, n5 text, n6 text, n7 text, n8 text, n9 text, n10 text, n11 text, n12 text, n13 text, n14 text, n15 text, n16 text)
-- scope: none, because a number is told as registered wherever it was; nothing else is shown
-- What an opening brought into the books (P6) is registered, too.
SELECT id, number, area, kind, state FROM issuing_document
WHERE number IN (:n1, :n2, :n3, :n4, :n5, :n6, :n7, :n8, :n9, :n10, :n11, :n12, :n13, :n14, :n15,
    :n16)
UNION ALL
SELECT o.id, l.number, l.area, CASE WHEN l.parent_number = '' THEN 'allot' ELSE 'split' END, o.state
FROM opening_line l JOIN opening o ON o.id = l.opening_id AND o.state IN ('confirmed', 'signed_off')
WHERE l.number IN (:n1, :n2, :n3, :n4, :n5, :n6, :n7, :n8, :n9, :n10, :n11, :n12, :n13, :n14, :n15,
    :n16)
ORDER BY 1

-- name: known_areas (i1 int, i2 int, i3 int, i4 int, i5 int, i6 int, i7 int, i8 int, i9 int, i10 int, i11 int, i12 int, i13 int, i14 int, i15 int, i16 int, day text)
SELECT code FROM area_register
WHERE code IN (:i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9, :i10, :i11, :i12, :i13, :i14, :i15,
    :i16)
    AND known_to = 0 AND valid_from <= :day AND (valid_to = '' OR valid_to > :day)
ORDER BY code

-- name: known_units (i1 int, i2 int, i3 int, i4 int, i5 int, i6 int, i7 int, i8 int, i9 int, i10 int, i11 int, i12 int, i13 int, i14 int, i15 int, i16 int, scope)
SELECT id, name_zh, area FROM unit
WHERE id IN (:i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9, :i10, :i11, :i12, :i13, :i14, :i15, :i16)
    AND area >= :scope_low AND area < :scope_end
ORDER BY id

-- name: known_files (i1 int, i2 int, i3 int, i4 int, i5 int, i6 int, i7 int, i8 int, i9 int, i10 int, i11 int, i12 int, i13 int, i14 int, i15 int, i16 int)
SELECT id FROM file
WHERE id IN (:i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9, :i10, :i11, :i12, :i13, :i14, :i15, :i16)
ORDER BY id

-- name: allotment_area (id int)
-- scope: none, because the road asks where an object lies before it can authorise
SELECT area FROM allotment WHERE id = :id

-- name: document_area (id int)
-- scope: none, because the road asks where an object lies before it can authorise
SELECT area FROM issuing_document WHERE id = :id

-- name: document (id int, scope)
-- Whoever an item goes to may see the document, too.
SELECT d.id, d.area, d.county, d.kind, d.number, d.printed_number, d.title, d.year, d.origin_year,
    d.fund, d.source, d.mark, d.issued_by, d.issued_on, d.received_on, d.is_advance, d.is_partial,
    d.file_id, d.total_text, d.printed_total_fen, d.sum_fen, d.item_count, d.verdict, d.state,
    d.posting_date, d.corrects, d.corrected_by, d.answer_file_id, d.registered_staff,
    d.proposed_staff, d.confirmed_staff, d.case_id
FROM issuing_document d
WHERE d.id = :id
    AND ((d.area >= :scope_low AND d.area < :scope_end)
        OR EXISTS (SELECT 1 FROM document_item i WHERE i.document_id = d.id
            AND i.area >= :scope_low AND i.area < :scope_end))

-- name: document_page (state text, year int, before int, limit int, scope)
-- walks: newest first, up to the limit
-- Newest first.
SELECT d.id, d.area, d.county, d.kind, d.number, d.printed_number, d.title, d.year, d.origin_year,
    d.fund, d.source, d.mark, d.issued_by, d.issued_on, d.received_on, d.is_advance, d.is_partial,
    d.file_id, d.total_text, d.printed_total_fen, d.sum_fen, d.item_count, d.verdict, d.state,
    d.posting_date, d.corrects, d.corrected_by, d.answer_file_id, d.registered_staff,
    d.proposed_staff, d.confirmed_staff, d.case_id
FROM issuing_document d
WHERE (:state = '' OR d.state = :state) AND (:year = 0 OR d.year = :year)
    AND (:before = 0 OR d.id < :before)
    AND ((d.area >= :scope_low AND d.area < :scope_end)
        OR EXISTS (SELECT 1 FROM document_item i WHERE i.document_id = d.id
            AND i.area >= :scope_low AND i.area < :scope_end))
ORDER BY d.id DESC LIMIT :limit

-- name: items_of (document_id int, after int, limit int, scope)
SELECT document_id, ordinal, area, county, unit_id, receiver, programme, subject, parent_id,
    allotment_id, change, fen, last_digit_fen
FROM document_item
WHERE document_id = :document_id AND ordinal > :after
    AND area >= :scope_low AND area < :scope_end
ORDER BY ordinal LIMIT :limit

-- name: allotments_of_document (document_id int, scope)
SELECT id, document_item, area, initial_fen FROM allotment
WHERE document_id = :document_id AND area >= :scope_low AND area < :scope_end
ORDER BY document_item

-- name: add_document (id int, area int, county int, kind text, number text, printed_number text, title text, year int, origin_year int, fund text, source text, mark text, issued_by text, issued_on text, received_on text, is_advance int, is_partial int, file_id int, total_text text, printed_total_fen int, sum_fen int, item_count int, verdict text, state text, posting_date text, corrects int, corrected_by int, answer_file_id int, registered_staff int, proposed_staff int, confirmed_staff int, case_id int, order_id int)
-- scope: none, because the order's area was authorised and holds the document's
INSERT INTO issuing_document (id, area, county, kind, number, printed_number, title, year,
    origin_year, fund, source, mark, issued_by, issued_on, received_on, is_advance, is_partial,
    file_id, total_text, printed_total_fen, sum_fen, item_count, verdict, state, posting_date,
    corrects, corrected_by, answer_file_id, registered_staff, proposed_staff, confirmed_staff,
    case_id, order_id)
VALUES (:id, :area, :county, :kind, :number, :printed_number, :title, :year, :origin_year, :fund,
    :source, :mark, :issued_by, :issued_on, :received_on, :is_advance, :is_partial, :file_id,
    :total_text, :printed_total_fen, :sum_fen, :item_count, :verdict, :state, :posting_date,
    :corrects, :corrected_by, :answer_file_id, :registered_staff, :proposed_staff,
    :confirmed_staff, :case_id, :order_id)

-- name: add_item (document_id int, ordinal int, area int, county int, unit_id int, receiver text, programme text, subject text, parent_id int, allotment_id int, change text, fen int, last_digit_fen int, order_id int)
-- scope: none, because the order's area was authorised and holds the item's
INSERT INTO document_item (document_id, ordinal, area, county, unit_id, receiver, programme,
    subject, parent_id, allotment_id, change, fen, last_digit_fen, order_id)
VALUES (:document_id, :ordinal, :area, :county, :unit_id, :receiver, :programme, :subject,
    :parent_id, :allotment_id, :change, :fen, :last_digit_fen, :order_id)

-- name: set_document (state text, posting_date text, corrected_by int, answer_file_id int, proposed_staff int, confirmed_staff int, case_id int, order_id int, id int)
-- scope: none, because the order's area was authorised and is the document's
UPDATE issuing_document SET state = :state, posting_date = :posting_date,
    corrected_by = :corrected_by, answer_file_id = :answer_file_id,
    proposed_staff = :proposed_staff, confirmed_staff = :confirmed_staff, case_id = :case_id,
    order_id = :order_id
WHERE id = :id
