-- name: person_area (person int)
-- scope: none, because the road asks where an object lies before it can authorise
SELECT area FROM person WHERE id = :person

-- name: person_brief (person int, scope)
SELECT id, area, birth_date, label FROM person
WHERE id = :person AND area >= :scope_low AND area < :scope_end

-- name: briefs_of_probe (probe int, scope)
SELECT p.id, p.area, p.birth_date, p.label
FROM registry_probe q JOIN person p ON p.id = q.key_int
WHERE q.probe_id = :probe AND p.area >= :scope_low AND p.area < :scope_end ORDER BY q.ordinal

-- name: statuses_of_probe (probe int, scope)
-- The keys' rows first, then the conditions: see probe.sql.
WITH own AS MATERIALIZED (
    SELECT s.id, s.person_id, s.kind, s.source, s.valid_from, s.valid_to, s.known_from, s.known_to,
           s.area
    FROM registry_probe q JOIN person_status s ON s.person_id = q.key_int
    WHERE q.probe_id = :probe)
SELECT id, person_id, kind, source, valid_from, valid_to, known_from FROM own
WHERE known_to = 0 AND area >= :scope_low AND area < :scope_end
ORDER BY person_id, id

-- name: statuses_of (person int, scope)
SELECT id, person_id, kind, source, valid_from, valid_to, known_from FROM person_status
WHERE person_id = :person AND known_to = 0 AND area >= :scope_low AND area < :scope_end
ORDER BY id DESC

-- name: add_status (id int, person_id int, area int, county int, kind text, source text, valid_from text, valid_to text, known_from int, known_to int, row_salt bytes, order_id int)
-- scope: none, because load found the persons in the scope
INSERT INTO person_status (id, person_id, area, county, kind, source, valid_from, valid_to,
    known_from, known_to, row_salt, order_id)
VALUES (:id, :person_id, :area, :county, :kind, :source, :valid_from, :valid_to, :known_from,
    :known_to, :row_salt, :order_id)

-- name: status_area (status int)
-- scope: none, because the road asks where an object lies before it can authorise
SELECT area FROM person_status WHERE id = :status

-- name: status_held (status int, scope)
SELECT id, person_id, kind, source, valid_from, valid_to, known_from FROM person_status
WHERE id = :status AND known_to = 0 AND area >= :scope_low AND area < :scope_end

-- name: close_status (status int, order_id int, scope)
UPDATE person_status SET known_to = :order_id, order_id = :order_id
WHERE id = :status AND known_to = 0 AND area >= :scope_low AND area < :scope_end

-- name: residences_of (person int)
-- scope: none, because the person was found in the scope; earlier places may lie outside it
SELECT id, area, valid_from, valid_to FROM person_residence
WHERE person_id = :person AND known_to = 0 ORDER BY valid_from

-- name: add_residence (id int, person_id int, area int, county int, valid_from text, valid_to text, known_from int, order_id int)
-- scope: none, because the person was found in the scope and moves out of it
INSERT INTO person_residence (id, person_id, area, county, valid_from, valid_to, known_from,
    known_to, order_id)
VALUES (:id, :person_id, :area, :county, :valid_from, :valid_to, :known_from, 0, :order_id)

-- name: close_residence (residence int, order_id int)
-- scope: none, because the person was found in the scope; the earlier place may lie outside it
UPDATE person_residence SET known_to = :order_id, order_id = :order_id
WHERE id = :residence AND known_to = 0

-- name: residence_on (person int, day text, as_known int)
-- scope: none, because it is asked for a person the caller already holds
SELECT area FROM person_residence
WHERE person_id = :person AND valid_from <= :day AND (valid_to = '' OR valid_to > :day)
  AND known_from <= :as_known AND (known_to = 0 OR known_to > :as_known)

-- name: first_area (person int)
-- scope: none, because it is asked for a person the caller already holds
SELECT first_area FROM person WHERE id = :person

-- name: move_person (person int, area int, county int)
-- scope: none, because the person was found in the scope and moves out of it
UPDATE person SET area = :area, county = :county WHERE id = :person

-- name: move_accounts (person int, area int, county int)
-- scope: none, because the person was found in the scope and moves out of it
UPDATE payee_account SET area = :area, county = :county WHERE person_id = :person

-- name: move_statuses (person int, area int, county int)
-- scope: none, because the person was found in the scope and moves out of it
UPDATE person_status SET area = :area, county = :county WHERE person_id = :person
