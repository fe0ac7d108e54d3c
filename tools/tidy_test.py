#!/usr/bin/env python3
"""Goal: tools/tidy.py names every breach of the house rules, and nothing that keeps them.
Method: a right mock tree; one row per case adds one file to it and says what is said of it.
"""

import pathlib
import tempfile
import unittest

import tidy

CPP = "// A file.\n"
HEADER = "#pragma once\n// A file.\n"

RIGHT = {
    "src/LEVELS": "# order\nbase\ncrypto\nstore\nserver\n",
    "src/crypto/README.md": "# crypto\n",
    "src/base/README.md": "# base\n\nWords. See [the store](../store/README.md#tables).\n\n"
                          "```\n# not a title\n```\n",
    "src/store/README.md": "# store\n",
    "src/base/money.h": HEADER + "// No double, no std::views: only words.\n"
                                 'inline const char* kText = "double TO" "DO";\n',
    "src/base/clock.cpp": CPP + "auto t = std::chrono::system_clock::now();\n",
    "src/store/store.sql": "-- Statements.\n-- NOW() in a comment\nSELECT 'a::b' FROM t;\n",
    "src/store/migrations/0001_store_books.sql": "-- Books.\n",
    "src/server/README.md": "# server\n",
    "src/server/metrics.cpp": CPP + "double seconds = 0;\n",
    "src/base/table_test.cpp": CPP + "// clang-format off\n" + "//" + " " * 120 + "x\n"
                               "// clang-format on\n",
    "src/base/long.cpp": CPP + "namespace a {\nint rows[] = {\n" + "    1,\n" * 80 + "};\n}\n",
    "src/base/rows_test.cpp":
        CPP + "TEST(A, b) {\n    // clang-format off\n" + "    row();\n" * 80 +
        "    // clang-format on\n}\n",
    "dev": "#!/usr/bin/env bash\n",
}


def body(lines):
    """A C++ function of so many lines, from its brace to its brace."""
    return "int f(int a) {\n" + "    a++;\n" * (lines - 2) + "}\n"


HERE = "/wo" + "rk/"

