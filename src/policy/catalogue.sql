-- name: programme_rows ()
-- walks: the catalogue is small and wanted whole
-- Content is compared as text; the marks between the parts stand in no name of ours.
SELECT id, code, name_zh || '|' || name_en || '|' || basis || '|' || label || '|' || cycle || '|'
    || decided || '|' || card_item || '|' || subjects
FROM programme WHERE known_to = 0 ORDER BY code

-- name: conflict_rows ()
-- walks: the catalogue is small and wanted whole
SELECT id, programme_a || '|' || programme_b || '|' || relation || '|' || applies, rule || '|' ||
    source
FROM programme_conflict WHERE known_to = 0 ORDER BY id

-- name: subject_rows ()
-- walks: the catalogue is small and wanted whole
SELECT id, code, name_zh || '|' || name_en || '|' || book || '|' || CAST(confirmed AS TEXT) || '|'
    || source
FROM subject WHERE known_to = 0 ORDER BY code

-- name: item_rows ()
-- walks: the catalogue is small and wanted whole
SELECT id, code, name_zh || '|' || short_name || '|' || function_class || '|' ||
    CAST(civil_affairs AS TEXT)
FROM subsidy_item WHERE known_to = 0 ORDER BY code

-- name: bank_code_rows ()
SELECT id, code, meaning || '|' || outcome || '|' || action
FROM bank_code WHERE known_to = 0 AND channel = 'common' ORDER BY code

-- name: add_programme (id int, code text, name_zh text, name_en text, basis text, label text, cycle text, decided text, card_item text, subjects text, valid_from text, order_id int)
INSERT INTO programme (id, code, name_zh, name_en, basis, label, cycle, decided, card_item,
    subjects, valid_from, valid_to, known_from, known_to, order_id)
VALUES (:id, :code, :name_zh, :name_en, :basis, :label, :cycle, :decided, :card_item, :subjects,
    :valid_from, '', :order_id, 0, :order_id)

-- name: add_conflict (id int, programme_a text, programme_b text, relation text, applies text, rule text, source text, order_id int)
INSERT INTO programme_conflict (id, programme_a, programme_b, relation, applies, rule, source,
    known_from, known_to, order_id)
VALUES (:id, :programme_a, :programme_b, :relation, :applies, :rule, :source, :order_id, 0,
    :order_id)

-- name: add_subject (id int, code text, name_zh text, name_en text, book text, confirmed int, source text, order_id int)
INSERT INTO subject (id, code, name_zh, name_en, book, confirmed, source, known_from, known_to,
    order_id)
VALUES (:id, :code, :name_zh, :name_en, :book, :confirmed, :source, :order_id, 0, :order_id)

-- name: add_item (id int, code text, name_zh text, short_name text, function_class text, civil_affairs int, valid_from text, order_id int)
INSERT INTO subsidy_item (id, code, name_zh, short_name, function_class, civil_affairs,
    document_id, valid_from, valid_to, known_from, known_to, order_id)
VALUES (:id, :code, :name_zh, :short_name, :function_class, :civil_affairs, 0, :valid_from, '',
    :order_id, 0, :order_id)

-- name: add_bank_code (id int, code text, meaning text, outcome text, action text, order_id int)
INSERT INTO bank_code (id, channel, code, meaning, outcome, action, known_from, known_to, order_id)
VALUES (:id, 'common', :code, :meaning, :outcome, :action, :order_id, 0, :order_id)

-- name: close_programme (id int, order_id int)
UPDATE programme SET known_to = :order_id, order_id = :order_id WHERE id = :id AND known_to = 0

-- name: close_conflict (id int, order_id int)
UPDATE programme_conflict SET known_to = :order_id, order_id = :order_id WHERE id = :id AND
    known_to = 0

-- name: close_subject (id int, order_id int)
UPDATE subject SET known_to = :order_id, order_id = :order_id WHERE id = :id AND known_to = 0

-- name: close_item (id int, order_id int)
UPDATE subsidy_item SET known_to = :order_id, order_id = :order_id WHERE id = :id AND known_to = 0

-- name: close_bank_code (id int, order_id int)
UPDATE bank_code SET known_to = :order_id, order_id = :order_id WHERE id = :id AND known_to = 0

-- name: programmes_on (day text)
-- walks: the catalogue is small and wanted whole
SELECT id, code, name_zh, name_en, basis, label, cycle, decided, card_item, subjects, valid_from,
    valid_to
FROM programme
WHERE known_to = 0 AND valid_from <= :day AND (valid_to = '' OR valid_to > :day) ORDER BY code

-- name: programme_on (code text, day text)
SELECT id, code, name_zh, name_en, basis, label, cycle, decided, card_item, subjects, valid_from,
    valid_to
FROM programme
WHERE code = :code AND known_to = 0 AND valid_from <= :day AND (valid_to = '' OR valid_to > :day)

-- name: conflicts_now ()
-- walks: the catalogue is small and wanted whole
SELECT programme_a, programme_b, relation, applies, rule, source
FROM programme_conflict WHERE known_to = 0 ORDER BY programme_a, programme_b, id

-- name: subjects_now ()
-- walks: the catalogue is small and wanted whole
SELECT id, code, name_zh, name_en, book, confirmed, source
FROM subject WHERE known_to = 0 ORDER BY code

-- name: items_on (day text)
-- walks: the catalogue is small and wanted whole
SELECT id, code, name_zh, short_name, function_class, civil_affairs, valid_from, valid_to
FROM subsidy_item
WHERE known_to = 0 AND valid_from <= :day AND (valid_to = '' OR valid_to > :day) ORDER BY code

-- name: item_on (code text, day text)
SELECT id, code, name_zh, short_name, function_class, civil_affairs, valid_from, valid_to
FROM subsidy_item
WHERE code = :code AND known_to = 0 AND valid_from <= :day AND (valid_to = '' OR valid_to > :day)

-- name: bank_codes_of (channel text)
SELECT id, channel, code, meaning, outcome, action FROM bank_code b
WHERE known_to = 0 AND (channel = :channel OR (channel = 'common' AND NOT EXISTS (
    SELECT 1 FROM bank_code own WHERE own.channel = :channel AND own.channel <> 'common'
      AND own.code = b.code AND own.known_to = 0)))
ORDER BY code
