#!/usr/bin/env python3
"""What tools/rests_on.py may claim and must not: a false claim leaves an invariant unasked."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import rests_on  # noqa: E402
import sqlgen  # noqa: E402

ONE = ("x.order_id >= :order_id AND x.order_id <= CASE WHEN :order_id = 0 "
       "THEN 9223372036854775807 ELSE :order_id END")

CLAIMED = {
    f"SELECT '' FROM t x WHERE {ONE} AND x.a <> 1 ORDER BY x.id": ["t"],
    f"SELECT '' FROM z JOIN t x ON x.id = z.id LEFT JOIN v ON v.id = x.id WHERE z.b = 1 AND {ONE}":
        ["t"],
    f"SELECT '' FROM t x WHERE {ONE} AND (x.a = 1 OR x.b = (SELECT COUNT(*) FROM z))": ["t"],
    "SELECT '' FROM (SELECT id FROM t WHERE CAST(:order_id AS BIGINT) = 0 UNION SELECT id FROM t "
    "WHERE order_id = :order_id UNION SELECT z.id FROM u r JOIN z ON z.id = r.id WHERE r.order_id "
    "= :order_id) AS c LEFT JOIN t x ON x.id = c.id WHERE x.id IS NULL OR x.a = 1": ["t", "u"],
}

NOT_CLAIMED = [
    f"SELECT '' FROM t x WHERE {ONE} OR x.b = 1",
    f"SELECT '' FROM t x WHERE {ONE} AND x.a = 1 OR x.b = 1",
    f"SELECT '' FROM z LEFT JOIN t x ON x.id = z.id WHERE ({ONE})",
    f"SELECT '' FROM z LEFT JOIN t x ON x.id = z.id WHERE {ONE}",
    f"SELECT '' FROM t x FULL JOIN z ON z.id = x.id WHERE {ONE}",
    f"SELECT COUNT(*) FROM t x WHERE {ONE}",
    f"SELECT '' FROM t x WHERE {ONE} UNION SELECT '' FROM z WHERE z.a = 1",
    f"SELECT '' FROM t y WHERE EXISTS (SELECT 1 FROM t x WHERE {ONE})",
    f"SELECT '' FROM t x JOIN t y ON y.id = x.id WHERE "
    f"{ONE.replace('x.order_id <', 'y.order_id <')}",
    "SELECT '' FROM t x WHERE x.order_id >= :order_id",
    "SELECT '' FROM t x WHERE x.order_id <> :order_id",
    "SELECT '' FROM t x WHERE x.cancelled_order_id = :order_id",
    "SELECT '' FROM t x WHERE NOT x.order_id = :order_id",
    "SELECT '' FROM t WHERE CASE WHEN a = 1 AND order_id = :order_id AND b THEN 1 ELSE 0 END = 1",
    "SELECT '' FROM t, z WHERE order_id = :order_id",
    "SELECT '' FROM (SELECT id FROM t WHERE order_id = :order_id UNION SELECT id FROM z) c",
    "SELECT '' FROM (SELECT id FROM t WHERE order_id = :order_id) c RIGHT JOIN z ON z.id = c.id",
    "SELECT COUNT(*) FROM (SELECT id FROM t WHERE order_id = :order_id) c WHERE c.id = 1",
    "SELECT '' FROM (SELECT COUNT(*) FROM t WHERE order_id = :order_id) c WHERE c.count = 0",
    "SELECT '' FROM z JOIN (SELECT id FROM t WHERE order_id = :order_id) c ON 1 = 1 WHERE z.a = 1 "
    "UNION SELECT '' FROM z WHERE z.b = 1",
]


class RestsOn(unittest.TestCase):
    def test_what_is_proven(self):
        for sql, tables in CLAIMED.items():
            self.assertEqual(rests_on.rests_on(sqlgen.code_only(sql)), tables, sql)

    def test_what_is_not(self):
        for sql in NOT_CLAIMED:
            self.assertEqual(rests_on.rests_on(sqlgen.code_only(sql)), [], sql)


if __name__ == "__main__":
    unittest.main()