# Name · file · its text · what is said, in full, or how it ends
WRONG = [
    ("double", "src/base/x.cpp", CPP + "double x = 1;\n",
     "src/base/x.cpp:2: `double`: no floating point near money: Money, or a whole number of a "
     "named unit"),
    ("float in a test", "src/base/x_test.cpp", CPP + "\nfloat x = 1;\n", "x_test.cpp:3: `float`"),
    ("views", "src/base/x.cpp", CPP + "auto v = std::views::all;\n", "x.cpp:2: `std::views`"),
    ("format", "src/base/x.cpp", CPP + "auto v = std::format(\"\");\n", "x.cpp:2: `std::format`"),
    ("coroutine", "src/base/x.cpp", CPP + "co_return 1;\n", "x.cpp:2: `co_return`"),
    ("regex", "src/base/x.cpp", CPP + "std::regex r;\n", "x.cpp:2: `std::regex`"),
    ("own clock", "src/store/x.cpp", CPP + "auto t = system_clock::now();\n",
     "x.cpp:2: `system_clock::now`"),
    ("environment", "src/crypto/x.cpp", CPP + "getenv(0);\n", "x.cpp:2: `getenv`"),
    ("scope maker", "src/base/x.h", HEADER + "class Sly : private ScopeMaker {};\n",
     "src/base/x.h:3: only those whom SCOPE_MAKERS in tools/tidy.py names may make a Scope"),
    ("now in SQL", "src/store/x.sql", "-- X.\nSELECT now();\n", "x.sql:2: `now(`"),
    ("cast", "src/store/x.sql", "-- X.\nSELECT a::text FROM b;\n", "x.sql:2: `::t`"),
    ("serial", "src/store/x.sql", "-- X.\nCREATE TABLE a (b SERIAL);\n", "x.sql:2: `SERIAL`"),
    ("note to self", "src/store/x.sql", "-- X.\n-- TO" "DO later\n", "x.sql:2: `TO" "DO`"),
    ("path", "docs/x.md", f"# X\n\nSee {HERE}main.\n",
     f"docs/x.md:3: `{HERE}`: no path of one machine in the repository"),
    ("registry", "docs/x.md", "# X\n\nhttps://py" "pi.org/simple\n", "docs/x.md:3: `https://py"),
    ("file outside", "src/base/x_test.cpp", CPP + 'open("/../sha' 'red/x.csv");\n',
     "a fresh clone has no such file"),
    ("columns", "src/base/x.cpp", CPP + "//" + " " * 98 + "x\n",
     "src/base/x.cpp:2: 101 columns; at most 100"),
    ("columns outside the table", "src/base/x_test.cpp",
     CPP + "// clang-format off\n// clang-format on\n//" + " " * 98 + "x\n",
     "src/base/x_test.cpp:4: 101 columns; at most 100"),
    ("long function", "src/base/x.cpp", CPP + "namespace a {\n" + body(71) + "}\n",
     "src/base/x.cpp:3: a function of 71 lines; at most 70"),
    ("long method", "src/base/x.h", HEADER + "class A : public B {\n" + body(71) + "};\n",
     "src/base/x.h:4: a function of 71 lines; at most 70"),
    ("long test", "src/base/x_test.cpp",
     CPP + "TEST(A, b) {\n" + "    if (a) {\n    }\n" * 35 + "}\n",
     "src/base/x_test.cpp:2: a function of 72 lines; at most 70"),
    ("long Python", "tools/x.py", "def f():\n" + "    pass\n" * 70,
     "tools/x.py:1: a function of 71 lines; at most 70"),
    ("long file", "src/base/x.cpp", CPP * 401,
     "src/base/x.cpp:401: 401 lines; at most 400: split the file by noun"),
    ("no comment", "src/base/x.cpp", "int a;\n",
     "src/base/x.cpp:1: a file opens with a comment that says what it is for"),
    ("no guard", "src/base/x.h", "// X.\n", "src/base/x.h:1: a header begins with #pragma once"),
    ("no SQL comment", "src/store/x.sql", "SELECT 1;\n",
     "src/store/x.sql:1: a file opens with a comment that says what it is for"),
    ("folder", "src/base/utils/x.h", HEADER,
     "src/base/utils/x.h:1: a folder named utils says nothing: name it after its noun"),
    ("migration not padded", "src/store/migrations/2_store_x.sql", "-- X.\n",
     "src/store/migrations/2_store_x.sql:1: a migration is named NNNN_folder_what.sql"),
    ("migration of no folder", "src/store/migrations/0002_money_x.sql", "-- X.\n",
     "src/store/migrations/0002_money_x.sql:1: a migration is named NNNN_folder_what.sql"),
    ("migration twice", "src/store/migrations/0001_store_more.sql", "-- X.\n",
     "src/store/migrations/0001_store_more.sql:1: src/store/migrations/0001_store_books.sql has "
     "the number 0001 already"),
    ("two titles", "docs/x.md", "# X\n\n# Y\n", "docs/x.md:3: a page has one `# Title`, on its "
                                               "first line"),
    ("no title", "docs/x.md", "Words.\n", "docs/x.md:1: a page has one `# Title`, on its first "
                                         "line"),
    ("dead link", "docs/x.md", "# X\n\n[y](y.md)\n", "docs/x.md:3: the link to y.md leads nowhere"),
    ("long README", "README.md", "# X\n" + "\n" * 120, "README.md:121: 121 lines; at most 120"),
]


def faults_of(files):
    """What tidy.py says about a tree of these files."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        return tidy.check(root)


class Tidy(unittest.TestCase):
    """The right tree, then one row a case."""

    def test_a_right_tree_is_silent(self):
        self.assertEqual(faults_of(RIGHT), [])

    def test_each_fault_is_named_once(self):
        for name, path, text, said in WRONG:
            with self.subTest(name):
                faults = faults_of({**RIGHT, path: text})
                self.assertEqual(len(faults), 1, faults)
                self.assertIn(said, faults[0])

    def test_a_folder_owes_a_readme(self):
        files = {name: text for name, text in RIGHT.items() if name != "src/server/README.md"}
        self.assertEqual([fault[:26] for fault in faults_of(files)], ["src/server/README.md:1: mi"])

    def test_seventy_lines_pass(self):
        self.assertEqual(faults_of({**RIGHT, "src/base/x.cpp": CPP + body(70)}), [])

    def test_a_constructor_with_braces_is_measured(self):
        text = CPP + "A::A(int a) : b_(a), c_{a} {\n" + "    b_++;\n" * 69 + "}\n"
        said = ["src/base/x.cpp:2: a function of 71 lines; at most 70"]
        self.assertEqual(faults_of({**RIGHT, "src/base/x.cpp": text}), said)


if __name__ == "__main__":
    unittest.main()
