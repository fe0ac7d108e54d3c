-- Offices, people, accounts, requests.

-- name: any_account ()
-- walks: the first row ends it
-- scope: none, because the first account is made where there is none at all
SELECT id FROM account ORDER BY id LIMIT 1

-- name: put_office (id int, code text, name_zh text, name_en text, kind text, area int, state text, order_id int)
-- scope: none, because the order was authorised for the area it writes in
INSERT INTO office (id, code, name_zh, name_en, kind, area, state, order_id) VALUES (:id, :code,
    :name_zh, :name_en, :kind, :area, :state, :order_id)

-- name: office_code_taken (code text)
-- scope: none, because codes are unique in the whole installation
SELECT id FROM office WHERE code = :code

-- name: office_area (id int)
-- scope: none, because the road asks where the order acts before it asks whether it may
SELECT area FROM office WHERE id = :id AND state = 'active'

-- name: offices (after int, limit int, scope)
SELECT id, code, name_zh, name_en, kind, area, state, order_id FROM office
WHERE id > :after AND area >= :scope_low AND area < :scope_end ORDER BY id LIMIT :limit

-- name: put_staff (id int, name text, office_id int, area int, county int, phone bytes, row_salt bytes, state text, order_id int)
-- scope: none, because the order was authorised for the area it writes in
INSERT INTO staff (id, name, office_id, area, county, phone, row_salt, state, order_id) VALUES (:id,
    :name, :office_id, :area, :county, :phone, :row_salt, :state, :order_id)

-- name: staff_area (id int)
-- scope: none, because the road asks where the order acts before it asks whether it may
SELECT area FROM staff WHERE id = :id AND state = 'active'

-- name: staff_of (id int, scope)
SELECT id, name, office_id, area, county, phone, row_salt, state, order_id FROM staff
WHERE id = :id AND area >= :scope_low AND area < :scope_end

-- name: same_name (office_id int, name text, scope)
SELECT id FROM staff WHERE office_id = :office_id AND name = :name AND state = 'active'
AND area >= :scope_low AND area < :scope_end ORDER BY id LIMIT 1

-- name: put_account (id int, staff_id int, login text, area int, state text, must_change int, fresh_ms int, password_ms int, password bytes, row_salt bytes, order_id int, mac bytes)
-- scope: none, because the order was authorised for the area it writes in
-- The whole row at once, since the MAC covers all of it.
INSERT INTO account (id, staff_id, login, area, state, must_change, fresh_ms, password_ms, password,
    row_salt, order_id, mac)
VALUES (:id, :staff_id, :login, :area, :state, :must_change, :fresh_ms, :password_ms, :password,
    :row_salt, :order_id, :mac)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, must_change = excluded.must_change, fresh_ms
    = excluded.fresh_ms,
password_ms = excluded.password_ms, password = excluded.password, order_id = excluded.order_id, mac
    = excluded.mac

-- name: account_area (id int)
-- scope: none, because the road asks where the order acts before it asks whether it may
SELECT area FROM account WHERE id = :id AND state <> 'refused'

-- name: account (id int, scope)
SELECT id, staff_id, login, area, state, must_change, fresh_ms, password_ms, password, row_salt,
    order_id, mac
FROM account WHERE id = :id AND state <> 'refused' AND area >= :scope_low AND area < :scope_end

-- name: account_of_caller (id int)
-- scope: none, because it is the caller's own
SELECT id, staff_id, login, area, state, must_change, fresh_ms, password_ms, password, row_salt,
    order_id, mac
FROM account WHERE id = :id

-- name: account_of_login (login text)
-- scope: none, because signing in begins with a name and nothing else
SELECT id, staff_id, login, area, state, must_change, fresh_ms, password_ms, password, row_salt,
    order_id, mac
FROM account WHERE login = :login AND state <> 'refused'

-- name: accounts (after int, limit int, scope)
SELECT a.id, a.staff_id, a.login, s.name, a.area, s.office_id, a.state, a.must_change,
    CASE WHEN EXISTS (SELECT 1 FROM authenticator f WHERE f.account_id = a.id AND f.state =
        'active') THEN 1 ELSE 0 END
FROM account a JOIN staff s ON s.id = a.staff_id
WHERE a.id > :after AND a.state <> 'refused' AND a.area >= :scope_low AND a.area < :scope_end ORDER
    BY a.id LIMIT :limit

-- name: staff_name (id int)
-- scope: none, because it is the caller's own
SELECT name FROM staff WHERE id = :id

-- name: put_request (id int, kind text, account_id int, area int, state text, ends_factors int, proposed_by_staff int, decided_by_staff int, proposed_ms int, decided_ms int, password bytes, row_salt bytes, order_id int, mac bytes)
-- scope: none, because the order was authorised for the area it writes in
INSERT INTO account_request (id, kind, account_id, area, state, ends_factors, proposed_by_staff,
    decided_by_staff, proposed_ms, decided_ms, password, row_salt, order_id, mac)
VALUES (:id, :kind, :account_id, :area, :state, :ends_factors, :proposed_by_staff,
    :decided_by_staff, :proposed_ms, :decided_ms, :password, :row_salt, :order_id, :mac)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, decided_by_staff = excluded.decided_by_staff,
    decided_ms = excluded.decided_ms,
password = excluded.password, order_id = excluded.order_id, mac = excluded.mac

-- name: request_area (id int, kind text)
-- scope: none, because the road asks where the order acts before it asks whether it may
SELECT area FROM account_request WHERE id = :id AND kind = :kind

-- name: request (id int, kind text, scope)
SELECT id, kind, account_id, area, state, ends_factors, proposed_by_staff, decided_by_staff,
    proposed_ms, decided_ms, password, row_salt, order_id, mac
FROM account_request WHERE id = :id AND kind = :kind AND area >= :scope_low AND area < :scope_end

-- name: requests (state text, before int, limit int, scope)
-- Newest first: leaders see what was decided in the last 30 days (S7).
SELECT r.id, r.kind, r.account_id, a.login, s.name, r.area, r.state, r.ends_factors,
    r.proposed_by_staff, r.decided_by_staff, r.proposed_ms, r.decided_ms
FROM account_request r JOIN account a ON a.id = r.account_id JOIN staff s ON s.id = a.staff_id
WHERE r.id < :before AND (:state = '' OR r.state = :state) AND r.area >= :scope_low AND r.area <
    :scope_end ORDER BY r.id DESC LIMIT :limit
