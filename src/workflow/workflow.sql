-- Every statement of workflow, but its invariants.

-- name: add_case (id int, kind text, subject_id int, area int, county int, template text, template_version int, state text, step text, version int, opened_ms int, closed_ms int, order_id int)
-- scope: none, because the order that writes it was granted its area, and holds its pen
INSERT INTO work_case (id, kind, subject_id, area, county, template, template_version, state,
    step, version, opened_ms, closed_ms, order_id)
VALUES (:id, :kind, :subject_id, :area, :county, :template, :template_version, :state, :step,
    :version, :opened_ms, :closed_ms, :order_id)

-- name: add_act (id int, case_id int, ordinal int, step text, action text, staff_id int, account_id int, acting_for_staff int, at_ms int, from_state text, to_state text, comment_id int, order_id int)
INSERT INTO case_act (id, case_id, ordinal, step, action, staff_id, account_id, acting_for_staff,
    at_ms, from_state, to_state, comment_id, order_id)
VALUES (:id, :case_id, :ordinal, :step, :action, :staff_id, :account_id, :acting_for_staff,
    :at_ms, :from_state, :to_state, :comment_id, :order_id)

-- name: add_comment (id int, case_id int, body bytes, row_salt bytes, order_id int)
INSERT INTO case_comment (id, case_id, body, row_salt, order_id)
VALUES (:id, :case_id, :body, :row_salt, :order_id)

-- name: add_task (id int, case_id int, step text, role_permission text, area int, county int, holder_staff int, opened_ms int, due_date text, due_rule text, closed_ms int, state text, order_id int)
-- scope: none, because the order that writes it was granted its area, and holds its pen
INSERT INTO task (id, case_id, step, role_permission, area, county, holder_staff, opened_ms,
    due_date, due_rule, closed_ms, state, order_id)
VALUES (:id, :case_id, :step, :role_permission, :area, :county, :holder_staff, :opened_ms,
    :due_date, :due_rule, :closed_ms, :state, :order_id)

-- name: add_pause (id int, case_id int, reason text, from_day text, to_day text, order_id int)
INSERT INTO case_pause (id, case_id, reason, from_day, to_day, order_id)
VALUES (:id, :case_id, :reason, :from_day, :to_day, :order_id)

-- name: add_delegation (id int, area int, from_staff int, to_staff int, from_day text, to_day text, reason text, ended_ms int, order_id int)
-- scope: none, because the order that writes it was granted its area, and holds its pen
INSERT INTO delegation (id, area, from_staff, to_staff, from_day, to_day, reason, ended_ms,
    order_id)
VALUES (:id, :area, :from_staff, :to_staff, :from_day, :to_day, :reason, :ended_ms, :order_id)

-- name: move_case (id int, seen_version int, state text, step text, closed_ms int, order_id int)
-- scope: none, because case_file() has read it in the scope, and the pen is held
UPDATE work_case SET state = :state, step = :step, version = version + 1, closed_ms = :closed_ms,
    order_id = :order_id
WHERE id = :id AND version = :seen_version

-- name: close_task (case_id int, at_ms int, order_id int)
-- scope: none, because case_file() has read its case in the scope, and the pen is held
UPDATE task SET state = 'done', closed_ms = :at_ms, order_id = :order_id
WHERE case_id = :case_id AND state = 'open'

-- name: hold_task (case_id int, holder_staff int, order_id int)
-- scope: none, because case_file() has read its case in the scope, and the pen is held
UPDATE task SET holder_staff = :holder_staff, order_id = :order_id
WHERE case_id = :case_id AND state = 'open'

-- name: move_due (case_id int, due_date text, order_id int)
-- scope: none, because case_file() has read its case in the scope, and the pen is held
UPDATE task SET due_date = :due_date, order_id = :order_id
WHERE case_id = :case_id AND state = 'open'

-- name: end_pause (id int, to_day text, order_id int)
UPDATE case_pause SET to_day = :to_day, order_id = :order_id WHERE id = :id AND to_day = ''

-- name: end_delegation (id int, at_ms int, order_id int)
-- scope: none, because the order was granted the delegation's own area
UPDATE delegation SET ended_ms = :at_ms, order_id = :order_id WHERE id = :id AND ended_ms = 0

