-- name: add_probe (probe_id int, ordinal int, key_bytes bytes, key_int int)
INSERT INTO registry_probe (probe_id, ordinal, key_bytes, key_int)
VALUES (:probe_id, :ordinal, :key_bytes, :key_int)

-- name: clear_probe (probe int)
DELETE FROM registry_probe WHERE probe_id = :probe

-- name: probe_persons (probe int)
-- scope: none, because a payment may go to a person of another county (E1); only ids come back
SELECT q.ordinal, p.id, p.area, p.county, p.label, p.birth_date
FROM registry_probe q JOIN person p ON p.id_index = q.key_bytes
WHERE q.probe_id = :probe ORDER BY q.ordinal

-- The joins below take the keys' rows first and judge them afterwards: on fresh tables, before any
-- statistics, PostgreSQL believes the conditions to leave a row or two, and would go through all
-- keys for each row that passes.

-- name: probe_statuses (probe int, first_day text, last_day text, as_known int)
-- scope: none, because a payment may go to a person of another county (E1); only facts come back
WITH own AS MATERIALIZED (
    SELECT q.ordinal, s.id, s.person_id, s.kind, s.source, s.valid_from, s.valid_to, s.known_from,
           s.known_to
    FROM registry_probe q JOIN person_status s ON s.person_id = q.key_int
    WHERE q.probe_id = :probe)
SELECT id, person_id, kind, source, valid_from, valid_to, known_from FROM own
WHERE valid_from <= :last_day AND (valid_to = '' OR valid_to > :first_day)
  AND known_from <= :as_known AND (known_to = 0 OR known_to > :as_known)
ORDER BY ordinal, id

-- name: probe_accounts (probe int, day text, as_known int)
-- scope: none, because a payment may go to a person of another county (E1); only ids come back
WITH own AS MATERIALIZED (
    SELECT q.ordinal, a.person_id, a.id,
           CASE WHEN a.holder_index = p.name_index THEN 1 ELSE 0 END AS holder_is_person,
           a.custody, a.bank_code, a.kind, a.checked_result, a.checked_on, a.valid_from,
           a.valid_to, a.changed_by_staff, a.confirmed_by_staff, a.state, a.known_from, a.known_to
    FROM registry_probe q JOIN payee_account a ON a.person_id = q.key_int
    JOIN person p ON p.id = a.person_id
    WHERE q.probe_id = :probe)
SELECT person_id, id, holder_is_person, custody, bank_code, kind, checked_result, checked_on,
       valid_from, changed_by_staff, confirmed_by_staff
FROM own
WHERE state IN ('active', 'closed')
  AND valid_from <> '' AND valid_from <= :day AND (valid_to = '' OR valid_to > :day)
  AND known_from <= :as_known AND (known_to = 0 OR known_to > :as_known)
ORDER BY ordinal, id

-- name: probe_shared_accounts (probe int)
-- scope: none, because an account may be shared across counties, which is what is looked for
WITH own AS MATERIALIZED (
    SELECT a.person_id, a.id, a.account_index, a.state, a.custody
    FROM registry_probe q JOIN payee_account a ON a.person_id = q.key_int
    WHERE q.probe_id = :probe),
users AS MATERIALIZED (
    SELECT o.person_id, o.id, o.state, o.custody, b.person_id AS user_id, b.state AS user_state
    FROM own o JOIN payee_account b ON b.account_index = o.account_index)
SELECT person_id, id, COUNT(DISTINCT user_id) AS persons FROM users
WHERE state = 'active' AND custody = 0 AND user_state = 'active' AND user_id <> 0
GROUP BY person_id, id HAVING COUNT(DISTINCT user_id) > 1
ORDER BY person_id, id
