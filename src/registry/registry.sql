-- name: person_place_broken (order_id int)
-- walks: for order 0, which is everything
-- scope: none, because an invariant holds everywhere
-- The first branch is all persons, and runs only for verify (0).
SELECT 'person', CAST(p.id AS TEXT),
    'registry.why.person_place area=' || CAST(p.area AS TEXT)
FROM (SELECT id FROM person WHERE CAST(:order_id AS BIGINT) = 0
      UNION SELECT person_id FROM person_residence WHERE order_id = :order_id) c
JOIN person p ON p.id = c.id
WHERE p.area <> COALESCE((SELECT r.area FROM person_residence r
    WHERE r.person_id = p.id AND r.known_to = 0 AND r.valid_to = ''), p.first_area)

-- name: person_place_count ()
-- walks: it counts all
-- scope: none, because an invariant holds everywhere
SELECT COUNT(*) FROM person

-- name: account_place_broken (order_id int)
-- walks: for order 0, which is everything
-- scope: none, because an invariant holds everywhere
-- Of persons that moved, accounts that were written, or all for verify (0).
SELECT 'payee_account', CAST(a.id AS TEXT),
    'registry.why.account_place area=' || CAST(a.area AS TEXT)
FROM (SELECT id FROM payee_account WHERE CAST(:order_id AS BIGINT) = 0
      UNION SELECT id FROM payee_account WHERE order_id = :order_id
      UNION SELECT b.id FROM person_residence r JOIN payee_account b ON b.person_id = r.person_id
            WHERE r.order_id = :order_id) c
JOIN payee_account a ON a.id = c.id
LEFT JOIN person p ON p.id = a.person_id
LEFT JOIN unit u ON u.id = a.unit_id
WHERE a.area <> COALESCE(p.area, u.area, -1)

-- name: account_place_count ()
-- walks: it counts all
-- scope: none, because an invariant holds everywhere
SELECT COUNT(*) FROM payee_account

-- name: account_staff_broken (order_id int)
-- walks: for order 0, which is everything
-- scope: none, because an invariant holds everywhere
-- An active account that a second person confirmed was confirmed by another person (S6).
SELECT 'payee_account', CAST(a.id AS TEXT),
    'registry.why.account_staff staff=' || CAST(a.changed_by_staff AS TEXT)
FROM (SELECT id FROM payee_account WHERE CAST(:order_id AS BIGINT) = 0
      UNION SELECT id FROM payee_account WHERE order_id = :order_id) c
JOIN payee_account a ON a.id = c.id
WHERE a.state IN ('active', 'closed') AND a.confirmed_by_staff = a.changed_by_staff

-- name: account_staff_count ()
-- walks: it counts all
-- scope: none, because an invariant holds everywhere
SELECT COUNT(*) FROM payee_account
