#!/usr/bin/env python3
"""Goal: tools/levels.py names every way of knowing what one must not, and nothing else.
Method: a mock tree per case; one row per case says what is added to a right tree and what is said.
"""

import pathlib
import tempfile
import unittest

import levels

RIGHT = {
    "src/LEVELS": "# order\nbase\nstore\napi\nroad\nbudget\ndisbursement\n",
    "src/base/money.h": "#pragma once\n// Money.\n#include <string>\n",
    "src/store/store.cpp": '// Store.\n#include "store/store.h"\n#include "base/money.h"\n',
    "src/store/store.h": "#pragma once\n// Store.\n",
    "src/store/migrations/0001_budget_lines.sql":
        "-- Lines.\n-- owner: budget\n-- area: none, because small\nCREATE TABLE line (\n"
        "  id BIGINT -- open\n);\n"
        "-- owner: disbursement\nCREATE TABLE batch (\n"
        "  line_id BIGINT REFERENCES line -- open\n);\n",
    "src/budget/budget.h": '#pragma once\n// Words; pure.\n#include "base/money.h"\n',
    "src/budget/decide.cpp": '// Rules.\n#include "budget/budget.h"\n',
    "src/budget/budget.sql": "-- name: lines ()\nSELECT id FROM line;\n"
                             "-- name: add (id int)\nINSERT INTO line (id) VALUES (:id)\n"
                             "ON CONFLICT (id) DO UPDATE SET id = :id;\n",
    "src/disbursement/record.cpp":
        '// Rows.\n#include "budget/budget.h"\n#include "store/store.h"\n',
    "src/disbursement/disbursement_test.cpp": '// Tests.\n#include "test/support/store.h"\n',
    "src/disbursement/disbursement.sql":
        "-- name: a ()\nWITH sums (n) AS (SELECT 1) SELECT 1 FROM sums, line l, batch b;\n"
        "-- name: b ()\nUPDATE batch SET line_id = 'FROM nowhere' FROM line WHERE 1 = 1;\n"
        "-- name: c ()\nDELETE FROM batch;\n",
    "src/store/migrations/0002_store_pen.sql":
        "-- owner: store\nCREATE TABLE person_month (\n  n BIGINT -- open\n);\n",
    "src/disbursement/pen.sql": "-- name: a ()\nINSERT INTO person_month SELECT 1 FROM batch;\n",
    "CMakeLists.txt": "fenming_folder(base)\nfenming_folder(store LINKS base Some::Library)\n",
}

