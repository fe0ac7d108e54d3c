-- What holds of cases after every order; see ledger/invariants.sql for the shape.

-- name: cases_without_acts (order_id int)
-- A case stands where its newest moving act left it, and its version counts those acts.
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'work_case' AS table_name, CAST(c.id AS TEXT) AS row_key,
    'workflow.why.state_without_act state=workflow.state.' || c.state AS detail
FROM work_case c
WHERE c.order_id >= :order_id
    AND c.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND (c.version <> 1 + (SELECT COUNT(*) FROM case_act a
            WHERE a.case_id = c.id AND a.action <> 'comment')
        OR (c.version > 1 AND c.state <> COALESCE((SELECT a.to_state FROM case_act a
            WHERE a.case_id = c.id AND a.action <> 'comment'
            ORDER BY a.ordinal DESC LIMIT 1), '')))
ORDER BY c.id

-- name: shared_duties (order_id int)
-- No person, nor anybody's deputy for him, acts at two steps of one case (S7).
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'case_act' AS table_name, CAST(a.id AS TEXT) AS row_key,
    'workflow.why.duties_shared' AS detail
FROM case_act a
WHERE a.order_id >= :order_id
    AND a.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND a.action <> 'comment'
    AND EXISTS (SELECT 1 FROM case_act o WHERE o.case_id = a.case_id AND o.step <> a.step
        AND o.action <> 'comment'
        AND (o.staff_id = a.staff_id OR o.staff_id = a.acting_for_staff
            OR (o.acting_for_staff <> 0 AND (o.acting_for_staff = a.staff_id
                OR o.acting_for_staff = a.acting_for_staff))))
ORDER BY a.id

-- name: misplaced_tasks (order_id int)
-- An open case waits at exactly one task, of its own step; a case that has ended at none.
-- scope: none, because an invariant holds for all, whoever looks
SELECT 'work_case' AS table_name, CAST(c.id AS TEXT) AS row_key,
    CASE WHEN c.step = '' THEN 'workflow.why.task_of_ended'
        ELSE 'workflow.why.tasks_misplaced step=workflow.step.' || c.step END AS detail
FROM work_case c
WHERE c.order_id >= :order_id
    AND c.order_id <= CASE WHEN :order_id = 0 THEN 9223372036854775807 ELSE :order_id END
    AND ((SELECT COUNT(*) FROM task t WHERE t.case_id = c.id AND t.state = 'open')
            <> CASE WHEN c.step = '' THEN 0 ELSE 1 END
        OR EXISTS (SELECT 1 FROM task t
            WHERE t.case_id = c.id AND t.state = 'open' AND t.step <> c.step))
ORDER BY c.id

-- name: count_cases ()
-- walks: it counts all
-- scope: none, because an invariant holds for all, whoever looks
SELECT count(*) FROM work_case

-- name: count_acts ()
-- walks: it counts all
SELECT count(*) FROM case_act
