-- Cases: what passes from hand to hand, who acted, what waits for whom, and who stands in for whom.

-- One thing on its way through the steps of a template. version counts the acts that moved it.
-- owner: workflow
-- area: area
-- trail: rows
CREATE TABLE work_case (
    id BIGINT NOT NULL, -- open
    kind TEXT NOT NULL, -- open
    subject_id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    template TEXT NOT NULL, -- open
    template_version BIGINT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    step TEXT NOT NULL, -- open
    version BIGINT NOT NULL, -- open
    opened_ms BIGINT NOT NULL, -- open
    closed_ms BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX work_case_by_order ON work_case (order_id);
CREATE INDEX work_case_of_subject ON work_case (kind, subject_id);

-- Who did what at which step. acting_for_staff: whose deputy he was, 0 for nobody's.
-- owner: workflow
-- area: none, because an act is reached through its case
-- trail: rows, inserted once
-- append-only
CREATE TABLE case_act (
    id BIGINT NOT NULL, -- open
    case_id BIGINT NOT NULL, -- open
    ordinal BIGINT NOT NULL, -- open
    step TEXT NOT NULL, -- open
    action TEXT NOT NULL, -- open
    staff_id BIGINT NOT NULL, -- open
    account_id BIGINT NOT NULL, -- open
    acting_for_staff BIGINT NOT NULL, -- open
    at_ms BIGINT NOT NULL, -- open
    from_state TEXT NOT NULL, -- open
    to_state TEXT NOT NULL, -- open
    comment_id BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX case_act_by_case ON case_act (case_id, ordinal);
CREATE INDEX case_act_by_order ON case_act (order_id);

-- What was said with an act. Free text names people, so cell and salt can be erased (S3).
-- owner: workflow
-- area: none, because a comment is reached through its case
-- trail: rows
CREATE TABLE case_comment (
    id BIGINT NOT NULL, -- open
    case_id BIGINT NOT NULL, -- open
    body BYTEA NOT NULL, -- sensitive
    row_salt BYTEA NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX case_comment_by_order ON case_comment (order_id);
CREATE INDEX case_comment_by_case ON case_comment (case_id, id);

-- What waits. holder_staff 0: whoever has the permission there. due_date '': no limit, or the
-- holidays that decide it are not announced yet; due_rule says the limit, e.g. 5w or 20c.
-- owner: workflow
-- area: area
-- trail: rows
CREATE TABLE task (
    id BIGINT NOT NULL, -- open
    case_id BIGINT NOT NULL, -- open
    step TEXT NOT NULL, -- open
    role_permission TEXT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    county BIGINT NOT NULL, -- open
    holder_staff BIGINT NOT NULL, -- open
    opened_ms BIGINT NOT NULL, -- open
    due_date TEXT NOT NULL, -- open
    due_rule TEXT NOT NULL, -- open
    closed_ms BIGINT NOT NULL, -- open
    state TEXT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX task_by_order ON task (order_id);
CREATE INDEX task_by_case ON task (case_id, id);
CREATE INDEX task_waiting ON task (area, due_date, id) WHERE state = 'open';

-- A clock that stands (补正, 公示, 异议): to_day '' while it does.
-- owner: workflow
-- area: none, because a pause is reached through its case
-- trail: rows
CREATE TABLE case_pause (
    id BIGINT NOT NULL, -- open
    case_id BIGINT NOT NULL, -- open
    reason TEXT NOT NULL, -- open
    from_day TEXT NOT NULL, -- open
    to_day TEXT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX case_pause_by_order ON case_pause (order_id);
CREATE INDEX case_pause_by_case ON case_pause (case_id, id);

-- A/B 角 (P13): to_staff stands in for from_staff on these days. The reason is a word of a list, so
-- that nobody writes another's illness into a table that is never erased.
-- owner: workflow
-- area: area
-- trail: rows
CREATE TABLE delegation (
    id BIGINT NOT NULL, -- open
    area BIGINT NOT NULL, -- open
    from_staff BIGINT NOT NULL, -- open
    to_staff BIGINT NOT NULL, -- open
    from_day TEXT NOT NULL, -- open
    to_day TEXT NOT NULL, -- open
    reason TEXT NOT NULL, -- open
    ended_ms BIGINT NOT NULL, -- open
    order_id BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX delegation_by_order ON delegation (order_id);
CREATE INDEX delegation_by_deputy ON delegation (to_staff, from_staff);
CREATE INDEX delegation_by_absent ON delegation (from_staff, to_day);
