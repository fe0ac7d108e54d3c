-- What `verify` and the road ask of this folder's rows. All of it is whole by its nature.

-- name: roles_that_exclude (order_id int)
-- scope: none, because an invariant looks at the whole
-- One person, any account: an administrator's role beside any other role (R8.04).
SELECT 'role_grant' AS table_name, CAST(g.id AS TEXT) AS row_key,
    'access.why.roles_exclude role=access.role.' || REPLACE(g.role, '-', '_')
        || ' other_role=access.role.' || REPLACE(o.role, '-', '_') AS detail
FROM role_grant g JOIN account a ON a.id = g.account_id JOIN account b ON b.staff_id = a.staff_id
JOIN role_grant o ON o.account_id = b.id
WHERE g.order_id >= :order_id
    AND g.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND g.state = 'confirmed' AND o.state = 'confirmed'
    AND g.role <> o.role
AND (g.role IN ('admin-account', 'admin-permission', 'admin-log') OR o.role IN ('admin-account',
    'admin-permission', 'admin-log'))
ORDER BY g.order_id, g.id

-- name: count_grants ()
-- walks: it counts all
-- scope: none, because an invariant looks at the whole
SELECT COUNT(*) FROM role_grant

-- name: grants_without_two_persons (order_id int)
-- walks: for the two founding grants only
-- scope: none, because an invariant looks at the whole
-- Proposed by one, confirmed by another, neither of them the one who got it; but for the two
-- founding ones.
SELECT 'role_grant' AS table_name, CAST(g.id AS TEXT) AS row_key,
    'access.why.one_person role=access.role.' || REPLACE(g.role, '-', '_') AS detail
FROM role_grant g JOIN account a ON a.id = g.account_id
WHERE g.order_id >= :order_id
    AND g.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND g.state = 'confirmed'
AND CASE WHEN g.founding = 1
    THEN CASE WHEN g.role IN ('admin-account', 'admin-permission') AND NOT EXISTS (SELECT 1 FROM
        role_grant f
        WHERE f.founding = 1 AND f.role = g.role AND f.id <> g.id) THEN 0 ELSE 1 END
    ELSE CASE WHEN g.proposed_by_staff = 0 OR g.confirmed_by_staff = 0 OR g.proposed_by_staff =
        g.confirmed_by_staff
        OR g.proposed_by_staff = a.staff_id OR g.confirmed_by_staff = a.staff_id THEN 1 ELSE 0 END
    END = 1
ORDER BY g.order_id, g.id

-- name: every_account ()
-- walks: verify proves every row
-- scope: none, because verify looks at the whole
SELECT id, staff_id, login, area, state, must_change, fresh_ms, password_ms, password, row_salt,
    order_id, mac
FROM account ORDER BY id

-- name: every_authenticator ()
-- walks: verify proves every row
SELECT id, account_id, kind, secret, state, row_salt, order_id, mac FROM authenticator ORDER BY id

-- name: every_grant ()
-- walks: verify proves every row
-- scope: none, because verify looks at the whole
SELECT id, account_id, role, area, county, valid_from, valid_to, state, proposed_by_staff,
    confirmed_by_staff, founding, decided_ms, order_id, mac
FROM role_grant ORDER BY id

-- name: every_request ()
-- walks: verify proves every row
-- scope: none, because verify looks at the whole
SELECT id, kind, account_id, area, state, ends_factors, proposed_by_staff, decided_by_staff,
    proposed_ms, decided_ms, password, row_salt, order_id, mac
FROM account_request ORDER BY id

-- name: every_session ()
-- walks: verify proves every row
SELECT token_mac, account_id, channel, created_ms, last_seen_ms, expires_ms, stepped_up_ms,
    stepped_for, mac
FROM session ORDER BY token_mac
