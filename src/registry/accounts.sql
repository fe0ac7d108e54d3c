-- name: owner_name_index (person int, scope)
SELECT name_index FROM person WHERE id = :person AND area >= :scope_low AND area < :scope_end

-- name: live_accounts_of_person (person int, scope)
SELECT id, person_id, unit_id, area, state, changed_by_staff, account_index FROM payee_account
WHERE person_id = :person AND state IN ('proposed', 'active')
  AND area >= :scope_low AND area < :scope_end
ORDER BY id

-- name: live_accounts_of_unit (unit int, scope)
SELECT id, person_id, unit_id, area, state, changed_by_staff, account_index FROM payee_account
WHERE unit_id = :unit AND unit_id <> 0 AND state IN ('proposed', 'active')
  AND area >= :scope_low AND area < :scope_end
ORDER BY id

-- name: account_brief (account int, scope)
SELECT id, person_id, unit_id, area, state, changed_by_staff, account_index FROM payee_account
WHERE id = :account AND area >= :scope_low AND area < :scope_end

-- name: account_area (account int)
-- scope: none, because the road asks where an object lies before it can authorise
SELECT area FROM payee_account WHERE id = :account

-- name: add_account (id int, person_id int, unit_id int, area int, county int, account bytes, account_index bytes, holder bytes, holder_index bytes, last_four text, bank_code text, bank_name text, kind text, custody int, custody_note bytes, proof_file int, changed_by_staff int, known_from int, row_salt bytes, order_id int)
-- scope: none, because load found the owner in the scope
INSERT INTO payee_account (id, person_id, unit_id, area, county, account, account_index, holder,
    holder_index, last_four, bank_code, bank_name, kind, custody, custody_note, proof_file,
    checked_result, checked_on, state, changed_by_staff, confirmed_by_staff, valid_from, valid_to,
    known_from, known_to, row_salt, order_id)
VALUES (:id, :person_id, :unit_id, :area, :county, :account, :account_index, :holder,
    :holder_index, :last_four, :bank_code, :bank_name, :kind, :custody, :custody_note, :proof_file,
    '', '', 'proposed', :changed_by_staff, 0, '', '', :known_from, 0, :row_salt, :order_id)

-- name: confirm_account (account int, staff int, today text, order_id int, scope)
UPDATE payee_account SET state = 'active', confirmed_by_staff = :staff, valid_from = :today,
    known_from = :order_id, order_id = :order_id
WHERE id = :account AND state = 'proposed' AND area >= :scope_low AND area < :scope_end

-- name: refuse_account (account int, staff int, order_id int, scope)
UPDATE payee_account SET state = 'refused', confirmed_by_staff = :staff, known_to = :order_id,
    order_id = :order_id
WHERE id = :account AND state = 'proposed' AND area >= :scope_low AND area < :scope_end

-- name: close_account (account int, today text, order_id int, scope)
UPDATE payee_account SET state = 'closed', valid_to = :today, order_id = :order_id
WHERE id = :account AND state = 'active' AND area >= :scope_low AND area < :scope_end

-- name: close_other_accounts_of_person (account int, person int, today text, order_id int, scope)
UPDATE payee_account SET state = 'closed', valid_to = :today, order_id = :order_id
WHERE person_id = :person AND id <> :account AND state = 'active'
  AND area >= :scope_low AND area < :scope_end

-- name: close_other_accounts_of_unit (account int, unit int, today text, order_id int, scope)
UPDATE payee_account SET state = 'closed', valid_to = :today, order_id = :order_id
WHERE unit_id = :unit AND unit_id <> 0 AND id <> :account AND state = 'active'
  AND area >= :scope_low AND area < :scope_end

-- name: set_custody (account int, note bytes, order_id int, scope)
UPDATE payee_account SET custody = 1, custody_note = :note, order_id = :order_id
WHERE id = :account AND area >= :scope_low AND area < :scope_end

-- name: count_accounts_of_probe (probe int, low int, end int, scope)
-- The keys' rows first, then the conditions: see probe.sql.
WITH own AS MATERIALIZED (
    SELECT a.area FROM registry_probe q JOIN payee_account a ON a.id = q.key_int
    WHERE q.probe_id = :probe)
SELECT COUNT(*) FROM own
WHERE area >= :low AND area < :end AND area >= :scope_low AND area < :scope_end

-- name: set_check (account int, result text, on_day text, order_id int)
-- scope: none, because load found every account in the scope
UPDATE payee_account SET checked_result = :result, checked_on = :on_day, order_id = :order_id
WHERE id = :account

-- name: accounts_of (person int, scope)
SELECT id, last_four, bank_code, bank_name, kind, custody, checked_result, checked_on, state,
       changed_by_staff, confirmed_by_staff, valid_from, valid_to
FROM payee_account WHERE person_id = :person AND area >= :scope_low AND area < :scope_end
ORDER BY id DESC

-- name: pending_changes (after int, limit int, scope)
SELECT id, last_four, bank_code, bank_name, kind, custody, checked_result, checked_on, state,
       changed_by_staff, confirmed_by_staff, valid_from, valid_to
FROM payee_account
WHERE state = 'proposed' AND id > :after AND area >= :scope_low AND area < :scope_end
ORDER BY id LIMIT :limit

-- name: cells_of_probe (probe int)
-- scope: none, because a batch that was authorised names the accounts it pays into
SELECT a.id, a.account, a.holder FROM registry_probe q JOIN payee_account a ON a.id = q.key_int
WHERE q.probe_id = :probe ORDER BY q.ordinal
