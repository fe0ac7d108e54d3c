-- name: stage_person (intake_id int, ordinal int, area int, county int, person_id int, stable_ref bytes, id_kind text, id_number bytes, id_index bytes, name bytes, name_index bytes, birth_date text, sex text, phone bytes, phone_index bytes, label text, row_salt bytes, account_id int, account bytes, account_index bytes, holder bytes, holder_index bytes, last_four text, bank_code text, bank_name text, account_kind text, account_salt bytes)
-- scope: none, because staging shows nothing; the order that takes it over is authorised
INSERT INTO person_intake (intake_id, ordinal, area, county, person_id, stable_ref, id_kind,
    id_number, id_index, name, name_index, birth_date, sex, phone, phone_index, label, row_salt,
    account_id, account, account_index, holder, holder_index, last_four, bank_code, bank_name,
    account_kind, account_salt)
VALUES (:intake_id, :ordinal, :area, :county, :person_id, :stable_ref, :id_kind, :id_number,
    :id_index, :name, :name_index, :birth_date, :sex, :phone, :phone_index, :label, :row_salt,
    :account_id, :account, :account_index, :holder, :holder_index, :last_four, :bank_code,
    :bank_name, :account_kind, :account_salt)

-- name: drop_intake (intake int)
-- scope: none, because what was staged is thrown away unseen
DELETE FROM person_intake WHERE intake_id = :intake

-- name: intake_summary (intake int, low int, end int)
-- scope: none, because it counts the rows outside the order's area
SELECT COUNT(*) AS row_count,
       COALESCE(CAST(SUM(CASE WHEN area >= :low AND area < :end THEN 0 ELSE 1 END) AS BIGINT), 0)
           AS outside,
       COALESCE(MAX(CASE WHEN area >= :low AND area < :end THEN 0 ELSE area END), 0) AS outside_area
FROM person_intake WHERE intake_id = :intake

-- name: intake_unknown_area (intake int, day text)
-- scope: none, because it names a place, not a person
SELECT MIN(a.area) FROM (SELECT DISTINCT area FROM person_intake WHERE intake_id = :intake) a
WHERE NOT EXISTS (SELECT 1 FROM area_register r WHERE r.code = a.area AND r.known_to = 0
                  AND r.valid_from <= :day AND (r.valid_to = '' OR r.valid_to > :day))

-- name: intake_twice (intake int)
-- scope: none, because it counts
SELECT COUNT(*) - COUNT(DISTINCT id_index) FROM person_intake WHERE intake_id = :intake

-- name: intake_counties (intake int)
-- scope: none, because it names places, not persons
SELECT DISTINCT county FROM person_intake WHERE intake_id = :intake ORDER BY county

-- name: take_over_persons (intake int, order_id int)
-- scope: none, because the rows lie in the order's authorised area; who is known anywhere stays
INSERT INTO person (id, first_area, area, county, stable_ref, id_kind, id_number, id_index, name,
    name_index, birth_date, sex, phone, phone_index, label, row_salt, order_id)
SELECT i.person_id, i.area, i.area, i.county, i.stable_ref, i.id_kind, i.id_number, i.id_index,
    i.name, i.name_index, i.birth_date, i.sex, i.phone, i.phone_index, i.label, i.row_salt,
        :order_id
FROM person_intake i
WHERE i.intake_id = :intake
  AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id_index = i.id_index)
ORDER BY i.ordinal

-- name: take_over_accounts (intake int, staff int, no_note bytes, today text, order_id int, scope)
-- Persons that this order registered, and those in the scope who have no account yet.
INSERT INTO payee_account (id, person_id, unit_id, area, county, account, account_index, holder,
    holder_index, last_four, bank_code, bank_name, kind, custody, custody_note, proof_file,
    checked_result, checked_on, state, changed_by_staff, confirmed_by_staff, valid_from, valid_to,
    known_from, known_to, row_salt, order_id)
SELECT i.account_id, p.id, 0, p.area, p.county, i.account, i.account_index, i.holder,
    i.holder_index, i.last_four, i.bank_code, i.bank_name, i.account_kind, 0, :no_note, 0,
    '', '', 'active', :staff, 0, :today, '', :order_id, 0, i.account_salt, :order_id
FROM person_intake i JOIN person p ON p.id_index = i.id_index
WHERE i.intake_id = :intake AND i.account_id <> 0
  AND p.area >= :scope_low AND p.area < :scope_end
  AND NOT EXISTS (SELECT 1 FROM payee_account a WHERE a.person_id = p.id)
ORDER BY i.ordinal
