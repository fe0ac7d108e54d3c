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

-- name: probe_statuses (probe int, first_day text, last_day text, as_known int)
-- scope: none, because a payment may go to a person of another county (E1); only facts come back
SELECT s.id, s.person_id, s.kind, s.source, s.valid_from, s.valid_to, s.known_from
FROM registry_probe q JOIN person_status s ON s.person_id = q.key_int
WHERE q.probe_id = :probe AND s.valid_from <= :last_day
  AND (s.valid_to = '' OR s.valid_to > :first_day)
  AND s.known_from <= :as_known AND (s.known_to = 0 OR s.known_to > :as_known)
ORDER BY q.ordinal, s.id

-- name: probe_accounts (probe int, day text, as_known int)
-- scope: none, because a payment may go to a person of another county (E1); only ids come back
SELECT a.person_id, a.id,
       CASE WHEN a.holder_index = p.name_index THEN 1 ELSE 0 END AS holder_is_person,
       a.custody, a.bank_code, a.kind, a.checked_result, a.checked_on, a.valid_from,
       a.changed_by_staff, a.confirmed_by_staff
FROM registry_probe q JOIN payee_account a ON a.person_id = q.key_int
JOIN person p ON p.id = a.person_id
WHERE q.probe_id = :probe AND a.state IN ('active', 'closed')
  AND a.valid_from <> '' AND a.valid_from <= :day AND (a.valid_to = '' OR a.valid_to > :day)
  AND a.known_from <= :as_known AND (a.known_to = 0 OR a.known_to > :as_known)
ORDER BY q.ordinal, a.id

-- name: probe_shared_accounts (probe int)
-- scope: none, because an account may be shared across counties, which is what is looked for
SELECT a.person_id, a.id, COUNT(DISTINCT b.person_id) AS persons
FROM registry_probe q JOIN payee_account a ON a.person_id = q.key_int
JOIN payee_account b ON b.account_index = a.account_index
WHERE q.probe_id = :probe AND a.state = 'active' AND a.custody = 0
  AND b.state = 'active' AND b.person_id <> 0
GROUP BY a.person_id, a.id HAVING COUNT(DISTINCT b.person_id) > 1
ORDER BY a.person_id, a.id
