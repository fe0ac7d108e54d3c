#!/usr/bin/env python3
"""Goal: tools/words.py names every way a text can be missing or wrong, and writes all the others.
Method: a mock tree per case; a row says what is changed in a right tree and what is said of it.
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parent / "words.py"
ZH, EN = "src/base/words.zh-CN.txt", "src/base/words.en.txt"

RIGHT = {
    "src/base/money.h":
        '#pragma once\n// `inline constexpr RefusalKind kShown{"ledger.only_shown", 409};`\n'
        'inline constexpr RefusalKind kThird{"base.third", 422};\n'
        'inline constexpr RefusalKind kFar{\n    "base.far", 422};\n',
    "src/base/money_test.cpp": 'static constexpr RefusalKind kMade{"base.made_up", 422};\n',
    "src/ledger/README.md": 'RefusalKind kX{"ledger.x", 1}\n',
    ZH: "# 基础\n\nbase.third = “{text}”错 | 请改 {left_fen}\nbase.far = 远 | 近\nbase.yes = 是\n",
    EN: '# Base\n\nbase.third = {left_fen} of "{text}" \\ | Mend\n'
        'base.far = Far | Near\nbase.yes = Yes\n',
}

# File changed · text added to it (or, for a pair, replaced in it) · what is said, in full
WRONG = {
    "a refusal without words": (
        "src/ledger/ledger.cpp", '\nRefusalKind kLost{"ledger.lost", 409};\n',
        ["src/ledger/ledger.cpp:2: refusal ledger.lost has no entry in words.en.txt",
         "src/ledger/ledger.cpp:2: refusal ledger.lost has no entry in words.zh-CN.txt"]),
    "a refusal over two lines": (
        "src/base/money.h", '/* a\n*/ constexpr RefusalKind kTwo{\n    "base.two",\n    409};\n',
        ["src/base/money.h:7: refusal base.two has no entry in words.en.txt",
         "src/base/money.h:7: refusal base.two has no entry in words.zh-CN.txt"]),
    "a refusal named after another folder": (
        "src/base/date.h", 'RefusalKind kLost{"ledger.lost", 409};\n',
        ["src/base/date.h:1: refusal ledger.lost is not base.words_with_underscores"]),
    "a refusal with capitals": (
        "src/base/date.h", 'RefusalKind kLost{"base.isLost", 409};\n',
        ["src/base/date.h:1: refusal base.isLost is not base.words_with_underscores"]),
    "a refusal declared twice": (
        "src/base/date.h", 'RefusalKind kAgain{"base.third", 409};\n',
        ["src/base/money.h:3: refusal base.third is declared already in src/base/date.h:1"]),
    "a refusal without a mend": (
        ZH, ("远 | 近", "远"),
        [f"{ZH}:4: base.far has a mend in one language only",
         f"{ZH}:4: refusal base.far has no `| mend`"]),
    "a mend without a refusal": (
        ZH, ("= 是", "= 是 | 好"),
        [f"{ZH}:5: base.yes has a mend in one language only",
         f"{ZH}:5: base.yes has a mend, but no RefusalKind of that code is declared"]),
    "a key in one language": (
        EN, "base.no = No\n", [f"{EN}:6: base.no has no entry in words.zh-CN.txt"]),
    "a key twice": (
        EN, "base.yes = Aye\n", [f"{EN}:6: base.yes stands already in line 5"]),
    "a key of another folder": (
        EN, "ledger.yes = Aye\n",
        [f"{EN}:6: ledger.yes does not begin with its folder's name, base"]),
    "another placeholder": (
        EN, ("{text}", "{name}"),
        [f"{ZH}:3: base.third has the placeholders ['left_fen', 'text'] here "
         "and ['left_fen', 'name'] in the other language"]),
    "a brace left open": (
        EN, "base.no = a { b\n", [f"{EN}:6: base.no holds a brace that is no {{placeholder}}"]),
    "a placeholder with capitals": (
        EN, "base.no = {Text}\n", [f"{EN}:6: base.no holds a brace that is no {{placeholder}}"]),
    "two mends": (
        EN, "base.no = a | b | c\n",
        [f"{EN}:6: base.no is not one sentence, or one sentence | one mend"]),
    "an empty mend": (
        EN, "base.no = a |\n",
        [f"{EN}:6: base.no is not one sentence, or one sentence | one mend"]),
    "an empty text": (
        EN, "base.no =\n", [f"{EN}:6: base.no is not one sentence, or one sentence | one mend"]),
    "no equals sign": (
        EN, "base.no\n",
        [f"{EN}:6: is not `folder.key = text` or `folder.code = sentence | mend`"]),
    "a key with a hyphen": (
        EN, "base.no-no = No\n",
        [f"{EN}:6: is not `folder.key = text` or `folder.code = sentence | mend`"]),
    "an invisible character": (
        EN, "base.no = N\u200Bo\n", [f"{EN}:6: base.no holds an invisible character"]),
    "bytes that are not UTF-8": (
        EN, b"base.no = \xb2\xbb\n",
        [f"{EN}:6: is not UTF-8"] + [f"{ZH}:{line}: base.{key} has no entry in words.en.txt"
                                     for line, key in ((3, "third"), (4, "far"), (5, "yes"))]
        + [f"src/base/money.h:{line}: refusal base.{key} has no entry in words.en.txt"
           for line, key in ((3, "third"), (4, "far"))]),
}


def run(tree, environment=None):
    """The tool on a tree: (exit code, its lines in order, the file written or None)."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in tree.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        out = root / "gen/base/words_data.cpp"
        done = subprocess.run([sys.executable, TOOL, out, root], capture_output=True, text=True,
                              check=False, env=environment or {})
        written = out.read_text(encoding="utf-8") if out.exists() else None
        return done.returncode, sorted(done.stderr.splitlines()), written


def changed(name, change):
    """The right tree with one change."""
    before = RIGHT.get(name, "")
    if isinstance(change, tuple):
        return RIGHT | {name: before.replace(*change)}
    if isinstance(change, bytes):
        return RIGHT | {name: before.encode() + change}
    return RIGHT | {name: before + change}


class WordsTest(unittest.TestCase):
    def test_right_tree(self):
        code, said, written = run(RIGHT)
        self.assertEqual((code, said), (0, []))
        self.assertIn('{"base.third", true,\n     {"“{text}”错", "请改 {left_fen}"},\n'
                      '     {"{left_fen} of \\"{text}\\" \\\\", "Mend"}},', written)
        self.assertIn('{"base.yes", false,\n     {"是", ""},\n     {"Yes", ""}},', written)
        keys = [written.index(f'"base.{key}"') for key in ("far", "third", "yes")]
        self.assertEqual(keys, sorted(keys))

    def test_wrong_trees(self):
        for name, (path, change, said) in WRONG.items():
            with self.subTest(name):
                self.assertEqual(run(changed(path, change)), (1, sorted(said), None))

    def test_warn_writes_what_is_whole(self):
        code, said, written = run(changed(EN, "base.no = No\n"), {"FENMING_WORDS": "warn"})
        self.assertEqual(code, 0)
        self.assertEqual(len(said), 1)
        self.assertIn('"base.yes"', written)
        self.assertNotIn('"base.no"', written)


if __name__ == "__main__":
    unittest.main()
