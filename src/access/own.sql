-- Second factors, sessions, tries.

-- name: put_authenticator (id int, account_id int, kind text, secret bytes, state text, row_salt bytes, order_id int, mac bytes)
INSERT INTO authenticator (id, account_id, kind, secret, state, row_salt, order_id, mac)
VALUES (:id, :account_id, :kind, :secret, :state, :row_salt, :order_id, :mac)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, order_id = excluded.order_id, mac =
    excluded.mac

-- name: authenticators (account_id int, state text)
SELECT id, account_id, kind, secret, state, row_salt, order_id, mac FROM authenticator
WHERE account_id = :account_id AND state = :state ORDER BY id

-- name: account_of_authenticator (id int)
SELECT account_id FROM authenticator WHERE id = :id

-- name: last_step (authenticator_id int)
SELECT last_step FROM authenticator_use WHERE authenticator_id = :authenticator_id

-- name: use_step (authenticator_id int, step int)
-- Changes nothing if the step, or a later one, was used meanwhile.
INSERT INTO authenticator_use (authenticator_id, last_step) VALUES (:authenticator_id, :step)
ON CONFLICT (authenticator_id) DO UPDATE SET last_step = excluded.last_step
WHERE authenticator_use.last_step < excluded.last_step

-- name: add_session (token_mac bytes, account_id int, channel text, created_ms int, last_seen_ms int, expires_ms int, stepped_up_ms int, stepped_for bytes, mac bytes)
INSERT INTO session (token_mac, account_id, channel, created_ms, last_seen_ms, expires_ms,
    stepped_up_ms, stepped_for, mac)
VALUES (:token_mac, :account_id, :channel, :created_ms, :last_seen_ms, :expires_ms, :stepped_up_ms,
    :stepped_for, :mac)

-- name: session (token_mac bytes)
SELECT token_mac, account_id, channel, created_ms, last_seen_ms, expires_ms, stepped_up_ms,
    stepped_for, mac
FROM session WHERE token_mac = :token_mac

-- name: touch_session (token_mac bytes, last_seen_ms int, mac bytes)
UPDATE session SET last_seen_ms = :last_seen_ms, mac = :mac WHERE token_mac = :token_mac

-- name: end_session (token_mac bytes)
DELETE FROM session WHERE token_mac = :token_mac

-- name: end_sessions_of (account_id int)
DELETE FROM session WHERE account_id = :account_id

-- name: end_old_sessions (now_ms int)
-- walks: it is done now and then, over the sessions of one office
DELETE FROM session WHERE expires_ms <= :now_ms

-- name: count_try (subject bytes, source bytes, now_ms int, since_ms int, limit int, until_ms int)
-- A count begins again when its first try, or its lock, is past. A locked pair stays as it is, so
-- that
-- nobody is locked out for longer by trying on.
INSERT INTO sign_in_guard (subject, source, tries, first_ms, locked_until_ms) VALUES (:subject,
    :source, 1, :now_ms, 0)
ON CONFLICT (subject, source) DO UPDATE SET
    tries = CASE WHEN sign_in_guard.first_ms <= :since_ms THEN 1 ELSE sign_in_guard.tries + 1 END,
    locked_until_ms = CASE WHEN sign_in_guard.first_ms > :since_ms AND sign_in_guard.tries + 1 >
        :limit THEN :until_ms ELSE 0 END,
    first_ms = CASE WHEN sign_in_guard.first_ms <= :since_ms OR sign_in_guard.tries + 1 > :limit
        THEN excluded.first_ms ELSE sign_in_guard.first_ms END
WHERE sign_in_guard.locked_until_ms <= excluded.first_ms

-- name: guard (subject bytes, source bytes)
SELECT locked_until_ms FROM sign_in_guard WHERE subject = :subject AND source = :source

-- name: clear_guard (subject bytes, source bytes)
DELETE FROM sign_in_guard WHERE subject = :subject AND source = :source

-- name: take_back_try (subject bytes, source bytes)
UPDATE sign_in_guard SET tries = tries - 1 WHERE subject = :subject AND source = :source AND tries >
    0

-- name: forget_old_tries (before_ms int)
DELETE FROM sign_in_guard WHERE first_ms <= :before_ms AND locked_until_ms <= :before_ms
