-- name: areas_held (low int, end int)
SELECT id, code, parent, name_zh, name_en, name_key, kind, fiscal_code, successor, valid_from,
    valid_to
FROM area_register WHERE code >= :low AND code < :end AND known_to = 0 ORDER BY code, valid_from

-- name: add_area (id int, code int, parent int, name_zh text, name_en text, name_key text, kind text, fiscal_code text, successor int, valid_from text, valid_to text, known_from int, known_to int, order_id int)
INSERT INTO area_register (id, code, parent, name_zh, name_en, name_key, kind, fiscal_code,
    successor, valid_from, valid_to, known_from, known_to, order_id)
VALUES (:id, :code, :parent, :name_zh, :name_en, :name_key, :kind, :fiscal_code, :successor,
    :valid_from, :valid_to, :known_from, :known_to, :order_id)

-- name: close_area (id int, order_id int)
UPDATE area_register SET known_to = :order_id, order_id = :order_id WHERE id = :id AND known_to = 0

-- name: area_on (code int, day text)
SELECT id, code, parent, name_zh, name_en, name_key, kind, fiscal_code, successor, valid_from,
    valid_to
FROM area_register
WHERE code = :code AND known_to = 0 AND valid_from <= :day AND (valid_to = '' OR valid_to > :day)

-- name: areas_under (parent int, day text, after int, limit int)
SELECT id, code, parent, name_zh, name_en, name_key, kind, fiscal_code, successor, valid_from,
    valid_to
FROM area_register
WHERE parent = :parent AND code > :after AND code <> :parent AND known_to = 0
  AND valid_from <= :day AND (valid_to = '' OR valid_to > :day)
ORDER BY code LIMIT :limit

-- name: area_path (village int, town int, county int, city int, province int, day text)
-- A place's chain by digits; a level that is not in the code repeats the one above.
SELECT id, code, parent, name_zh, name_en, name_key, kind, fiscal_code, successor, valid_from,
    valid_to
FROM area_register
WHERE code IN (:village, :town, :county, :city, :province) AND known_to = 0
  AND valid_from <= :day AND (valid_to = '' OR valid_to > :day)
ORDER BY code

-- name: unit_by_code (code text)
-- scope: none, because a unit's code is taken for the whole city
SELECT id FROM unit WHERE code = :code

-- name: add_unit (id int, code text, name_zh text, name_en text, area int, county int, kind text, order_id int)
-- scope: none, because the order's area was authorised
INSERT INTO unit (id, code, name_zh, name_en, area, county, kind, order_id)
VALUES (:id, :code, :name_zh, :name_en, :area, :county, :kind, :order_id)

-- name: unit_area (unit int)
-- scope: none, because the road asks where an object lies before it can authorise
SELECT area FROM unit WHERE id = :unit

-- name: units_page (after int, limit int, scope)
SELECT id, code, name_zh, name_en, area, kind FROM unit
WHERE id > :after AND area >= :scope_low AND area < :scope_end ORDER BY id LIMIT :limit