-- name: case_row (id int, scope)
SELECT c.id, c.kind, c.subject_id, c.area, c.template, c.template_version, c.state, c.step,
    c.version, COALESCE((SELECT t.holder_staff FROM task t
        WHERE t.case_id = c.id AND t.state = 'open'), 0) AS holder_staff,
    CASE WHEN EXISTS (SELECT 1 FROM case_pause p WHERE p.case_id = c.id AND p.to_day = '')
        THEN 1 ELSE 0 END AS is_paused
FROM work_case c
WHERE c.id = :id AND c.area >= :scope_low AND c.area < :scope_end

-- name: open_task (case_id int)
-- scope: none, because case_file() has read its case in the scope
SELECT id, due_date, due_rule FROM task WHERE case_id = :case_id AND state = 'open'

-- name: open_pause (case_id int)
SELECT id, from_day FROM case_pause WHERE case_id = :case_id AND to_day = ''

-- name: acts_of_case (case_id int)
SELECT ordinal, step, action, staff_id, acting_for_staff, from_state, to_state
FROM case_act WHERE case_id = :case_id ORDER BY ordinal

-- name: act_views (case_id int, scope)
SELECT a.id, a.ordinal, a.step, a.action, a.staff_id, a.acting_for_staff, a.at_ms, a.from_state,
    a.to_state, a.comment_id, m.body
FROM case_act a JOIN work_case c ON c.id = a.case_id
    LEFT JOIN case_comment m ON m.id = a.comment_id
WHERE a.case_id = :case_id AND c.area >= :scope_low AND c.area < :scope_end
ORDER BY a.ordinal

-- name: case_of_subject (kind text, subject_id int, scope)
SELECT COALESCE(MAX(id), 0) FROM work_case
WHERE kind = :kind AND subject_id = :subject_id AND area >= :scope_low AND area < :scope_end

-- name: inbox (p1 text, p2 text, p3 text, p4 text, p5 text, p6 text, p7 text, p8 text, p9 text, p10 text, p11 text, p12 text, p13 text, p14 text, p15 text, p16 text, staff int, today text, after_due text, after_id int, limit int, scope)
-- Due days come first and those without one last.
SELECT t.id, t.case_id, c.kind, c.subject_id, t.step, c.state, t.area, t.holder_staff, t.opened_ms,
    t.due_date, t.due_rule,
    CASE WHEN EXISTS (SELECT 1 FROM case_pause p WHERE p.case_id = c.id AND p.to_day = '')
        THEN 1 ELSE 0 END AS is_paused
FROM task t JOIN work_case c ON c.id = t.case_id
WHERE t.state = 'open' AND t.area >= :scope_low AND t.area < :scope_end
    AND t.role_permission IN (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8,
        :p9, :p10, :p11, :p12, :p13, :p14, :p15, :p16)
    AND (t.holder_staff = 0 OR t.holder_staff = :staff OR EXISTS (SELECT 1 FROM delegation d
        WHERE d.to_staff = :staff AND d.from_staff = t.holder_staff AND d.ended_ms = 0
            AND d.from_day <= :today AND d.to_day >= :today))
    AND (CASE WHEN t.due_date = '' THEN '9999-12-31' ELSE t.due_date END, t.id)
        > (:after_due, :after_id)
ORDER BY CASE WHEN t.due_date = '' THEN '9999-12-31' ELSE t.due_date END, t.id
LIMIT :limit

-- name: stands_in (to_staff int, from_staff int, today text)
-- scope: none, because a person's own delegations count wherever he works
SELECT COUNT(*) FROM delegation
WHERE to_staff = :to_staff AND from_staff = :from_staff AND ended_ms = 0
    AND from_day <= :today AND to_day >= :today

-- name: overlapping (from_staff int, from_day text, to_day text)
-- scope: none, because one who is away is away everywhere
SELECT COUNT(*) FROM delegation
WHERE from_staff = :from_staff AND ended_ms = 0 AND from_day <= :to_day AND to_day >= :from_day

-- name: delegation_place (id int)
-- scope: none, because the road asks where an order acts before it can grant a scope
SELECT area, ended_ms FROM delegation WHERE id = :id

-- name: delegations (today text, after int, limit int, scope)
SELECT id, area, from_staff, to_staff, from_day, to_day, reason, ended_ms FROM delegation
WHERE to_day >= :today AND id > :after AND area >= :scope_low AND area < :scope_end
ORDER BY id LIMIT :limit