# What is added (path, text) · what is said, in full
WRONG = {
    "include upwards":
        ("src/budget/record.cpp", '// Rows.\n\n#include "disbursement/x.h"\n',
         "src/budget/record.cpp:3: budget must not know disbursement (src/LEVELS)"),
    "include upwards in a subfolder":
        ("src/store/lite/a.cpp", '// A.\n#include "road/x.h"\n',
         "src/store/lite/a.cpp:2: store must not know road (src/LEVELS)"),
    "a test that includes upwards":
        ("src/base/base_test.cpp", '// T.\n#include "store/store.h"\n',
         "src/base/base_test.cpp:2: base must not know store (src/LEVELS)"),
    "test helpers outside a test":
        ("src/budget/record.cpp", '// Rows.\n#include "test/support/store.h"\n',
         'src/budget/record.cpp:2: "test/support/store.h" is not named from src/: write '
         '"folder/file.h", with a folder of src/LEVELS'),
    "include without a folder":
        ("src/budget/record.cpp", '// Rows.\n#include "budget.h"\n',
         'src/budget/record.cpp:2: "budget.h" is not named from src/: write '
         '"folder/file.h", with a folder of src/LEVELS'),
    "decide.cpp that knows the store":
        ("src/budget/decide.cpp", '// Rules.\n#include "store/store.h"\n',
         "src/budget/decide.cpp:2: a pure file must not know store/store.h"),
    "decide.cpp that knows its own statements":
        ("src/budget/decide.cpp", '// Rules.\n#include "budget/sql.h"\n',
         "src/budget/decide.cpp:2: a pure file must not know budget/sql.h"),
    "a pure header that knows the road":
        ("src/budget/budget.h", '#pragma once\n// Words.\n// Pure.\n#include "road/x.h"\n',
         "src/budget/budget.h:4: a pure file must not know road/x.h"),
    "a folder without a line":
        ("src/utils/x.h", "#pragma once\n", "src/LEVELS:1: the folder src/utils has no line here"),
    "reads a table of a later folder":
        ("src/budget/more.sql", "-- name: x ()\nSELECT 1\nFROM line l\n JOIN batch b ON 1 = 1;\n",
         "src/budget/more.sql:4: budget must not read batch of disbursement (src/LEVELS)"),
    "reads it behind a comma":
        ("src/budget/more.sql", "-- name: x ()\nSELECT 1 FROM line AS l, batch WHERE 1 = 1;\n",
         "src/budget/more.sql:2: budget must not read batch of disbursement (src/LEVELS)"),
    "a CTE of another statement hides nothing":
        ("src/budget/more.sql", "-- name: x ()\nWITH batch AS (SELECT 1) SELECT 1 FROM batch;\n"
                                "-- name: y ()\nSELECT 1 FROM batch;\n",
         "src/budget/more.sql:4: budget must not read batch of disbursement (src/LEVELS)"),
    "inserts into another's table":
        ("src/disbursement/more.sql", "-- name: x ()\nINSERT INTO line (id) VALUES (1);\n",
         "src/disbursement/more.sql:2: disbursement must not write line: budget owns it"),
    "updates another's table":
        ("src/disbursement/more.sql", "-- name: x ()\nUPDATE line SET id = 1;\n",
         "src/disbursement/more.sql:2: disbursement must not write line: budget owns it"),
    "deletes from another's table":
        ("src/disbursement/more.sql", "-- name: x ()\nDELETE FROM line;\n",
         "src/disbursement/more.sql:2: disbursement must not write line: budget owns it"),
    "a table without an owner":
        ("src/store/migrations/0002_store_x.sql", "CREATE TABLE x (\n  id BIGINT -- open\n);\n",
         "src/store/migrations/0002_store_x.sql:1: table x lacks `-- owner: FOLDER` above it"),
    "an owner that is no folder":
        ("src/store/migrations/0002_store_x.sql", "-- owner: money\n",
         "src/store/migrations/0002_store_x.sql:1: owner money is no folder of src/LEVELS"),
    "a table that refers to a later folder's":
        ("src/store/migrations/0002_budget_x.sql",
         "-- owner: budget\nCREATE TABLE x (\n  batch_id BIGINT REFERENCES batch -- open\n);\n",
         "src/store/migrations/0002_budget_x.sql:3: x of budget must not refer to batch of "
         "disbursement"),
    "a link upwards":
        ("CMakeLists.txt", "# fenming_folder(base LINKS road)\nfenming_folder(base LINKS store)\n",
         "CMakeLists.txt:2: base must not link store (src/LEVELS)"),
    "a target without a line":
        ("CMakeLists.txt", "fenming_folder(extra LINKS store)\n",
         "CMakeLists.txt:1: extra has no line in src/LEVELS"),
}


def faults_of(files):
    """What levels.py says about a tree of these files."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        return levels.check(root)


class Levels(unittest.TestCase):
    """One test for the right tree, one row a case for the wrong ones."""

    def test_a_right_tree_is_silent(self):
        self.assertEqual(faults_of(RIGHT), [])

    def test_each_fault_is_named(self):
        for name, (path, text, said) in WRONG.items():
            with self.subTest(name):
                self.assertEqual(faults_of({**RIGHT, path: text}), [said])

    def test_a_folder_listed_twice(self):
        twice = {**RIGHT, "src/LEVELS": RIGHT["src/LEVELS"] + "base\n"}
        self.assertEqual(faults_of(twice), ["src/LEVELS:1: base is listed twice"])


if __name__ == "__main__":
    unittest.main()
