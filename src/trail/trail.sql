-- name: head (pen int)
SELECT seq, order_id, at_ms, link FROM trail WHERE pen = :pen ORDER BY seq DESC LIMIT 1

-- name: pens ()
-- walks: the first row of each pen ends it
-- One step of the index per pen: a plain DISTINCT would read every link.
WITH RECURSIVE each_pen (pen) AS (
    SELECT (SELECT pen FROM trail ORDER BY pen LIMIT 1)
    UNION ALL
    SELECT (SELECT t.pen FROM trail t WHERE t.pen > each_pen.pen ORDER BY t.pen LIMIT 1)
    FROM each_pen WHERE each_pen.pen IS NOT NULL)
SELECT pen FROM each_pen WHERE pen IS NOT NULL ORDER BY pen

-- name: add_link (pen int, seq int, order_id int, order_type text, at_ms int, account_id int, staff_id int, channel text, host_user text, generation text, order_digest bytes, facts text, other_pens text, row_count int, rows_digest bytes, key_id int, link bytes)
INSERT INTO trail (pen, seq, order_id, order_type, at_ms, account_id, staff_id, channel,
    host_user, generation, order_digest, facts, other_pens, row_count, rows_digest, key_id, link)
VALUES (:pen, :seq, :order_id, :order_type, :at_ms, :account_id, :staff_id, :channel, :host_user,
    :generation, :order_digest, :facts, :other_pens, :row_count, :rows_digest, :key_id, :link)

-- name: add_rows (order_id int, table_name text, part int, column_count int, entries bytes)
INSERT INTO trail_rows (order_id, table_name, part, column_count, entries) VALUES (:order_id,
    :table_name, :part, :column_count, :entries)

-- name: links_after (pen int, seq int, limit int)
SELECT pen, seq, order_id, order_type, at_ms, account_id, staff_id, channel, host_user,
    generation, order_digest, facts, other_pens, row_count, rows_digest, key_id, link
FROM trail WHERE (pen, seq) > (:pen, :seq) ORDER BY pen, seq LIMIT :limit

-- name: link_at (pen int, seq int)
SELECT seq, order_id, at_ms, link FROM trail WHERE pen = :pen AND seq = :seq

-- name: rows_of_order (order_id int)
SELECT table_name, part, column_count,
    entries FROM trail_rows WHERE order_id = :order_id ORDER BY table_name, part

-- name: rows_of_order_in_table (order_id int, table_name text)
SELECT table_name, part, column_count, entries FROM trail_rows
WHERE order_id = :order_id AND table_name = :table_name ORDER BY part

-- name: orders_with_rows (table_name text, after int, limit int)
SELECT DISTINCT order_id FROM trail_rows WHERE table_name = :table_name AND order_id > :after
    ORDER BY order_id LIMIT :limit

-- name: rows_without_link ()
-- walks: verify proves every row
SELECT r.order_id, r.table_name FROM trail_rows r
WHERE NOT EXISTS (SELECT 1 FROM trail t WHERE t.order_id = r.order_id) ORDER BY r.order_id,
    r.table_name LIMIT 1000

-- name: newest_checkpoint ()
-- walks: the last row ends it
SELECT number, at_ms, note FROM trail_checkpoint ORDER BY number DESC LIMIT 1

-- name: add_checkpoint (number int, at_ms int, note text)
INSERT INTO trail_checkpoint (number, at_ms, note) VALUES (:number, :at_ms, :note)

-- name: newest_order ()
-- walks: the last row ends it
SELECT order_id FROM trail ORDER BY order_id DESC LIMIT 1

-- name: older_shapes (table_name text, column_count int)
-- walks: verify asks once a table
-- Orders whose digests were made before a migration added columns.
SELECT DISTINCT order_id,
    column_count FROM trail_rows WHERE table_name = :table_name AND column_count <> :column_count
