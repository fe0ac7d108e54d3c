-- Names for reading files.

-- name: place_names (day text)
-- walks: a name may be any place of the city
SELECT code, name_zh FROM area_register
WHERE known_to = 0 AND code % 1000 = 0 AND valid_from <= :day
    AND (valid_to = '' OR valid_to > :day)
ORDER BY code

-- name: unit_names (scope)
SELECT id, name_zh, area FROM unit WHERE area >= :scope_low AND area < :scope_end ORDER BY id
