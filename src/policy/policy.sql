-- name: document_by_number (number text)
SELECT id, number, printed_number, title, level, issuer, issued_on, received_on, valid_from,
    valid_to, replaces, file_id
FROM policy_document WHERE number = :number

-- name: document (document int)
SELECT id, number, printed_number, title, level, issuer, issued_on, received_on, valid_from,
    valid_to, replaces, file_id
FROM policy_document WHERE id = :document

-- name: documents_page (after int, limit int)
SELECT id, number, printed_number, title, level, issuer, issued_on, received_on, valid_from,
    valid_to, replaces, file_id
FROM policy_document WHERE id > :after ORDER BY id LIMIT :limit

-- name: add_document (id int, number text, printed_number text, title text, level text, issuer text, issued_on text, received_on text, valid_from text, valid_to text, replaces int, file_id int, order_id int)
INSERT INTO policy_document (id, number, printed_number, title, level, issuer, issued_on,
    received_on, valid_from, valid_to, replaces, file_id, order_id)
VALUES (:id, :number, :printed_number, :title, :level, :issuer, :issued_on, :received_on,
    :valid_from, :valid_to, :replaces, :file_id, :order_id)

-- name: parameters_held (name text, programme text, area int)
SELECT id, name, programme, area, value, valid_from, valid_to, document_id FROM parameter
WHERE name = :name AND programme = :programme AND area = :area AND known_to = 0
ORDER BY valid_from

-- name: add_parameter (id int, name text, programme text, area int, value text, valid_from text, valid_to text, document_id int, order_id int)
INSERT INTO parameter (id, name, programme, area, value, valid_from, valid_to, document_id,
    known_from, known_to, order_id)
VALUES (:id, :name, :programme, :area, :value, :valid_from, :valid_to, :document_id, :order_id, 0,
    :order_id)

-- name: close_parameter (parameter int, order_id int)
UPDATE parameter SET known_to = :order_id, order_id = :order_id
WHERE id = :parameter AND known_to = 0

-- name: parameter_at (name text, programme text, village int, town int, county int, city int, province int, day text, as_known int)
-- Codes grow with detail along a chain of places, so the greatest is the smallest place.
SELECT id, name, programme, area, value, valid_from, valid_to, document_id FROM parameter
WHERE name = :name AND programme IN (:programme, '')
  AND area IN (:village, :town, :county, :city, :province, 0)
  AND valid_from <= :day AND (valid_to = '' OR valid_to > :day)
  AND known_from <= :as_known AND (known_to = 0 OR known_to > :as_known)
ORDER BY CASE WHEN programme = '' THEN 1 ELSE 0 END, area DESC LIMIT 1

-- name: parameters_page (after int, limit int)
SELECT id, name, programme, area, value, valid_from, valid_to, document_id FROM parameter
WHERE known_to = 0 AND id > :after ORDER BY id LIMIT :limit

-- name: parameter_overlap_broken (order_id int)
-- walks: for order 0, which is everything
SELECT 'parameter', CAST(b.id AS TEXT), 'policy.why.parameter_overlap'
FROM (SELECT id FROM parameter WHERE CAST(:order_id AS BIGINT) = 0
      UNION SELECT id FROM parameter WHERE order_id = :order_id) c
JOIN parameter a ON a.id = c.id
JOIN parameter b ON b.name = a.name AND b.programme = a.programme AND b.area = a.area
WHERE a.id <> b.id AND a.known_to = 0 AND b.known_to = 0
  AND (b.valid_to = '' OR a.valid_from < b.valid_to)
  AND (a.valid_to = '' OR b.valid_from < a.valid_to)

-- name: parameter_count ()
-- walks: it counts all
SELECT COUNT(*) FROM parameter
