#!/usr/bin/env python3
"""Goal: tools/plans.py names every statement that walks a table without a reason, and nothing else.
Method: a tree with one table and one index; one row per case says the statement and what is said.
"""

import pathlib
import tempfile
import unittest

import plans

MIGRATION = """-- Lines.
-- owner: ledger
-- area: none, because small
-- trail: none, because small
CREATE TABLE line (
    id BIGINT NOT NULL, -- open
    batch BIGINT NOT NULL, -- open
    corrects BIGINT NOT NULL, -- open
    PRIMARY KEY (id)
);
CREATE INDEX line_by_batch ON line (batch);
CREATE INDEX line_corrected ON line (corrects) WHERE corrects <> 0;
"""
WALKS = "src/ledger/l.sql:1: a walks line: give it an index, or say `-- walks: why`"
IDLE = "src/ledger/l.sql:1: a says `walks` and walks nothing"

# The block · what is said, in full
CASES = [
    ("-- name: a (b int)\nSELECT id FROM line WHERE batch = :b", []),
    ("-- name: a (b int)\nSELECT id FROM line WHERE id = :b", []),
    ("-- name: a ()\nSELECT id FROM line", [WALKS]),
    ("-- name: a ()\n-- walks: it is small\nSELECT id FROM line", []),
    ("-- name: a (b int)\n-- walks: it is small\nSELECT id FROM line WHERE id = :b", [IDLE]),
    ("-- name: a (b int)\nSELECT id FROM line WHERE :b = 0 OR batch = :b", [WALKS]),
    ("-- name: a (b int)\nSELECT l.id FROM line AS l WHERE l.corrects = :b", [WALKS]),
    ("-- name: a (b int)\nSELECT id FROM line WHERE corrects = :b AND corrects <> 0", []),
    ("-- name: a (b int)\nSELECT l.id FROM line l WHERE l.batch = :b AND EXISTS (SELECT 1 FROM "
     "line c WHERE c.corrects = l.id)", [WALKS]),
    ("-- name: a (b int)\nSELECT x.n FROM (SELECT count(*) AS n FROM line WHERE batch = :b) x", []),
    ("-- name: a ()\nUPDATE line SET batch = 1 WHERE corrects = 2", [WALKS]),
]


class Plans(unittest.TestCase):
    def test_names_what_walks(self):
        for block, said in CASES:
            with tempfile.TemporaryDirectory() as folder, self.subTest(block):
                root = pathlib.Path(folder)
                (root / "src/store/migrations").mkdir(parents=True)
                (root / "src/store/migrations/0001_ledger_lines.sql").write_text(MIGRATION)
                (root / "src/ledger").mkdir()
                (root / "src/ledger/README.md").write_text("# ledger\n")
                (root / "src/ledger/l.sql").write_text(block + "\n")
                self.assertEqual(list(plans.faults(root)), said)


if __name__ == "__main__":
    unittest.main()
