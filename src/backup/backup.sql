-- Reading for a backup what its head says.

-- name: newest_checkpoint ()
-- walks: the last row ends it
SELECT number, at_ms FROM trail_checkpoint ORDER BY number DESC LIMIT 1
