-- Roles of accounts.

-- name: put_grant (id int, account_id int, role text, area int, county int, valid_from text, valid_to text, state text, proposed_by_staff int, confirmed_by_staff int, founding int, decided_ms int, order_id int, mac bytes)
-- scope: none, because the order was authorised for the area it writes in
INSERT INTO role_grant (id, account_id, role, area, county, valid_from, valid_to, state,
    proposed_by_staff, confirmed_by_staff, founding, decided_ms, order_id, mac)
VALUES (:id, :account_id, :role, :area, :county, :valid_from, :valid_to, :state, :proposed_by_staff,
    :confirmed_by_staff, :founding, :decided_ms, :order_id, :mac)
ON CONFLICT (id) DO UPDATE SET valid_to = excluded.valid_to, state = excluded.state,
    confirmed_by_staff = excluded.confirmed_by_staff,
decided_ms = excluded.decided_ms, order_id = excluded.order_id, mac = excluded.mac

-- name: grant_area (id int)
-- scope: none, because the road asks where the order acts before it asks whether it may
SELECT area FROM role_grant WHERE id = :id

-- name: grant (id int, scope)
SELECT id, account_id, role, area, county, valid_from, valid_to, state, proposed_by_staff,
    confirmed_by_staff, founding, decided_ms, order_id, mac
FROM role_grant WHERE id = :id AND area >= :scope_low AND area < :scope_end

-- name: live_grants_of_person (staff_id int)
-- scope: none, because roles exclude one another in a person, wherever they are held (S7)
SELECT g.id, g.account_id, g.role, g.area, g.county, g.valid_from, g.valid_to, g.state,
    g.proposed_by_staff, g.confirmed_by_staff, g.founding, g.decided_ms, g.order_id, g.mac
FROM account a JOIN role_grant g ON g.account_id = a.id AND g.state IN ('proposed', 'confirmed')
WHERE a.staff_id = :staff_id ORDER BY g.id

-- name: live_grants_of_account (account_id int)
-- scope: none, because whoever stops an account ends all its roles
SELECT id, account_id, role, area, county, valid_from, valid_to, state, proposed_by_staff,
    confirmed_by_staff, founding, decided_ms, order_id, mac
FROM role_grant WHERE account_id = :account_id AND state IN ('proposed', 'confirmed') ORDER BY id

-- name: grants (state text, account_id int, before int, limit int, scope)
SELECT g.id, g.account_id, a.login, s.name, g.role, g.area, g.valid_from, g.valid_to, g.state,
    g.proposed_by_staff, g.confirmed_by_staff, g.decided_ms
FROM role_grant g JOIN account a ON a.id = g.account_id JOIN staff s ON s.id = a.staff_id
WHERE g.id < :before AND (:state = '' OR g.state = :state) AND (:account_id = 0 OR g.account_id =
    :account_id)
AND g.area >= :scope_low AND g.area < :scope_end ORDER BY g.id DESC LIMIT :limit
