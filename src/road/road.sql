-- name: take_key (account_id int, order_type text, key text, order_digest bytes, order_id int, at_ms int)
INSERT INTO order_key (account_id, order_type, key, order_digest, order_id, receipt, at_ms)
VALUES (:account_id, :order_type, :key, :order_digest, :order_id, '', :at_ms)
ON CONFLICT (account_id, order_type, key) DO NOTHING

-- name: used_key (account_id int, order_type text, key text)
SELECT order_digest,
    receipt FROM order_key WHERE account_id = :account_id AND order_type = :order_type AND key =
    :key

-- name: keep_receipt (account_id int, order_type text, key text, receipt text)
UPDATE order_key SET receipt = :receipt WHERE account_id = :account_id AND order_type =
    :order_type AND key = :key

-- name: add_refused (id int, at_ms int, order_type text, code text, account_id int, staff_id int, channel text)
INSERT INTO refused_order (id, at_ms, order_type, code, account_id, staff_id, channel)
VALUES (:id, :at_ms, :order_type, :code, :account_id, :staff_id, :channel)

-- name: add_event (pen int, seq int, ordinal int, kind text, subject int, area int, at_ms int)
-- scope: none, because the road writes what the order, already authorised, announced
INSERT INTO outbox (pen, seq, ordinal, kind, subject, area, at_ms)
VALUES (:pen, :seq, :ordinal, :kind, :subject, :area, :at_ms)

-- name: events_after (pen int, seq int, limit int, scope)
SELECT pen, seq, ordinal, kind, subject, area, at_ms FROM outbox
WHERE pen = :pen AND seq > :seq AND area >= :scope_low AND area < :scope_end
ORDER BY seq, ordinal LIMIT :limit

-- name: cursor_of (reader text, pen int)
SELECT seq FROM outbox_cursor WHERE reader = :reader AND pen = :pen

-- name: move_cursor (reader text, pen int, seq int)
INSERT INTO outbox_cursor (reader, pen, seq) VALUES (:reader, :pen, :seq)
ON CONFLICT (reader, pen) DO UPDATE SET seq = excluded.seq

-- name: newest_refused ()
-- walks: the last row ends it
-- scope: none, because it is a number of nobody
SELECT id FROM refused_order ORDER BY id DESC LIMIT 1

-- name: newest_job ()
-- walks: the last row ends it
-- scope: none, because it is a number of nobody
SELECT id FROM job ORDER BY id DESC LIMIT 1

-- name: add_job (id int, kind text, area int, input text, account_id int, staff_id int, channel text, created_ms int)
-- scope: none, because the permission to start this kind of job was asked for the area before
INSERT INTO job (id, kind, area, state, done, total, input, output, account_id, staff_id,
    channel, holder, holder_until_ms, created_ms, ended_ms)
VALUES (:id, :kind, :area, 'waiting', 0, 0, :input, '', :account_id, :staff_id, :channel, '', 0,
    :created_ms, 0)

-- name: take_job (holder text, now_ms int, until_ms int)
-- scope: none, because a worker works for everybody; the job keeps its starter's rights
-- A job whose worker died (its hold lapsed) is taken again from its beginning.
UPDATE job SET state = 'running', holder = :holder, holder_until_ms = :until_ms, done = 0
WHERE id = (SELECT id FROM job WHERE state = 'waiting' OR (state = 'running' AND holder_until_ms
    < :now_ms)
            ORDER BY id LIMIT 1)

-- name: held_job (holder text)
-- scope: none, because a worker reads the job it took
SELECT id, kind, area, input, account_id, staff_id,
    channel FROM job WHERE state = 'running' AND holder = :holder ORDER BY id DESC LIMIT 1

-- name: take_this_job (id int, holder text, until_ms int)
-- scope: none, because the command line works the job it just added
UPDATE job SET state = 'running', holder = :holder,
    holder_until_ms = :until_ms WHERE id = :id AND state = 'waiting'

-- name: progress (id int, holder text, done int, total int, until_ms int)
-- scope: none, because a worker reports on the job it holds
UPDATE job SET done = :done, total = :total, holder_until_ms = :until_ms
WHERE id = :id AND holder = :holder AND state = 'running'

-- name: end_job (id int, holder text, state text, output text, ended_ms int)
-- scope: none, because a worker ends the job it holds
UPDATE job SET state = :state, output = :output, ended_ms = :ended_ms
WHERE id = :id AND holder = :holder AND state IN ('running', 'cancelling')

-- name: keyed_job (account_id int, order_type text, key text)
-- scope: none, because the key is the starter's own
SELECT k.order_digest, j.id, j.state FROM order_key k JOIN job j ON j.id = k.order_id
WHERE k.account_id = :account_id AND k.order_type = :order_type AND k.key = :key

-- name: pass_key_on (order_digest bytes, order_id int, at_ms int, account_id int, order_type text, key text)
UPDATE order_key SET order_digest = :order_digest, order_id = :order_id, at_ms = :at_ms
WHERE account_id = :account_id AND order_type = :order_type AND key = :key

-- name: cancel_job (now_ms int, id int, scope)
UPDATE job SET ended_ms = CASE WHEN state = 'waiting' THEN :now_ms ELSE 0 END,
    state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE 'cancelling' END
WHERE id = :id AND state IN ('waiting', 'running') AND area >= :scope_low AND area < :scope_end

-- name: cancel_own_job (now_ms int, id int, account_id int)
-- scope: none, because everybody may stop what he started himself
UPDATE job SET ended_ms = CASE WHEN state = 'waiting' THEN :now_ms ELSE 0 END,
    state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE 'cancelling' END
WHERE id = :id AND state IN ('waiting', 'running') AND account_id = :account_id

-- name: job (id int, scope)
SELECT id, kind, area, state, done, total, output, account_id, created_ms, ended_ms
FROM job WHERE id = :id AND area >= :scope_low AND area < :scope_end

-- name: own_job (id int, account_id int)
-- scope: none, because everybody may see what he started himself
SELECT id, kind, area, state, done, total, output, account_id, created_ms, ended_ms
FROM job WHERE id = :id AND account_id = :account_id

-- name: jobs (before int, limit int, account_id int, scope)
SELECT id, kind, area, state, done, total, output, account_id, created_ms, ended_ms
FROM job WHERE id < :before AND (account_id = :account_id
    OR (area >= :scope_low AND area < :scope_end)) ORDER BY id DESC LIMIT :limit

-- name: own_jobs (before int, limit int, account_id int)
-- scope: none, because everybody may see what he started himself
SELECT id, kind, area, state, done, total, output, account_id, created_ms, ended_ms
FROM job WHERE id < :before AND account_id = :account_id ORDER BY id DESC LIMIT :limit

-- name: newest_checkpoint_at ()
-- walks: the last row ends it
SELECT at_ms FROM trail_checkpoint ORDER BY number DESC LIMIT 1
