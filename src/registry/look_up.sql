-- name: find_by_id_number (id_index bytes, low int, end int, guarded int, scope)
-- `guarded` 1 finds children and protected persons too.
SELECT id, area, birth_date, label FROM person
WHERE id_index = :id_index AND area >= :low AND area < :end
  AND area >= :scope_low AND area < :scope_end
  AND (:guarded = 1 OR label IN ('ordinary', 'sensitive'))

-- name: find_by_name (name_index bytes, birth_date text, low int, end int, guarded int, scope)
SELECT id, area, birth_date, label FROM person
WHERE name_index = :name_index AND birth_date = :birth_date AND area >= :low AND area < :end
  AND area >= :scope_low AND area < :scope_end
  AND (:guarded = 1 OR label IN ('ordinary', 'sensitive'))
ORDER BY id LIMIT 20

-- name: looked_today (staff int, day text)
-- scope: none, because it counts a staff person's own look-ups
SELECT COUNT(*) FROM look_up WHERE staff_id = :staff AND day = :day

-- name: add_look_up (id int, at_ms int, day text, staff_id int, account_id int, area int, kind text, purpose text, reason bytes, person_id int, row_salt bytes, order_id int)
-- scope: none, because the order's area was authorised
INSERT INTO look_up (id, at_ms, day, staff_id, account_id, area, kind, purpose, reason, person_id,
    row_salt, order_id)
VALUES (:id, :at_ms, :day, :staff_id, :account_id, :area, :kind, :purpose, :reason, :person_id,
    :row_salt, :order_id)

-- name: persons_page (low int, end int, after int, limit int, scope)
SELECT id, area, name, birth_date, sex, label FROM person
WHERE id > :after AND area >= :low AND area < :end AND area >= :scope_low AND area < :scope_end
  AND label IN ('ordinary', 'sensitive')
ORDER BY id LIMIT :limit

-- name: guarded_count (low int, end int, scope)
SELECT COUNT(*) FROM person
WHERE area >= :low AND area < :end AND area >= :scope_low AND area < :scope_end
  AND label NOT IN ('ordinary', 'sensitive')

-- name: person_named (person int, scope)
SELECT id, area, name, birth_date, sex, label FROM person
WHERE id = :person AND area >= :scope_low AND area < :scope_end

-- name: person_cells (person int, scope)
SELECT id, id_number, name, phone, birth_date FROM person
WHERE id = :person AND area >= :scope_low AND area < :scope_end

-- name: look_ups_page (after int, limit int, scope)
SELECT id, at_ms, staff_id, kind, purpose, person_id FROM look_up
WHERE id > :after AND area >= :scope_low AND area < :scope_end ORDER BY id LIMIT :limit
