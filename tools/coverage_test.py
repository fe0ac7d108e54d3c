#!/usr/bin/env python3
"""Goal: tools/coverage.py passes what was covered and names what was not.
Method: a mock build, coverage directory and source tree; one row per case.
"""

import pathlib
import tempfile
import unittest

import coverage

SOURCE = {
    "src/books/books.h": "#pragma once\n"
                         'inline constexpr RefusalKind kClosed{"books.closed", 409};\n'
                         'inline constexpr RefusalKind kTooLong{\n    "books.too_long", 422};\n',
    "src/books/books_test.cpp": 'constexpr RefusalKind kMine{"test.mine", 400};\n',
    "src/books/words.zh-CN.txt": "# 账\nbooks.closed = 已是{state} | 再看{kind}\n"
                                 "books.state.shut = 已关\nbooks.odd = x\n",
    "build/gen/books/statements.txt": "books.add\nbooks.find\n",
    "build/gen/gone/statements.txt": "gone.find\n",
}
ALL_RAN = "books.add\tsqlite\nbooks.add\tpostgres\nbooks.find\tsqlite\nbooks.find\tpostgres\n"
ALL_SAID = "books.closed\nbooks.too_long\nbooks.closed\n"

# Values that looked like codes: only of books.closed, and of its sentence.
SHOWN = "books.closed\tstate\topen / shut\n"
NOT_SHOWN = ("books.closed\tkind\topen\nbooks.closed\tother\tshut\nbooks.closed\tstate\todd\n"
             "test.mine\tstate\tshut\n")

# Name · statements that ran · refusals that were made · faults
CASES = [
    ("all covered", ALL_RAN, ALL_SAID, []),
    ("one database only", ALL_RAN.replace("books.find\tpostgres\n", ""), ALL_SAID,
     ["books.find: no test has it return or change a row on postgres"]),
    ("a refusal never made", ALL_RAN, "books.closed\ntest.mine\n",
     ["src/books/books.h:3: no test provokes books.too_long"]),
    ("nothing ran", "", "",
     ["books.add: no test has it return or change a row on sqlite",
      "books.add: no test has it return or change a row on postgres",
      "books.find: no test has it return or change a row on sqlite",
      "books.find: no test has it return or change a row on postgres",
      "src/books/books.h:2: no test provokes books.closed",
      "src/books/books.h:3: no test provokes books.too_long"]),
]


class Coverage(unittest.TestCase):
    """One row a case."""

    def test_what_is_missing_is_named(self):
        for name, ran, said, faults in CASES:
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                root = pathlib.Path(folder)
                # Two programs leave a file each; together they count.
                half = len(ran) // 2
                half = ran.find("\n", half) + 1
                files = {**SOURCE, "found/codes.1": NOT_SHOWN, "found/statements.1": ran[:half],
                         "found/statements.2": ran[half:], "found/refusals.1": said}
                for path, text in files.items():
                    (root / path).parent.mkdir(parents=True, exist_ok=True)
                    (root / path).write_text(text, encoding="utf-8")
                self.assertEqual(coverage.check(root / "build", root / "found", root / "src"),
                                 (faults, 2, 2))

    def test_a_code_in_a_chinese_sentence_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path, text in {**SOURCE, "found/codes.1": NOT_SHOWN + SHOWN}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            self.assertEqual(
                coverage.shown_codes(root / "found", root / "src"),
                ["books.closed: the Chinese sentence shows the code open / shut as state"])


if __name__ == "__main__":
    unittest.main()
