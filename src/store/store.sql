-- name: applied_migrations ()
-- walks: it is a short list
SELECT number, name, checksum FROM schema_migration ORDER BY number

-- name: add_migration (number int, name text, checksum text, at_ms int)
INSERT INTO schema_migration (number, name, checksum, at_ms) VALUES (:number, :name, :checksum,
    :at_ms)

-- name: count_own_tables ()
-- sqlite:
SELECT count(*) FROM sqlite_master WHERE type = 'table'
-- postgres:
SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema()

-- name: has_migration_table ()
-- sqlite:
SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'
-- postgres:
SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename =
    'schema_migration'

-- name: meta (key text)
SELECT value FROM meta WHERE key = :key

-- name: add_meta (key text, value text)
INSERT INTO meta (key, value) VALUES (:key, :value)

-- name: change_meta (key text, value text)
INSERT INTO meta (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value

-- name: take_lease (name text, holder text, now_ms int, until_ms int)
-- A lease that lapsed, or is ours, is taken; the fence grows so that a paused holder is refused.
INSERT INTO lease (name, holder, fence, until_ms) VALUES (:name, :holder, 1, :until_ms)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_ms = excluded.until_ms,
    fence = lease.fence + CASE WHEN lease.holder = excluded.holder THEN 0 ELSE 1 END
WHERE lease.holder = excluded.holder OR lease.until_ms <= :now_ms

-- name: lease_of (name text)
SELECT holder, fence, until_ms FROM lease WHERE name = :name

-- name: drop_lease (name text, holder text)
DELETE FROM lease WHERE name = :name AND holder = :holder

-- name: add_file (id int, public_id text, keyed_digest bytes, size int, media_type text, purpose text, at_ms int, order_id int)
INSERT INTO file (id, public_id, keyed_digest, size, media_type, purpose, at_ms, order_id)
VALUES (:id, :public_id, :keyed_digest, :size, :media_type, :purpose, :at_ms, :order_id)

-- name: file_public_id (id int)
SELECT public_id FROM file WHERE id = :id
